"""The functions of ODK XPath that need no device, over values rather than XML nodes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

Scalar = str | float | bool | date
XValue = Scalar | list[Scalar]
"""What an expression gives: a string, a number, a truth, a day, or the values of several nodes."""

_EPOCH = date(1970, 1, 1)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")


@dataclass(frozen=True)
class Function:
    """One function: how many arguments, and what it does with their values.

    Functions whose arguments are not plain values (`if`, `position`, `count`, `once`…) have no
    `apply`: the evaluator knows them.
    """

    arity: int | tuple[int, int | None]
    apply: Callable[..., XValue] | None


def to_string(value: XValue) -> str:
    """XPath's `string()`: the first node's text, a number without needless digits."""
    if isinstance(value, list):
        return to_string(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    return _number_text(value)


def to_number(value: XValue) -> float:
    """XPath's `number()`; a day counts as days since 1970-01-01, as in ODK."""
    if isinstance(value, list):
        return to_number(value[0]) if value else math.nan
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, date):
        return float((value - _EPOCH).days)
    if isinstance(value, str):
        text = value.strip()
        if _ISO_DAY.fullmatch(text):
            day = to_day(text)
            return math.nan if day is None else float((day - _EPOCH).days)
        try:
            # float() reads more than XPath does: "1_000", "inf", "nan".
            return float(text) if re.fullmatch(r"-?(\d+\.?\d*|\.\d+)", text) else math.nan
        except ValueError:
            return math.nan
    return float(value)


def to_boolean(value: XValue) -> bool:
    """XPath's `boolean()`; a question without an answer is false."""
    if isinstance(value, list):
        return bool(value) and any(to_boolean(one) for one in value)
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    if isinstance(value, date):
        return True
    return value != 0 and not math.isnan(value)


def to_day(value: XValue) -> date | None:
    """A day from a day, its ISO text, or days since 1970-01-01; None when it is none."""
    if isinstance(value, list):
        return to_day(value[0]) if value else None
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    if math.isnan(value) or abs(value) > 2_000_000:
        return None
    return _EPOCH + timedelta(days=math.floor(value))


def _number_text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    return f"{value:.15g}" if "e" not in f"{value:.15g}" else f"{value:.15f}".rstrip("0")


def _flat(values: Sequence[XValue]) -> list[Scalar]:
    flat: list[Scalar] = []
    for value in values:
        flat.extend(value if isinstance(value, list) else [value])
    return flat


def _numbers(values: Sequence[XValue]) -> list[float]:
    return [to_number(one) for one in _flat(values) if to_string(one) != ""]


def _selected_names(value: XValue) -> list[str]:
    return to_string(value).split()


def _round(value: XValue, digits: XValue = 0.0) -> float:
    number, places = to_number(value), to_number(digits)
    if math.isnan(number) or math.isinf(number) or math.isnan(places) or abs(places) > 30:
        return math.nan if math.isnan(places) else number
    factor = 10.0 ** int(places)
    scaled = number * factor
    if math.isinf(scaled) or factor == 0:
        return number
    return math.floor(scaled + 0.5) / factor


def _whole(value: XValue) -> float:
    number = to_number(value)
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def _floor(value: XValue) -> float:
    number = to_number(value)
    return number if math.isnan(number) or math.isinf(number) else float(math.floor(number))


def _ceiling(value: XValue) -> float:
    number = to_number(value)
    return number if math.isnan(number) or math.isinf(number) else float(math.ceil(number))


def _power(base: XValue, exponent: XValue) -> float:
    try:
        result = to_number(base) ** to_number(exponent)
    except (OverflowError, ZeroDivisionError):
        return math.inf
    return result if isinstance(result, float) else math.nan


def _square_root(value: XValue) -> float:
    number = to_number(value)
    return math.sqrt(number) if number >= 0 else math.nan


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return None


def _regex(value: XValue, pattern: XValue) -> bool:
    compiled = _pattern(to_string(pattern))
    return compiled is not None and compiled.search(to_string(value)) is not None


def _substr(value: XValue, start: XValue, end: XValue | None = None) -> str:
    text = to_string(value)
    first = _index(start, 0)
    last = len(text) if end is None else _index(end, len(text))
    return text[first:last]


def _index(value: XValue, otherwise: int) -> int:
    number = to_number(value)
    return otherwise if math.isnan(number) or math.isinf(number) else int(number)


def _substring(value: XValue, start: XValue, length: XValue | None = None) -> str:
    text, first = to_string(value), _round(start)
    last = math.inf if length is None else first + _round(length)
    return "".join(letter for place, letter in enumerate(text, start=1) if first <= place < last)


def _before(value: XValue, mark: XValue) -> str:
    text, sought = to_string(value), to_string(mark)
    return text.split(sought, 1)[0] if sought and sought in text else ""


def _after(value: XValue, mark: XValue) -> str:
    text, sought = to_string(value), to_string(mark)
    if not sought:
        return text
    return text.split(sought, 1)[1] if sought in text else ""


def _translate(value: XValue, source: XValue, target: XValue) -> str:
    old, new = to_string(source), to_string(target)
    table = {
        ord(letter): new[place] if place < len(new) else None
        for place, letter in reversed(list(enumerate(old)))
    }
    return to_string(value).translate(table)


def _date(value: XValue) -> XValue:
    day = to_day(value)
    return "" if day is None else day


def _format_date(value: XValue, pattern: XValue) -> str:
    day = to_day(value)
    if day is None:
        return ""
    parts = {
        "%Y": f"{day.year:04d}",
        "%y": f"{day.year % 100:02d}",
        "%m": f"{day.month:02d}",
        "%n": str(day.month),
        "%d": f"{day.day:02d}",
        "%e": str(day.day),
        "%H": "00",
        "%h": "0",
        "%M": "00",
        "%S": "00",
        "%3": "000",
    }
    return re.sub("%[a-zA-Z0-9]", lambda match: parts.get(match.group(), ""), to_string(pattern))


def _selected_at(value: XValue, place: XValue) -> str:
    names, index = _selected_names(value), to_number(place)
    if math.isnan(index) or not 0 <= index < len(names):
        return ""
    return names[int(index)]


def _checklist(least: XValue, most: XValue, *answers: XValue) -> bool:
    return _within(least, most, float(sum(to_boolean(one) for one in _flat(answers))))


def _weighted_checklist(least: XValue, most: XValue, *pairs: XValue) -> bool:
    flat = _flat(pairs)
    answers, weights = flat[0::2], flat[1::2]
    total = sum(
        to_number(weight)
        for answer, weight in zip(answers, weights, strict=False)
        if to_boolean(answer)
    )
    return _within(least, most, total)


def _within(least: XValue, most: XValue, count: float) -> bool:
    low, high = to_number(least), to_number(most)
    return (low < 0 or count >= low) and (high < 0 or count <= high)


def _most(values: Sequence[XValue], choose: Callable[[list[float]], float]) -> float:
    numbers = _numbers(values)
    return choose(numbers) if numbers else math.nan


FUNCTIONS: dict[str, Function] = {
    "if": Function(3, None),
    "once": Function(1, None),
    "position": Function((0, 1), None),
    "indexed-repeat": Function((3, 7), None),
    "current": Function(0, None),
    "today": Function(0, None),
    "now": Function(0, None),
    "count": Function(1, None),
    "count-non-empty": Function(
        1, lambda nodes: float(sum(to_string(one) != "" for one in _flat([nodes])))
    ),
    "coalesce": Function(2, lambda first, second: first if to_string(first) != "" else second),
    "selected": Function(2, lambda value, name: to_string(name).strip() in _selected_names(value)),
    "selected-at": Function(2, _selected_at),
    "count-selected": Function(1, lambda value: float(len(_selected_names(value)))),
    "string": Function(1, to_string),
    "number": Function(1, to_number),
    "boolean": Function(1, to_boolean),
    "boolean-from-string": Function(1, lambda value: to_string(value) in ("true", "1")),
    "not": Function(1, lambda value: not to_boolean(value)),
    "true": Function(0, lambda: True),
    "false": Function(0, lambda: False),
    "sum": Function(1, lambda nodes: math.fsum(_numbers([nodes]))),
    "min": Function((1, None), lambda *values: _most(values, min)),
    "max": Function((1, None), lambda *values: _most(values, max)),
    "round": Function((1, 2), _round),
    "int": Function(1, _whole),
    "floor": Function(1, _floor),
    "ceiling": Function(1, _ceiling),
    "abs": Function(1, lambda value: abs(to_number(value))),
    "pow": Function(2, _power),
    "sqrt": Function(1, _square_root),
    "concat": Function((1, None), lambda *values: "".join(to_string(one) for one in _flat(values))),
    "join": Function(
        (1, None),
        lambda mark, *values: to_string(mark).join(to_string(one) for one in _flat(values)),
    ),
    "contains": Function(2, lambda text, part: to_string(part) in to_string(text)),
    "starts-with": Function(2, lambda text, part: to_string(text).startswith(to_string(part))),
    "ends-with": Function(2, lambda text, part: to_string(text).endswith(to_string(part))),
    "string-length": Function(1, lambda text: float(len(to_string(text)))),
    "normalize-space": Function(1, lambda text: " ".join(to_string(text).split())),
    "translate": Function(3, _translate),
    "substr": Function((2, 3), _substr),
    "substring": Function((2, 3), _substring),
    "substring-before": Function(2, _before),
    "substring-after": Function(2, _after),
    "regex": Function(2, _regex),
    "date": Function(1, _date),
    "format-date": Function(2, _format_date),
    "decimal-date-time": Function(1, lambda value: to_number(_date(value))),
    "checklist": Function((2, None), _checklist),
    "weighted-checklist": Function((2, None), _weighted_checklist),
}
