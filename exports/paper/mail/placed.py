"""Pages of any size on which blocks of text are placed: envelopes, sheets of labels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from exports.paper.lettering.fonts import Style, register_with_reportlab
from exports.paper.lettering.styles import BODY, Said, said
from exports.paper.mail.envelopes import Zone
from exports.paper.sheets.structure_tree import with_structure
from exports.paper.sheets.tags import ARTIFACT, END, Structure

_LEADING = 1.25
_ANY_HEIGHT = 10_000


@dataclass(frozen=True)
class Block:
    """Lines of text and the zone they stand in, shrunk until they fit.

    Attributes:
        sizes: of the letters, points, the wanted one first; the last is used even if it is too
            large, and the text then goes over the zone: it is never cut.
        middle: whether the lines stand half-way down the zone.
    """

    lines: tuple[str, ...]
    zone: Zone
    sizes: tuple[float, ...]
    middle: bool = False


def render_placed(
    title: str, pages: Sequence[Sequence[Block]], *, width: float, height: float
) -> bytes:
    """Set blocks on pages; the same blocks give the same bytes.

    Args:
        title: the document's; it names no person.
        pages: the blocks of each, in reading order.
        width: of each page, millimetres.
        height: of each page, millimetres.
    """
    register_with_reportlab()
    out = io.BytesIO()
    structure = Structure()
    canvas = _TaggedCanvas(
        out,
        pagesize=(width * mm, height * mm),
        invariant=1,
        initialFontName=Style.REGULAR.value,
    )
    canvas.structure = structure
    for blocks in pages:
        for block in blocks:
            _place(canvas, block, height)
        canvas.showPage()
    canvas.save()
    return with_structure(out.getvalue(), structure, title=title)


def _place(canvas: Canvas, block: Block, page_height: float) -> None:
    zone = block.zone
    for size in block.sizes:
        lines = _set(block.lines, BODY.clone("placed", fontSize=size, leading=size * _LEADING))
        tall = float(sum(line.wrap(zone.width * mm, _ANY_HEIGHT)[1] for line in lines))
        if tall <= zone.height * mm:
            break
    above = max(0.0, (zone.height * mm - tall) / 2) if block.middle else 0.0
    base = (page_height - zone.top) * mm - above
    for line in lines:
        base -= line.height
        line.drawOn(canvas, zone.left * mm, base)


def _set(lines: Sequence[str], style: ParagraphStyle) -> list[Said]:
    return [said(line, style) for line in lines]


class _TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab carries no types
    """State: a page being drawn, and the structure of what was drawn."""

    structure: Structure

    def showPage(self) -> None:
        """Write the page; what is under no tag is an artifact."""
        self._code.insert(0, ARTIFACT)
        self._code.append(END)
        super().showPage()
