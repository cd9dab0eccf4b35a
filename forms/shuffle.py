"""A reproducible order: Park and Miller's generator, as the ODK XForms specification has it."""

from __future__ import annotations

import math
from typing import TypeVar

T = TypeVar("T")
_MODULUS = 2_147_483_647
_MULTIPLIER = 48_271


def shuffled(items: list[T], seed: float) -> list[T]:
    """The items in the order that a seed gives (ODK XForms, `randomize`)."""
    state = 42 if math.isnan(seed) or math.isinf(seed) else int(seed) % _MODULUS
    state = state + _MODULUS - 1 if state <= 0 else state
    found = list(items)
    for last in range(len(found) - 1, 0, -1):
        state = state * _MULTIPLIER % _MODULUS
        chosen = math.floor((state - 1) / (_MODULUS - 1) * (last + 1))
        found[last], found[chosen] = found[chosen], found[last]
    return found
