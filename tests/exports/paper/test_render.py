"""Pages as pictures and text: bounded, told apart when they cannot be read, safe in threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from exports.paper.errors import NotAPdf, PaperError, PdfDamaged, PdfEncrypted, PdfTooLarge
from exports.paper.render import page_count, page_sizes, page_text, render_page
from exports.paper.sheets.recovery import render_recovery_sheet


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return render_recovery_sheet(
        ("0008 20C2 0A1G 701C",), place="Valmont", user="Anne MERCIER", created_on=date(2026, 1, 2)
    )


def test_a_page_is_as_large_as_its_scale_says(sheet: bytes) -> None:
    assert page_count(sheet) == 1
    ((width, height),) = page_sizes(sheet)
    image = render_page(sheet, 0, scale=2.0)
    assert abs(image.width - 2 * width) <= 1
    assert abs(image.height - 2 * height) <= 1
    assert image.stride >= 4 * image.width
    assert len(image.data) == image.stride * image.height


def test_a_page_turned_is_measured_as_seen(sheet: bytes) -> None:
    with pikepdf.open(BytesIO(sheet)) as document:
        document.pages[0].rotate(90, relative=False)
        out = BytesIO()
        document.save(out)
    ((width, height),) = page_sizes(out.getvalue())
    assert width > height


def test_a_picture_too_large_for_memory_is_refused(sheet: bytes) -> None:
    with pytest.raises(PdfTooLarge):
        render_page(sheet, 0, scale=40)


def _with_password(pdf: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        pytest.param(lambda _: b"", NotAPdf, id="empty"),
        pytest.param(lambda _: b"PK\x03\x04" * 100, NotAPdf, id="another format"),
        pytest.param(lambda pdf: b"%PDF-1.7\n" + pdf[:200], PdfDamaged, id="truncated"),
        pytest.param(_with_password, PdfEncrypted, id="password"),
    ],
)
def test_what_cannot_be_read_is_told_apart(
    sheet: bytes, make: object, error: type[PaperError]
) -> None:
    assert callable(make)
    pdf = make(sheet)
    for look in (page_count, page_sizes, lambda it: page_text(it, 0)):
        with pytest.raises(error):
            look(pdf)
    with pytest.raises(error):
        render_page(pdf, 0, scale=1)


def test_many_threads_see_the_same_page(sheet: bytes) -> None:
    alone = render_page(sheet, 0, scale=1.0)

    def look(_: int) -> bool:
        return render_page(sheet, 0, scale=1.0) == alone and "Valmont" in page_text(sheet, 0)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(look, range(32)))
