"""Reading codes from images: PDF pages, PNG, JPEG, TIFF, as scanners leave them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from exports.bundle.paper.code import PAGE_CODES, parse_code
from exports.bundle.paper.errors import ScanUnreadable
from exports.paper.errors import PaperError

if TYPE_CHECKING:
    from PIL import Image

MAXIMUM_SIZE = 256 * 1024 * 1024
MAXIMUM_PAGES = 400
_MAXIMUM_PIXELS = 120_000_000
_LONGEST_SIDE = 5000
"""Pixels: A4 at more than 400 dpi, beyond which more only costs time."""

_PDF_LONGEST_SIDE = 3508
_MOST_CODES = 64
"""Codes looked at on one page; ours have a dozen."""


def scanned_pages(content: bytes) -> Iterator[Image.Image]:
    """The pages that a file shows, in grey.

    Raises:
        ScanUnreadable: it is neither a PDF nor a JPEG, PNG or TIFF image, or is damaged.
    """
    if len(content) > MAXIMUM_SIZE:
        raise ScanUnreadable
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf_pages(content)
    return _image_pages(content)


def texts_on(page: Image.Image) -> tuple[str, ...]:
    """What the codes of a page say, ours and others', each once.

    A page is read as it is; only where codes of ours are missing, again with its grain smoothed
    and its squares enlarged.
    """
    import zxingcpp

    formats = zxingcpp.barcode_formats_from_str("QRCode")
    found: dict[str, None] = {}
    for prepared in _PREPARATIONS:
        codes = zxingcpp.read_barcodes(prepared(page), formats=formats, try_invert=False)
        found.update(dict.fromkeys(code.text for code in codes[:_MOST_CODES] if code.valid))
        if _is_whole(found):
            break
    return tuple(found)


def _is_whole(found: dict[str, None]) -> bool:
    codes = [code for code in map(parse_code, found) if code is not None]
    if not codes:
        return False
    expected: set[tuple[bytes, int]] = set()
    for code in codes:
        first = code.number - code.number % PAGE_CODES
        last = min(first + PAGE_CODES, code.layout.total)
        expected.update((code.layout.mark, number) for number in range(first, last))
    return expected <= {(code.layout.mark, code.number) for code in codes}


def _as_it_is(page: Image.Image) -> Image.Image:
    return page


def _smooth(page: Image.Image) -> Image.Image:
    from PIL import ImageFilter

    return page.filter(ImageFilter.GaussianBlur(1.2))


def _enlarged(page: Image.Image) -> Image.Image:
    from PIL import Image, ImageFilter

    size = (page.width * 3 // 2, page.height * 3 // 2)
    return page.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.0))


def _enlarged_more(page: Image.Image) -> Image.Image:
    from PIL import Image, ImageFilter

    size = (page.width * 2, page.height * 2)
    return page.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.5))


_PREPARATIONS: tuple[Callable[[Image.Image], Image.Image], ...] = (
    _as_it_is,
    _smooth,
    _enlarged,
    _enlarged_more,
)


def _pdf_pages(content: bytes) -> Iterator[Image.Image]:
    from PIL import Image

    from exports.paper.foreign import page_sizes, render_page

    try:
        sizes = page_sizes(content)
        if len(sizes) > MAXIMUM_PAGES:
            raise ScanUnreadable
        for number, size in enumerate(sizes):
            shown = render_page(content, number, scale=_PDF_LONGEST_SIDE / max(*size, 1.0))
            yield Image.frombytes(
                "RGB", (shown.width, shown.height), shown.data, "raw", "BGRX", shown.stride
            ).convert("L")
    except PaperError as error:
        raise ScanUnreadable from error


def _image_pages(content: bytes) -> Iterator[Image.Image]:
    from PIL import Image, ImageSequence

    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF"))
        for number, frame in enumerate(ImageSequence.Iterator(image)):
            if number >= MAXIMUM_PAGES or frame.width * frame.height > _MAXIMUM_PIXELS:
                raise ScanUnreadable
            yield _grey(frame)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ScanUnreadable from error


def _grey(frame: Image.Image) -> Image.Image:
    from PIL import Image

    if frame.mode in ("RGBA", "LA", "P"):
        transparent = frame.convert("RGBA")
        frame = Image.new("RGB", transparent.size, "white")
        frame.paste(transparent, mask=transparent.getchannel("A"))
    if frame.mode.startswith("I;16"):
        frame = frame.point(lambda value: value / 257, "L")
    grey = frame.convert("L")
    grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    return grey
