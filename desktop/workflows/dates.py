"""Days and hours as a French reader expects them on a screen."""

from __future__ import annotations

from datetime import date, datetime

NBSP = "\u00a0"

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avril", "mai", "juin",
    "juill.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


def long_day(day: date) -> str:
    """« 12 mars 1985 », « 1er mai 2026 »."""
    return f"{_ordinal(day)}{NBSP}{_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, *, today: date) -> str:
    """« aujourd’hui », « hier », « 18 nov. », with the year when it is another one."""
    if day == today:
        return "aujourd’hui"
    if (today - day).days == 1:
        return "hier"
    text = f"{_ordinal(day)}{NBSP}{_SHORT_MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def month_year(day: date) -> str:
    """« mars 2026 »."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """« mars 26 », where there is little room."""
    return f"{_SHORT_MONTHS[day.month - 1]} {day.year % 100:02d}"


def hour(moment: datetime) -> str:
    """« 14 h 32 », in local time."""
    local = moment.astimezone()
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"


def short_moment(moment: datetime) -> str:
    """« 23 nov. 14 h 32 », in local time."""
    local = moment.astimezone()
    return f"{_ordinal(local.date())}{NBSP}{_SHORT_MONTHS[local.month - 1]} {hour(moment)}"


def stored_moment(text: str) -> datetime:
    """A moment as the vault keeps it (UTC, ISO 8601)."""
    return datetime.fromisoformat(text)


def stored_day(text: str) -> date:
    """The local day of a moment as the vault keeps it."""
    return stored_moment(text).astimezone().date()


def written_day(text: str | None) -> str:
    """An ISO date in figures, « 12/03/1985 »; empty when unknown, as it stands when not a date."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text


def _ordinal(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)
