"""What is ticked, seen where it belongs, whatever the form: check boxes and radio buttons."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exports.paper.official.fields import inspect
from exports.paper.official.filling import FillReason, fill

RADIO = 1 << 15
PLACES = [(50 + 40 * number, 200, 62 + 40 * number, 212) for number in range(4)]


def reasons(content: bytes, values: dict[str, str | bool]) -> list[tuple[str, FillReason]]:
    return [(one.field, one.reason) for one in fill(content, values).problems]


def ticked(seen: Any, content: bytes) -> list[int]:
    shown = seen(content)
    return [number for number, place in enumerate(PLACES) if shown.ink(place) > 0.05]


@pytest.mark.parametrize("value", [True, "Oui", "/Oui", "oui"])
def test_a_check_box(form_pdf: Any, seen: Any, value: str | bool) -> None:
    form = form_pdf()
    form.group("accord", [form.box(PLACES[0], "Oui")], FT=Name.Btn)
    filled = fill(form.bytes(), {"accord": value})
    assert (filled.problems, ticked(seen, filled.pdf)) == ((), [0])
    (field,) = inspect(filled.pdf).fields
    assert field.widgets[0].state == "Oui"


@pytest.mark.parametrize("value", [False, "Off"])
def test_a_check_box_is_cleared(form_pdf: Any, seen: Any, value: str | bool) -> None:
    form = form_pdf()
    kid = form.box(PLACES[0], "Oui")
    kid.AS = Name.Oui
    form.group("accord", [kid], FT=Name.Btn, V=Name.Oui)
    filled = fill(form.bytes(), {"accord": value})
    assert (filled.problems, ticked(seen, filled.pdf)) == ((), [])
    assert inspect(filled.pdf).fields[0].widgets[0].state == "Off"


@pytest.mark.parametrize("flags", [RADIO, 0], ids=["radio", "check-boxes"])
def test_one_of_a_group(form_pdf: Any, seen: Any, flags: int) -> None:
    form = form_pdf()
    kids = [form.box(place, str(number)) for number, place in enumerate(PLACES)]
    kids[3].AS = Name("/3")
    form.group("choix", kids, FT=Name.Btn, Ff=flags, V=Name("/3"))
    filled = fill(form.bytes(), {"choix": "0"})
    assert (filled.problems, ticked(seen, filled.pdf)) == ((), [0])
    with pikepdf.open(io.BytesIO(filled.pdf)) as pdf:
        assert pdf.Root.AcroForm.Fields[0].V == "/0"


@pytest.mark.parametrize(
    "raw", [b"c\xe9libataire", b"priv\x8ee", b"Bilat\x8erale ", "marié".encode(), b"a#(/"]
)
def test_the_very_bytes_of_an_on_state_come_back(form_pdf: Any, seen: Any, raw: bytes) -> None:
    form = form_pdf()
    form.group("état", [form.box(PLACES[0], b"autre"), form.box(PLACES[1], raw)], FT=Name.Btn)
    content = form.bytes()
    option = inspect(content).fields[0].options[1]
    filled = fill(content, {"état": option})
    assert (filled.problems, ticked(seen, filled.pdf)) == ((), [1])
    assert inspect(filled.pdf).fields[0].widgets[1].state == option


def test_widgets_that_share_a_state_are_ticked_together(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.group("copie", [form.box(place, "Oui") for place in PLACES[:2]], FT=Name.Btn)
    assert ticked(seen, fill(form.bytes(), {"copie": True}).pdf) == [0, 1]


def test_true_means_yes_where_the_form_has_a_yes(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.group("mineur", [form.box(PLACES[0], "non"), form.box(PLACES[1], "Oui")], FT=Name.Btn)
    assert ticked(seen, fill(form.bytes(), {"mineur": True}).pdf) == [1]


@pytest.mark.parametrize("value", [True, "divorcé", ""])
def test_a_value_that_is_no_box_is_reported(form_pdf: Any, seen: Any, value: str | bool) -> None:
    form = form_pdf()
    form.group("état", [form.box(PLACES[0], "marié"), form.box(PLACES[1], "veuf")], FT=Name.Btn)
    filled = fill(form.bytes(), {"état": value})
    assert [one.reason for one in filled.problems] == [FillReason.NOT_AN_OPTION]
    assert ticked(seen, filled.pdf) == []


@pytest.mark.parametrize(("value", "place"), [("F", 0), ("M", 1)])
def test_a_radio_group_and_a_check_box_of_one_name(
    form_pdf: Any, seen: Any, value: str, place: int
) -> None:
    form = form_pdf()
    form.group("sexe", [form.box(PLACES[0], "F")], FT=Name.Btn, Ff=RADIO)
    form.group("sexe", [form.box(PLACES[1], "M")], FT=Name.Btn)
    filled = fill(form.bytes(), {"sexe": value})
    assert (filled.problems, ticked(seen, filled.pdf)) == ((), [place])


def test_a_text_and_a_check_box_of_one_name(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.group("autre", [form.box(PLACES[0], "Oui")], FT=Name.Btn)
    form.text("autre", (50, 100, 250, 116))
    filled = fill(form.bytes(), {"autre": "Kervella"})
    assert seen(filled.pdf).text((50, 100, 250, 116)) == "Kervella"
    assert ticked(seen, fill(form.bytes(), {"autre": True}).pdf) == [0]


def test_states_that_are_numbered_take_their_meanings(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    kids = [form.box(PLACES[0], "0"), form.box(PLACES[1], "1")]
    meanings = Array([String("locataire"), String("hébergée")])
    form.group("logement", kids, FT=Name.Btn, Ff=RADIO, Opt=meanings)
    assert ticked(seen, fill(form.bytes(), {"logement": "hébergée"}).pdf) == [1]


@pytest.mark.parametrize(
    "looks",
    [
        pytest.param(None, id="no-appearance"),
        pytest.param(b"", id="empty"),
        pytest.param(b"q 1 g 2 2 8 8 re f Q % white on white", id="white"),
        pytest.param(b"BT /ZaDb 10 Tf 2 2 Td (4) Tj ET % no such font", id="lost-font"),
    ],
)
def test_a_mark_that_does_not_show_is_drawn_by_us(
    form_pdf: Any, seen: Any, looks: bytes | None
) -> None:
    form = form_pdf()
    kid = form.box(PLACES[0], "Oui")
    if looks is None:
        del kid.AP
    else:
        kid.AP.N.Oui = form.pdf.make_stream(
            looks, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 12, 12])
        )
    form.group("accord", [kid], FT=Name.Btn)
    filled = fill(form.bytes(), {"accord": True})
    assert (filled.problems, ticked(seen, filled.pdf)) == ((), [0])


def test_orphan_boxes_become_one_group(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    for place in PLACES[:3]:
        form.widget(place, T=String("choix"), FT=Name.Btn, Ff=RADIO)
    form.orphan()
    filled = fill(form.bytes(), {"choix": "2"})
    assert (filled.problems, ticked(seen, filled.pdf)) == ((), [1])
    with pikepdf.open(io.BytesIO(filled.pdf)) as pdf:
        (group,) = pdf.Root.AcroForm.Fields
        assert len(group.Kids) == 3
        assert [sorted(kid.AP.N.keys()) for kid in group.Kids] == [
            ["/1", "/Off"],
            ["/2", "/Off"],
            ["/3", "/Off"],
        ]
    again = fill(filled.pdf, {"choix": "3"})
    assert (again.problems, ticked(seen, again.pdf)) == ((), [2])


def test_a_tick_on_a_turned_page(form_pdf: Any, seen: Any) -> None:
    form = form_pdf(rotate=90, media_box=(10, 20, 410, 320))
    kid = form.widget(PLACES[0], MK=Dictionary(R=90, CA=String("4")))
    form.group("accord", [kid], FT=Name.Btn)
    filled = fill(form.bytes(), {"accord": True})
    assert (filled.problems, ticked(seen, filled.pdf)) == ((), [0])


@pytest.mark.parametrize(("size", "ours"), [(4, True), (8, False)])
def test_a_mark_tiny_in_its_box_is_drawn_anew(form_pdf: Any, size: int, ours: bool) -> None:
    form = form_pdf()
    kid = form.box(PLACES[0], "Oui")
    kid.AP.N.Oui = form.pdf.make_stream(
        b"BT /ZaDb %d Tf 4 4 Td (4) Tj ET" % size,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 12, 12]),
        Resources=Dictionary(
            Font=Dictionary(
                ZaDb=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
            )
        ),
    )
    form.group("accord", [kid], FT=Name.Btn)
    filled = fill(form.bytes(), {"accord": True})
    assert filled.problems == ()
    with pikepdf.open(io.BytesIO(filled.pdf)) as pdf:
        drawn = pdf.Root.AcroForm.Fields[0].Kids[0].AP.N.Oui.read_bytes()
    assert (b"ZaDb" not in drawn) is ours
