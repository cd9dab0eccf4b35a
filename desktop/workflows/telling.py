"""How far a long step is, told to whoever waits; and giving it up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from desktop.workflows.errors import GivenUp

Told = Callable[[float], None]
"""Told how much is done, from 0 to 1; what it raises ends the work."""


def say_nothing(_: float) -> None:
    """Nobody waits."""


class Steps:
    """Several steps of known sizes, in bytes, told as one."""

    def __init__(self, told: Told, sizes: Sequence[int]) -> None:
        self._told = told
        self._sizes = tuple(sizes)
        self._total = max(1, sum(sizes))

    def step(self, number: int) -> Callable[[int], None]:
        """What one step tells its bytes to."""
        before = sum(self._sizes[:number])

        def tell(done: int) -> None:
            self._told(min(1.0, (before + done) / self._total))

        return tell


class Waiting:
    """State: whether the user still waits for a step done in another thread."""

    def __init__(self, told: Told = say_nothing) -> None:
        self._told = told
        self._given_up = threading.Event()

    def give_up(self) -> None:
        """End the step at its next word."""
        self._given_up.set()

    def __call__(self, done: float) -> None:
        """Pass on how much is done.

        Raises:
            GivenUp: the user gave up.
        """
        if self._given_up.is_set():
            raise GivenUp
        self._told(done)
