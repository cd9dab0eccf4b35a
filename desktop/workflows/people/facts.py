"""One fact of a profile, typed by hand: read, checked, shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.workflows.errors import WorkflowError
from forms.checks import run_check
from forms.definition import Kind
from forms.errors import InvalidAnswer
from forms.profile import PROFILE_KEYS
from forms.values import parse_day, parse_decimal


class InvalidFact(WorkflowError):
    """What was typed is no such fact.

    Attributes:
        message: what is wrong and what to do, in French.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class ReadFact:
    """A fact as the profile keeps it; None when nothing was typed."""

    value: str | float | None
    warning: str


def read_fact(key: str, typed: str, *, today: date) -> ReadFact:
    """Read what was typed for a profile key.

    Raises:
        InvalidFact: with what is wrong and what to do.
    """
    known = PROFILE_KEYS[key]
    text = " ".join(typed.split())
    if not text:
        return ReadFact(None, "")
    if known.kind is Kind.DATE:
        try:
            day = parse_day(text, today=today)
        except InvalidAnswer as error:
            raise InvalidFact(error.message) from error
        if key == "naissance.date" and day > today:
            raise InvalidFact("Cette date est dans le futur. Vérifiez l’année.")
        return ReadFact(day.isoformat(), "")
    if known.kind is Kind.DECIMAL:
        try:
            return ReadFact(parse_decimal(text), "")
        except InvalidAnswer as error:
            raise InvalidFact(error.message) from error
    if known.choices:
        return ReadFact(text, "")
    if known.check is None:
        return ReadFact(text, "")
    result = run_check(known.check, text)
    if result.problem is not None:
        raise InvalidFact(result.problem)
    return ReadFact(text, result.warning or "")


def fact_text(key: str, value: object) -> str:
    """A fact as its field shows it."""
    return PROFILE_KEYS[key].display(value)
