"""A process that dies before one of the things that it asks of the file system."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

STEPS = ("fsync", "replace", "rename", "unlink", "open")

needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="kills a process that it makes by fork"
)


def killed_at(step: int, work: Callable[[Callable[[], None]], None]) -> bool:
    """Do some work in a process of its own, killed before one of its steps; whether it was.

    Args:
        step: how many things the process may ask of the file system, from when it says so.
        work: is given what it calls when the steps are to be counted.
    """
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0, "the work failed by itself"
        return os.WIFSIGNALED(status)
    try:
        work(lambda: _die_at(step))
        os._exit(0)
    finally:
        os._exit(1)


def _die_at(step: int) -> None:
    left = [step]

    def mortal(name: str) -> None:
        real = getattr(os, name)

        def asked(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        setattr(os, name, asked)

    for name in STEPS:
        mortal(name)
