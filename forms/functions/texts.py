"""Functions over text."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from forms.functions.signature import Function
from forms.xvalue import XValue, flat, to_number, to_string

_SLOWEST_TEXT = 2_000
"""Longest text put to a regular expression: a definition from outside may hold a slow one."""


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str] | None:
    try:
        # As in the engines of ODK, `\w` and `\d` mean the letters and digits of ASCII.
        return re.compile(text, re.ASCII)
    except (re.error, RecursionError, OverflowError):
        return None


def _regex(value: XValue, pattern: XValue) -> bool:
    compiled = _pattern(to_string(pattern))
    return compiled is not None and compiled.search(to_string(value)[:_SLOWEST_TEXT]) is not None


def _substr(value: XValue, start: XValue, end: XValue | None = None) -> str:
    text = to_string(value)
    first = _index(start, 0)
    last = len(text) if end is None else _index(end, len(text))
    return text[first:last]


def _index(value: XValue, otherwise: int) -> int:
    number = to_number(value)
    return otherwise if math.isnan(number) or math.isinf(number) else int(number)


def _substring(value: XValue, start: XValue, length: XValue | None = None) -> str:
    text, first = to_string(value), _rounded(start)
    last = math.inf if length is None else first + _rounded(length)
    return "".join(letter for place, letter in enumerate(text, start=1) if first <= place < last)


def _rounded(value: XValue) -> float:
    number = to_number(value)
    return number if math.isnan(number) or math.isinf(number) else math.floor(number + 0.5)


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


FUNCTIONS: dict[str, Function] = {
    "string": Function((0, 1), to_string),
    "concat": Function((1, None), lambda *values: "".join(to_string(one) for one in flat(values))),
    "join": Function(
        (1, None),
        lambda mark, *values: to_string(mark).join(to_string(one) for one in flat(values)),
    ),
    "contains": Function(2, lambda text, part: to_string(part) in to_string(text)),
    "starts-with": Function(2, lambda text, part: to_string(text).startswith(to_string(part))),
    "ends-with": Function(2, lambda text, part: to_string(text).endswith(to_string(part))),
    "string-length": Function(1, lambda text: float(len(to_string(text)))),
    "normalize-space": Function((0, 1), lambda text: " ".join(to_string(text).split())),
    "translate": Function(3, _translate),
    "substr": Function((2, 3), _substr),
    "substring": Function((2, 3), _substring),
    "substring-before": Function(2, _before),
    "substring-after": Function(2, _after),
    "regex": Function(2, _regex),
}
