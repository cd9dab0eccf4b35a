"""The « code relais » laid on a finished paper: in the white of its last page, or on one more."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from exports.bundle.paper.code import Code, Kind
from exports.bundle.paper.cutting import cut
from exports.bundle.paper.errors import TooLongForForm
from exports.bundle.paper.printing import SIDE
from exports.bundle.paper.symbol import draw_symbol
from exports.paper.lettering.fonts import Style, register_with_reportlab
from exports.paper.lettering.styles import INK, NBSP, SOFT, drawable
from exports.paper.official.pdf_file import open_pdf, saved
from exports.paper.render import page_count, page_sizes, render_page
from exports.paper.sheets.page import HEIGHT, WIDTH

_MARGIN = 12 * mm
_MOST_CODES = 3
_GAP = 4 * mm
_CAPTION = 13 * mm
_HEIGHT = SIDE + _CAPTION + 4 * mm
_PAPER = 235
_SIZE_SLACK = 3.0
"""Points by which a page may differ from A4 and still be one."""


def form_codes(slip: bytes) -> list[Code]:
    """The codes of an application's slip, one to three.

    Raises:
        TooLongForForm: it does not fit at the foot of a form.
    """
    codes = cut(slip, Kind.APPLICATION_SLIP, parity=False)
    if len(codes) > _MOST_CODES:
        raise TooLongForForm
    return codes


def with_form_codes(pdf: bytes, codes: Sequence[Code], recipient: str) -> bytes:
    """A paper with the codes of its application on its last page, where it leaves enough white.

    Otherwise on a page of their own at the end.

    Args:
        pdf: the paper, A4.
        codes: those of `form_codes`.
        recipient: who can read them, as the caption says.

    Raises:
        PaperError: the PDF cannot be read.
    """
    last = page_count(pdf) - 1
    with open_pdf(pdf) as paper:
        bottom = None if paper.pages[last].get("/Rotate", 0) else _white_band(pdf, last)
        foot = _foot(codes, recipient, HEIGHT - _HEIGHT - _MARGIN if bottom is None else bottom)
        with pikepdf.open(io.BytesIO(foot)) as drawn:
            if bottom is None:
                paper.pages.append(drawn.pages[0])
            else:
                paper.pages[last].add_overlay(drawn.pages[0], None)
            return saved(paper)


def _foot(codes: Sequence[Code], recipient: str, bottom: float) -> bytes:
    register_with_reportlab()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    top = bottom + SIDE + _CAPTION - 2 * mm
    left = (WIDTH - _MOST_CODES * SIDE - (_MOST_CODES - 1) * _GAP) / 2
    canvas.setFillColor(INK)
    canvas.setFont(Style.BOLD.value, 8.5)
    canvas.drawString(left, top - 2 * mm, "CODE RELAIS" if len(codes) == 1 else "CODES RELAIS")
    canvas.setFillColor(SOFT)
    canvas.setFont(Style.REGULAR.value, 8)
    contain = "Ce code contient" if len(codes) == 1 else "Ces codes contiennent"
    for line, text in enumerate(
        (
            f"{contain} la démarche, chiffrée pour{NBSP}: {recipient}"[:110],
            "Numérisée à 200 points par pouce ou plus, cette page évite de la recopier. "
            "Ne pas écrire sur les codes.",
        )
    ):
        canvas.drawString(left, top - (5.5 + 3.6 * line) * mm, drawable(text))
    for place, code in enumerate(codes):
        draw_symbol(canvas, code.text(), left + place * (SIDE + _GAP), bottom, SIDE)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _white_band(pdf: bytes, number: int) -> float | None:
    """Where a band of white begins, from the foot of an A4 page; None when there is none."""
    from PIL import Image

    width, height = page_sizes(pdf)[number]
    if abs(width - WIDTH) > _SIZE_SLACK or abs(height - HEIGHT) > _SIZE_SLACK:
        return None
    shown = render_page(pdf, number, scale=1.0)
    page = Image.frombytes(
        "RGB", (shown.width, shown.height), shown.data, "raw", "BGRX", shown.stride
    ).convert("L")
    margin = int(_MARGIN)
    white = 0
    for row in range(page.height - margin - 1, margin, -1):
        line = page.crop((margin, row, page.width - margin, row + 1))
        darkest = next((value for value, count in enumerate(line.histogram()) if count), 0)
        white = white + 1 if darkest >= _PAPER else 0
        if white >= _HEIGHT:
            # The lines of pixels and the points differ by less than the slack in the height.
            return float(page.height - row - white) + 2
    return None
