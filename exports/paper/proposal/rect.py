"""Rectangles on a page, and a page turned so that its print runs from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

T = TypeVar("T")
_BAND = 12.0
_MOST_BANDS = 200


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, in points, from the bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle: across, up."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def across(self, other: Rect) -> float:
        """How much of the width two rectangles share; negative when they stand apart."""
        return min(self.right, other.right) - max(self.left, other.left)

    def along(self, other: Rect) -> float:
        """How much of the height two rectangles share; negative when they stand apart."""
        return min(self.top, other.top) - max(self.bottom, other.bottom)

    def beside(self, other: Rect) -> bool:
        """Whether two rectangles stand on one row."""
        return self.along(other) > 0.5 * min(self.height, other.height)

    def around(self, other: Rect) -> Rect:
        """The rectangle around two."""
        return Rect(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a point lies within."""
        return (
            self.left - margin <= x <= self.right + margin
            and self.bottom - margin <= y <= self.top + margin
        )


class Bands(Generic[T]):
    """Things that stand on a page, found by height without looking at all of them."""

    def __init__(self, things: Iterable[tuple[Rect, T]]) -> None:
        self._bands: dict[int, list[T]] = {}
        self._tall: list[T] = []
        for rect, thing in things:
            first, last = int(rect.bottom // _BAND), int(rect.top // _BAND)
            if last - first > _MOST_BANDS:
                self._tall.append(thing)
                continue
            for band in range(first, last + 1):
                self._bands.setdefault(band, []).append(thing)

    def between(self, bottom: float, top: float) -> list[T]:
        """What may stand between two heights, in no order, some of it twice."""
        found = list(self._tall)
        first, last = int(bottom // _BAND), int(top // _BAND)
        if last - first > len(self._bands):
            for band, things in self._bands.items():
                found += things if first <= band <= last else ()
            return found
        for band in range(first, last + 1):
            found += self._bands.get(band, ())
        return found


class Turn(Enum):
    """Which way the print of a page runs, whatever the page says of itself."""

    RIGHT = "right"
    UP = "up"
    LEFT = "left"
    DOWN = "down"

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page once its print runs to the right."""
        if self is Turn.UP:
            return y, -x
        if self is Turn.LEFT:
            return -x, -y
        if self is Turn.DOWN:
            return -y, x
        return x, y

    def upright(self, rect: Rect) -> Rect:
        """A rectangle of the page once its print runs to the right."""
        (x0, y0), (x1, y1) = self.point(rect.left, rect.bottom), self.point(rect.right, rect.top)
        return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
