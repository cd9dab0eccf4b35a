"""The reading back notices: a wrong place, another text, an emptied look, a box not ticked."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from exports.paper.official.filling import FilledPdf, fill
from exports.paper.official.readback import Expected, unseen_in

OTHER = (50, 100, 250, 116)


@pytest.fixture
def filled(form_pdf: Any) -> FilledPdf:
    """A form whose name is written and whose box is ticked."""
    form = form_pdf()
    form.text("nom")
    form.text("ville", OTHER)
    form.group("accord", [form.box((50, 60, 62, 72), "Oui")], FT=Name.Btn)
    return fill(form.bytes(), {"nom": "Ünal-Œillet", "ville": "Brest", "accord": True})


def expected(filled: FilledPdf) -> list[Expected]:
    return [
        Expected(one.field, one.page - 1, one.rect, one.text, one.size) for one in filled.placed
    ]


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for widget in pdf.pages[0].obj.Annots:
            change(widget)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def emptied(widget: Any) -> None:
    if widget.get("/T") == "nom":
        widget.AP.N.write(b"/Tx BMC EMC")


def unticked(widget: Any) -> None:
    if "/AS" in widget:
        widget.AS = Name.Off


def moved(widget: Any) -> None:
    if widget.get("/T") == "ville":
        widget.Rect = [50, 20, 250, 36]


def test_what_was_filled_is_seen(filled: FilledPdf) -> None:
    assert filled.problems == ()
    assert unseen_in(filled.pdf, expected(filled)) == []


@pytest.mark.parametrize(
    "wrong",
    [{"rect": OTHER}, {"text": "Ünal-OEillet"}, {"text": "Ünal-Œille"}],
    ids=["place", "letters", "cut"],
)
def test_an_answer_that_is_elsewhere_or_other_is_noticed(
    filled: FilledPdf, wrong: dict[str, Any]
) -> None:
    name = replace(expected(filled)[0], **wrong)
    assert unseen_in(filled.pdf, [name, *expected(filled)[1:]]) == [name]


@pytest.mark.parametrize(
    ("change", "field"), [(emptied, "nom"), (unticked, "accord"), (moved, "ville")]
)
def test_what_a_viewer_would_not_show_is_noticed(
    filled: FilledPdf, change: Callable[[Any], None], field: str
) -> None:
    unseen = unseen_in(changed(filled.pdf, change), expected(filled))
    assert [one.field for one in unseen] == [field]
