"""What a page of activity shows, as plain values: tables of texts, and bars by month."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActivityTable:
    """One table: its title, the names of its columns, and lines of texts, the first one a name."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One bar: how tall, and what stands over it; None when its height is not to be known."""

    height: int | None
    said: str


@dataclass(frozen=True)
class BarChart:
    """Bars by month, one of each series side by side.

    Attributes:
        months: under the bars.
        series: by name, as many bars as months.
    """

    months: tuple[str, ...]
    series: tuple[tuple[str, tuple[Bar, ...]], ...]

    @property
    def tallest(self) -> int:
        """The greatest height that is known; at least 1."""
        known = (bar.height or 0 for _, bars in self.series for bar in bars)
        return max(1, *known)
