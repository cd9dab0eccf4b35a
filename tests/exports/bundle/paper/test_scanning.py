"""Printed, scanned badly, and read: the same bytes."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from exports.bundle.paper.code import Kind
from exports.bundle.paper.errors import ScanUnreadable
from exports.bundle.paper.gathering import Gathering
from exports.bundle.paper.printing import Heading, print_codes
from exports.bundle.paper.scanning import scanned_pages, texts_on
from exports.paper.blank.code import draw_code
from tests.exports.bundle.paper.scanner import BAD, Wear, blanked, pages_of, saved, worn

CONTENT = random.Random(1).randbytes(20_400)
HEADING = Heading("2026-041", "Relais d’accès aux droits de Rennes")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Two full pages."""
    printed = print_codes(CONTENT, Kind.BUNDLE, HEADING)
    assert (printed.pages, printed.codes) == (2, 24)
    return printed.pdf


def read(*files: bytes) -> Gathering:
    gathering = Gathering()
    for file in files:
        for page in scanned_pages(file):
            for text in texts_on(page):
                gathering.take(text)
    return gathering


def content_of(gathering: Gathering) -> bytes:
    (parcel,) = gathering.parcels
    return parcel.content()


def test_the_pdf_itself_is_read(pdf: bytes) -> None:
    gathering = read(pdf)
    assert content_of(gathering) == CONTENT
    assert not gathering.parcels[0].missing


def test_the_same_file_gives_the_same_pages(pdf: bytes) -> None:
    assert print_codes(CONTENT, Kind.BUNDLE, HEADING).pdf == pdf


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize(
    "wear",
    [
        Wear(angle=3),
        Wear(angle=-3),
        Wear(angle=90),
        Wear(angle=178),
        Wear(blur=1.0),
        Wear(noise=25),
        Wear(quality=60),
        Wear(fold=True),
        Wear(greyed=True, quality=60),
        BAD,
    ],
    ids=str,
)
def test_a_bad_scan_is_read(pdf: bytes, dpi: int, wear: Wear) -> None:
    rng = random.Random(3)
    files = [saved(worn(page, wear, dpi=dpi, rng=rng), "PNG") for page in pages_of(pdf, dpi)]
    assert content_of(read(*reversed(files))) == CONTENT


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_fifth_of_the_codes_may_be_blank_on_a_bad_scan(pdf: bytes, dpi: int) -> None:
    rng = random.Random(4)
    files = []
    for page, places in zip(pages_of(pdf, dpi), ([1, 5], [0, 11]), strict=True):
        bare = blanked(page, places, dpi=dpi)
        files.append(saved(worn(bare, BAD, dpi=dpi, rng=rng), "PNG"))
    gathering = read(*files)
    assert content_of(gathering) == CONTENT
    missing = gathering.parcels[0].missing
    assert {2, 6} <= set(missing[1])
    assert {13, 24} <= set(missing[2])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
def test_every_kind_of_file_is_read(pdf: bytes, kind: str) -> None:
    pages = pages_of(pdf, 200)
    options = {"resolution": 200} if kind == "PDF" else {}
    if kind in ("TIFF", "PDF"):
        out = io.BytesIO()
        pages[0].save(out, kind, save_all=True, append_images=pages[1:], **options)
        files = [out.getvalue()]
    else:
        files = [saved(page, kind) for page in pages]
    assert content_of(read(*files)) == CONTENT


@pytest.mark.parametrize("mode", ["1", "RGB", "RGBA", "P", "I;16"])
def test_every_mode_of_image_is_read(pdf: bytes, mode: str) -> None:
    page = pages_of(pdf, 200)[0]
    if mode == "I;16":
        image = Image.frombytes(
            "I;16", page.size, b"".join(bytes((0, value)) for value in page.tobytes())
        )
    else:
        image = page.convert(mode)
    gathering = read(saved(image, "TIFF" if mode == "I;16" else "PNG"))
    assert len(gathering.parcels[0].seen) == 12


def test_pages_come_twice_in_any_order_among_others(pdf: bytes) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    draw_code(canvas, "https://example.org/menu", 100, 300, 200)
    canvas.showPage()
    canvas.save()
    first, second = (saved(page, "PNG") for page in pages_of(pdf, 200))
    gathering = read(second, out.getvalue(), first, second)
    assert content_of(gathering) == CONTENT
    assert gathering.foreign == 1


@pytest.mark.parametrize(
    "file",
    [b"", b"not a page", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n broken", b"GIF89a"],
)
def test_what_is_no_page_is_refused(file: bytes) -> None:
    with pytest.raises(ScanUnreadable):
        list(scanned_pages(file))


def test_a_cut_image_is_refused(pdf: bytes) -> None:
    image = saved(pages_of(pdf, 100)[0], "PNG")
    with pytest.raises(ScanUnreadable):
        list(scanned_pages(image[: len(image) // 2]))


def test_the_head_says_what_it_must_and_no_more(pdf: bytes) -> None:
    from exports.paper.render import page_text

    text = " ".join(page_text(pdf, 1).split())
    for words in ("Liasse 2026-041", "Page 2 / 2", "Pour : Relais d’accès aux droits de Rennes"):
        assert words in text
    assert "Numérisez toutes les pages" in text
