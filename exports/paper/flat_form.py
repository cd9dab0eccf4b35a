"""A flat form made fillable: its boxes become fields, and then it is filled as any other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.paper.appearance import box_of, draw_tick
from exports.paper.field_tree import MULTILINE, inherited, items, number_of
from exports.paper.pdf_file import open_pdf, saved
from forms.official_boxes import BoxType, OfficialBox

_COMB = 1 << 24
_PRINT = 4


def with_fields(content: bytes, boxes: Sequence[OfficialBox]) -> bytes:
    """Give a flat PDF a field for each box; whatever form it held before is removed.

    Some prints come as the shell of a form: XFA, and one field that holds a number. Both would
    be shown over the page. A box that lies outside the PDF's pages becomes no field: filling it
    is then reported.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    with open_pdf(content) as pdf:
        pages = list(pdf.pages)
        for page in pages:
            _clear(page)
        pdf.Root["/AcroForm"] = pdf.make_indirect(
            Dictionary(Fields=Array(), DA=String("/Helv 0 Tf 0 g"))
        )
        for box in boxes:
            if box.page > len(pages):
                continue
            page = pages[box.page - 1]
            placed = _placed(box, page)
            if placed is not None:
                pdf.Root["/AcroForm"]["/Fields"].append(_field(pdf, page, box, placed))
        return saved(pdf)


def corner(page: pikepdf.Page) -> tuple[float, float]:
    """Where the bottom left of a page lies in its own coordinates, which need not begin at 0."""
    left, bottom, _, _ = _sheet(page)
    return left, bottom


def _clear(page: pikepdf.Page) -> None:
    kept = [
        one
        for one in items(page.obj.get("/Annots"))
        if not (isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Widget")
    ]
    if "/Annots" in page.obj:
        page.obj["/Annots"] = Array(kept)


def _placed(box: OfficialBox, page: pikepdf.Page) -> tuple[float, ...] | None:
    left, bottom, right, top = _sheet(page)
    x0, y0, x1, y1 = box.rect
    if x0 < 0 or y0 < 0 or x1 > right - left or y1 > top - bottom:
        return None
    return x0 + left, y0 + bottom, x1 + left, y1 + bottom


def _sheet(page: pikepdf.Page) -> tuple[float, float, float, float]:
    numbers = [number_of(one) for one in page.cropbox]
    x0, y0, x1, y1 = numbers if len(numbers) == 4 else (0.0, 0.0, 0.0, 0.0)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _field(pdf: pikepdf.Pdf, page: pikepdf.Page, box: OfficialBox, rect: tuple[float, ...]) -> Any:
    node = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            Rect=Array([round(number, 2) for number in rect]),
            F=_PRINT,
            P=page.obj,
            T=String(box.name),
        )
    )
    turned = int(number_of(inherited(page.obj, "/Rotate"))) % 360 // 90 * 90
    if turned:
        # The text runs as the page is read.
        node["/MK"] = Dictionary(R=turned)
    if box.type is BoxType.CHECK:
        node["/FT"] = Name.Btn
        node["/V"] = node["/AS"] = Name.Off
        draw_tick(pdf, node, box_of(node), Name.Yes)
    else:
        node["/FT"] = Name.Tx
        node["/DA"] = String(f"/Helv {box.size:g} Tf 0 g")
        if box.multiline:
            node["/Ff"] = MULTILINE
        if box.type is BoxType.COMB:
            node["/Ff"] = _COMB
            node["/MaxLen"] = box.cells
    if not isinstance(page.obj.get("/Annots"), pikepdf.Array):
        page.obj["/Annots"] = Array()
    page.obj["/Annots"].append(node)
    return node
