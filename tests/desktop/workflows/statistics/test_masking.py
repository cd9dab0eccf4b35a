"""Small counts are hidden, and cannot be found again from what is shown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.workflows.statistics.masking import (
    LEAST,
    Mask,
    MaskedSeries,
    MaskedTable,
    Shown,
    mask_series,
    mask_table,
)

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))
SMALL = st.integers(0, 7)


def tables(
    least: int, most: int, counts: st.SearchStrategy[int]
) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(least, most).flatmap(
        lambda width: st.lists(
            st.lists(counts, min_size=width, max_size=width), min_size=least, max_size=most
        )
    )


def could_be(shown: Shown, value: int) -> bool:
    """Whether a count may be what is shown of it."""
    if shown is Mask.SMALL:
        return 0 < value < LEAST
    return value > 0 if shown is Mask.HIDDEN else value == shown


def possible(shown: Shown, most: int) -> range | tuple[int, ...]:
    if shown is Mask.SMALL:
        return range(1, LEAST)
    return range(1, most + 1) if shown is Mask.HIDDEN else (int(shown),)


def whole(shown: MaskedTable) -> list[list[Shown]]:
    """The table with its totals, as it is printed."""
    rows = zip(shown.rows, shown.row_totals, strict=True)
    return [*([*row, total] for row, total in rows), [*shown.column_totals, shown.total]]


def with_totals(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    columns = [sum(column) for column in zip(*rows, strict=True)]
    return [*([*row, sum(row)] for row in rows), [*columns, sum(columns)]]


@given(tables(1, 5, COUNTS))
def test_no_small_count_is_shown_and_no_other_count_is_false(rows: list[list[int]]) -> None:
    for line, shown in zip(with_totals(rows), whole(mask_table(rows)), strict=True):
        for value, seen in zip(line, shown, strict=True):
            assert could_be(seen, value)
            assert (seen is not value) or not 0 < value < LEAST
            assert isinstance(seen, Mask) or seen == 0 or seen >= LEAST


def readings(shown: MaskedTable, most: int) -> Iterator[list[list[int]]]:
    """Every table that the one shown could be."""
    width = len(shown.rows[0])
    cells = [possible(cell, most) for row in shown.rows for cell in row]
    for values in itertools.product(*cells):
        rows = [list(values[at : at + width]) for at in range(0, len(values), width)]
        full = with_totals(rows)
        pairs = zip(itertools.chain(*full), itertools.chain(*whole(shown)), strict=True)
        if all(could_be(seen, value) for value, seen in pairs):
            yield full


@settings(max_examples=60, deadline=None)
@given(tables(2, 2, SMALL))
@example([[1, 1], [1, 1]])
@example([[4, 4], [0, 0]])
@example([[1, 0], [0, 9]])
@example([[3, 9], [9, 9]])
def test_every_small_count_of_a_little_table_could_be_another(rows: list[list[int]]) -> None:
    shown, truth = mask_table(rows), with_totals(rows)
    found = list(itertools.islice(readings(shown, 10), 100_000))
    assert truth in found
    for i, row in enumerate(truth):
        for j, value in enumerate(row):
            if 0 < value < LEAST:
                assert len({one[i][j] for one in found}) > 1, (rows, whole(shown), i, j)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
@example([1, 1, 1, 1])
@example([4, 4])
@example([2, 9])
def test_every_small_count_of_a_line_could_be_another(counts: list[int]) -> None:
    shown: MaskedSeries = mask_series(counts)
    most = max(counts) + 4
    found = [
        (*values, sum(values))
        for values in itertools.product(*(possible(one, most) for one in shown.counts))
        if could_be(shown.total, sum(values))
    ]
    truth = (*counts, sum(counts))
    assert truth in found
    for at, value in enumerate(truth):
        if 0 < value < LEAST:
            assert len({one[at] for one in found}) > 1, (counts, shown)


@settings(max_examples=80, deadline=None)
@given(tables(2, 7, COUNTS))
def test_no_small_count_of_a_larger_table_follows_from_sums_and_differences(
    rows: list[list[int]],
) -> None:
    shown, truth = whole(mask_table(rows)), with_totals(rows)
    unknown = [
        (i, j)
        for i, row in enumerate(shown)
        for j, seen in enumerate(row)
        if isinstance(seen, Mask)
    ]
    found = determined(unknown, len(shown), len(shown[0]))
    assert [(i, j) for i, j in found if 0 < truth[i][j] < LEAST] == []


def determined(unknown: list[tuple[int, int]], height: int, width: int) -> set[tuple[int, int]]:
    """The unknown counts that the sums of rows and columns fix, by elimination."""
    lines = [[(i, j) for j in range(width)] for i in range(height)]
    lines += [[(i, j) for i in range(height)] for j in range(width)]
    matrix = [
        [Fraction((cell in line) * (-1 if cell == line[-1] else 1)) for cell in unknown]
        for line in lines
    ]
    fixed, row = set(), 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(row, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[row], matrix[pivot] = matrix[pivot], matrix[row]
        lead = matrix[row][column]
        matrix[row] = [value / lead for value in matrix[row]]
        for other in range(len(matrix)):
            if other != row and matrix[other][column]:
                factor = matrix[other][column]
                matrix[other] = [
                    a - factor * b for a, b in zip(matrix[other], matrix[row], strict=True)
                ]
        row += 1
    for line_left in matrix[:row]:
        used = [at for at, value in enumerate(line_left) if value]
        if len(used) == 1:
            fixed.add(unknown[used[0]])
    return fixed


def test_elimination_finds_what_a_total_gives_away() -> None:
    assert determined([(0, 0)], 3, 3) == {(0, 0)}
    assert determined([(0, 0), (0, 1), (1, 0), (1, 1)], 3, 3) == set()


def test_a_table_with_nothing_small_is_shown_as_it_is() -> None:
    shown = mask_table([[5, 0], [12, 7]])
    assert whole(shown) == [[5, 0, 5], [12, 7, 19], [17, 7, 24]]


def test_a_total_hidden_elsewhere_stays_hidden() -> None:
    assert mask_series([9, 12], total_hidden=True).total is Mask.HIDDEN
    assert mask_series([0, 0], total_hidden=True).total == 0
    assert whole(mask_table([[9]], total_hidden=True)) == [[Mask.HIDDEN] * 2] * 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_a_total_hidden_elsewhere_does_not_follow_from_what_is_shown(counts: list[int]) -> None:
    shown = mask_series(counts, total_hidden=True)
    if sum(counts):
        assert shown.total is Mask.HIDDEN
        assert any(isinstance(one, Mask) for one in shown.counts)
