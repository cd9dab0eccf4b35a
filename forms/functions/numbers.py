"""Functions over numbers and truths."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from forms.functions.signature import Function
from forms.xvalue import XValue, flat, to_boolean, to_number, to_string


def _sum(nodes: XValue) -> float:
    return math.fsum(_numbers([nodes]))


def _numbers(values: Sequence[XValue]) -> list[float]:
    # As in XPath, a blank counts and is no number: the whole is no number either.
    return [to_number(one) for one in flat(values)]


def _extreme(values: Sequence[XValue], choose: Callable[[list[float]], float]) -> float:
    numbers = _numbers(values)
    return choose(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan


def _round(value: XValue, digits: XValue = 0.0) -> float:
    number, places = to_number(value), to_number(digits)
    if math.isnan(number) or math.isinf(number) or math.isnan(places) or abs(places) > 30:
        return math.nan if math.isnan(places) else number
    factor = 10.0 ** int(places)
    scaled = number * factor
    if math.isinf(scaled) or factor == 0:
        return number
    return math.floor(scaled + 0.5) / factor


def _whole(step: Callable[[float], int]) -> Callable[[XValue], float]:
    def apply(value: XValue) -> float:
        number = to_number(value)
        return number if math.isnan(number) or math.isinf(number) else float(step(number))

    return apply


def _real(operation: Callable[..., float]) -> Callable[..., float]:
    """An operation of `math` that gives NaN or infinity where Python raises."""

    def apply(*values: XValue) -> float:
        try:
            return operation(*(to_number(value) for value in values))
        except (ValueError, ZeroDivisionError):
            return math.nan
        except OverflowError:
            return math.inf

    return apply


def _logarithm(value: float) -> float:
    return -math.inf if value == 0 else math.log(value)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    return math.pow(base, exponent)


def _checklist(least: XValue, most: XValue, *answers: XValue) -> bool:
    return _within(least, most, float(sum(to_boolean(one) for one in flat(answers))))


def _weighted_checklist(least: XValue, most: XValue, *pairs: XValue) -> bool:
    values = flat(pairs)
    total = sum(
        to_number(weight)
        for answer, weight in zip(values[0::2], values[1::2], strict=False)
        if to_boolean(answer)
    )
    return _within(least, most, total)


def _within(least: XValue, most: XValue, count: float) -> bool:
    low, high = to_number(least), to_number(most)
    return (low < 0 or count >= low) and (high < 0 or count <= high)


FUNCTIONS: dict[str, Function] = {
    "number": Function((0, 1), to_number),
    "boolean": Function(1, None),
    "boolean-from-string": Function(1, lambda value: to_string(value) in ("true", "1")),
    "not": Function(1, None),
    "true": Function(0, lambda: True),
    "false": Function(0, lambda: False),
    "coalesce": Function(2, lambda first, second: first if to_string(first) != "" else second),
    "sum": Function(1, _sum),
    "min": Function((1, None), lambda *values: _extreme(values, min)),
    "max": Function((1, None), lambda *values: _extreme(values, max)),
    "count-non-empty": Function(
        1, lambda nodes: float(sum(to_string(one) != "" for one in flat([nodes])))
    ),
    "round": Function((1, 2), _round),
    "int": Function(1, _whole(math.trunc)),
    "floor": Function(1, _whole(math.floor)),
    "ceiling": Function(1, _whole(math.ceil)),
    "abs": Function(1, lambda value: abs(to_number(value))),
    "pow": Function(2, _real(_power)),
    "sqrt": Function(1, _real(math.sqrt)),
    "log": Function(1, _real(_logarithm)),
    "log10": Function(1, _real(lambda value: -math.inf if value == 0 else math.log10(value))),
    "exp": Function(1, _real(math.exp)),
    "exp10": Function(1, _real(lambda value: 10.0**value)),
    "pi": Function(0, lambda: math.pi),
    "sin": Function(1, _real(math.sin)),
    "cos": Function(1, _real(math.cos)),
    "tan": Function(1, _real(math.tan)),
    "asin": Function(1, _real(math.asin)),
    "acos": Function(1, _real(math.acos)),
    "atan": Function(1, _real(math.atan)),
    "atan2": Function(2, _real(math.atan2)),
    "checklist": Function((2, None), _checklist),
    "weighted-checklist": Function((2, None), _weighted_checklist),
}
