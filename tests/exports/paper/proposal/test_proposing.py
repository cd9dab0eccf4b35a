"""What is proposed of small forms, each made for one thing."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest

from exports.paper.errors import NotAPdf, PdfTooLarge
from exports.paper.proposal import form_boxes
from exports.paper.proposal.model import Dropped, LabelSource, NothingToFill
from exports.paper.proposal.proposing import propose
from exports.paper.proposal.writing import question_names
from forms.definition import Kind
from tests.exports.paper.proposal.conftest import COMB, MULTILINE, TODAY, Proposed, Sheet

Proposing = Callable[[Sheet | bytes], Proposed]


def test_labels_are_the_print_beside_the_box_and_never_the_tooltip(
    sheet: Sheet, proposed: Proposing
) -> None:
    sheet.say(50, 700, "Nom de naissance : ______________")
    sheet.text("noms1", (140, 697, 400, 711), TU=pikepdf.String("Signature"))
    sheet.say(50, 660, "Motif de la demande")
    sheet.text("f2", (50, 600, 400, 655), Ff=MULTILINE, TU=pikepdf.String("Année"))
    sheet.text("dernier_employeur", (50, 300, 400, 315))
    sheet.text("x", (50, 200, 400, 215), TU=pikepdf.String("Métier exercé"))
    form = proposed(sheet)
    assert (form.of("noms1").label, form.of("noms1").label_from) == (
        "Nom de naissance",
        LabelSource.LEFT,
    )
    motive = form.of("f2")
    assert (motive.label, motive.label_from) == ("Motif de la demande", LabelSource.ABOVE)
    assert motive.kind is Kind.TEXT and motive.multiline
    assert form.of("dernier_employeur").label_from is LabelSource.NAME
    assert form.of("dernier_employeur").label == "Dernier employeur"
    assert form.of("x").label_from is LabelSource.TOOLTIP
    assert not form.filled()


def test_three_boxes_side_by_side_are_one_date(sheet: Sheet, proposed: Proposing) -> None:
    sheet.say(50, 700, "Date de naissance :")
    for name, left, right, limit in (("j", 150, 168, 2), ("m", 174, 192, 2), ("a", 198, 232, 4)):
        sheet.text(name, (left, 697, right, 711), MaxLen=limit)
    question = (form := proposed(sheet)).of("j")
    assert question.kind is Kind.DATE
    assert [(one.field, one.format) for one in question.fields] == [
        ("j", "%d"),
        ("m", "%m"),
        ("a", "%Y"),
    ]
    assert question.profile == "naissance.date"
    assert not form.filled()


def test_a_comb_of_eight_is_a_date_where_the_print_says_so(
    sheet: Sheet, proposed: Proposing
) -> None:
    sheet.say(50, 700, "Né(e) le :")
    sheet.text("Jour 14", (110, 697, 220, 711), Ff=COMB, MaxLen=8)
    sheet.say(50, 660, "Matricule :")
    sheet.text("Jour 15", (110, 657, 220, 671), Ff=COMB, MaxLen=8)
    form = proposed(sheet)
    assert form.of("Jour 14").kind is Kind.DATE
    assert form.of("Jour 14").fields[0].format == "%d%m%Y"
    assert form.of("Jour 15").kind is Kind.TEXT
    assert not form.filled()


def test_boxes_of_one_character_are_one_text(sheet: Sheet, proposed: Proposing) -> None:
    sheet.say(50, 700, "N° de sécurité sociale :")
    for number in range(15):
        left = 170 + number * 16
        sheet.text(f"SS {number + 1}", (left, 697, left + 12, 714))
    form = proposed(sheet)
    question = form.of("SS 1")
    assert len(form.proposal.questions) == 1
    assert [(one.start, one.length) for one in question.fields] == [
        (number, 1) for number in range(1, 16)
    ]
    assert (question.profile, question.check) == ("identifiants.nir", "nir")
    assert not form.filled(text="2 85 03 78 006 084 36")


def test_a_number_and_its_key_are_one_text(sheet: Sheet, proposed: Proposing) -> None:
    sheet.say(50, 700, "Votre n° de Sécurité sociale :")
    sheet.text("n", (200, 697, 400, 711), Ff=COMB, MaxLen=13)
    sheet.text("clé", (405, 697, 440, 711), Ff=COMB, MaxLen=2)
    form = proposed(sheet)
    assert [(one.field, one.start, one.length) for one in form.of("n").fields] == [
        ("n", 1, 13),
        ("clé", 14, 2),
    ]
    assert not form.filled(text="2 85 03 78 006 084 36")


def test_a_radio_group_asks_one_of_the_words_beside_its_buttons(
    sheet: Sheet, proposed: Proposing
) -> None:
    sheet.say(50, 700, "Vous êtes :")
    sheet.say(133, 700, "locataire")
    sheet.say(213, 700, "propriétaire")
    sheet.radio("r", [(120, 698, "0"), (200, 698, "1")])
    question = (form := proposed(sheet)).of("r")
    assert question.kind is Kind.SELECT_ONE
    assert question.label == "Vous êtes"
    assert [choice.label for choice in question.choices] == ["Locataire", "Propriétaire"]
    assert [one.state for one in question.fields] == ["0", "1"]
    assert not form.filled()


@pytest.mark.parametrize(("before", "words"), [(False, "après"), (True, "avant")])
def test_separate_boxes_that_shut_each_other_out_are_one_question(
    sheet: Sheet, proposed: Proposing, before: bool, words: str
) -> None:
    sheet.say(30, 700, "Sexe :")
    for name, left, word in (("h", 150, "Homme"), ("f", 250, "Femme")):
        sheet.box(name, left, 698)
        sheet.say(left - 36 if before else left + 13, 700, word)
    question = (form := proposed(sheet)).of("h")
    assert question is form.of("f"), words
    assert question.kind is Kind.SELECT_ONE
    assert [choice.label for choice in question.choices] == ["Homme", "Femme"]
    assert [choice.name for choice in question.choices] == ["m", "f"]
    assert question.profile == "identite.sexe"
    assert not form.filled()


def test_a_list_under_a_question_takes_several_answers(sheet: Sheet, proposed: Proposing) -> None:
    sheet.say(50, 720, "Vous recevez les aides suivantes :")
    for number, word in enumerate(("Le RSA", "Une allocation chômage", "Une pension")):
        sheet.box(word, 50, 698 - 18 * number)
        sheet.say(65, 700 - 18 * number, word)
    question = (form := proposed(sheet)).of("Le RSA")
    assert question.kind is Kind.SELECT_MULTIPLE
    assert len(question.choices) == 3
    assert not form.filled()


def test_a_box_alone_is_acknowledged(sheet: Sheet, proposed: Proposing) -> None:
    sheet.box("c", 50, 698)
    sheet.say(65, 700, "Je certifie l’exactitude de ma déclaration.")
    form = proposed(sheet)
    assert form.of("c").kind is Kind.ACKNOWLEDGE
    assert form.of("c").label == "Je certifie l’exactitude de ma déclaration"
    assert not form.filled()


def test_headings_are_sections_and_other_people_are_not_linked(
    sheet: Sheet, proposed: Proposing
) -> None:
    sheet.say(50, 790, "Demande d’aide", size=20)
    for number, (heading, name) in enumerate((("Vous-même", "moi"), ("Votre conjoint", "elle"))):
        y = 740 - 120 * number
        sheet.say(50, y, heading, size=14, bold=True)
        sheet.say(50, y - 30, "Prénoms :")
        sheet.text(name, (120, y - 33, 400, y - 19))
        sheet.say(50, y - 60, "Nombre d’enfants :")
        sheet.text(f"{name} n", (150, y - 63, 200, y - 49))
    form = proposed(sheet)
    assert form.proposal.title == "Demande d’aide"
    assert (form.of("moi").section, form.of("moi").profile) == ("Vous-même", "identite.prenoms")
    assert (form.of("elle").section, form.of("elle").profile) == ("Votre conjoint", None)
    assert form.of("moi n").kind is Kind.INTEGER
    assert question_names(form.proposal) == ("prenoms", "nombre_enfants", "prenoms_2",
                                             "nombre_enfants_2")  # fmt: skip
    assert not form.filled()


def test_what_an_office_fills_is_left_to_it(sheet: Sheet, proposed: Proposing) -> None:
    sheet.say(50, 740, "Nom :")
    sheet.text("nom", (120, 737, 400, 751))
    sheet.say(50, 700, "Cadre réservé à l’administration", size=14, bold=True)
    sheet.say(50, 670, "Avis :")
    sheet.text("avis", (120, 667, 400, 681))
    sheet.text("fixe", (120, 600, 400, 615), Ff=1)
    form = proposed(sheet)
    assert form.of("nom").dropped is None
    assert form.of("avis").dropped is Dropped.OFFICE
    assert form.proposal.left_out == ("fixe",)
    assert not form.filled()


def test_the_same_person_on_a_second_page_is_asked_once(sheet: Sheet, proposed: Proposing) -> None:
    for number in (1, 2):
        sheet.say(50, 740, "Renseignements sur le demandeur", size=14, bold=True)
        sheet.say(50, 700, "Prénoms :")
        sheet.text(f"prénoms {number}", (120, 697, 400, 711))
        if number == 1:
            sheet.page()
    form = proposed(sheet)
    assert len(form.proposal.questions) == 1
    assert [spot.page for spot in form.of("prénoms 1").spots] == [1, 2]
    assert not form.filled()


def test_a_choice_field_writes_its_own_words(sheet: Sheet, proposed: Proposing) -> None:
    sheet.say(50, 700, "Pays :")
    options = pikepdf.Array(
        pikepdf.String(word) for word in ("France", "Côte d’Ivoire", 'L\'"autre"')
    )
    sheet.boxes.append(
        (0, {"T": pikepdf.String("pays"), "FT": pikepdf.Name.Ch, "Ff": 1 << 17, "Opt": options,
             "Rect": pikepdf.Array((100, 697, 300, 713))})
    )  # fmt: skip
    form = proposed(sheet)
    assert form.of("pays").kind is Kind.SELECT_ONE
    assert not form.filled()


def test_a_column_of_a_table_is_named_by_its_head_and_its_row(
    sheet: Sheet, proposed: Proposing
) -> None:
    sheet.say(200, 740, "Parent 1")
    sheet.say(350, 740, "Parent 2")
    for row, word in enumerate(("Nom :", "Prénom :")):
        y = 710 - row * 24
        sheet.say(50, y, word)
        sheet.text(f"1{word}", (180, y - 3, 320, y + 11))
        sheet.text(f"2{word}", (330, y - 3, 470, y + 11))
    form = proposed(sheet)
    assert form.of("1Prénom :").label == "Prénom – Parent 1"
    assert form.of("2Nom :").label == "Nom – Parent 2"
    assert not form.filled()


def test_nothing_to_fill_is_said(sheet: Sheet) -> None:
    sheet.say(50, 700, "Une page de lecture.")
    sheet.text("fixe", (120, 600, 400, 615), Ff=1)
    with pytest.raises(NothingToFill):
        propose(sheet.bytes(), today=TODAY)
    with pytest.raises(NotAPdf):
        propose(b"not a PDF", today=TODAY)


def test_a_form_of_too_many_boxes_is_refused(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_boxes, "MAXIMUM_BOXES", 3)
    for number in range(4):
        sheet.text(f"f{number}", (50, 100 + 20 * number, 200, 114 + 20 * number))
    with pytest.raises(PdfTooLarge):
        propose(sheet.bytes(), today=TODAY)


@pytest.mark.parametrize(
    "name", ["", "\x00\x07", "${x} or 1", "'\" : - {", "é" * 4000, "النموذج", "١٢٣", "a\nb"]
)
def test_field_names_of_any_kind_come_through(sheet: Sheet, proposed: Proposing, name: str) -> None:
    sheet.say(50, 700, "Prénoms :")
    sheet.text("prénoms", (120, 697, 400, 711))
    sheet.text(name, (120, 100, 400, 114), TU=pikepdf.String(name))
    sheet.box(f"{name}c", 50, 300)
    assert not proposed(sheet).filled()
