"""A flat form made fillable: its boxes become fields, and then it is filled as any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.paper.lettering.setting import SMALLEST_SIZE, Box, set_line, usual_size
from exports.paper.lettering.shaping import letters
from exports.paper.official.appearance import box_of, draw_tick
from exports.paper.official.field_tree import MULTILINE, inherited, items, number_of
from exports.paper.official.filling import FilledPdf, fill
from exports.paper.official.pdf_file import open_pdf, saved
from forms.official_boxes import BoxType, OfficialBox

_COMB = 1 << 24
_PRINT = 4


def fill_flat(
    content: bytes,
    boxes: Sequence[OfficialBox],
    values: Mapping[str, str | bool],
    *,
    continuations: bool = False,
) -> FilledPdf:
    """Fill a flat PDF by its boxes; the result has fields, still editable.

    A text longer than its box goes on in the box that continues it: between two words of a line,
    between two cells of a comb. What is left after the last goes to a continuation sheet, if asked.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    spread = _spread(boxes, values)
    return fill(with_fields(content, boxes), spread, continuations=continuations)


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


def _spread(
    boxes: Sequence[OfficialBox], values: Mapping[str, str | bool]
) -> dict[str, str | bool]:
    spread = dict(values)
    by_name = {box.name: box for box in boxes}
    for box in boxes:
        text = spread.get(box.name)
        if not box.then or not isinstance(text, str):
            continue
        here, rest = _cut_cells(box, text)
        if box.type is BoxType.TEXT:
            here, rest = _cut_words(_chain(box, by_name), text)
        own = spread.get(box.then)
        spread[box.name] = here
        spread[box.then] = " ".join(str(part) for part in (rest, own) if part)
    return {name: value for name, value in spread.items() if value != ""}


def _chain(box: OfficialBox, by_name: Mapping[str, OfficialBox]) -> list[OfficialBox]:
    chain = [box]
    while chain[-1].then in by_name:
        chain.append(by_name[chain[-1].then])
    return chain


def _cut_cells(box: OfficialBox, text: str) -> tuple[str, str]:
    each = letters(text)
    return "".join(each[: box.cells]), "".join(each[box.cells :]).lstrip()


def _cut_words(chain: list[OfficialBox], text: str) -> tuple[str, str]:
    """What goes in the first box of a chain, at the largest size at which the whole fits."""
    size = chain[0].size or usual_size(chain[0].rect[3] - chain[0].rect[1])
    while True:
        cut = _first_line(chain[0], text, size)
        rest = cut[1]
        for box in chain[1:]:
            rest = _first_line(box, rest, size)[1]
        if not rest or size <= SMALLEST_SIZE:
            return cut
        size = max(SMALLEST_SIZE, size - 0.5)


def _first_line(box: OfficialBox, text: str, size: float) -> tuple[str, str]:
    room = Box(box.rect[2] - box.rect[0], box.rect[3] - box.rect[1], 0, 0.0)
    words = text.split()
    for kept in range(len(words), 0, -1):
        setting = set_line(" ".join(words[:kept]), room, size=size, alignment=0)
        if setting is not None and setting.size >= min(size, room.height / 1.2) - 0.1:
            return " ".join(words[:kept]), " ".join(words[kept:])
    return "", text


def sheet(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """What is seen of a page, in its own coordinates, which need not begin at 0."""
    numbers = [number_of(one) for one in page.cropbox]
    x0, y0, x1, y1 = numbers if len(numbers) == 4 else (0.0, 0.0, 0.0, 0.0)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _clear(page: pikepdf.Page) -> None:
    kept = [
        one
        for one in items(page.obj.get("/Annots"))
        if not (isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Widget")
    ]
    if "/Annots" in page.obj:
        page.obj["/Annots"] = Array(kept)


def _placed(box: OfficialBox, page: pikepdf.Page) -> tuple[float, ...] | None:
    left, bottom, right, top = sheet(page)
    x0, y0, x1, y1 = box.rect
    if x0 < 0 or y0 < 0 or x1 > right - left or y1 > top - bottom:
        return None
    return x0 + left, y0 + bottom, x1 + left, y1 + bottom


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
