"""JSON from outside: of a type that says how deep it goes, and days and moments that exist."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TypeVar

import msgspec

Answer = str | bool | int | float | list[str] | dict[str, str] | None
"""What a question was answered: text, number, names of choices; `{"typed": …}` what is none."""

Fact = str | bool | int | float | list[dict[str, str | bool | int | float | None]] | None
"""What is known of a person: text, number, or people, each with their own facts."""

_Type = TypeVar("_Type")

_DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}")
# Before 1970, Windows tells no local time; nothing of ours was written before 2000.
_MOMENT = re.compile(r"2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")


def decoded(content: bytes, kind: type[_Type]) -> _Type:
    """Read a JSON text as a type.

    Raises:
        ValueError: it is no JSON, of another type, or nested without end.
    """
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("not as the format says") from error


def is_day(text: str) -> bool:
    """Whether a text is a day that exists, `YYYY-MM-DD`, of the years 1000 to 2999."""
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """Whether a text is a moment, to the second and with its offset, of 2000 to 2999."""
    try:
        return _MOMENT.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
