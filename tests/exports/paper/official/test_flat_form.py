"""A page without fields, made fillable at the rectangles that are given."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exports.paper.official.fields import FieldType, inspect
from exports.paper.official.filling import FillReason, fill
from exports.paper.official.flat_form import fill_flat, with_fields
from forms.official_boxes import BoxType, OfficialBox

Rectangle = tuple[float, float, float, float]


def box(name: str, rect: Rectangle, type_: BoxType = BoxType.TEXT, **others: Any) -> OfficialBox:
    known = {"page": 1, "cells": 0, "multiline": False, "size": 0.0} | others
    return OfficialBox(name=name, rect=rect, type=type_, **known)


def flat(media_box: Rectangle = (0, 0, 400, 300), rotate: int = 0) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].obj.MediaBox = Array(media_box)
    if rotate:
        pdf.pages[0].obj.Rotate = rotate
    return pdf


def written(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def as_read(rect: Rectangle, rotate: int) -> Rectangle:
    """A rectangle of the page as it is read, in points of the page as it is stored."""
    left, bottom, right, top = rect
    return (bottom, left, top, right) if rotate in (90, 270) else rect


BOXES = [
    box("nom", (50, 200, 250, 214)),
    box("né", (50, 150, 170, 164), BoxType.COMB, cells=8),
    box("oui", (50, 100, 60, 110), BoxType.CHECK),
    box("motif", (50, 20, 250, 80), multiline=True, size=9.0),
]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_every_kind_of_box_is_filled_and_read_back(seen: Any, rotate: int) -> None:
    boxes = [replace(one, rect=as_read(one.rect, rotate)) for one in BOXES]
    content = with_fields(written(flat(rotate=rotate)), boxes)
    values: dict[str, str | bool] = {
        "nom": "Ünal-Œillet",
        "né": "12031985",
        "oui": True,
        "motif": "Une phrase qui tient\nsur deux lignes",
    }
    filled = fill(content, values)
    assert filled.problems == ()
    shown = seen(filled.pdf)
    assert shown.text(boxes[0].rect) == "Ünal-Œillet"
    assert shown.text(boxes[3].rect) == "Unephrasequitientsurdeuxlignes"
    assert shown.ink(boxes[2].rect) > 0.05
    if rotate == 0:
        middles = [(one.left + one.right) / 2 for one in shown.letters(BOXES[1].rect)]
        assert middles == pytest.approx([57.5 + 15 * cell for cell in range(8)], abs=1)


def test_the_boxes_stay_editable() -> None:
    filled = fill(with_fields(written(flat()), BOXES), {"nom": "Ünal", "oui": True}).pdf
    fields = {field.name: field for field in inspect(filled).fields}
    assert [field.type for field in fields.values()] == [
        FieldType.TEXT,
        FieldType.TEXT,
        FieldType.CHECKBOX,
        FieldType.TEXT,
    ]
    assert (fields["né"].comb, fields["né"].max_length) == (True, 8)
    assert fields["motif"].multiline
    assert fields["oui"].widgets[0].state == "Yes"
    again = fill(filled, {"nom": "Kervella", "oui": False})
    assert again.problems == ()


def test_what_does_not_fit_is_reported() -> None:
    content = with_fields(written(flat()), BOXES)
    filled = fill(content, {"nom": "x" * 200, "né": "120319856"})
    assert [one.reason for one in filled.problems] == [
        FillReason.DOES_NOT_FIT,
        FillReason.TOO_LONG,
    ]


def test_rectangles_are_counted_from_the_corner_of_the_page(seen: Any) -> None:
    content = with_fields(written(flat(media_box=(100, 50, 500, 350))), BOXES[:1])
    assert inspect(content).fields[0].widgets[0].rect == (150, 250, 350, 264)
    filled = fill(content, {"nom": "Zoë"})
    assert (filled.problems, seen(filled.pdf).text((150, 250, 350, 264))) == ((), "Zoë")


@pytest.mark.parametrize(
    "outside", [box("a", (350, 10, 450, 30)), box("a", (10, 10, 90, 30), page=2)]
)
def test_a_box_outside_the_pages_is_no_field_and_is_reported(outside: OfficialBox) -> None:
    content = with_fields(written(flat()), [outside])
    assert inspect(content).fields == ()
    assert [one.reason for one in fill(content, {"a": "x"}).problems] == [FillReason.UNKNOWN_FIELD]


def test_the_shell_of_another_form_is_removed() -> None:
    pdf = flat()
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    old = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            Rect=Array([10, 10, 90, 30]),
            FT=Name.Tx,
            T=String("Champ_de_texte1[0]"),
        )
    )
    pdf.pages[0].obj.Annots = Array([old, pdf.make_indirect(link)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([old]), XFA=pdf.make_stream(b"<xdp/>"))
    content = with_fields(written(pdf), BOXES)
    assert [field.name for field in inspect(content).fields] == ["nom", "né", "oui", "motif"]
    with pikepdf.open(io.BytesIO(content)) as made:
        assert "/XFA" not in made.Root.AcroForm
        assert made.pages[0].obj.Annots[0].Subtype == "/Link"


def test_a_text_goes_on_in_the_next_line_between_two_words(seen: Any) -> None:
    lines = [
        box("a", (50, 200, 150, 212), size=9.0, then="b"),
        box("b", (20, 180, 150, 192), size=9.0, then="c"),
        box("c", (20, 160, 150, 172), size=9.0),
    ]
    text = "Boulangerie du Port, 8 quai de la Douane, 29200 Brest, Finistère"
    filled = fill_flat(written(flat()), lines, {"a": text})
    assert filled.problems == ()
    shown = [seen(filled.pdf).text(one.rect) for one in lines]
    assert shown == ["BoulangerieduPort,8", "quaidelaDouane,29200", "Brest,Finistère"]
    short = fill_flat(written(flat()), lines, {"a": "Brest", "b": "le 24"})
    assert [seen(short.pdf).text(one.rect) for one in lines] == ["Brest", "le24", ""]


def test_a_comb_goes_on_in_the_next_row(seen: Any) -> None:
    rows = [
        box("a", (50, 200, 125, 214), BoxType.COMB, cells=5, then="b"),
        box("b", (50, 180, 125, 194), BoxType.COMB, cells=5),
    ]
    filled = fill_flat(written(flat()), rows, {"a": "CAFÉ DU"})
    assert [seen(filled.pdf).text(one.rect) for one in rows] == ["CAFÉ", "DU"]
    long = fill_flat(written(flat()), rows, {"a": "DOUARNENEZ-SUR-MER"})
    assert [(one.field, one.reason) for one in long.problems] == [("b", FillReason.TOO_LONG)]


def test_a_text_too_long_for_all_its_lines_is_reported() -> None:
    lines = [box("a", (50, 200, 90, 212), then="b"), box("b", (50, 180, 90, 192))]
    filled = fill_flat(written(flat()), lines, {"a": "mot " * 30})
    assert [(one.field, one.reason) for one in filled.problems] == [("b", FillReason.DOES_NOT_FIT)]
