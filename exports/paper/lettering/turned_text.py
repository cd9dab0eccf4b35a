"""A paragraph that is read from right to left: its lines broken, shaped, set on the right."""

from __future__ import annotations

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from exports.paper.lettering.glyph_font import draw_glyphs
from exports.paper.lettering.shaping import ShapedLine, drawable, shape
from exports.paper.sheets.tags import Tag, tagged

_ASCENT = 0.935


class TurnedText(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """Lines of Arabic or another script read from right to left.

    Args:
        text: in the order it is read; line breaks are kept.
        style: its size, leading, colour, and the space around it.
        beside: whether it stands at the left, as wide as it is, beside what it translates.
    """

    def __init__(self, text: str, style: ParagraphStyle, *, beside: bool = False) -> None:
        super().__init__()
        self.style = style
        self._words = [
            [(word, _width(word)) for word in drawable(line).split()] for line in text.split("\n")
        ]
        self._beside = beside
        self._tag = Tag(style.role, language=style.language, spoken=text)

    def getSpaceBefore(self) -> float:
        """The space above it."""
        return float(self.style.spaceBefore)

    def getSpaceAfter(self) -> float:
        """The space below it."""
        return float(self.style.spaceAfter)

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        """The room it takes."""
        self._lines = self._broken(width * 1000 / self.style.fontSize)
        self.width, self.height = width, len(self._lines) * self.style.leading
        return self.width, self.height

    def draw(self) -> None:
        """Draw it, upwards from 0, under its tag."""
        with tagged(self.canv, self._tag):
            self._draw(self.canv)

    def _draw(self, canvas: Canvas) -> None:
        size, leading = self.style.fontSize, self.style.leading
        canvas.saveState()
        canvas.setFillColor(self.style.textColor)
        widest = max((line.width for line in self._lines), default=0.0) * size / 1000
        right = widest if self._beside else self.width
        for number, line in enumerate(self._lines):
            base = self.height - number * leading - (leading - size) / 2 - _ASCENT * size
            draw_glyphs(canvas, line, right - line.width * size / 1000, base + 0.1 * size, size)
        canvas.restoreState()

    def natural_width(self) -> float:
        """How wide it stands where each of its lines has all the room it wants, in points."""
        widths = [
            shape(" ".join(word for word, _ in words), leftwards=True).width
            for words in self._words
        ]
        return max(widths, default=0.0) * float(self.style.fontSize) / 1000

    def _broken(self, room: float) -> list[ShapedLine]:
        space = _width(" ")
        lines: list[ShapedLine] = []
        for words in self._words:
            line: list[str] = []
            used = 0.0
            for word, width in words:
                if line and used + space + width > room:
                    lines.append(shape(" ".join(line), leftwards=True))
                    line, used = [], 0.0
                used += width + (space if line else 0)
                line.append(word)
            lines.append(shape(" ".join(line), leftwards=True))
        return lines


def _width(text: str) -> float:
    return shape(text, leftwards=True).width
