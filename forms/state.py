"""How a form being filled stands: question by question, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from forms.values import JSON


class ProblemKind(Enum):
    """Why an application is not complete."""

    MISSING = "missing"
    INVALID = "invalid"


@dataclass(frozen=True)
class Problem:
    """What is missing or wrong at one question, in French."""

    path: str
    label: str
    message: str
    kind: ProblemKind


@dataclass(frozen=True)
class QuestionState:
    """How a question stands now.

    Attributes:
        problem: what is missing or wrong; None when nothing is, or it is not relevant.
        warning: what looks unusual; it blocks nothing.
        from_profile: whether the answer is the one the profile gives.
    """

    path: str
    relevant: bool
    required: bool
    read_only: bool
    problem: Problem | None
    warning: str | None
    from_profile: bool


@dataclass(frozen=True)
class Progress:
    """How many of the questions asked are answered."""

    answered: int
    total: int


@dataclass(frozen=True)
class Section:
    """A top-level group or repeat, as a step of the work."""

    path: str
    label: str
    relevant: bool
    answered: int
    total: int
    missing: int
    invalid: int

    @property
    def complete(self) -> bool:
        """Whether nothing is missing nor wrong."""
        return not self.missing and not self.invalid


@dataclass(frozen=True)
class ProfileChange:
    """A fact answered here that the profile does not have, or has otherwise.

    Attributes:
        old, new: as kept (JSON); old is None when the profile says nothing.
        old_text, new_text: as shown.
    """

    key: str
    label: str
    old: JSON
    new: JSON
    old_text: str
    new_text: str
