"""Functions over the answers of selects."""

from __future__ import annotations

import math

from forms.functions.signature import Function
from forms.xvalue import XValue, names_of, to_number, to_string


def _selected(value: XValue, name: XValue) -> bool:
    # Where nothing is selected, the empty name is: forms ask it so.
    return to_string(name).strip() in (names_of(value) or [""])


def _selected_at(value: XValue, place: XValue) -> str:
    names, index = names_of(value), to_number(place)
    if math.isnan(index) or not 0 <= index < len(names):
        return ""
    return names[int(index)]


FUNCTIONS: dict[str, Function] = {
    "selected": Function(2, _selected),
    "selected-at": Function(2, _selected_at),
    "count-selected": Function(1, lambda value: float(len(names_of(value)))),
}
