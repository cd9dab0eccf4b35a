"""The A4 page that our own papers share: its frame, its head, its foot with number and code."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Table

from exports.paper.blank.code import PageCode, draw_code
from exports.paper.blank.pen import Drawn
from exports.paper.blank.second_language import draw_aside
from exports.paper.lettering.fonts import Style, register_with_reportlab
from exports.paper.lettering.styles import INK, LINE, NBSP, SMALL, SOFT, drawable, text_width
from exports.paper.sheets.structure_tree import with_structure
from exports.paper.sheets.tags import ARTIFACT, END, PAGINATION, Structure, pictured

WIDTH, HEIGHT = A4
MARGIN = 18 * mm
FOOT = 30 * mm
INNER_WIDTH = WIDTH - 2 * MARGIN

_CODE_SIDE = 18 * mm
_CODE_BOTTOM = 9 * mm
# A code is read only when four of its modules stay white around it.
_QUIET = 5 * mm
_HEAD = 15 * mm
_ASIDE_OVER = 4 * mm

Decoration = Callable[[Canvas], None]


def typeset(
    title: str,
    story: Sequence[Flowable],
    *,
    foot: str,
    head: str = "",
    aside: str = "",
    mark: str = "",
    code: Callable[[int], PageCode] | None = None,
    decorate: Decoration | None = None,
    on_each: Decoration | None = None,
    top: float = MARGIN,
    later_top: float | None = None,
) -> bytes:
    """Set a story on A4 pages and return the PDF, the same for the same story.

    Args:
        title: the document's title; it names a form, never a person.
        story: reportlab flowables.
        foot: what the foot of each page says, on the left.
        head: what the head says from the second page on, so that a lost page finds its way back.
        aside: what stands at the right of the head, in any language.
        mark: a second line of the foot: an identifier a person can read aloud.
        code: the code of a page by its number, or none.
        decorate: drawn on the first page, under the text.
        on_each: drawn on every page, at the same place.
        top: the first page's top margin, points.
        later_top: that of the others; None for what the head needs, and some air.
    """
    register_with_reportlab()
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        invariant=1,
        initialFontName=Style.REGULAR.value,
    )
    if later_top is None:
        later_top = MARGIN + (_HEAD - MARGIN / 2 if head else 0)
    document.addPageTemplates(
        [
            PageTemplate(
                "first",
                [_frame(top)],
                onPage=partial(_on_first, decorate=decorate),
                autoNextPageTemplate="later",
            ),
            PageTemplate("later", [_frame(later_top)]),
        ]
    )
    draw_foot = partial(
        _draw_foot, foot=foot, head=head, aside=aside, mark=mark, code=code, on_each=on_each
    )
    structure = Structure()
    canvas = partial(_CountedCanvas, draw_foot=draw_foot, structure=structure)
    document.build(list(story), canvasmaker=canvas)
    return with_structure(out.getvalue(), structure, title=title)


def grid(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    commands: Sequence[tuple[Any, ...]],
    *,
    space_before: float = 0,
    space_after: float = 0,
) -> Table:
    """A table of flowables, columns as wide as said, in our typeface even where it is empty."""
    font = ("FONTNAME", (0, 0), (-1, -1), Style.REGULAR.value)
    return Table(
        [list(row) for row in rows],
        colWidths=list(widths),
        style=[font, *commands],
        spaceBefore=space_before,
        spaceAfter=space_after,
    )


class CodeBlock(Drawn):
    """A QR code on a line of its own, `side` points wide."""

    def __init__(self, text: str, side: float, *, alternative: str) -> None:
        """Make the block.

        Args:
            text: what the code says to a machine.
            side: points.
            alternative: what is said of it to who cannot see it.
        """
        super().__init__()
        self._text = text
        self._side = float(side)
        self._alternative = alternative

    def _measure(self, _: float) -> float:
        return self._side

    def _draw(self, canvas: Canvas) -> None:
        with pictured(canvas, self._alternative, self._side, self._side):
            draw_code(canvas, self._text, 0, 0, self._side)


class _CountedCanvas(Canvas):  # type: ignore[misc]  # reportlab carries no types
    """State: the pages drawn so far; their feet are drawn once it is known how many there are."""

    def __init__(
        self,
        *args: Any,
        draw_foot: Callable[[Canvas, int, int], None],
        structure: Structure,
        **settings: Any,
    ) -> None:
        super().__init__(*args, **settings)
        self._draw_foot = draw_foot
        self.structure = structure
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page instead of writing it."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the kept pages, each with its foot."""
        kept = self._kept
        for number, state in enumerate(kept, start=1):
            self.__dict__.update(state)
            self._code.insert(0, ARTIFACT)
            self._code += [END, PAGINATION]
            self._draw_foot(self, number, len(kept))
            self._code.append(END)
            super().showPage()
        super().save()


def _frame(top: float) -> Frame:
    return Frame(MARGIN, FOOT, INNER_WIDTH, HEIGHT - FOOT - top, 0, 0, 0, 0)


def _on_first(canvas: Canvas, _: Any, *, decorate: Decoration | None) -> None:
    if decorate is not None:
        decorate(canvas)


def _draw_foot(
    canvas: Canvas,
    number: int,
    total: int,
    *,
    foot: str,
    head: str,
    aside: str,
    mark: str,
    code: Callable[[int], PageCode] | None,
    on_each: Decoration | None,
) -> None:
    if on_each is not None:
        on_each(canvas)
    right = WIDTH - MARGIN - (_CODE_SIDE + _QUIET if code is not None else 0)
    top = _CODE_BOTTOM + _CODE_SIDE
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, top, right, top)
    canvas.setFillColor(SOFT)
    canvas.setFont(Style.REGULAR.value, 8.5)
    canvas.drawString(MARGIN, top - 5.5 * mm, drawable(foot))
    if mark:
        canvas.drawString(MARGIN, top - 10 * mm, drawable(mark))
    if head and number > 1:
        canvas.drawString(MARGIN, HEIGHT - _HEAD, drawable(head))
        canvas.line(MARGIN, HEIGHT - _HEAD - 2 * mm, WIDTH - MARGIN, HEIGHT - _HEAD - 2 * mm)
        # With a person's name, the head takes the line for itself.
        long = text_width(head, SMALL) > INNER_WIDTH / 2
        draw_aside(canvas, aside, WIDTH - MARGIN, HEIGHT - _HEAD + (_ASIDE_OVER if long else 0))
    canvas.setFillColor(INK)
    canvas.setFont(Style.BOLD.value, 8.5)
    canvas.drawRightString(right, top - 5.5 * mm, f"Page {number}{NBSP}/{NBSP}{total}")
    canvas.restoreState()
    if code is not None:
        left = WIDTH - MARGIN - _CODE_SIDE
        alternative = f"Code de la page {number}, pour le poste qui la relira."
        side = _CODE_SIDE
        with pictured(canvas, alternative, side, side, left=left, bottom=_CODE_BOTTOM):
            draw_code(canvas, code(number).text(), left, _CODE_BOTTOM, side)
