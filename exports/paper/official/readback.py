"""Reading a filled form back: is each value seen, whole, in its box?"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name

from exports.paper.errors import PdfDamaged
from exports.paper.lettering.shaping import letter_by_letter
from exports.paper.official.field_tree import items
from exports.paper.official.pdf_file import open_pdf, saved
from exports.paper.render import MAXIMUM_PIXELS, PDFIUM

_MARGIN = 1.5
_SCALE = 1.0
_INK = 0.5

_Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Expected:
    """What a widget must show.

    Attributes:
        page: from 0.
        rect: left, bottom, right, top, points of the unrotated page.
        text: what is to be read; None for a tick.
        size: of its letters, points; None for a tick.
    """

    field: str
    page: int
    rect: _Rectangle
    text: str | None
    size: float | None = None


def unseen_in(content: bytes, expected: Iterable[Expected]) -> list[Expected]:
    """Compare a filled PDF with what it must show, as pdfium draws it for printing.

    The page that the form prints is set aside first, so that its dotted lines are not taken for
    answers. A text must stand inside its box, letter for letter; a tick must leave ink that the
    same box unticked does not have.

    Args:
        content: the filled PDF.
        expected: what its widgets must show.

    Raises:
        PaperError: it cannot be read at all.
    """
    expected = tuple(expected)
    by_page: dict[int, list[Expected]] = {}
    for one in expected:
        by_page.setdefault(one.page, []).append(one)
    if not by_page:
        return []
    with open_pdf(content) as pdf:
        kept = _answers_alone(pdf, sorted(by_page))
        ticks = any(one.text is None for one in expected)
        answers = saved(pdf)
        bare = _unticked(pdf) if ticks else answers
    unseen: list[Expected] = []
    with PDFIUM, _opened(answers) as shown, _opened(bare) as unticked:
        for place, number in enumerate(kept):
            page = _flat(shown, place)
            unseen += _unseen_texts(page, by_page[number])
            unseen += _unseen_ticks(page, unticked, place, by_page[number])
    return unseen


def _answers_alone(pdf: pikepdf.Pdf, wanted: list[int]) -> list[int]:
    for key in list(pdf.Root.keys()):
        if key not in ("/Type", "/Pages", "/AcroForm", "/OCProperties"):
            del pdf.Root[key]
    pages = list(pdf.pages)
    kept = [number for number in wanted if number < len(pages)]
    for number in reversed(range(len(pages))):
        if number not in kept:
            del pdf.pages[number]
    for number in kept:
        page = pages[number].obj
        for key in ("/Contents", "/Resources", "/Thumb", "/PieceInfo", "/Metadata"):
            if key in page:
                del page[key]
        page["/Resources"] = pikepdf.Dictionary()
        # A note laid on the form is not an answer either.
        page["/Annots"] = pikepdf.Array(
            one
            for one in items(page.get("/Annots"))
            if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Widget"
        )
    return kept


def _unticked(pdf: pikepdf.Pdf) -> bytes:
    for page in pdf.pages:
        for annotation in items(page.obj.get("/Annots")):
            if isinstance(annotation, pikepdf.Dictionary) and "/AS" in annotation:
                annotation["/AS"] = Name.Off
    return saved(pdf)


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise PdfDamaged from error
    try:
        yield document
    finally:
        document.close()


def _flat(document: Any, place: int) -> Any:
    # pdfium reads and draws what a page contains, not its fields: they are first made part of it.
    import pypdfium2.raw as raw

    raw.FPDFPage_Flatten(document[place], raw.FLAT_PRINT)
    return document[place]


def _unseen_texts(page: Any, widgets: list[Expected]) -> list[Expected]:
    texts = [one for one in widgets if one.text is not None]
    if not texts:
        return []
    characters = _characters(page)
    unseen = []
    for one in texts:
        rect = one.rect
        inside = [part for part, x, y in characters if _is_in(rect, x, y)]
        if _same(inside, one.text or ""):
            continue
        # A form whose boxes overlap: the neighbour's letters are not ours.
        if any(other is not one and _overlap(rect, other.rect) for other in texts) and (
            "".join(_letters(one.text or "")) in "".join(inside)
        ):
            continue
        unseen.append(one)
    return unseen


def _same(inside: list[str], text: str) -> bool:
    wanted = _letters(text)
    if letter_by_letter(text):
        return inside == wanted
    # Where letters join or stack, a reader has an order of its own.
    return sorted("".join(inside)) == sorted("".join(wanted))


def _characters(page: Any) -> list[tuple[str, float, float]]:
    import pypdfium2.raw as raw

    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = []
    for index in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        # pdfium marks the hyphen at the end of a line with a code of its own.
        letter = "-" if code in (0x02, 0xFFFE) else chr(code)
        parts = _letters(letter)
        if not parts:
            continue
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        found += [(part, x, y) for part in parts]
    text.close()
    return found


def _letters(text: str) -> list[str]:
    # Only the letters are compared: a reader rebuilds spaces and lines in its own way.
    return [
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if not letter.isspace() and unicodedata.category(letter) not in ("Cf", "Cc")
    ]


def _unseen_ticks(
    page: Any, unticked: Any, place: int, widgets: list[Expected]
) -> Iterator[Expected]:
    from PIL import ImageChops

    ticks = [one for one in widgets if one.text is None]
    if not ticks:
        return
    width, height = page.get_size()
    if width * height * _SCALE * _SCALE > MAXIMUM_PIXELS:
        yield from ticks
        return
    bitmap = page.render(scale=_SCALE, grayscale=True)
    empty = _flat(unticked, place).render(scale=_SCALE, grayscale=True)
    ink = ImageChops.difference(bitmap.to_pil(), empty.to_pil())
    to_bitmap = bitmap.get_posconv(page).to_bitmap
    for one in ticks:
        left, bottom, right, top = one.rect
        (x0, y0), (x1, y1) = to_bitmap(left, bottom), to_bitmap(right, top)
        x0, x1 = (min(max(0, x), bitmap.width) for x in sorted((x0, x1)))
        y0, y1 = (min(max(0, y), bitmap.height) for y in sorted((y0, y1)))
        area = ink.crop((x0, y0, x1 + 1, y1 + 1))
        darkness = sum(value * count for value, count in enumerate(area.histogram())) / 255
        if darkness < _INK * _SCALE * _SCALE:
            yield one


def _is_in(rect: _Rectangle, x: float, y: float) -> bool:
    left, bottom, right, top = rect
    return left - _MARGIN <= x <= right + _MARGIN and bottom - _MARGIN <= y <= top + _MARGIN


def _overlap(one: _Rectangle, other: _Rectangle) -> bool:
    return (
        one[0] - _MARGIN < other[2] + _MARGIN
        and other[0] - _MARGIN < one[2] + _MARGIN
        and one[1] - _MARGIN < other[3] + _MARGIN
        and other[1] - _MARGIN < one[3] + _MARGIN
    )
