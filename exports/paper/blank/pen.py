"""What a pen fills on any paper of ours: a line to tick, dotted lines, the place of a signature."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from exports.paper.lettering.fonts import Style
from exports.paper.lettering.styles import BODY, INK, NBSP, SMALL, SOFT, drawable, said, text_width
from exports.paper.sheets.tags import Role, Tag, tagged

TICK: float = 5 * mm
"""The side of a box to cross: one size everywhere, for the pen and for a scanner."""

CELL_WIDTH: float = 7 * mm
CELL_HEIGHT: float = 9 * mm
LINE_HEIGHT: float = 10 * mm


class Drawn(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """Something drawn with lines, as wide as the column; `_measure` gives its height."""

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        """The room it takes."""
        self.width = width
        self.height = self._measure(width)
        return self.width, self.height

    def draw(self) -> None:
        """Draw it, upwards from 0."""
        self.canv.saveState()
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(INK)
        self.canv.setLineWidth(0.7)
        self._draw(self.canv)
        self.canv.restoreState()

    def _measure(self, width: float) -> float:
        raise NotImplementedError

    def _draw(self, canvas: Canvas) -> None:
        raise NotImplementedError


class TickLine(Drawn):
    """A box to tick, what it stands for, and a note under it."""

    _SIDE = 3.6 * mm
    _INDENT = 7 * mm

    def __init__(
        self,
        label: str,
        note: str = "",
        *,
        style: ParagraphStyle = BODY,
        ticked: bool = False,
        items: Tag | None = None,
    ) -> None:
        """Make the line.

        Args:
            label: what the box stands for.
            note: said under it, smaller.
            style: of the label.
            ticked: whether the box is crossed already.
            items: the list that it is an item of, for who hears it.
        """
        super().__init__()
        item = Tag(Role.ITEM, parent=items or Tag(Role.LIST))
        self._ticked = ticked
        alternative = "Case cochée." if ticked else "Case à cocher."
        self._box = Tag(Role.LABEL, parent=item, alternative=alternative)
        body = Tag(Role.ITEM_BODY, parent=item)
        self._texts = [said(label, style, tag=Tag(Role.PARAGRAPH, parent=body))]
        if note:
            self._texts.append(said(note, SMALL, tag=Tag(Role.PARAGRAPH, parent=body)))

    def _measure(self, width: float) -> float:
        self._heights = [text.wrap(width - self._INDENT, 10_000)[1] for text in self._texts]
        return float(sum(self._heights)) + 5

    def _draw(self, canvas: Canvas) -> None:
        top = self.height - 2
        side, bottom = self._SIDE, top - 12.2
        with tagged(canvas, self._box):
            canvas.rect(0, bottom, side, side)
            if self._ticked:
                canvas.setLineWidth(1.2)
                canvas.line(2, bottom + 2, side - 2, bottom + side - 2)
                canvas.line(2, bottom + side - 2, side - 2, bottom + 2)
        for text, tall in zip(self._texts, self._heights, strict=True):
            top -= tall
            text.drawOn(canvas, self._INDENT, top)


class DottedLine(Drawn):
    """Words with dots between them, to be completed by hand on one line."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self._words = words

    def _measure(self, _: float) -> float:
        return float(8 * mm)

    def _draw(self, canvas: Canvas) -> None:
        draw_dotted_line(canvas, self._words, 0, 2 * mm, self.width)


class SignatureBox(Drawn):
    """« Fait à … le … » and the room for a signature, never parted."""

    _HEIGHT: float = 29 * mm
    _BEFORE: float = 3 * mm

    def __init__(self, statement: str = "") -> None:
        super().__init__()
        self.frame_height = self._HEIGHT
        self._statement = said(statement) if statement else None

    def _measure(self, width: float) -> float:
        self._said = 0.0
        if self._statement is not None:
            self._said = float(self._statement.wrap(width - 16, 10_000)[1]) + 3
        self.frame_height = self._HEIGHT + self._said
        return self.frame_height + self._BEFORE

    def _draw(self, canvas: Canvas) -> None:
        canvas.rect(0, 0, self.width, self.frame_height)
        top = self.frame_height - 4
        if self._statement is not None:
            self._statement.drawOn(canvas, 8, top - self._said + 2)
            top -= self._said
        draw_dotted_line(canvas, ("Fait à", "le"), 8, top - 15, self.width - 16)
        canvas.setFont(Style.REGULAR.value, 9)
        canvas.setFillColor(SOFT)
        with tagged(canvas, Tag(Role.PARAGRAPH)):
            canvas.drawString(8, top - 34, f"Signature{NBSP}:")


def draw_dotted_line(
    canvas: Canvas, words: Sequence[str], left: float, base: float, width: float
) -> None:
    """Draw words with dots after each, the line as wide as asked, in points."""
    canvas.saveState()
    canvas.setFont(Style.REGULAR.value, 10.5)
    canvas.setFillColor(INK)
    # The first dots are twice as long: a place or a name, then a date.
    shares = [2.0] + [1.0] * (len(words) - 1)
    style = BODY.clone("dotted", fontSize=10.5)
    widths = [text_width(word, style) + 5 for word in words]
    gap = 10.0
    room = width - sum(widths) - gap * (len(words) - 1)
    starts = [left]
    for word_width, share in zip(widths, shares, strict=True):
        starts.append(starts[-1] + word_width + room * share / sum(shares) + gap)
    for word, word_width, (start, after) in zip(words, widths, pairwise(starts), strict=True):
        canvas.setDash()
        with tagged(canvas, Tag(Role.PARAGRAPH)):
            canvas.drawString(start, base, drawable(word))
        canvas.setDash(0.8, 2.2)
        canvas.setLineWidth(0.8)
        canvas.line(start + word_width, base - 1, after - gap, base - 1)
    canvas.restoreState()
