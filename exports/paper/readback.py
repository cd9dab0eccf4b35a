"""Reading a filled form back: is each value seen, whole, in its box?"""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from exports.paper.fields import rectangle
from exports.paper.render import PDFIUM

_MARGIN = 1.0
_DARK = 600


@dataclass(frozen=True)
class Expected:
    """What a widget must show.

    Attributes:
        page: from 0.
        text: what is to be read; None for a tick.
    """

    field: str
    page: int
    widget: Any
    text: str | None


@dataclass(frozen=True)
class Unseen:
    """What a widget does not show."""

    field: str
    text: str


def missing_from(pdf: pikepdf.Pdf, expected: Iterable[Expected]) -> Iterator[Unseen]:
    """Compare a filled PDF with what it must show, page by page, as pdfium draws it.

    What the form itself prints is set aside first, so that its dotted lines are not taken for
    answers; `pdf` is changed by that and must have been saved before.
    """
    by_page: dict[int, list[Expected]] = {}
    for one in expected:
        by_page.setdefault(one.page, []).append(one)
    if not by_page:
        return
    for page in pdf.pages:
        page.obj["/Contents"] = pdf.make_stream(b"")
    bare = io.BytesIO()
    pdf.save(bare, compress_streams=False)
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    with PDFIUM:
        document = pdfium.PdfDocument(bare.getvalue())
        try:
            for number, widgets in sorted(by_page.items()):
                page = document[number]
                raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
                flat = document[number]
                yield from _unseen(flat, widgets)
                flat.close()
        finally:
            document.close()


def _unseen(page: Any, widgets: list[Expected]) -> Iterator[Unseen]:
    characters = list(_characters(page))
    picture: tuple[bytes, int, float] | None = None
    for one in widgets:
        left, bottom, right, top = rectangle(one.widget)
        if one.text is None:
            picture = picture or _picture(page)
            if not _has_ink(picture, (left, bottom, right, top), page.get_height()):
                yield Unseen(one.field, "")
            continue
        inside = [
            letter
            for letter, x, y in characters
            if left - _MARGIN <= x <= right + _MARGIN and bottom - _MARGIN <= y <= top + _MARGIN
        ]
        # Only the letters are compared: a reader rebuilds spaces and lines in its own way.
        if sorted(inside) != sorted(_letters(one.text)):
            yield Unseen(one.field, one.text)


def _characters(page: Any) -> Iterator[tuple[str, float, float]]:
    import pypdfium2.raw as raw

    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(raw.FPDFText_CountChars(text)):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if not letter.strip() or not letter.isprintable():
            continue
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        for part in _letters(letter):
            yield part, (left.value + right.value) / 2, (bottom.value + top.value) / 2
    text.close()


def _letters(text: str) -> list[str]:
    return [letter for letter in unicodedata.normalize("NFC", text) if not letter.isspace()]


def _picture(page: Any) -> tuple[bytes, int, float]:
    scale = 2.0
    bitmap = page.render(scale=scale, may_draw_forms=False, grayscale=True)
    return bytes(bitmap.buffer), bitmap.stride, scale


def _has_ink(
    picture: tuple[bytes, int, float],
    rect: tuple[float, float, float, float],
    height: float,
) -> bool:
    data, stride, scale = picture
    left, bottom, right, top = rect
    darkness = 0
    for y in range(int((height - top) * scale), int((height - bottom) * scale) + 1):
        row = data[y * stride + int(left * scale) : y * stride + int(right * scale) + 1]
        darkness += sum(255 - value for value in row)
        if darkness > _DARK:
            return True
    return False
