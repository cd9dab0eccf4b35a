"""What a function of the language is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forms.xvalue import XValue


@dataclass(frozen=True)
class Function:
    """One function: how many arguments, and what it does with their values.

    Attributes:
        arity: how many arguments, or at least and at most.
        apply: None where the arguments are not plain values.
    """

    arity: int | tuple[int, int | None]
    apply: Callable[..., XValue] | None
