"""What a relay remembers of each online filing: attempts, token, state, what was copied by hand.

One setting of the vault an application; erased with the application.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Any

from desktop.workflows.desk import Desk
from exports.online.dossier import Dossier, DossierState, Remaining, remaining
from vault.records.journal import Action

_KEY = "online.filing."
_COPYING = "online.copying."


class Attempt(Enum):
    """How the last sending ended; `sending` that is found again never ended: it is unknown too."""

    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    NOT_SENT = "not_sent"


@dataclass(frozen=True)
class SentDraft:
    """A draft that the portal created.

    Attributes:
        state: as last followed; `prefilled` until then.
        created_at, followed_at: ISO 8601, local.
    """

    number: int
    token: str = field(repr=False)
    url: str = field(repr=False)
    created_at: str
    state: DossierState = DossierState.PREFILLED
    submitted_at: str = ""
    processed_at: str = ""
    followed_at: str = ""

    def followed(self, dossier: Dossier, at: str) -> SentDraft:
        """The same as it stands now."""
        # A final state stays what it was if the portal later forgets the token.
        if dossier.state is DossierState.GONE and self.state.claimed:
            return replace(self, followed_at=at)
        return replace(
            self,
            state=dossier.state,
            number=dossier.number or self.number,
            submitted_at=dossier.submitted_at or self.submitted_at,
            processed_at=dossier.processed_at or self.processed_at,
            followed_at=at,
        )

    def life(self, now: datetime) -> Remaining | None:
        """How long it may still live unclaimed; None once claimed or gone."""
        if self.state is not DossierState.PREFILLED:
            return None
        return remaining(datetime.fromisoformat(self.created_at), now)


@dataclass(frozen=True)
class FilingRecord:
    """The online filing of one application.

    Attributes:
        portal: the address of the portal.
        procedure: the procedure's number.
        started_at: when the last sending began.
        drafts: those created, the last one first.
        recorded: the state that was last recorded as an outcome; empty for none.
    """

    application_id: str
    portal: str
    procedure: int
    attempt: Attempt
    started_at: str
    drafts: tuple[SentDraft, ...] = ()
    recorded: str = ""

    @property
    def undecided(self) -> bool:
        """Whether a draft may exist that nobody knows the token of."""
        return self.attempt in (Attempt.SENDING, Attempt.UNKNOWN)

    @property
    def draft(self) -> SentDraft | None:
        """The draft that counts: the one somebody took up, else the last."""
        claimed = next((one for one in self.drafts if one.state.claimed), None)
        return claimed or (self.drafts[0] if self.drafts else None)


def filing_record(desk: Desk, application_id: str) -> FilingRecord | None:
    """What is remembered of an application's online filing, if it was ever tried."""
    kept = desk.vault.settings.get(_KEY + application_id, None)
    return _read(application_id, kept) if kept else None


def filing_records(desk: Desk) -> dict[str, FilingRecord]:
    """What is remembered of every online filing, by application."""
    kept = desk.vault.settings.under(_KEY)
    return {one: _read(one, filing) for one, filing in kept.items() if filing}


def keep_record(desk: Desk, record: FilingRecord) -> None:
    """Remember how a filing stands."""
    desk.vault.settings.set(
        _KEY + record.application_id,
        {
            "portal": record.portal,
            "procedure": record.procedure,
            "attempt": record.attempt.value,
            "started_at": record.started_at,
            "drafts": [{**vars(one), "state": one.state.value} for one in record.drafts],
            "recorded": record.recorded,
        },
    )


def copied_steps(desk: Desk, application_id: str) -> frozenset[str]:
    """Which values of an application were copied to a website so far."""
    return frozenset(desk.vault.settings.get(_COPYING + application_id, None) or ())


def keep_copied_steps(desk: Desk, application_id: str, done: frozenset[str]) -> None:
    """Remember which values were copied."""
    desk.vault.settings.set(_COPYING + application_id, sorted(done))


def note_filing(desk: Desk, application_id: str, action: Action, said: str) -> None:
    """Write a step of a filing in the journal; never a value nor a token."""
    application = desk.vault.applications.get(application_id)
    desk.vault.journal.add(
        action,
        person_id=application.person_id,
        application_id=application_id,
        detail={"title": application.form_title, "said": said},
    )


def _read(application_id: str, kept: dict[str, Any]) -> FilingRecord:
    drafts = tuple(
        SentDraft(**{**one, "state": DossierState(one["state"])}) for one in kept["drafts"]
    )
    return FilingRecord(
        application_id,
        kept["portal"],
        kept["procedure"],
        Attempt(kept["attempt"]),
        kept["started_at"],
        drafts,
        kept["recorded"],
    )
