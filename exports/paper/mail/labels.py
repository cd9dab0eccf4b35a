"""Sheets of labels: their measures as data, and addresses set on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.paper.mail.envelopes import Zone
from exports.paper.mail.placed import Block, render_placed

_A4_WIDTH, _A4_HEIGHT = 210.0, 297.0
# Printers draw a sheet of labels one or two millimetres away from where it should be.
_AIR = 4.0
_SIZES = (11.0, 10.0, 9.0, 8.0)


@dataclass(frozen=True)
class LabelSheet:
    """An A4 sheet of labels, in millimetres.

    Attributes:
        name: columns and rows, then the size of a label.
        left, top: of the first label, from the sheet's corner.
        across, down: from the corner of a label to that of the next.
    """

    name: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    @property
    def count(self) -> int:
        """How many labels it holds."""
        return self.columns * self.rows

    def label(self, number: int) -> Zone:
        """Where a label lies, by its number from 0, row after row."""
        row, column = divmod(number, self.columns)
        left, top = self.left + column * self.across, self.top + row * self.down
        return Zone(left, top, self.width, self.height)


SHEETS: tuple[LabelSheet, ...] = (
    LabelSheet("2 × 7 (99,1 × 38,1 mm)", 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
    LabelSheet("2 × 8 (99,1 × 33,9 mm)", 2, 8, 99.1, 33.9, 4.65, 12.9, 101.6, 33.9),
    LabelSheet("3 × 7 (63,5 × 38,1 mm)", 3, 7, 63.5, 38.1, 7.25, 15.15, 66.0, 38.1),
    LabelSheet("3 × 8 (70 × 37 mm)", 3, 8, 70.0, 37.0, 0.0, 0.5, 70.0, 37.0),
)
"""The sizes that shops keep, as their boxes give them; another is one more line."""


def render_labels(
    sheet: LabelSheet, addresses: Sequence[Sequence[str]], *, first: int = 1
) -> bytes:
    """Set addresses on labels, as many sheets as they take.

    Args:
        sheet: which labels.
        addresses: the lines of each.
        first: the first label that is still on the sheet, from 1.

    Raises:
        ValueError: the sheet has no such label.
    """
    if not 1 <= first <= sheet.count:
        raise ValueError(f"no label {first} on a sheet of {sheet.count}")
    pages: list[list[Block]] = []
    for number, lines in enumerate(addresses, start=first - 1):
        page, place = divmod(number, sheet.count)
        if page == len(pages):
            pages.append([])
        label = sheet.label(place)
        inside = Zone(
            label.left + _AIR, label.top + _AIR / 2, label.width - 2 * _AIR, label.height - _AIR
        )
        pages[page].append(Block(tuple(lines), inside, _SIZES, middle=True))
    return render_placed("Étiquettes", pages or [[]], width=_A4_WIDTH, height=_A4_HEIGHT)
