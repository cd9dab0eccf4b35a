"""The A4 page that our own papers share: margins, typeface, foot with page number and code."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from exports.paper.code import PageCode, draw_code
from exports.paper.fonts import Style, register_with_reportlab

WIDTH, HEIGHT = A4
MARGIN = 18 * mm
FOOT = 24 * mm
INNER_WIDTH = WIDTH - 2 * MARGIN
INK = HexColor("#1d2733")
SOFT = HexColor("#55606d")
LINE = HexColor("#b9b5aa")

_CODE_SIDE = 16 * mm


def _style(name: str, size: float, **settings: Any) -> ParagraphStyle:
    defaults: dict[str, Any] = {
        "fontName": Style.REGULAR.value,
        "fontSize": size,
        "leading": size * 1.35,
        "textColor": INK,
        "alignment": TA_LEFT,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **{**defaults, **settings})


TITLE = _style("title", 18, fontName=Style.BOLD.value, spaceAfter=4)
HEADING = _style("heading", 12.5, fontName=Style.BOLD.value, spaceBefore=12, spaceAfter=4)
BODY = _style("body", 11)
LABEL = _style("label", 9.5, textColor=SOFT)
SMALL = _style("small", 8.5, textColor=SOFT)
STRONG = _style("strong", 11, fontName=Style.BOLD.value)


def said(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text; line breaks are kept, markup is not."""
    register_with_reportlab()
    lines = escape(text.replace("\u202f", "\u00a0")).split("\n")
    return Paragraph("<br/>".join(lines), style)


def typeset(
    title: str,
    story: Sequence[Flowable],
    *,
    foot: str,
    code: Callable[[int], PageCode] | None = None,
    decorate: Callable[[Canvas], None] | None = None,
    top: float = MARGIN,
) -> bytes:
    """Set a story on A4 pages and return the PDF, the same for the same story.

    Args:
        title: the document's title; it names a form, never a person.
        story: reportlab flowables.
        foot: what the foot of each page says, on the left.
        code: the code of a page by its number, or none.
        decorate: drawn on the first page, under the text.
        top: the first page's top margin, points.
    """
    register_with_reportlab()
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=title,
        author="",
        creator="Trait d’union",
        producer="Trait d’union",
        lang="fr-FR",
        invariant=1,
    )
    first = Frame(MARGIN, FOOT, INNER_WIDTH, HEIGHT - FOOT - top, 0, 0, 0, 0)
    later = Frame(MARGIN, FOOT, INNER_WIDTH, HEIGHT - FOOT - MARGIN, 0, 0, 0, 0)

    def on_first(canvas: Canvas, _: Any) -> None:
        if decorate is not None:
            decorate(canvas)

    document.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=on_first, autoNextPageTemplate="later"),
            PageTemplate("later", [later]),
        ]
    )

    class Footed(Canvas):
        """A canvas that knows how many pages there are before it writes their feet."""

        def __init__(self, *args: Any, **settings: Any) -> None:
            super().__init__(*args, **settings)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, state in enumerate(self._kept, start=1):
                self.__dict__.update(state)
                _draw_foot(self, foot, number, len(self._kept), code)
                super().showPage()
            super().save()

    document.build(list(story), canvasmaker=Footed)
    return out.getvalue()


class CodeBlock(Flowable):
    """A QR code on a line of its own."""

    def __init__(self, text: str, side: float) -> None:
        super().__init__()
        self._text = text
        self._side = side

    def wrap(self, _: float, __: float) -> tuple[float, float]:
        """The room it takes."""
        return self._side, self._side

    def draw(self) -> None:
        """Draw it."""
        draw_code(self.canv, self._text, 0, 0, self._side)


def tick_box(canvas: Canvas, x: float, y: float, side: float) -> None:
    """Draw an empty box to tick by pen."""
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.8)
    canvas.rect(x, y, side, side)
    canvas.restoreState()


def _draw_foot(
    canvas: Canvas,
    foot: str,
    number: int,
    total: int,
    code: Callable[[int], PageCode] | None,
) -> None:
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, FOOT - 3 * mm, WIDTH - MARGIN, FOOT - 3 * mm)
    canvas.setFillColor(SOFT)
    canvas.setFont(Style.REGULAR.value, 8.5)
    canvas.drawString(MARGIN, FOOT - 8 * mm, foot)
    canvas.drawString(MARGIN, FOOT - 13 * mm, f"Page {number}\u00a0/\u00a0{total}")
    canvas.restoreState()
    if code is not None:
        draw_code(
            canvas, code(number).text(), WIDTH - MARGIN - _CODE_SIDE, FOOT - 20 * mm, _CODE_SIDE
        )
