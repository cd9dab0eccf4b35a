"""Boxes to write in: those joined into one answer, and the print that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exports.paper.official.field_tree import FieldType
from exports.paper.proposal.form_boxes import FormBox
from exports.paper.proposal.layout import Layout
from exports.paper.proposal.model import JoinedField, LabelSource
from exports.paper.proposal.printed_text import Run
from exports.paper.proposal.rect import Rect
from exports.paper.proposal.ticks import TickSet, rows_of
from exports.paper.proposal.words import bare, label_of, spoken

_WIDEST_CELL = 18.0
_WIDEST_DATE_PART = 62.0
_NEAR = 40.0
_ABOVE = 16.0
_TALL = 30.0
_DATED = re.compile(r"\bdates?\b|\bnee? ?e? le\b|\b(le|du|au|depuis)$|naissance")
_DATE_PARTS = ("%d", "%m", "%Y")


@dataclass(frozen=True)
class Writing:
    """Boxes that take one answer together.

    Attributes:
        label: what is printed for them.
        dated: whether they are the parts of a date.
        cells: how many characters they take, where each has its own; 0 otherwise.
    """

    boxes: tuple[FormBox, ...]
    fields: tuple[JoinedField, ...]
    label: str
    hint: str
    label_from: LabelSource
    dated: bool
    cells: int

    @property
    def rect(self) -> Rect:
        """The rectangle around its boxes, upright."""
        return _around(self.boxes)


def read_writings(layout: Layout, sets: Sequence[TickSet]) -> list[Writing]:
    """The boxes to write in of a page, joined and labelled.

    Args:
        layout: the page.
        sets: its boxes to tick.
    """
    written = [box for box in layout.boxes if not box.ticked]
    groups = [group for row in rows_of(written) for group in _joined(layout, row)]
    # « Autre, préciser : » is said of a question: what is written there needs its words.
    asked = {
        line: one.label if len(one.ticks) > 1 else ""
        for one in sets
        for tick in one.ticks
        if tick.label_from is not LabelSource.ABOVE
        for line in tick.lines
    }
    columns = _columns(layout, groups, asked)
    return [_labelled(layout, group, asked, columns) for group in groups]


@dataclass(frozen=True)
class _Group:
    boxes: tuple[FormBox, ...]
    fields: tuple[JoinedField, ...]
    dated: bool = False
    cells: int = 0

    @property
    def rect(self) -> Rect:
        return _around(self.boxes)


def _joined(layout: Layout, row: list[FormBox]) -> Iterator[_Group]:
    place = 0
    while place < len(row):
        group = (
            _date(layout, row[place : place + 3])
            or _cells(layout, row[place:])
            or _number_and_key(layout, row[place : place + 2])
        )
        if group is None:
            box = row[place]
            cells = box.max_length or 0 if box.comb else 0
            group = _Group((box,), (JoinedField(box.field),), cells=cells)
        yield group
        place += len(group.boxes)


def _date(layout: Layout, boxes: Sequence[FormBox]) -> _Group | None:
    if len(boxes) != 3 or not _side_by_side(layout, boxes, 26.0):
        return None
    if any(box.type is not FieldType.TEXT for box in boxes):
        return None
    day, month, year = (box.upright.width for box in boxes)
    limits = tuple(box.max_length for box in boxes)
    if limits != (2, 2, 4):
        if any(limit is not None for limit in limits) or year > _WIDEST_DATE_PART:
            return None
        if not 0.7 < day / month < 1.43 or year < 0.9 * month:
            return None
        # Boxes of one character are the cells of a number, not the parts of a date.
        if day < 10 or not (_strokes(layout, boxes) or _is_dated(layout, boxes)):
            return None
    fields = tuple(
        JoinedField(box.field, form, start, length)
        for box, form, start, length in zip(boxes, _DATE_PARTS, (1, 3, 5), (2, 2, 4), strict=True)
    )
    return _Group(tuple(boxes), fields, dated=True)


def _is_dated(layout: Layout, boxes: Sequence[FormBox]) -> bool:
    found = layout.left(_around(boxes)) or layout.above(_around(boxes))
    return found is not None and bool(_DATED.search(bare(found.run.text)))


def _strokes(layout: Layout, boxes: Sequence[FormBox]) -> bool:
    return all(
        any(
            run.text.strip() in ("/", "-", ".")
            and before.upright.right - 3 <= run.rect.middle[0] <= after.upright.left + 3
            and before.upright.holds(before.upright.left, run.rect.middle[1], 2)
            for run in layout.strokes
        )
        for before, after in pairwise(boxes)
    )


def _cells(layout: Layout, row: Sequence[FormBox]) -> _Group | None:
    cells: list[FormBox] = []
    for box in row:
        if not _is_cell(box):
            break
        if cells:
            width = max(cells[-1].upright.width, box.upright.width)
            if not _side_by_side(layout, (cells[-1], box), max(1.7 * width, 8.0)):
                break
        cells.append(box)
    if len(cells) < 3:
        return None
    fields = tuple(
        JoinedField(box.field, start=number, length=1) for number, box in enumerate(cells, 1)
    )
    return _Group(tuple(cells), fields, cells=len(cells))


def _is_cell(box: FormBox) -> bool:
    if box.type is not FieldType.TEXT:
        return False
    if box.max_length is not None:
        return box.max_length == 1
    return box.upright.width <= _WIDEST_CELL and box.upright.width < 0.9 * box.upright.height


def _number_and_key(layout: Layout, boxes: Sequence[FormBox]) -> _Group | None:
    # A social security number and its key, in two combs.
    if len(boxes) != 2 or [box.max_length for box in boxes] != [13, 2]:
        return None
    if not _side_by_side(layout, boxes, 20.0):
        return None
    number, key = boxes
    fields = (
        JoinedField(number.field, start=1, length=13),
        JoinedField(key.field, start=14, length=2),
    )
    return _Group((number, key), fields, cells=15)


def _side_by_side(layout: Layout, boxes: Sequence[FormBox], widest: float) -> bool:
    for before, after in pairwise(boxes):
        gap = after.upright.left - before.upright.right
        if not -3 <= gap <= widest or not before.upright.beside(after.upright):
            return False
        if not 0.6 < before.upright.height / after.upright.height < 1.67:
            return False
        between = Rect(
            before.upright.right - 1,
            before.upright.bottom,
            after.upright.left + 1,
            before.upright.top,
        )
        if any(between.holds(*run.rect.middle) for run in layout.runs):
            return False
    return len({(box.page, box.field) for box in boxes}) == len(boxes)


def _columns(
    layout: Layout, groups: list[_Group], asked: Mapping[Run, str]
) -> dict[FormBox, tuple[FormBox, ...]]:
    """The first boxes of groups that share one printed line: the row of a table."""
    known: dict[FormBox, tuple[FormBox, ...]] = {}
    firsts = {group.boxes[0] for group in groups}
    for group in groups:
        found = layout.left(group.rect, without=asked)
        if found is None or not found.crossed:
            continue
        if any(box.ticked for box in found.crossed) and not _header(layout, group, asked):
            continue
        row = tuple(box for box in found.crossed if box in firsts)
        alike = all(
            0.6 < box.upright.width / group.boxes[0].upright.width < 1.67
            and box.max_length == group.boxes[0].max_length
            for box in row
        )
        if row and alike:
            for box in (*row, group.boxes[0]):
                known[box] = (*row, group.boxes[0])
    return known


def _labelled(
    layout: Layout,
    group: _Group,
    asked: Mapping[Run, str],
    columns: dict[FormBox, tuple[FormBox, ...]],
) -> Writing:
    text, source = _said(layout, group, asked, columns)
    label, hint = label_of(text)
    if not label:
        label, source = _last_resort(group.boxes[0])
    return Writing(group.boxes, group.fields, label, hint, source, group.dated, group.cells)


def _said(
    layout: Layout,
    group: _Group,
    asked: Mapping[Run, str],
    columns: dict[FormBox, tuple[FormBox, ...]],
) -> tuple[str, LabelSource]:
    rect = group.rect
    short = {run for run in asked if len(bare(run.text)) < 8}
    tall = rect.height > _TALL
    left = layout.left(rect, without=asked if tall else ())
    above = layout.above(rect, without=short)
    if group.boxes[0] in columns and left is not None:
        row = layout.left(rect, without=asked) or left
        header = _header(layout, group, asked)
        told = layout.whole(row.run)[0].rstrip(" :")
        if header and bare(header) != bare(told):
            return f"{told} – {header}", LabelSource.ROW_AND_COLUMN
        place = sorted(columns[group.boxes[0]], key=lambda box: box.upright.left)
        return f"{told} ({place.index(group.boxes[0]) + 1})", LabelSource.LEFT
    close = left is not None and not left.crossed
    over = above is not None and not above.crossed and not layout.labels_a_box(above.run)
    if left is not None and close:
        told = layout.whole(left.run)[0]
        ends = left.run.text.rstrip().endswith((":", "?"))
        far = (90 if ends else 30) if not tall else 0
        nearer_above = over and above is not None and above.gap <= 8 and left.gap > far
        if (left.gap <= _NEAR and not (tall and nearer_above)) or (ends and not nearer_above):
            question = asked.get(left.run, "")
            return (f"{question} : {told}" if question else told), LabelSource.LEFT
    if above is not None and over and above.gap <= _ABOVE:
        return layout.whole(above.run)[0], LabelSource.ABOVE
    if left is not None and close:
        return layout.whole(left.run)[0], LabelSource.LEFT
    header = _header(layout, group, asked)
    if header:
        number = _row_number(layout, group)
        return (f"{header} ({number})" if number else header), LabelSource.ABOVE
    right = layout.right(rect, without=asked)
    if right is not None and not right.crossed and right.gap <= 12:
        return layout.whole(right.run)[0], LabelSource.RIGHT
    return "", LabelSource.NAME


def _header(layout: Layout, group: _Group, asked: Mapping[Run, str]) -> str:
    return layout.header(group.rect, without=[run for run in asked if len(bare(run.text)) < 8])


def _row_number(layout: Layout, group: _Group) -> int:
    """Which row of its column a group stands in, from 1; 0 in a column of one."""
    rect = group.rect
    column = [
        box
        for box in layout.boxes
        if not box.ticked
        and abs(box.upright.left - group.boxes[0].upright.left) < 5
        and abs(box.upright.width - group.boxes[0].upright.width) < 8
        and abs(box.upright.height - rect.height) < 5
    ]
    if len(column) < 2:
        return 0
    above = sum(box.upright.bottom > rect.top - 3 for box in column)
    return above + 1


def _last_resort(box: FormBox) -> tuple[str, LabelSource]:
    tooltip = label_of(box.tooltip)[0]
    if len(bare(tooltip)) > 2:
        return tooltip, LabelSource.TOOLTIP
    return spoken(box.field) or f"Champ de la page {box.page + 1}", LabelSource.NAME


def _around(boxes: Sequence[FormBox]) -> Rect:
    rect = boxes[0].upright
    for box in boxes[1:]:
        rect = rect.around(box.upright)
    return rect
