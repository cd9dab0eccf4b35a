"""What is filled in, seen where it belongs, whatever the form: text."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from exports.paper.errors import NotAPdf
from exports.paper.official.fields import inspect
from exports.paper.official.filling import FillReason, fill

COMB, MULTILINE, COMBO, EDITABLE = 1 << 24, 1 << 12, 1 << 17, 1 << 18
BOX = (50, 200, 250, 216)
NAME = "Zoë Ünal-Œillet"


def reasons(content: bytes, values: dict[str, str | bool]) -> list[tuple[str, FillReason]]:
    return [(one.field, one.reason) for one in fill(content, values).problems]


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param(NAME, "ZoëÜnal-Œillet", id="french"),
        pytest.param("Çağlar İşık Łukasz Țepeș Öztürk", "ÇağlarİşıkŁukaszȚepeșÖztürk", id="europe"),
        pytest.param("Zoe\u0308 U\u0308nal", "ZoëÜnal", id="decomposed"),
        pytest.param("ʿAbd al-Ḥamīd ʾAḫmad", "ʿAbdal-ḤamīdʾAḫmad", id="transliteration"),
        pytest.param("Нгуен Ґалаґан", "НгуенҐалаґан", id="cyrillic"),
        pytest.param("Nguyễn Thị Ánh", "NguyễnThịÁnh", id="vietnamese"),
        pytest.param("l’été « à 5 € » – n° 12²", "l’été«à5€»–n°12²", id="signs"),
        pytest.param("12\u202f500\u00a0€ non\u2011lu\u200b", "12500€non-lu", id="odd-spaces"),
    ],
)
def test_every_letter_shows(form_pdf: Any, seen: Any, text: str, read: str) -> None:
    form = form_pdf()
    form.text("nom")
    filled = fill(form.bytes(), {"nom": text})
    assert filled.problems == ()
    assert seen(filled.pdf).text(BOX).replace("5²", "5²") == read


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("زويا أونال", id="arabic"),
        pytest.param("محمد 12 Zoë", id="arabic-and-latin"),
        pytest.param("שלום", id="hebrew"),
        pytest.param("q̈ ń̂", id="loose-diacritics"),
        pytest.param("राम", id="devanagari"),
    ],
)
def test_joined_scripts_show(form_pdf: Any, seen: Any, text: str) -> None:
    form = form_pdf()
    form.text("nom")
    filled = fill(form.bytes(), {"nom": text})
    assert filled.problems == ()
    assert seen(filled.pdf).ink(BOX) > 0.01


def test_a_letter_no_face_has_is_reported_never_a_box(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    form.text("ville", (50, 100, 250, 116))
    filled = fill(form.bytes(), {"nom": "中文", "ville": "Brest"})
    assert [(one.field, one.reason) for one in filled.problems] == [("nom", FillReason.NO_GLYPH)]
    assert filled.problems[0].message == (
        "Champ «\u00a0nom\u00a0»\u00a0: un caractère de la réponse ne peut pas être imprimé."
    )


def test_the_value_is_kept_beside_its_look(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    with opened(fill(form.bytes(), {"nom": NAME}).pdf) as pdf:
        (node,) = pdf.Root.AcroForm.Fields
        assert str(node.V) == NAME
        assert node.AP.N.Resources.Font["/TdU"].Encoding == "/Identity-H"
        assert "/FontFile2" in node.AP.N.Resources.Font["/TdU"].DescendantFonts[0].FontDescriptor


def test_what_would_hide_the_values_goes_and_scripts_stay(form_pdf: Any) -> None:
    form = form_pdf()
    script = Dictionary(C=Dictionary(S=Name.JavaScript, JS=String("1+1")))
    node = form.text("total", AA=script)
    form.form.XFA = form.pdf.make_stream(b"<xdp/>")
    form.form.SigFlags = 3
    form.form.NeedAppearances = True
    form.form.CO = Array([node])
    form.pdf.Root.Perms = Dictionary(UR3=Dictionary(Type=Name.Sig))
    form.pdf.Root.NeedsRendering = True
    with opened(fill(form.bytes(), {"total": "12"}).pdf) as pdf:
        assert "/Perms" not in pdf.Root
        assert "/NeedsRendering" not in pdf.Root
        assert not {"/XFA", "/SigFlags", "/NeedAppearances"} & set(pdf.Root.AcroForm.keys())
        assert pdf.Root.AcroForm.Fields[0].AA.C.S == "/JavaScript"
        assert len(pdf.Root.AcroForm.CO) == 1


def test_a_value_the_form_held_does_not_vanish(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("préfecture", V=String("Finistère"))
    form.text("nom", (50, 100, 250, 116))
    form.form.NeedAppearances = True
    assert seen(fill(form.bytes(), {"nom": NAME}).pdf).text(BOX) == "Finistère"


def test_the_same_input_gives_the_same_bytes(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    content = form.bytes()
    assert fill(content, {"nom": NAME}).pdf == fill(content, {"nom": NAME}).pdf


def test_filling_again_replaces(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom")
    first = fill(form.bytes(), {"nom": "Premier"}).pdf
    assert seen(fill(first, {"nom": "Second"}).pdf).text(BOX) == "Second"


def test_filling_with_nothing_empties(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom")
    first = fill(form.bytes(), {"nom": "Premier"}).pdf
    emptied = fill(first, {"nom": ""})
    assert (emptied.problems, seen(emptied.pdf).text(BOX)) == ((), "")


def test_all_widgets_of_a_field_show_the_value(form_pdf: Any, seen: Any) -> None:
    form = form_pdf(pages=3)
    kids = [form.widget((50, 20, 150, 32), page=number) for number in range(3)]
    form.group("bas", kids, FT=Name.Tx)
    filled = seen(fill(form.bytes(), {"bas": NAME}).pdf)
    assert [filled.text((50, 20, 150, 32), number) for number in range(3)] == 3 * ["ZoëÜnal-Œillet"]


def test_both_fields_of_one_name_take_the_value(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom", BOX)
    form.text("nom", (50, 100, 250, 116))
    filled = seen(fill(form.bytes(), {"nom": "Kervella"}).pdf)
    assert (filled.text(BOX), filled.text((50, 100, 250, 116))) == ("Kervella", "Kervella")


def test_a_comb_has_one_letter_in_the_middle_of_each_cell(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("né le", Ff=COMB, MaxLen=8, MK=Dictionary(BC=Array([0])))
    letters = seen(fill(form.bytes(), {"né le": "12031985"}).pdf).letters(BOX)
    assert "".join(letter.text for letter in letters) == "12031985"
    for number, letter in enumerate(letters):
        middle = 50 + 25 * (number + 0.5)
        assert abs((letter.left + letter.right) / 2 - middle) < 1.5


def test_a_comb_keeps_its_empty_cells(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("né le", Ff=COMB, MaxLen=8)
    letters = seen(fill(form.bytes(), {"né le": "12  1985"}).pdf).letters(BOX)
    assert [round((letter.left - 50) // 25) for letter in letters] == [0, 1, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("quadding", "side"),
    [pytest.param(0, "left", id="left"), (1, "centre"), (2, "right")],
)
@pytest.mark.parametrize("flags", [0, MULTILINE])
def test_quadding(form_pdf: Any, seen: Any, quadding: int, side: str, flags: int) -> None:
    form = form_pdf()
    form.text("nom", Q=quadding, Ff=flags)
    letters = seen(fill(form.bytes(), {"nom": "Anne"}).pdf).letters(BOX)
    left, right = letters[0].left - 50, 250 - letters[-1].right
    found = "left" if left < 5 else "right" if right < 5 else "centre"
    assert found == side
    if side == "centre":
        assert abs(left - right) < 2


def height(seen: Any, content: bytes) -> float:
    letters = seen(content).letters(BOX)
    return float(letters[0].top - letters[0].bottom)


def test_the_size_asked_for_is_kept_then_shrunk_to_fit(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom", DA=String("/Helv 11 Tf 0 g"))
    content = form.bytes()
    whole = height(seen, fill(content, {"nom": "HH"}).pdf)
    shrunk = height(seen, fill(content, {"nom": "H" * 40}).pdf)
    assert whole == pytest.approx(11 * 0.689, abs=0.4)
    assert 6 * 0.689 - 0.4 <= shrunk < whole


def test_the_size_is_chosen_where_the_form_leaves_it(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom", DA=String("/Helv 0 Tf 0 g"))
    assert height(seen, fill(form.bytes(), {"nom": "HH"}).pdf) == pytest.approx(7.7, abs=0.6)


def test_too_long_for_the_box_is_reported_and_the_rest_is_filled(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom")
    form.text("code", (50, 150, 250, 166), MaxLen=3)
    form.text("ville", (50, 100, 250, 116))
    filled = fill(
        form.bytes(), {"nom": "Ünal " * 30, "code": "1234", "ville": "Brest", "inconnu": "x"}
    )
    assert [(one.field, one.reason) for one in filled.problems] == [
        ("nom", FillReason.DOES_NOT_FIT),
        ("code", FillReason.TOO_LONG),
        ("inconnu", FillReason.UNKNOWN_FIELD),
    ]
    shown = seen(filled.pdf)
    assert shown.text(BOX) == shown.text((50, 150, 250, 166)) == ""
    assert shown.text((50, 100, 250, 116)) == "Brest"


def test_lines_wrap_and_shrink_and_stay_inside(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    box = (50, 150, 250, 210)
    form.text("ayants droit", box, Ff=MULTILINE)
    lines = "\n".join(f"{NAME}, né le 12/03/198{n}, à İzmir en Turquie" for n in range(4))
    filled = fill(form.bytes(), {"ayants droit": lines})
    assert filled.problems == ()
    assert seen(filled.pdf).text(box) == lines.replace(" ", "").replace("\n", "")


def test_the_same_line_twice_is_read_twice(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("lieux", (50, 150, 350, 210), Ff=MULTILINE)
    line = "Ünal, Brest (Finistère) le 12 mars 1985 à İzmir"
    assert reasons(form.bytes(), {"lieux": f"{line}\n{line}\n{line}"}) == []


def test_a_word_too_wide_for_its_lines_is_reported(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("lieu", (50, 150, 110, 210), Ff=MULTILINE)
    wanted: dict[str, str | bool] = {"lieu": "Anticonstitutionnellement-et-longuement"}
    assert reasons(form.bytes(), wanted) == [("lieu", FillReason.DOES_NOT_FIT)]


@pytest.mark.parametrize("page_turned", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [None, 0, 90, 180, 270])
@pytest.mark.parametrize("origin", [(0, 0), (-30, 40)], ids=["plain", "shifted"])
def test_turned_pages_and_widgets(
    form_pdf: Any, page_turned: int, turned: int | None, origin: tuple[int, int]
) -> None:
    box = (origin[0] + 190, origin[1] + 60, origin[0] + 210, origin[1] + 240)
    page = (origin[0], origin[1], origin[0] + 400, origin[1] + 300)
    form = form_pdf(media_box=page, rotate=page_turned)
    upright = turned in (0, 180) or (turned is None and page_turned in (0, 180))
    form.text("nom", box, **({} if turned is None else {"MK": Dictionary(R=turned)}))
    form.group(
        "case",
        [form.box((origin[0] + 20, origin[1] + 20, origin[0] + 32, origin[1] + 32), "Oui")],
        FT=Name.Btn,
    )
    assert reasons(form.bytes(), {"nom": "Ün" if upright else NAME, "case": True}) == []


def test_a_turned_widget_reads_along_its_page(form_pdf: Any, seen: Any) -> None:
    form = form_pdf(rotate=270)
    box = (190, 60, 210, 240)
    form.text("nom", box)
    filled = fill(form.bytes(), {"nom": NAME}).pdf
    letters = seen(filled).letters(box)
    assert [letter.bottom for letter in letters] == sorted(
        (letter.bottom for letter in letters), reverse=True
    )
    with opened(filled) as pdf:
        assert pdf.Root.AcroForm.Fields[0].MK.R == 270


def test_background_and_border_stay(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    looks = Dictionary(BG=Array([1, 1, 0]), BC=Array([0, 0, 1]))
    form.text("nom", MK=looks, BS=Dictionary(W=2))
    shown = seen(fill(form.bytes(), {"nom": "A"}).pdf)
    assert shown.ink((150, 203, 240, 213)) > 0.02
    assert shown.ink((51, 200, 249, 201.5)) > 0.5


@pytest.mark.parametrize(
    "hidden", [2, 32, 1, 0], ids=["hidden", "no-view", "invisible", "unprinted"]
)
def test_a_hidden_widget_that_is_filled_shows(form_pdf: Any, seen: Any, hidden: int) -> None:
    form = form_pdf()
    form.text("nom").F = hidden
    assert seen(fill(form.bytes(), {"nom": "Kervella"}).pdf).text(BOX) == "Kervella"


def test_a_field_that_no_page_shows_is_reported(form_pdf: Any) -> None:
    form = form_pdf()
    form.form.Fields.append(form.pdf.make_indirect(Dictionary(T=String("nom"), FT=Name.Tx)))
    assert reasons(form.bytes(), {"nom": NAME}) == [("nom", FillReason.NOT_VISIBLE)]


def test_a_box_outside_the_page_is_reported(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom", (50, 400, 250, 416))
    form.group("case", [form.box((500, 20, 512, 32), "Oui")], FT=Name.Btn)
    assert reasons(form.bytes(), {"nom": NAME, "case": True}) == [
        ("case", FillReason.NOT_VISIBLE),
    ] or reasons(form.bytes(), {"nom": NAME, "case": True}) == [
        ("nom", FillReason.NOT_VISIBLE),
        ("case", FillReason.NOT_VISIBLE),
    ]


def test_a_widget_that_no_page_lists_is_put_on_its_page(form_pdf: Any, seen: Any) -> None:
    form = form_pdf(pages=2)
    form.text("nom").P = form.pdf.pages[1].obj
    del form.pdf.pages[0].obj.Annots
    filled = fill(form.bytes(), {"nom": "Kervella"})
    assert (filled.problems, seen(filled.pdf).text(BOX, 1)) == ((), "Kervella")


def test_orphans_are_adopted(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom", DA=String("/ArialMT 9 Tf 0 g"))
    form.orphan()
    filled = fill(form.bytes(), {"nom": NAME})
    assert (filled.problems, seen(filled.pdf).text(BOX)) == ((), "ZoëÜnal-Œillet")
    with opened(filled.pdf) as pdf:
        assert str(pdf.Root.AcroForm.Fields[0].T) == "nom"
        assert pdf.Root.AcroForm.DR.Font["/ArialMT"].BaseFont == "/Helvetica"


def test_an_orphan_beside_listed_fields_is_adopted(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    form.widget((50, 100, 250, 116), T=String("oublié"), FT=Name.Tx)
    filled = fill(form.bytes(), {"nom": NAME, "oublié": NAME})
    assert filled.problems == ()
    with opened(filled.pdf) as pdf:
        assert [str(node.T) for node in pdf.Root.AcroForm.Fields] == ["nom", "oublié"]


def test_a_form_without_default_resources(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    del form.form.DA
    del form.form.DR
    filled = fill(form.bytes(), {"nom": NAME})
    assert filled.problems == ()
    with opened(filled.pdf) as pdf:
        assert str(pdf.Root.AcroForm.DA) == "/Helv 0 Tf 0 g"
        assert pdf.Root.AcroForm.DR.Font.Helv.BaseFont == "/Helvetica"


def test_an_encrypted_form_with_an_empty_password(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    locked = form.bytes(encryption=pikepdf.Encryption(user="", owner="owner"))
    filled = fill(locked, {"nom": NAME})
    assert filled.problems == ()
    with opened(filled.pdf) as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize(
    ("value", "stored", "shown"),
    [
        pytest.param("Bretagne", "BRE", "Bretagne", id="as-shown"),
        pytest.param("BRE", "BRE", "Bretagne", id="as-stored"),
        pytest.param("Corse", "Corse", "Corse", id="plain"),
    ],
)
@pytest.mark.parametrize("flags", [COMBO, 0], ids=["combo", "list"])
def test_a_choice(
    form_pdf: Any, seen: Any, value: str, stored: str, shown: str, flags: int
) -> None:
    form = form_pdf()
    box = (50, 160, 250, 216)
    options = Array([Array([String("BRE"), String("Bretagne")]), String("Corse")])
    form.form.Fields.append(
        form.widget(box, T=String("région"), FT=Name.Ch, Ff=flags, Opt=options, I=Array([1]))
    )
    filled = fill(form.bytes(), {"région": value})
    assert (filled.problems, seen(filled.pdf).text(box)) == ((), shown)
    with opened(filled.pdf) as pdf:
        assert str(pdf.Root.AcroForm.Fields[0].V) == stored


def test_a_choice_that_is_not_offered(form_pdf: Any) -> None:
    form = form_pdf()
    options = Array([String("Corse")])
    for name, flags in (("fermé", COMBO), ("ouvert", COMBO | EDITABLE)):
        form.form.Fields.append(form.widget(BOX, T=String(name), FT=Name.Ch, Ff=flags, Opt=options))
    assert reasons(form.bytes(), {"fermé": "Brest", "ouvert": "Brest"}) == [
        ("fermé", FillReason.NOT_AN_OPTION)
    ]


@pytest.mark.parametrize(
    "entries", [{"FT": Name.Sig}, {"FT": Name.Btn, "Ff": 1 << 16}], ids=["signature", "button"]
)
def test_signatures_and_buttons_are_left_alone(form_pdf: Any, entries: dict[str, Any]) -> None:
    form = form_pdf()
    form.form.Fields.append(form.widget(BOX, T=String("signer"), **entries))
    content = form.bytes()
    assert reasons(content, {"signer": "x"}) == [("signer", FillReason.NOT_FILLABLE)]
    with opened(fill(content, {}).pdf) as pdf:
        assert "/AP" not in pdf.Root.AcroForm.Fields[0]


def test_a_text_where_true_is_given(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    assert reasons(form.bytes(), {"nom": True}) == [("nom", FillReason.NOT_AN_OPTION)]


def test_a_pdf_without_fields_comes_back(form_pdf: Any) -> None:
    form = form_pdf(pages=2)
    form.orphan()
    filled = fill(form.bytes(), {"nom": "x"})
    assert [one.reason for one in filled.problems] == [FillReason.UNKNOWN_FIELD]
    assert inspect(filled.pdf).pages == 2


def test_an_accent_beside_its_letter_names_the_same_field(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("pre\u0301nom", (50, 200, 60, 210))
    assert reasons(form.bytes(), {"pr\u00e9nom": "Z"}) == []
    assert reasons(form.bytes(), {"pr\u00e9nom": NAME}) == [
        ("pr\u00e9nom", FillReason.DOES_NOT_FIT)
    ]


def test_a_look_that_is_turned_stays_turned(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    box = (190, 60, 210, 240)
    look = form.pdf.make_stream(
        b"", Subtype=Name.Form, BBox=Array([0, 0, 180, 20]), Matrix=Array([0, 1, -1, 0, 20, 0])
    )
    form.text("nom", box, AP=Dictionary(N=look))
    letters = seen(fill(form.bytes(), {"nom": NAME}).pdf).letters(box)
    assert len(letters) == 14
    assert [letter.bottom for letter in letters] == sorted(letter.bottom for letter in letters)


def test_a_note_laid_over_a_field_is_not_taken_for_its_value(form_pdf: Any) -> None:
    form = form_pdf()
    form.text("nom")
    note = form.widget(BOX, Contents=String("note"))
    note.Subtype = Name.FreeText
    note.AP = fill_look(form, b"BT /F 9 Tf 4 4 Td (note) Tj ET")
    assert reasons(form.bytes(), {"nom": NAME}) == []


def fill_look(form: Any, content: bytes) -> Any:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    look = form.pdf.make_stream(
        content,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 16]),
        Resources=Dictionary(Font=Dictionary(F=font)),
    )
    return Dictionary(N=look)


def test_no_pdf() -> None:
    with pytest.raises(NotAPdf):
        fill(b"nothing", {})


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"]),
        max_size=60,
    ),
    flags=st.sampled_from([0, MULTILINE, COMB]),
)
def test_any_french_or_european_text_shows_or_is_reported(
    form_pdf: Any, seen: Any, text: str, flags: int
) -> None:
    form = form_pdf()
    box = (50, 150, 250, 200)
    form.text("champ", box, Ff=flags, MaxLen=30)
    filled = fill(form.bytes(), {"champ": text})
    if len(text) > 30:
        assert {one.reason for one in filled.problems} == {FillReason.TOO_LONG}
    else:
        assert {one.reason for one in filled.problems} <= {FillReason.DOES_NOT_FIT}
