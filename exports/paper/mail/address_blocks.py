"""The sender and the recipient at the head of a sheet, where a window envelope shows the second."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from exports.paper.lettering.styles import BODY, LINE, STRONG, said
from exports.paper.mail.envelopes import DL, FOLDED_HEIGHT, always_shown

_SHOWN = always_shown(DL)
# A little away from the window's edges: a sheet is never folded to the millimetre.
WINDOW_LEFT = (_SHOWN.left + 8) * mm
_WINDOW_TOP = _SHOWN.top * mm
_WINDOW_BOTTOM = _SHOWN.bottom * mm
_WINDOW_WIDTH = (_SHOWN.width - 8) * mm
_HIGHEST_ADDRESS = 40 * mm
_SENDER_TOP = 16 * mm
_SENDER_WIDTH = 86 * mm
_BODY_TOP = 90 * mm
_FOLDS = (FOLDED_HEIGHT * mm, 2 * FOLDED_HEIGHT * mm)

# An address has six lines at most (NF Z 10-011): they all hold in the window at 10 points.
_ADDRESS_SIZES = ((11.0, 14.85), (11.0, 13.4), (10.5, 12.6), (10.0, 11.3))
_ANY_HEIGHT = 10_000


class AddressBlocks:
    """Both blocks, measured before the text is set under them.

    Attributes:
        bottom: how far down the sheet they reach, points from its top.
    """

    def __init__(
        self, sender: Sequence[str], recipient: Sequence[str], *, left: float, sheet_height: float
    ) -> None:
        """Measure the blocks.

        Args:
            sender: its lines, the first in bold.
            recipient: its lines.
            left: of the sender, points.
            sheet_height: points.
        """
        self._left, self._sheet_height = left, sheet_height
        self._sender = [
            said(line, BODY if number else STRONG) for number, line in enumerate(sender)
        ]
        self._recipient, tall = _in_window(recipient)
        lowest = _SENDER_TOP + _tall(self._sender, _SENDER_WIDTH)
        # A long address grows upwards first, so that its last line stays in the window.
        self._recipient_top = max(_HIGHEST_ADDRESS, min(_WINDOW_TOP, _WINDOW_BOTTOM - tall))
        lowest = max(lowest, self._recipient_top + tall)
        self.bottom = max(_BODY_TOP, lowest + 8 * mm)

    def draw(self, canvas: Canvas) -> None:
        """Draw both blocks, and the marks where the sheet is folded."""
        self._stack(canvas, self._sender, self._left, _SENDER_TOP, _SENDER_WIDTH)
        self._stack(canvas, self._recipient, WINDOW_LEFT, self._recipient_top, _WINDOW_WIDTH)
        canvas.saveState()
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.4)
        for fold in _FOLDS:
            canvas.line(4 * mm, self._sheet_height - fold, 8 * mm, self._sheet_height - fold)
        canvas.restoreState()

    def _stack(
        self, canvas: Canvas, lines: Sequence[Flowable], left: float, top: float, width: float
    ) -> None:
        base = self._sheet_height - top
        for line in lines:
            base -= line.wrap(width, _ANY_HEIGHT)[1]
            line.drawOn(canvas, left, base)


def holds_in_window(recipient: Sequence[str]) -> bool:
    """Whether the window of an envelope shows the whole of an address."""
    tall = _in_window(recipient)[1]
    return bool(tall <= _WINDOW_BOTTOM - _WINDOW_TOP)


def _in_window(lines: Sequence[str]) -> tuple[list[Flowable], float]:
    """An address in the largest letters that the window shows whole, and how tall it stands."""
    for size, leading in _ADDRESS_SIZES:
        style = BODY.clone("address", fontSize=size, leading=leading)
        address: list[Flowable] = [said(line, style) for line in lines]
        tall = _tall(address, _WINDOW_WIDTH)
        if tall <= _WINDOW_BOTTOM - _WINDOW_TOP:
            break
    return address, tall


def _tall(lines: Sequence[Flowable], width: float) -> float:
    return float(sum(line.wrap(width, _ANY_HEIGHT)[1] for line in lines))
