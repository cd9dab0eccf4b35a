"""The values of an expression, and XPath's conversions between them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

Scalar = str | float | bool | date
XValue = Scalar | list[Scalar]
"""What an expression gives: a string, a number, a truth, a day (or day and time), or the values of
several nodes."""

_EPOCH = date(1970, 1, 1)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")
_NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)")
_SECONDS_A_DAY = 86_400


def to_string(value: XValue) -> str:
    """XPath's `string()`: the first node's text, a number without needless digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return to_string(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    return number_to_string(value)


def to_number(value: XValue) -> float:
    """XPath's `number()`; a day counts as days since 1970-01-01, as in ODK."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    if isinstance(value, list):
        return to_number(value[0]) if value else math.nan
    if isinstance(value, str):
        text = value.strip()
        if _ISO_DAY.fullmatch(text):
            moment = to_moment(text)
            return math.nan if moment is None else to_number(moment)
        # float() reads more than XPath does: "1_000", "inf", "nan".
        return float(text) if _NUMBER.fullmatch(text) else math.nan
    if isinstance(value, datetime):
        day = float((value.date() - _EPOCH).days)
        passed = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return day + (passed.total_seconds() + value.microsecond / 1e6) / _SECONDS_A_DAY
    return float((value - _EPOCH).days)


def to_boolean(value: XValue) -> bool:
    """XPath's `boolean()` of a value; of several nodes, whether there is any."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    if isinstance(value, list):
        return bool(value)
    if isinstance(value, date):
        return True
    return value != 0 and not math.isnan(value)


def to_moment(value: XValue) -> date | None:
    """A day, or a day and time, from one, its ISO text, or days since 1970-01-01; else None."""
    if isinstance(value, list):
        return to_moment(value[0]) if value else None
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return _moment_of(value.strip())
    if math.isnan(value) or abs(value) > 2_000_000:
        return None
    day = _EPOCH + timedelta(days=math.floor(value))
    passed = value - math.floor(value)
    if passed == 0:
        return day
    return datetime(day.year, day.month, day.day) + timedelta(  # noqa: DTZ001 - local, as typed
        seconds=round(passed * _SECONDS_A_DAY)
    )


def to_day(value: XValue) -> date | None:
    """The day of `to_moment`, its time left out."""
    moment = to_moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def flat(values: Sequence[XValue]) -> list[Scalar]:
    """All the values of several arguments, nodes opened, in one list."""
    found: list[Scalar] = []
    for value in values:
        found.extend(value if isinstance(value, list) else [value])
    return found


def names_of(value: XValue) -> list[str]:
    """The names of the choices that a select holds."""
    return to_string(value).split()


def number_to_string(value: float) -> str:
    """A number as XPath writes it: no needless digit, `NaN`, `Infinity`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    return f"{Decimal(repr(value)):f}"


def _moment_of(text: str) -> date | None:
    try:
        if len(text) > 10:
            moment = datetime.fromisoformat(text)
            return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment
        return date.fromisoformat(text)
    except ValueError:
        return None
