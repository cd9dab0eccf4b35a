"""A ruler over each page, to read where a box stands."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name

from exports.paper.official.flat_form import sheet
from exports.paper.official.pdf_file import open_pdf, saved

_STEP, _NUMBERED = 10, 50


def with_grid(content: bytes) -> bytes:
    """A PDF with a line every 10 points on its pages, numbered every 50.

    Points are counted as `boxes` counts them: from the bottom left of the unrotated page.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    with open_pdf(content) as pdf:
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for page in pdf.pages:
            name = page.add_resource(font, Name.Font)
            # The page may leave its own scale or colour behind.
            page.contents_add(pdf.make_stream(b"q"), prepend=True)
            page.contents_add(pdf.make_stream(b"Q\n" + _grid(page, str(name))))
        return saved(pdf)


def _grid(page: pikepdf.Page, font: str) -> bytes:
    left, bottom, right, top = sheet(page)
    width, height = right - left, top - bottom
    drawing = [f"q 1 0 0 1 {left:g} {bottom:g} cm"]
    for across, length in ((True, height), (False, width)):
        for place in range(0, int(length) + 1, _STEP):
            strong = place % _NUMBERED == 0
            ink = "0.9 0.2 0.2 RG 0.35 w" if strong else "0.6 0.75 0.9 RG 0.15 w"
            line = (
                f"0 {place} m {width:g} {place} l"
                if across
                else f"{place} 0 m {place} {height:g} l"
            )
            drawing.append(f"{ink} {line} S")
    for place in range(0, int(height) + 1, _NUMBERED):
        drawing += [_number(font, x, place + 1, place) for x in (1, width / 2, width - 14)]
    for place in range(0, int(width) + 1, _NUMBERED):
        drawing += [_number(font, place + 1, y, place) for y in (8, height / 2 + 8, height - 8)]
    return "\n".join([*drawing, "Q"]).encode()


def _number(font: str, x: float, y: float, number: int) -> str:
    return f"BT 0.9 0.2 0.2 rg {font} 6 Tf {x:g} {y:g} Td ({number}) Tj ET"
