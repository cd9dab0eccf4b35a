"""Codes on A4: twelve a page under a head in clear, or a large one alone."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from exports.bundle.paper.code import PAGE_CODES, Code, Kind, Layout, readable_mark
from exports.bundle.paper.cutting import LARGE_SHARE, cut
from exports.bundle.paper.errors import TooLongForPaper
from exports.bundle.paper.symbol import draw_symbol
from exports.paper.lettering.fonts import Style, register_with_reportlab
from exports.paper.lettering.styles import INK, LINE, NBSP, SMALL, SOFT, drawable, text_width
from exports.paper.sheets.page import HEIGHT, WIDTH

SIDE: float = 56 * mm
"""Of a code, in points: squares of half a millimetre for the largest."""

_PITCH = 62 * mm
_COLUMNS = 3
_FOOT = 12 * mm
_LEFT = (WIDTH - (_COLUMNS - 1) * _PITCH - SIDE) / 2
_LARGE_SIDE = 120 * mm
_LARGE_FOOT = 115 * mm
_LINES = 16

_NAMES = {
    Kind.BUNDLE: "Liasse",
    Kind.RECEIPT: "Accusé",
    Kind.APPLICATION_SLIP: "Démarche",
    Kind.RECEIPT_SLIP: "Accusé",
    Kind.TRANSFER: "Dossier",
}
_NUMBER_SIZE = 6.5


@dataclass(frozen=True)
class Heading:
    """What a page says in clear.

    Attributes:
        id: the bundle's, as both sides name it: « 2026-041 ».
        recipient: for whom it is.
    """

    id: str
    recipient: str


@dataclass(frozen=True)
class PrintedCodes:
    """Pages ready to print.

    Attributes:
        codes: how many there are.
        spare: how many of them may stay unread, wherever they are.
    """

    pdf: bytes
    pages: int
    codes: int
    spare: int


def print_codes(
    content: bytes, kind: Kind, heading: Heading, *, lines: Sequence[str] = ()
) -> PrintedCodes:
    """Set a file as pages of codes; the slip of a receipt stands large on a page of its own.

    Args:
        content: the file.
        kind: what it is.
        heading: what the pages say in clear.
        lines: of a receipt's slip, those that can be typed by hand, set under the code.

    Raises:
        TooLongForPaper: it would fill more pages than anybody scans.
    """
    if kind is Kind.RECEIPT_SLIP:
        codes = cut(content, kind, share=LARGE_SHARE, parity=False)
        if len(codes) > 1 or len(lines) > 2 * _LINES:
            raise TooLongForPaper
    else:
        codes = cut(content, kind)
    layout = codes[0].layout
    register_with_reportlab()
    out = io.BytesIO()
    title = f"{_NAMES[kind]} {heading.id}"
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1, lang="fr-FR")
    canvas.setTitle(title)
    canvas.setCreator("Trait d’union")
    canvas.setProducer("Trait d’union")
    for page in range(layout.pages):
        shown = codes[page * PAGE_CODES : (page + 1) * PAGE_CODES]
        _draw_head(canvas, heading, shown[0], page + 1)
        if kind is Kind.RECEIPT_SLIP:
            draw_symbol(
                canvas, shown[0].text(), (WIDTH - _LARGE_SIDE) / 2, _LARGE_FOOT, _LARGE_SIDE
            )
            _draw_lines(canvas, lines)
        else:
            _draw_grid(canvas, shown)
        canvas.showPage()
    canvas.save()
    return PrintedCodes(out.getvalue(), layout.pages, layout.total, spare_codes(layout))


def _how_to_read(layout: Layout) -> Iterator[str]:
    which = "toutes les pages, dans n’importe quel ordre" if layout.pages > 1 else "cette page"
    yield f"Numérisez {which}, à 200{NBSP}points par pouce ou plus, en gris, sans réduire."
    yield "Dans Trait d’union, au poste du destinataire, ouvrez ces images comme un fichier reçu."
    spare = spare_codes(layout)
    loss = f"{spare} codes sur {layout.total} peuvent être illisibles." if spare else ""
    yield f"Le contenu est chiffré : lui seul peut le lire. {loss}".rstrip()


def spare_codes(layout: Layout) -> int:
    """How many codes may stay unread wherever they are."""
    return layout.shares - layout.needed


def _draw_head(canvas: Canvas, heading: Heading, code: Code, page: int) -> None:
    layout = code.layout
    right = WIDTH - _LEFT
    top = HEIGHT - 14 * mm
    canvas.setFillColor(INK)
    canvas.setFont(Style.BOLD.value, 15)
    canvas.drawString(_LEFT, top, drawable(f"{_NAMES[layout.kind]} {heading.id}"))
    canvas.setFont(Style.BOLD.value, 11)
    canvas.drawRightString(right, top, f"Page {page}{NBSP}/{NBSP}{layout.pages}")
    canvas.setFont(Style.REGULAR.value, 10.5)
    canvas.drawString(_LEFT, top - 6 * mm, _shortened(f"Pour : {heading.recipient}", 132 * mm))
    canvas.setFillColor(SOFT)
    canvas.setFont(Style.REGULAR.value, 8.5)
    canvas.drawRightString(right, top - 6 * mm, f"Repère {readable_mark(layout.mark)}")
    for place, line in enumerate(_how_to_read(layout)):
        canvas.drawString(_LEFT, top - (11 + 4 * place) * mm, drawable(line))
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(_LEFT, top - 21.5 * mm, right, top - 21.5 * mm)


def _draw_grid(canvas: Canvas, codes: Sequence[Code]) -> None:
    first = _FOOT + 3 * _PITCH
    for place, code in enumerate(codes):
        row, column = divmod(place, _COLUMNS)
        x, y = _LEFT + column * _PITCH, first - row * _PITCH
        draw_symbol(canvas, code.text(), x, y, SIDE)
        canvas.setFillColor(SOFT)
        canvas.setFont(Style.REGULAR.value, _NUMBER_SIZE)
        # Half-way in the gap: a code is read only when four of its squares stay white around it.
        canvas.drawCentredString(
            x + SIDE / 2, y - 3.7 * mm, f"{code.number + 1}{NBSP}/{NBSP}{code.layout.total}"
        )


def _draw_lines(canvas: Canvas, lines: Sequence[str]) -> None:
    if not lines:
        return
    top = _LARGE_FOOT - 12 * mm
    canvas.setFillColor(INK)
    canvas.setFont(Style.BOLD.value, 10)
    canvas.drawString(_LEFT, top, "Sans scanner, à taper une ligne à la fois :")
    canvas.setFont(Style.REGULAR.value, 10)
    for place, line in enumerate(lines):
        column, row = divmod(place, _LINES)
        canvas.drawString(_LEFT + column * 95 * mm, top - (7 + 5.2 * row) * mm, line)


def _shortened(text: str, width: float) -> str:
    style = SMALL.clone("heading line", fontSize=10.5)
    while text_width(text, style) > width:
        text = text[:-2].rstrip() + "…"
    return drawable(text)
