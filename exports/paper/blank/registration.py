"""Four marks at the corners of a page, by which a scanner finds how the sheet lay."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from exports.paper.blank.geometry import Rect

# Far enough from the edge for a printer that leaves 5 mm white, outside the text's margins.
_EDGE = 8 * mm
_SIDE = 5 * mm

MARKS: tuple[Rect, ...] = tuple(
    Rect(left, bottom, _SIDE, _SIDE).shifted(0, 0)
    for bottom in (_EDGE, A4[1] - _EDGE - _SIDE)
    for left in (_EDGE, A4[0] - _EDGE - _SIDE)
)
"""Full black squares; all alike: the code tells which side is up."""


def draw_marks(canvas: Canvas) -> None:
    """Draw the four marks on a page."""
    canvas.saveState()
    canvas.setFillGray(0)
    for mark in MARKS:
        canvas.rect(*mark, stroke=0, fill=1)
    canvas.restoreState()
