"""Each way a PDF form may be made, and what is told of its fields."""

from __future__ import annotations

import json
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exports.paper.errors import NotAPdf, PdfDamaged, PdfEncrypted, PdfTooLarge
from exports.paper.official.fields import FieldType, PdfField, inspect

COMB, MULTILINE, PASSWORD, RADIO, BUTTON, COMBO = (
    1 << 24,
    1 << 12,
    1 << 13,
    1 << 15,
    1 << 16,
    1 << 17,
)


def only(content: bytes) -> PdfField:
    (field,) = inspect(content).fields
    return field


def test_a_field_merged_with_its_widget(form_pdf: Any) -> None:
    form = form_pdf(pages=2)
    node = form.widget((250, 216, 50, 200), page=1, T=String("nom"), FT=Name.Tx, MaxLen=12)
    form.form.Fields.append(node)
    described = inspect(form.bytes())
    assert described.to_json() == {
        "pages": 2,
        "oddities": [],
        "fields": [
            {
                "name": "nom",
                "type": "text",
                "max_length": 12,
                "comb": False,
                "multiline": False,
                "read_only": False,
                "options": [],
                "widgets": [{"page": 2, "rect": [50.0, 200.0, 250.0, 216.0]}],
            }
        ],
    }


def test_names_join_and_attributes_are_inherited(form_pdf: Any) -> None:
    form = form_pdf()
    kid = form.widget((50, 200, 250, 216), T=String("né le"))
    middle = form.group("Œillet", [kid], FT=Name.Tx, MaxLen=8, Ff=COMB | 1)
    form.form.Fields = Array()
    form.group("demandeur", [middle])
    field = only(form.bytes())
    assert field.name == "demandeur.Œillet.né le"
    assert (field.max_length, field.comb, field.read_only) == (8, True, True)


def test_one_field_many_widgets(form_pdf: Any) -> None:
    form = form_pdf(pages=3)
    form.group(
        "bas de page", [form.widget((50, 20, 150, 32), page=n) for n in range(3)], FT=Name.Tx
    )
    assert [widget.page for widget in only(form.bytes()).widgets] == [1, 2, 3]


def test_two_dictionaries_of_one_name_are_one_field(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom", (50, 200, 250, 216))
    form.text("nom", (50, 100, 250, 116))
    assert len(only(form.bytes()).widgets) == 2


@pytest.mark.parametrize(
    ("flags", "length", "comb"),
    [
        pytest.param(COMB, 5, True, id="comb"),
        pytest.param(COMB, None, False, id="no-length"),
        pytest.param(COMB, 0, False, id="length-zero"),
        pytest.param(COMB | MULTILINE, 5, False, id="multiline"),
        pytest.param(COMB | PASSWORD, 5, False, id="password"),
        pytest.param(0, 5, False, id="no-flag"),
    ],
)
def test_a_comb_is_one_only_where_it_can_be(
    form_pdf: Any, flags: int, length: int | None, comb: bool
) -> None:
    form = form_pdf()
    form.text("code", Ff=flags, **({} if length is None else {"MaxLen": length}))
    assert only(form.bytes()).comb is comb


@pytest.mark.parametrize(
    ("kind", "flags", "expected"),
    [
        pytest.param("/Tx", 0, FieldType.TEXT, id="text"),
        pytest.param("/Btn", 0, FieldType.CHECKBOX, id="checkbox"),
        pytest.param("/Btn", RADIO, FieldType.RADIO, id="radio"),
        pytest.param("/Btn", BUTTON, FieldType.BUTTON, id="button"),
        pytest.param("/Ch", COMBO, FieldType.CHOICE, id="choice"),
        pytest.param("/Sig", 0, FieldType.SIGNATURE, id="signature"),
    ],
)
def test_types(form_pdf: Any, kind: str, flags: int, expected: FieldType) -> None:
    form = form_pdf()
    node = form.widget((50, 200, 62, 212), T=String("champ"), FT=Name(kind), Ff=flags)
    form.form.Fields.append(node)
    assert only(form.bytes()).type is expected


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param(b"Oui", "Oui", id="ascii"),
        pytest.param(b"0", "0", id="zero-is-not-off"),
        pytest.param("célibataire".encode(), "célibataire", id="utf-8"),
        pytest.param(b"fran\xe7aise", "française", id="latin-1"),
        pytest.param(b"c\x9cur", "cœur", id="windows-1252"),
        pytest.param(b"l\x92\xe9tat", "l’état", id="windows-apostrophe"),
        pytest.param(b"priv\x8ee", "privée", id="macroman"),
        pytest.param(b"Depuis 1 \x88 5 ans", "Depuis 1 à 5 ans", id="macroman-spaces"),
        pytest.param(b"a#b/c(d)", "a#b/c(d)", id="delimiters"),
        pytest.param(b"Unilat\x8erale ", "Unilatérale ", id="trailing-space"),
    ],
)
def test_on_states_read_whatever_their_bytes(form_pdf: Any, raw: bytes, told: str) -> None:
    form = form_pdf()
    form.group("case", [form.box((50, 200, 62, 212), raw)], FT=Name.Btn)
    field = only(form.bytes())
    assert field.options == (told,)
    json.dumps(inspect(form.bytes()).to_json()).encode("utf-8")


def test_the_state_of_each_button(form_pdf: Any) -> None:
    form = form_pdf()
    kids = [form.box((50 + 30 * n, 200, 62 + 30 * n, 212), str(n)) for n in range(3)]
    kids[1].AS = Name("/1")
    del kids[2].AS
    form.group("choix", kids, FT=Name.Btn, Ff=RADIO, V=Name("/1"))
    field = only(form.bytes())
    assert field.options == ("0", "1", "2")
    assert [widget.state for widget in field.widgets] == ["Off", "1", "Off"]


def test_a_radio_group_and_a_check_box_of_one_name_are_told_apart(form_pdf: Any) -> None:
    form = form_pdf()
    form.group("sexe", [form.box((50, 200, 62, 212), "F")], FT=Name.Btn, Ff=RADIO)
    form.group("sexe", [form.box((90, 200, 102, 212), "M")], FT=Name.Btn)
    assert [(field.type, field.options) for field in inspect(form.bytes()).fields] == [
        (FieldType.RADIO, ("F",)),
        (FieldType.CHECKBOX, ("M",)),
    ]


def test_choices_are_told_as_they_show(form_pdf: Any) -> None:
    form = form_pdf()
    options = Array([Array([String("BRE"), String("Bretagne")]), String("Corse")])
    form.form.Fields.append(
        form.widget((50, 200, 250, 216), T=String("région"), FT=Name.Ch, Ff=COMBO, Opt=options)
    )
    assert only(form.bytes()).options == ("Bretagne", "Corse")


def test_orphan_widgets_are_fields(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    form.group("choix", [form.box((50, 100, 62, 112), "A")], FT=Name.Btn, Ff=RADIO)
    form.orphan()
    assert [field.name for field in inspect(form.bytes()).fields] == ["nom", "choix"]


def test_orphan_boxes_without_marks_have_the_states_they_would_get(form_pdf: Any) -> None:
    form = form_pdf()
    for n in range(3):
        form.widget((50, 100 + 20 * n, 62, 112 + 20 * n), T=String("choix"), FT=Name.Btn, Ff=RADIO)
    form.widget((50, 20, 62, 32), T=String("accord"), FT=Name.Btn)
    form.orphan()
    assert [field.options for field in inspect(form.bytes()).fields] == [("1", "2", "3"), ("Yes",)]


def test_a_widget_written_inside_its_page_is_a_field(form_pdf: Any) -> None:
    form = form_pdf()
    form.pdf.pages[0].obj.Annots = Array(
        [
            Dictionary(Subtype=Name.Widget, Rect=Array([1, 2, 3, 4]), T=String(name), FT=Name.Tx)
            for name in ("un", "deux")
        ]
    )
    assert [field.name for field in inspect(form.bytes()).fields] == ["un", "deux"]


def test_a_widget_that_no_page_lists_is_placed_by_its_page(form_pdf: Any) -> None:
    form = form_pdf(pages=2)
    node = form.text("nom")
    node.P = form.pdf.pages[1].obj
    del form.pdf.pages[0].obj.Annots
    assert [widget.page for widget in only(form.bytes()).widgets] == [2]


def test_trees_that_loop_end(form_pdf: Any) -> None:
    form = form_pdf()
    kid = form.text("nom")
    above = form.group("boucle", [kid])
    above.Parent = kid
    kid.Kids = Array([above, kid])
    above.Kids.append(above)
    inspect(form.bytes())


def test_a_pdf_without_a_form_asks_nothing(form_pdf: Any) -> None:
    form = form_pdf(pages=2)
    form.orphan()
    assert inspect(form.bytes()).to_json() == {
        "pages": 2,
        "oddities": ["no_fields"],
        "fields": [],
    }


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param({"Rect": String("nowhere")}, id="rectangle"),
        pytest.param({"Ff": String("many")}, id="flags"),
        pytest.param({"MaxLen": Name.Long}, id="length"),
        pytest.param({"AP": Array([]), "MK": String("x"), "BS": Array([])}, id="appearance"),
        pytest.param({"Opt": String("x"), "Kids": Dictionary()}, id="options"),
    ],
)
def test_an_entry_of_the_wrong_kind_is_passed_over(form_pdf: Any, entries: dict[str, Any]) -> None:
    form = form_pdf()
    node = form.text("nom")
    for key, value in entries.items():
        node["/" + key] = value
    assert only(form.bytes()).name == "nom"


def test_no_pdf() -> None:
    with pytest.raises(NotAPdf):
        inspect(b"PK\x03\x04 a zip")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj"]
)
def test_a_damaged_pdf(content: bytes) -> None:
    with pytest.raises(PdfDamaged):
        inspect(content)


def test_a_pdf_behind_a_password(form_pdf: Any) -> None:
    locked = form_pdf().bytes(encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(PdfEncrypted):
        inspect(locked)


def test_a_pdf_with_an_empty_password_opens(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    opened = form.bytes(encryption=pikepdf.Encryption(user="", owner="owner"))
    assert only(opened).name == "nom"


def test_a_pdf_too_large() -> None:
    with pytest.raises(PdfTooLarge):
        inspect(b"%PDF-1.7" + bytes(64 * 1024 * 1024))


def test_a_pdf_of_too_many_fields(form_pdf: Any) -> None:
    form = form_pdf()
    form.form.Fields = Array(
        form.pdf.make_indirect(Dictionary(T=String(str(number)), FT=Name.Tx))
        for number in range(20_001)
    )
    with pytest.raises(PdfTooLarge):
        inspect(form.bytes())
