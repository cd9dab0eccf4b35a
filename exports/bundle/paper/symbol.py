"""One QR code drawn on a page, square by square."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.pdfgen.canvas import Canvas


def draw_symbol(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """Draw a text as a QR code, its lower left corner at x, y, in points.

    Args:
        canvas: the page.
        text: in the letters of QR's alphanumeric mode.
        x: of the lower left corner, in points.
        y: of the lower left corner, in points.
        side: without the white around it, in points.
    """
    lines = _squares(text)
    count = len(lines)
    # Written out: whole numbers in units of a square, for the canvas takes its time over each.
    parts = [
        f"{start} {count - 1 - row} {width} 1 re"
        for row, line in enumerate(lines)
        for start, width in _runs(line)
    ]
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side / count, side / count)
    canvas.setFillGray(0)
    canvas.addLiteral("\n".join((*parts, "f")))
    canvas.restoreState()


def _squares(text: str) -> list[bytes]:
    """The lines of a QR code from the top, a byte a square: 0 where it is dark."""
    import zxingcpp

    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    image: Any = made.to_image(scale=1, add_quiet_zones=False)
    side = image.shape[1]
    content = memoryview(image).tobytes()
    return [content[at : at + side] for at in range(0, len(content), side)]


def _runs(line: bytes) -> Iterator[tuple[int, int]]:
    start = line.find(b"\0")
    while start >= 0:
        end = line.find(b"\xff", start)
        end = len(line) if end < 0 else end
        yield start, end - start
        start = line.find(b"\0", end)
