"""What a pen fills: boxes to cross, combs, lines to write on, the place of a signature."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from exports.paper.fonts import Style
from exports.paper.lettering import BODY, INK, LINE, NBSP, SMALL, SOFT, drawable, said, text_width

TICK: float = 5 * mm
"""The side of a box to cross: one size everywhere, for the pen and for a scanner."""

CELL_WIDTH: float = 7 * mm
CELL_HEIGHT: float = 9 * mm
LINE_HEIGHT: float = 10 * mm

_GROUP_GAP: float = 3 * mm
_CAPTION = 11


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


class Comb(Drawn):
    """Groups of cells, one character a cell; narrower where many must stand on one line."""

    def __init__(self, groups: Sequence[int], captions: Sequence[str] = ()) -> None:
        super().__init__()
        self._groups = tuple(groups)
        self._captions = tuple(captions) or ("",) * len(self._groups)

    def _measure(self, _: float) -> float:
        return CELL_HEIGHT + (_CAPTION if any(self._captions) else 2)

    def _draw(self, canvas: Canvas) -> None:
        gaps = _GROUP_GAP * (len(self._groups) - 1)
        cell = min(CELL_WIDTH, (self.width - gaps) / sum(self._groups))
        left, bottom = 0.0, self.height - CELL_HEIGHT
        canvas.setFont(Style.REGULAR.value, 7.5)
        for cells, caption in zip(self._groups, self._captions, strict=True):
            for number in range(cells):
                canvas.rect(left + number * cell, bottom, cell, CELL_HEIGHT)
            canvas.drawCentredString(left + cells * cell / 2, bottom - 8, drawable(caption))
            left += cells * cell + _GROUP_GAP


class WritingBox(Drawn):
    """A frame with room for some lines of handwriting."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines

    def _measure(self, _: float) -> float:
        return self._lines * LINE_HEIGHT + 1

    def _draw(self, canvas: Canvas) -> None:
        tall = self._lines * LINE_HEIGHT
        canvas.rect(0, 0, self.width, tall)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        for number in range(1, self._lines):
            canvas.line(2 * mm, number * LINE_HEIGHT, self.width - 2 * mm, number * LINE_HEIGHT)


class Choices(Drawn):
    """Boxes to cross with their labels: on one line, in two columns, or one under the other."""

    _GAP: float = 2.5 * mm
    _BETWEEN: float = 8 * mm

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self._labels = tuple(labels)

    def _measure(self, width: float) -> float:
        texts = [said(label) for label in self._labels]
        lefts = self._lefts(width)
        rows = -(-len(texts) // len(lefts))
        rights = [right - self._BETWEEN for right in lefts[1:]] + [width]
        self._placed: list[tuple[float, int, Paragraph, float]] = []
        heights = [TICK] * rows
        for number, text in enumerate(texts):
            # Down the first column, then the second: as a list is read.
            column, row = divmod(number, rows)
            room = rights[column] - lefts[column] - TICK - self._GAP
            _, tall = text.wrap(room, 10_000)
            heights[row] = max(heights[row], tall)
            self._placed.append((lefts[column], row, text, tall))
        self._tops = [sum(heights[:row]) + row * self._GAP for row in range(rows)]
        return sum(heights) + (rows - 1) * self._GAP + 2

    def _draw(self, canvas: Canvas) -> None:
        for left, row, text, tall in self._placed:
            top = self.height - 1 - self._tops[row]
            canvas.rect(left, top - TICK, TICK, TICK)
            text.drawOn(canvas, left + TICK + self._GAP, top - max(tall, (TICK + tall) / 2))

    def _lefts(self, width: float) -> list[float]:
        before = TICK + self._GAP
        widths = [before + text_width(label, BODY) + 1 + self._BETWEEN for label in self._labels]
        if sum(widths) - self._BETWEEN <= width:
            return [sum(widths[:number]) for number in range(len(widths))]
        half = width / 2
        if len(widths) > 3 and max(widths) <= half:
            return [0.0, half]
        return [0.0]


class TickLine(Drawn):
    """A box to tick, what it stands for, and a note under it."""

    _SIDE = 3.6 * mm
    _INDENT = 7 * mm

    def __init__(self, label: str, note: str = "", *, style: ParagraphStyle = BODY) -> None:
        super().__init__()
        self._texts = [said(label, style)] + ([said(note, SMALL)] if note else [])

    def _measure(self, width: float) -> float:
        self._heights = [text.wrap(width - self._INDENT, 10_000)[1] for text in self._texts]
        return float(sum(self._heights)) + 5

    def _draw(self, canvas: Canvas) -> None:
        top = self.height - 2
        canvas.rect(0, top - 12.2, self._SIDE, self._SIDE)
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
        self._statement = said(statement) if statement else None

    def _measure(self, width: float) -> float:
        self._said = 0.0
        if self._statement is not None:
            self._said = float(self._statement.wrap(width - 16, 10_000)[1]) + 3
        return self._HEIGHT + self._said + self._BEFORE

    def _draw(self, canvas: Canvas) -> None:
        tall = self._HEIGHT + self._said
        canvas.rect(0, 0, self.width, tall)
        top = tall - 4
        if self._statement is not None:
            self._statement.drawOn(canvas, 8, top - self._said + 2)
            top -= self._said
        draw_dotted_line(canvas, ("Fait à", "le"), 8, top - 15, self.width - 16)
        canvas.setFont(Style.REGULAR.value, 9)
        canvas.setFillColor(SOFT)
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
        canvas.drawString(start, base, drawable(word))
        canvas.setDash(0.8, 2.2)
        canvas.setLineWidth(0.8)
        canvas.line(start + word_width, base - 1, after - gap, base - 1)
    canvas.restoreState()
