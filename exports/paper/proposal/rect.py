"""Rectangles on a page, and a page turned so that its print runs from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
