"""Pages as pictures and as text, by pdfium, from memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from exports.paper.errors import NotAPdf, PdfDamaged, PdfEncrypted, PdfTooLarge

PDFIUM = threading.RLock()
"""pdfium is not made for several threads: whoever calls it holds this lock."""

MAXIMUM_PIXELS = 60_000_000
_PASSWORD_ERROR = 4


@dataclass(frozen=True)
class PageImage:
    """A page as a picture.

    Attributes:
        width, height: pixels.
        stride: bytes a row.
        data: four bytes a pixel: blue, green, red, unused.
    """

    width: int
    height: int
    stride: int
    data: bytes


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has.

    Raises:
        NotAPdf, PdfEncrypted, PdfDamaged: see each.
    """
    with PDFIUM:
        document = _open(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page as seen, in points; raises as `page_count`."""
    with PDFIUM:
        document = _open(pdf)
        try:
            return tuple(document.get_page_size(number) for number in range(len(document)))
        finally:
            document.close()


def render_page(pdf: bytes, number: int, *, scale: float) -> PageImage:
    """Draw a page.

    Args:
        pdf: the document.
        number: from 0.
        scale: pixels a point; 1.0 is 72 dpi.

    Raises:
        PdfTooLarge: the picture would not fit in memory.
        NotAPdf, PdfEncrypted, PdfDamaged: see each.
    """
    import pypdfium2 as pdfium

    with PDFIUM:
        document = _open(pdf)
        try:
            document.init_forms()
            page = document[number]
            width, height = page.get_size()
            if width * height * scale * scale > MAXIMUM_PIXELS:
                raise PdfTooLarge
            bitmap = page.render(scale=scale, prefer_bgrx=True, may_draw_forms=True)
            return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        except pdfium.PdfiumError as error:
            raise PdfDamaged from error
        finally:
            document.close()


def page_text(pdf: bytes, number: int) -> str:
    """The text of a page, form fields aside; raises as `page_count`."""
    import pypdfium2 as pdfium

    with PDFIUM:
        document = _open(pdf)
        try:
            return str(document[number].get_textpage().get_text_range())
        except pdfium.PdfiumError as error:
            raise PdfDamaged from error
        finally:
            document.close()


def _open(pdf: bytes) -> Any:
    import pypdfium2 as pdfium

    if b"%PDF-" not in pdf[:1024]:
        raise NotAPdf
    try:
        return pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise PdfEncrypted from error
        raise PdfDamaged from error
