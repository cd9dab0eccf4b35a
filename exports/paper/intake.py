"""Taking in a supporting document: recognised by its content, made a readable size."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.paper.errors import PaperError

if TYPE_CHECKING:
    from PIL import Image

MAXIMUM_SIZE = 64 * 1024 * 1024
"""Bytes of a file beyond which it is refused: a hundred scanned pages fit well within."""

LONGEST_SIDE = 2480
"""Pixels kept on a photograph's longer side: A4 at 210 dpi, which an office can read."""

_JPEG_QUALITY = 82
_MAXIMUM_PIXELS = 120_000_000
_MAXIMUM_PAGES = 200
_KEPT_AS_IT_IS = 1024 * 1024


class DocumentRefused(PaperError):
    """A file that cannot be kept as a supporting document."""


class UnknownDocumentType(DocumentRefused):
    """Neither a PDF nor a JPEG, PNG or TIFF image, whatever its name says."""


class DocumentTooLarge(DocumentRefused):
    """More bytes, pixels or pages than a supporting document has."""


class DocumentUnreadable(DocumentRefused):
    """It begins like a document and cannot be read to its end."""


@dataclass(frozen=True)
class TakenIn:
    """A document as the vault will keep it.

    Attributes:
        name: a file name without folder, safe on every system.
        media_type: `application/pdf` or `image/jpeg`, `image/png`.
        pages: how many pages it shows.
        content: its bytes; an image carries no location nor camera data any more.
    """

    name: str
    media_type: str
    pages: int
    content: bytes


def take_in(name: str, content: bytes) -> TakenIn:
    """Recognise a document and make it fit to keep.

    A photograph is turned upright, reduced to `LONGEST_SIDE` and freed of its metadata; a TIFF
    (several pages, as scanners write) becomes a PDF.

    Raises:
        UnknownDocumentType, DocumentTooLarge, DocumentUnreadable: see each.
    """
    if len(content) > MAXIMUM_SIZE:
        raise DocumentTooLarge
    stem = _safe_stem(name)
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return TakenIn(f"{stem}.pdf", "application/pdf", _count_pages(content), content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _photograph(stem, content)
    if content.startswith((b"II*\x00", b"MM\x00*")):
        return _tiff(stem, content)
    raise UnknownDocumentType


def _count_pages(content: bytes) -> int:
    from exports.paper.render import page_count

    try:
        pages = page_count(content)
    except PaperError as error:
        raise DocumentUnreadable from error
    if pages > _MAXIMUM_PAGES:
        raise DocumentTooLarge
    return pages


def _photograph(stem: str, content: bytes) -> TakenIn:
    image = _open(content)
    was_png = image.format == "PNG"
    if was_png and len(content) <= _KEPT_AS_IT_IS and max(image.size) <= LONGEST_SIDE:
        return TakenIn(f"{stem}.png", "image/png", 1, _encode(_upright(image), "PNG"))
    return TakenIn(f"{stem}.jpg", "image/jpeg", 1, _encode(_upright(image), "JPEG"))


def _tiff(stem: str, content: bytes) -> TakenIn:
    from PIL import ImageSequence

    image = _open(content)
    if getattr(image, "n_frames", 1) > _MAXIMUM_PAGES:
        raise DocumentTooLarge
    try:
        pages = [_upright(frame) for frame in ImageSequence.Iterator(image)]
    except (OSError, SyntaxError, ValueError) as error:
        raise DocumentUnreadable from error
    out = io.BytesIO()
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=210, quality=_JPEG_QUALITY
    )
    return TakenIn(f"{stem}.pdf", "application/pdf", len(pages), out.getvalue())


def _open(content: bytes) -> Image.Image:
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DocumentUnreadable from error
    if image.width * image.height > _MAXIMUM_PIXELS:
        raise DocumentTooLarge
    return image


def _upright(image: Image.Image) -> Image.Image:
    from PIL import Image, ImageOps

    try:
        turned = ImageOps.exif_transpose(image)
        if turned.mode in ("RGBA", "LA", "P"):
            transparent = turned.convert("RGBA")
            turned = Image.new("RGB", transparent.size, "white")
            turned.paste(transparent, mask=transparent.getchannel("A"))
        elif turned.mode not in ("RGB", "L"):
            turned = turned.convert("RGB")
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        # A new image carries the pixels alone: no place, date or camera.
        bare = Image.new(turned.mode, turned.size)
        bare.paste(turned)
    except (OSError, SyntaxError, ValueError) as error:
        raise DocumentUnreadable from error
    return bare


def _encode(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "JPEG":
        image.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    else:
        image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _safe_stem(name: str) -> str:
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    kept = "".join(
        letter if letter.isalnum() or letter in " -_" else "-"
        for letter in unicodedata.normalize("NFC", stem)
    )
    return kept.strip(" -_")[:80] or "document"
