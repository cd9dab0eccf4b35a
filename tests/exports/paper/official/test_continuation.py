"""What does not fit in its box goes to a sheet behind the form, whole; the box says so."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.paper.official.continuation import (
    ContinuedAnswer,
    render_continuation,
    with_continuation,
)
from exports.paper.official.filling import FillReason, fill
from exports.paper.render import page_count, page_text

COMB, MULTILINE = 1 << 24, 1 << 12
BOX = (50, 200, 250, 216)
LONG = ("Une très longue explication de la situation, avec Œuvres et l’été. " * 6).strip()


def sheet(*answers: ContinuedAnswer) -> bytes:
    return render_continuation(
        answers,
        title="Demande",
        number="12345*01",
        person_name="Zoë ÜNAL-ŒILLET",
        prison_number="48213",
        place="Brest",
        printed_on=date(2026, 11, 24),
    )


def words(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "").replace("\ufffe", "")


def test_a_box_refers_to_the_sheet_that_holds_the_whole(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("motif")
    filled = fill(form.bytes(), {"motif": LONG}, continuations=True)
    assert filled.problems == ()
    (one,) = filled.continued
    assert (one.number, one.field, one.page, one.text) == (1, "motif", 1, LONG)
    assert seen(filled.pdf).text(BOX) == "voirsuiten°1"
    (placed,) = filled.placed
    assert placed.seen
    assert placed.text == "voir suite n°\u00a01"
    behind = with_continuation(filled.pdf, sheet(ContinuedAnswer(1, 1, "Le motif", LONG)))
    assert page_count(behind) == 2
    assert words(LONG) in words(page_text(behind, 1))
    assert "Suite n° 1 : page 1" in page_text(behind, 1).replace("\u00a0", " ")
    assert "Zoë ÜNAL-ŒILLET" in page_text(behind, 1)
    with pikepdf.open(io.BytesIO(behind)) as pdf:
        (node,) = pdf.Root.AcroForm.Fields
        assert str(node.V) == "voir suite n°\u00a01"


def test_the_same_answer_in_two_boxes_is_one_continuation(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("haut")
    form.text("bas", (50, 100, 250, 116))
    form.text("autre", (50, 60, 250, 76))
    filled = fill(
        form.bytes(), {"haut": LONG, "bas": LONG, "autre": LONG + "bis"}, continuations=True
    )
    assert [(one.field, one.number) for one in filled.continued] == [
        ("haut", 1),
        ("bas", 1),
        ("autre", 2),
    ]


def test_without_being_asked_nothing_goes_elsewhere(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("motif")
    filled = fill(form.bytes(), {"motif": LONG})
    assert [one.reason for one in filled.problems] == [FillReason.DOES_NOT_FIT]
    assert filled.continued == ()


def test_a_number_in_cells_and_a_box_too_small_for_a_word_are_reported(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("numéro", (50, 200, 150, 216), MaxLen=5, Ff=COMB)
    form.text("point", (50, 100, 54, 104))
    filled = fill(form.bytes(), {"numéro": "1234567", "point": LONG}, continuations=True)
    assert {one.field: one.reason for one in filled.problems} == {
        "numéro": FillReason.TOO_LONG,
        "point": FillReason.DOES_NOT_FIT,
    }
    assert filled.continued == ()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(st.sampled_from("abcdéœ ŁÜ’-\n"), min_size=1, max_size=400).filter(str.strip),
    width=st.integers(20, 300),
    height=st.integers(8, 60),
    multiline=st.booleans(),
)
def test_an_answer_is_whole_in_its_box_or_whole_on_the_sheet_or_reported(
    form_pdf: Any, seen: Any, text: str, width: int, height: int, multiline: bool
) -> None:
    form = form_pdf()
    box = (50, 200, 50 + width, 200 + height)
    form.text("motif", box, Ff=MULTILINE if multiline else 0)
    filled = fill(form.bytes(), {"motif": text}, continuations=True)
    # pdfium reads a hyphen at the end of a line as a break of its own.
    shown = seen(filled.pdf).text(box).replace("\ufffe", "-")
    if filled.problems:
        assert shown == ""
        assert filled.continued == ()
    elif filled.continued:
        assert shown in ("voirsuiten°1", "suiten°1", "suite1")
        assert words(filled.continued[0].text) == words(text)
    else:
        assert shown == words(text)


@pytest.mark.parametrize("size", [10, 3_000, 12_000])
def test_a_sheet_holds_answers_of_any_length(size: int) -> None:
    text = ("Œuvre " * size)[:size].strip()
    pdf = sheet(ContinuedAnswer(1, 3, "Une question", text), ContinuedAnswer(2, 4, "Autre", "x"))
    read = "".join(page_text(pdf, number) for number in range(page_count(pdf)))
    assert words(read).count("Œuvre") == text.count("Œuvre")
    assert "Suite n° 2" in read.replace("\u00a0", " ")
