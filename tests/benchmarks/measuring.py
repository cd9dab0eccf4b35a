"""How things are timed: medians of runs side by side, shown as ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def seconds(step: Callable[[], object]) -> float:
    """How long one run of a step takes."""
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], *, runs: int
) -> tuple[float, float]:
    """The medians of two steps run in turn, so that a noisy machine slows both."""
    mine, other = [], []
    for _ in range(runs):
        mine.append(seconds(ours))
        other.append(seconds(theirs))
    return statistics.median(mine), statistics.median(other)


def percentile(values: list[float], part: float) -> float:
    """The value below which a part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def say(what: str, figure: str, goal: str = "") -> None:
    """Print one line of the table."""
    print(f"{what:52} {figure:34} {goal}", flush=True)


def ratio(ours: float, theirs: float) -> str:
    """Two medians and their ratio."""
    return f"{ours * 1000:.0f} ms / {theirs * 1000:.0f} ms = {ours / theirs:.2f}"
