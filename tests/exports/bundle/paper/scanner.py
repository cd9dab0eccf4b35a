"""A bad scanner: pages drawn by pdfium, then turned, blurred, soiled, and saved as JPEG."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from exports.paper.render import PDFIUM


@dataclass(frozen=True)
class Wear:
    """What happens to a page between the printer and the file.

    Attributes:
        angle: degrees.
        blur: radius in pixels at 200 dpi.
        noise: standard deviation of the grain, of 255.
        quality: of the JPEG; 0 for none.
        fold: whether a fold throws its shadow across.
        greyed: whether black is grey and white is dull.
    """

    angle: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int = 0
    fold: bool = False
    greyed: bool = False


BAD = Wear(angle=3, blur=0.8, noise=12, quality=60, fold=True, greyed=True)


def pages_of(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages as pictures in grey."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [
                page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
                for page in document
            ]
        finally:
            document.close()


def worn(page: Image.Image, wear: Wear, *, dpi: int, rng: random.Random) -> Image.Image:
    """The page as that scanner leaves it."""
    if wear.greyed:
        page = page.point(lambda value: 45 + value * 185 // 255)
    page = page.rotate(wear.angle, Image.Resampling.BICUBIC, expand=True, fillcolor=225)
    if wear.fold:
        page = ImageChops.multiply(page, _fold(page, dpi))
    if wear.blur:
        page = page.filter(ImageFilter.GaussianBlur(wear.blur * dpi / 200))
    if wear.noise:
        page = ImageChops.add(page, _grain(page, wear.noise, rng), 1, -128)
    if not wear.quality:
        return page
    return Image.open(io.BytesIO(saved(page, "JPEG", quality=wear.quality))).convert("L")


def blanked(page: Image.Image, places: list[int], *, dpi: int) -> Image.Image:
    """The page with white paper over some of its twelve codes, from 0."""
    page = page.copy()
    draw = ImageDraw.Draw(page)
    pixel = dpi / 25.4
    for place in places:
        row, column = divmod(place, 3)
        left, top = (15 + column * 62) * pixel, (43 + row * 62) * pixel
        draw.rectangle((left, top, left + 40 * pixel, top + 40 * pixel), fill=255)
    return page


def saved(page: Image.Image, kind: str, **options: object) -> bytes:
    """The page as the bytes of a file."""
    out = io.BytesIO()
    page.save(out, kind, **options)
    return out.getvalue()


def _fold(page: Image.Image, dpi: int) -> Image.Image:
    shadow = Image.new("L", page.size, 255)
    draw = ImageDraw.Draw(shadow)
    half = dpi // 5
    middle = page.height // 3
    for away in range(-half, half + 1):
        tone = 255 - 110 * (half - abs(away)) // half
        draw.line([(0, middle + away), (page.width, middle + away + half // 2)], fill=tone)
    return shadow


def _grain(page: Image.Image, deviation: float, rng: random.Random) -> Image.Image:
    # Two even grains make a triangular one, whose deviation is 255 / sqrt(24).
    first, second = (
        Image.frombytes("L", page.size, rng.randbytes(page.width * page.height)) for _ in range(2)
    )
    scale = deviation / 52.0
    return ImageChops.add(first, second, 2).point(lambda value: round((value - 128) * scale + 128))
