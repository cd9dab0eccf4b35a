"""Counting in months: the same day of another month, or its last day when it is shorter."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months later: 31 January and one month give 28 or 29 February."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier."""
    return months_after(day, -months)


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of each month from one day's month to another's."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = months_after(month, 1)
