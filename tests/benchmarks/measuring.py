"""How things are timed, and the table that says each measure, its goal and whether it is met."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

_WHAT, _FIGURE, _GOAL = 60, 42, 20


@dataclass(frozen=True)
class Goal:
    """What a measure should be, and whether it is."""

    words: str
    met: bool


def at_most(value: float, limit: float, unit: str = "") -> Goal:
    """A goal that a value should not pass, both in the unit told."""
    return Goal(f"≤ {limit:,g}{unit}", value <= limit)


def at_least(value: float, limit: float, unit: str = "") -> Goal:
    """A goal that a value should reach, both in the unit told."""
    return Goal(f"≥ {limit:,g}{unit}", value >= limit)


@dataclass
class Table:
    """State: the measures said so far."""

    met: int = 0
    missed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _subject: str = ""

    def begin(self) -> None:
        """Print the head of the table."""
        print(f"{'what':{_WHAT}} {'ours / theirs = ratio':{_FIGURE}} {'goal':{_GOAL}}")

    def say(self, what: str, figure: str, goal: Goal | None = None) -> None:
        """Print one line; a name that begins with spaces belongs to the line above it."""
        if not what.startswith(" "):
            self._subject = what
        verdict = ""
        if goal is not None:
            verdict = f"{goal.words:{_GOAL}} {'met' if goal.met else 'NOT MET'}"
            if goal.met:
                self.met += 1
            else:
                self.missed.append(self._named(what))
        print(f"{what:{_WHAT}} {figure:{_FIGURE}} {verdict}".rstrip(), flush=True)

    def skip(self, what: str, why: str) -> None:
        """Say that a measure could not be made here."""
        self.say(what, f"skipped: {why}")
        self.skipped.append(self._named(what))

    def fail(self, what: str, error: BaseException) -> None:
        """Say that a part ended in a fault."""
        self.say(what, f"FAILED: {type(error).__name__}")
        self.failed.append(what)

    def end(self, took: float) -> int:
        """Print the summary; the exit code: 0, or 1 when a goal was missed or a part failed."""
        print(
            f"\n{self.met + len(self.missed)} goals: {self.met} met, {len(self.missed)} not met."
            f" {len(self.skipped)} measures skipped. {took / 60:.0f} min {took % 60:.0f} s."
        )
        for title, names in (
            ("not met", self.missed),
            ("skipped", self.skipped),
            ("failed", self.failed),
        ):
            for name in names:
                print(f"{title}: {name}")
        return 1 if self.missed or self.failed else 0

    def _named(self, what: str) -> str:
        return what if what == self._subject else f"{self._subject}: {what.strip()}"


TABLE = Table()
say = TABLE.say
skip = TABLE.skip


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


def percentile(values: Iterable[float], part: float) -> float:
    """The value below which a part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def ratio(ours: float, theirs: float) -> str:
    """Two times in seconds and their ratio."""
    places = 0 if min(ours, theirs) >= 0.1 else 2
    return f"{ours * 1000:.{places}f} ms / {theirs * 1000:.{places}f} ms = {ours / theirs:.2f}"
