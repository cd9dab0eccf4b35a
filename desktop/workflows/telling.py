"""How far a long step is, told to whoever waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Told = Callable[[float], None]
"""Told how much is done, from 0 to 1; what it raises ends the work."""


def say_nothing(_: float) -> None:
    """Nobody waits."""


class Steps:
    """Several steps of about known sizes, in bytes, told as one."""

    def __init__(self, told: Told, sizes: Sequence[int]) -> None:
        self._told = told
        self._sizes = tuple(sizes)
        self._total = max(1, sum(sizes))

    def step(self, number: int) -> Callable[[int], None]:
        """What one step tells its bytes to."""
        before, size = sum(self._sizes[:number]), self._sizes[number]

        def tell(done: int) -> None:
            self._told((before + min(done, size)) / self._total)

        return tell
