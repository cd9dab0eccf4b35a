"""Hiding small counts in tables, so that none can be found again from the totals.

A count from 1 to 4 is shown as « < 5 ». When the totals shown would still give it away, others are
hidden beside it, until each small count could be another one. A table is a flow: what a row or a
column holds comes out in its total; a count could be another one when a change of one can go round
through hidden counts alone.

One table at a time: two exports of overlapping periods may tell more by their difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

LEAST = 5
"""The least count that is shown, but for nothing at all."""


class Mask(Enum):
    """What stands in the place of a count."""

    SMALL = "<\u00a05"
    HIDDEN = "masqué"


Shown = int | Mask


@dataclass(frozen=True)
class MaskedTable:
    """A table as it may be shown, with its totals."""

    rows: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown


@dataclass(frozen=True)
class MaskedSeries:
    """A line of counts as it may be shown, with its total."""

    counts: tuple[Shown, ...]
    total: Shown


@dataclass
class _Count:
    """State: one count, between the two ends that its flow joins, and what is shown of it.

    Attributes:
        rank: which is hidden first to protect another: a count, a total, the grand total.
        hidden: whether another table hides it.
    """

    tail: str
    head: str
    value: int
    rank: int
    hidden: bool = False
    shown: Shown = 0

    @property
    def secret(self) -> bool:
        """Whether nobody may find it."""
        return self.value > 0 and (self.hidden or self.value < LEAST)

    def may_become(self, value: int) -> bool:
        """Whether who sees what is shown could think so."""
        if self.shown is Mask.SMALL:
            return 0 < value < LEAST
        return self.shown is Mask.HIDDEN and value > 0


def mask_table(rows: Sequence[Sequence[int]], *, total_hidden: bool = False) -> MaskedTable:
    """Hide what must be in a table of counts.

    Args:
        rows: at least one, all as long as the first.
        total_hidden: whether another table hides the grand total, which then is a secret here.
    """
    width = len(rows[0])
    cells = [
        [_Count(f"row {i}", f"column {j}", value, 0) for j, value in enumerate(row)]
        for i, row in enumerate(rows)
    ]
    row_totals = [_Count("rows", f"row {i}", sum(row), 1) for i, row in enumerate(rows)]
    column_totals = [
        _Count(f"column {j}", "columns", sum(row[j] for row in rows), 1) for j in range(width)
    ]
    total = _Count("columns", "rows", sum(map(sum, rows)), 2, total_hidden)
    every = [*(one for row in cells for one in row), *row_totals, *column_totals, total]
    _mask(every)
    return MaskedTable(
        tuple(tuple(one.shown for one in row) for row in cells),
        tuple(one.shown for one in row_totals),
        tuple(one.shown for one in column_totals),
        total.shown,
    )


def mask_series(counts: Sequence[int], *, total_hidden: bool = False) -> MaskedSeries:
    """Hide what must be in a line of counts; see `mask_table`."""
    each = [_Count("all", "each", value, 0) for value in counts]
    total = _Count("each", "all", sum(counts), 1, total_hidden)
    _mask([*each, total])
    return MaskedSeries(tuple(one.shown for one in each), total.shown)


def _mask(counts: list[_Count]) -> None:
    for one in counts:
        hidden = Mask.HIDDEN if one.hidden else Mask.SMALL
        one.shown = hidden if one.secret else one.value
    while True:
        told = [one for one in counts if one.secret and not _ambiguous(one, counts)]
        if not told:
            return
        chosen = next(_helping(told, counts), None)
        assert chosen is not None, "a small count among hidden ones could be another"
        chosen.shown = Mask.HIDDEN


def _helping(told: list[_Count], counts: list[_Count]) -> Iterator[_Count]:
    """What may be hidden to protect counts that can be told, the best first."""
    ends = {end for one in told for end in (one.tail, one.head)}
    shown = [one for one in counts if one.value and not isinstance(one.shown, Mask)]
    beside = [one for one in shown if one.tail in ends or one.head in ends]
    for group in ([one for one in beside if one.rank < 2], shown):
        yield from sorted(group, key=lambda one: (one.rank, one.value))
    # Four counts « < 5 » with a total « < 5 » are four times one: the total says less.
    small = [one for one in counts if one.rank and one.shown is Mask.SMALL]
    yield from sorted(small, key=lambda one: one.rank)


def _ambiguous(asked: _Count, counts: list[_Count]) -> bool:
    """Whether a count could be one more, or one less, for who sees what is shown."""
    up = asked.may_become(asked.value + 1) and _reaches(asked.head, asked.tail, asked, counts)
    return up or (
        asked.may_become(asked.value - 1) and _reaches(asked.tail, asked.head, asked, counts)
    )


def _reaches(start: str, end: str, without: _Count, counts: Collection[_Count]) -> bool:
    """Whether a change of one can go from an end to another through other hidden counts."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for one in counts:
            if one is without:
                continue
            for there, other, value in (
                (one.tail, one.head, one.value + 1),
                (one.head, one.tail, one.value - 1),
            ):
                if there == here and other not in seen and one.may_become(value):
                    seen.add(other)
                    waiting.append(other)
    return end in seen
