"""XPath's operators over values."""

from __future__ import annotations

import math
from collections.abc import Callable

from forms.xvalue import Scalar, XValue, to_boolean, to_number, to_string


def compare(symbol: str, left: XValue, right: XValue) -> bool:
    """Whether two values compare so; of several nodes, whether any does."""
    lefts = left if isinstance(left, list) else [left]
    rights = right if isinstance(right, list) else [right]
    return any(_compare_one(symbol, one, other) for one in lefts for other in rights)


def _compare_one(symbol: str, left: Scalar, right: Scalar) -> bool:
    if symbol in ("=", "!="):
        return (symbol == "=") == _equal(left, right)
    first, second = to_number(left), to_number(right)
    if symbol == "<":
        return first < second
    if symbol == "<=":
        return first <= second
    if symbol == ">":
        return first > second
    return first >= second


def _equal(left: Scalar, right: Scalar) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return to_string(left) == to_string(right)


def _divide(left: float, right: float) -> float:
    if right == 0:
        if left == 0 or math.isnan(left):
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def _modulo(left: float, right: float) -> float:
    if right == 0 or math.isnan(right) or math.isnan(left) or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _modulo,
}

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
