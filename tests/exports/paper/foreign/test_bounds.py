"""PDFs made to harm, or only absurd: each gets its own clear error, or is handled within bounds."""

from __future__ import annotations

import io
import zlib
from datetime import date
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exports.paper import foreign
from exports.paper.errors import (
    NotAPdf,
    PaperError,
    PdfCrashed,
    PdfDamaged,
    PdfEncrypted,
    PdfTakesTooLong,
    PdfTooLarge,
    PdfUnhandled,
)
from exports.paper.official.fields import FieldType
from exports.paper.official.oddities import Oddity
from tests.exports.paper.official.conftest import FormPdf

NOT_OURS = (PdfCrashed, PdfTakesTooLong, PdfUnhandled)


def written(pdf: pikepdf.Pdf, **saving: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **saving)
    return out.getvalue()


def test_nothing_and_something_else_are_no_pdf() -> None:
    for content in (b"", b"GIF89a" + bytes(3000)):
        with pytest.raises(NotAPdf):
            foreign.inspect(content)
        with pytest.raises(NotAPdf):
            foreign.render_page(content, 0, scale=1.0)


def test_a_password_is_asked_of_whoever_has_the_pdf_not_of_us() -> None:
    form = FormPdf()
    locked = form.bytes(encryption=pikepdf.Encryption(owner="o", user="u"))
    for use in (foreign.inspect, foreign.page_count, lambda pdf: foreign.fill(pdf, {})):
        with pytest.raises(PdfEncrypted):
            use(locked)


def test_an_empty_password_opens_and_is_told() -> None:
    form = FormPdf()
    form.text("nom")
    locked = form.bytes(encryption=pikepdf.Encryption(owner="o", user=""))
    assert foreign.inspect(locked).oddities == (Oddity.ENCRYPTED,)
    filled = foreign.fill(locked, {"nom": "Zoë"})
    assert filled.problems == ()
    assert foreign.inspect(filled.pdf).oddities == ()


@pytest.mark.parametrize("kept", [20, 200, 600])
def test_a_pdf_cut_short_is_damaged_or_read_as_far_as_it_goes(kept: int) -> None:
    form = FormPdf()
    form.text("nom")
    try:
        foreign.fill(form.bytes()[:kept], {"nom": "Zoë"})
    except PaperError as error:
        assert not isinstance(error, NOT_OURS)


def test_ten_thousand_pages_are_refused() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for _ in range(13):
            pdf.pages.extend(pdf.pages)
            if len(pdf.pages) > 10_000:
                break
        for _ in range(2_000):
            pdf.pages.append(pdf.pages[0])
        content = written(pdf)
    with pytest.raises(PdfTooLarge):
        foreign.inspect(content)
    with pytest.raises(PaperError):
        foreign.take_in("x.pdf", content)


def test_more_fields_than_any_form_has_are_refused() -> None:
    form = FormPdf()
    for number in range(25_000):
        form.text(f"champ {number}")
    with pytest.raises(PdfTooLarge):
        foreign.inspect(form.bytes())


def test_loops_in_the_trees_end() -> None:
    form = FormPdf()
    node = form.text("nom")
    node.Kids = Array([node])
    node.Parent = node
    page = form.pdf.pages[0].obj
    form.pdf.Root.Outlines = form.pdf.make_indirect(Dictionary(Type=Name.Outlines))
    form.pdf.Root.Outlines.First = form.pdf.Root.Outlines
    page.Parent.Parent = page.Parent
    try:
        foreign.fill(form.bytes(), {"nom": "Zoë"})
        foreign.propose(form.bytes(), today=date(2026, 1, 1))
    except PaperError as error:
        assert not isinstance(error, NOT_OURS)


def test_deep_nesting_ends() -> None:
    depth = b"[" * 5_000 + b"]" * 5_000
    content = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/X " + depth + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    for use in (foreign.inspect, foreign.page_count):
        try:
            use(content)
        except PaperError as error:
            assert not isinstance(error, NOT_OURS)


@pytest.mark.parametrize(
    "box", [(0, 0, 1e9, 1e9), (0, 0, 0, 0), (5, 5, -5, -5), (0, 0, 1e-9, 1e-9)]
)
def test_an_absurd_page_is_drawn_small_or_refused(box: Any) -> None:
    form = FormPdf(media_box=box)
    form.text("nom")
    for use in (
        lambda pdf: foreign.render_page(pdf, 0, scale=2.0),
        lambda pdf: foreign.fill(pdf, {"nom": "Zoë"}),
    ):
        try:
            use(form.bytes())
        except PaperError as error:
            assert not isinstance(error, NOT_OURS)


def test_a_huge_image_does_not_take_the_memory_of_the_pc() -> None:
    form = FormPdf()
    side = 30_000
    image = form.pdf.make_stream(
        zlib.compress(bytes(1_000_000)),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.FlateDecode,
    )
    page = form.pdf.pages[0]
    page.Resources = Dictionary(XObject=Dictionary(I=image))
    page.Contents = form.pdf.make_stream(b"q 400 0 0 300 0 0 cm /I Do Q")
    try:
        shown = foreign.render_page(form.bytes(), 0, scale=1.0)
        assert (shown.width, shown.height) == (400, 300)
    except PaperError:
        pass
    assert foreign.page_count(form.bytes()) == 1


def test_scripts_and_attached_files_are_kept_told_and_never_used() -> None:
    form = FormPdf()
    script = Dictionary(S=Name.JavaScript, JS=String("event.value = 'faux';"))
    form.text("nom", AA=Dictionary(C=script, F=script))
    form.pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    form.pdf.attachments["piege.exe"] = b"MZ"
    content = form.bytes()
    assert foreign.inspect(content).oddities == (Oddity.JAVASCRIPT, Oddity.EMBEDDED_FILES)
    filled = foreign.fill(content, {"nom": "Zoë"})
    assert filled.problems == ()
    with pikepdf.open(io.BytesIO(filled.pdf)) as pdf:
        (node,) = pdf.Root.AcroForm.Fields
        assert str(node.V) == "Zoë"
        assert "/C" in node.AA
        assert list(pdf.attachments) == ["piege.exe"]


def test_what_hides_or_breaks_a_form_is_told() -> None:
    form = FormPdf()
    form.text("nom")
    form.form.Fields.append(form.widget((5, 5, 50, 20), T=String("signature"), FT=Name.Sig))
    form.form.XFA = Array([String("template"), form.pdf.make_stream(b"<x/>")])
    form.pdf.Root.Perms = Dictionary(UR3=Dictionary(Type=Name.Sig))
    seen = foreign.inspect(form.bytes())
    assert seen.oddities == (Oddity.XFA, Oddity.USAGE_RIGHTS, Oddity.SIGNATURE_FIELDS)
    assert {one.type for one in seen.fields} == {FieldType.TEXT, FieldType.SIGNATURE}
    lost = FormPdf()
    lost.text("nom")
    lost.orphan()
    assert foreign.inspect(lost.bytes()).oddities == (Oddity.ORPHAN_WIDGETS,)
    assert foreign.inspect(FormPdf().bytes()).oddities == (Oddity.NO_FIELDS,)


def test_a_file_beyond_every_size_is_refused_before_it_is_read() -> None:
    with pytest.raises(PdfTooLarge):
        foreign.inspect(b"%PDF-1.7" + bytes(65 * 1024 * 1024))


def test_a_damaged_one_is_told_as_such() -> None:
    with pytest.raises(PdfDamaged):
        foreign.page_count(b"%PDF-1.7\nnothing follows")
