"""Functions over days and times."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

from forms.functions.signature import Function
from forms.xvalue import XValue, to_day, to_moment, to_number, to_string

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_SHORT_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin",
           "juil.", "août", "sept.", "oct.", "nov.", "déc.")  # fmt: skip
_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")


def _date(value: XValue) -> XValue:
    short = _SHORT_DAY.fullmatch(to_string(value).strip())
    if short:
        value = "{}-{:0>2}-{:0>2}".format(*short.groups())
    day = to_day(value)
    return "" if day is None else day


def _date_time(value: XValue) -> XValue:
    moment = to_moment(value)
    return "" if moment is None else _with_time(moment)


def _with_time(moment: date) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - local, as typed


def _decimal_time(value: XValue) -> float:
    match = _TIME.fullmatch(to_string(value).strip())
    if not match:
        moment = to_moment(value)
        if not isinstance(moment, datetime):
            return math.nan
        return to_number(moment) % 1
    hours, minutes, seconds = (int(part or 0) for part in match.group(1, 2, 3))
    if hours > 23 or minutes > 59 or seconds > 59:
        return math.nan
    return (hours * 3600 + minutes * 60 + seconds + float(match.group(4) or 0)) / 86_400


def _format(value: XValue, pattern: XValue) -> str:
    moment = to_moment(value)
    if moment is None:
        return ""
    time = _with_time(moment)
    parts = {
        "%Y": f"{time.year:04d}",
        "%y": f"{time.year % 100:02d}",
        "%m": f"{time.month:02d}",
        "%n": str(time.month),
        "%b": _MONTHS[time.month - 1],
        "%d": f"{time.day:02d}",
        "%e": str(time.day),
        "%a": _DAYS[time.weekday()],
        "%H": f"{time.hour:02d}",
        "%h": str(time.hour),
        "%M": f"{time.minute:02d}",
        "%S": f"{time.second:02d}",
        "%3": f"{time.microsecond // 1000:03d}",
        "%%": "%",
    }
    return re.sub("%.", lambda match: parts.get(match.group(), ""), to_string(pattern))


FUNCTIONS: dict[str, Function] = {
    "date": Function(1, _date),
    "date-time": Function(1, _date_time),
    "decimal-date-time": Function(
        1, lambda value: to_number(moment) if (moment := to_moment(value)) else math.nan
    ),
    "decimal-time": Function(1, _decimal_time),
    "format-date": Function(2, _format),
    "format-date-time": Function(2, _format),
}
