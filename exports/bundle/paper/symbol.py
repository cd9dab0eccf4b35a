"""One QR code drawn on a page, square by square."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.pdfgen.canvas import Canvas

_MASK = 3
"""Any mask does: what is carried is encrypted, and looks like noise. To find the best of the eight
takes ten times as long."""


def draw_symbol(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """Draw a text as a QR code, its lower left corner at x, y, in points."""
    import segno

    # Level L, or a higher one where it costs no larger code.
    matrix = segno.make(text, error="l", mode="alphanumeric", micro=False, mask=_MASK).matrix
    path = canvas.beginPath()
    for row, line in enumerate(matrix):
        for column, width in _runs(line):
            path.rect(column, len(matrix) - 1 - row, width, 1)
    canvas.saveState()
    canvas.translate(x, y)
    # In squares of one: whole numbers make the page shorter.
    canvas.scale(side / len(matrix), side / len(matrix))
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _runs(line: Any) -> Iterator[tuple[int, int]]:
    start = None
    for column, dark in enumerate((*line, 0)):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None
