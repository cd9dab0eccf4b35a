"""A draft on the portal: created, followed by its token, and the five days of an unclaimed one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

ORPHAN_LIFE = timedelta(days=5)
"""`ExpiredPrefilledDossiersDeletionJob`: unclaimed and untouched for five days, it is destroyed."""


class DossierState(Enum):
    """Where a draft stands, in the portal's words; `gone` is ours: the portal knows no such token.

    `prefilled` is an orphan: nobody has taken it. From `brouillon` on, somebody has.
    """

    PREFILLED = "prefilled"
    BROUILLON = "brouillon"
    EN_CONSTRUCTION = "en_construction"
    EN_INSTRUCTION = "en_instruction"
    ACCEPTE = "accepte"
    REFUSE = "refuse"
    SANS_SUITE = "sans_suite"
    GONE = "gone"

    @property
    def claimed(self) -> bool:
        """Whether somebody signed in and took it."""
        return self not in (DossierState.PREFILLED, DossierState.GONE)

    @property
    def submitted(self) -> bool:
        """Whether it was submitted: filed, for an office."""
        return self.claimed and self is not DossierState.BROUILLON

    @property
    def final(self) -> bool:
        """Whether the office has decided."""
        return self in (DossierState.ACCEPTE, DossierState.REFUSE, DossierState.SANS_SUITE)


@dataclass(frozen=True)
class Draft:
    """A draft that was created.

    Attributes:
        url: where a person claims it; the first who signs in there owns it.
        token: what it is followed by; whoever has it may claim it.
    """

    number: int
    id: str
    token: str = field(repr=False)
    url: str = field(repr=False)


@dataclass(frozen=True)
class Dossier:
    """How a draft stands.

    Attributes:
        number: 0 where the portal no longer knows it.
        submitted_at, processed_at: ISO 8601, empty where nothing happened yet.
    """

    state: DossierState
    number: int = 0
    submitted_at: str = ""
    processed_at: str = ""


@dataclass(frozen=True)
class Remaining:
    """How long an unclaimed draft may still live.

    Attributes:
        until: from then on, the portal may destroy it.
    """

    until: datetime
    left: timedelta

    @property
    def over(self) -> bool:
        """Whether it may be gone already."""
        return self.left <= timedelta(0)

    @property
    def words(self) -> str:
        """« 3 jours et 4 heures », « 40 minutes »; empty when it is over."""
        if self.over:
            return ""
        minutes = int(self.left.total_seconds() // 60)
        days, hours = minutes // 1440, minutes % 1440 // 60
        if days:
            rest = f" et {_count(hours, 'heure')}" if hours else ""
            return f"{_count(days, 'jour')}{rest}"
        return _count(hours, "heure") if hours else _count(max(1, minutes), "minute")


def remaining(created_at: datetime, now: datetime) -> Remaining:
    """How long a draft created then, and touched by nobody, may still live."""
    until = created_at + ORPHAN_LIFE
    return Remaining(until, until - now)


def _count(number: int, word: str) -> str:
    return f"{number}\u00a0{word}{'s' if number > 1 else ''}"
