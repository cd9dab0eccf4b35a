"""The sheet of a filling: nothing lost, nothing passed off, nothing lonely."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.paper.blank.code import parse_code
from exports.paper.sheets.sheet import render_sheet
from forms.catalogue import catalogue
from forms.definition import Form
from forms.filling import Filling
from forms.reader import read_form
from forms.values import display
from tests.exports.paper.conftest import TODAY, Paper, filled, words

APPLICATION = "5b0c2d58-6a3e-4e0e-9d3a-1d2f3a4b5c6d"

SMALL_FORM = """
settings: {form_id: essai, version: "1", form_title: Essai, worth: preparation}
choices:
  oui_non:
    - {name: oui, label: Oui}
    - {name: non, label: Non}
survey:
  - {type: text, name: accord, label: Mot d’accueil}
  - type: group
    name: vie
    label: Vie quotidienne
    children:
      - {type: select_one oui_non, name: loge, label: Avez-vous un logement ?, required: "yes"}
      - {type: text, name: adresse, label: Où ?, relevant: "${loge} = 'oui'"}
      - {type: date, name: depuis, label: Depuis quand ?}
      - {type: text, name: histoire, label: Que s’est-il passé ?, appearance: multiline}
  - type: repeat
    name: dettes
    label: Dettes
    children:
      - {type: text, name: creancier, label: Créancier}
      - {type: decimal, name: montant, label: Montant}
"""


def small() -> Filling:
    return Filling(read_form(SMALL_FORM, file="essai/form.yaml"), today=TODAY)


def sheet(filling: Filling, *, person_name: str = "Zoë ÜNAL-ŒILLET") -> Paper:
    return Paper(
        render_sheet(
            filling,
            application_id=APPLICATION,
            person_name=person_name,
            place="Maison d’arrêt de Valmont",
            printed_on=TODAY,
            birth_date=date(1985, 3, 12),
            prison_number="48213",
        )
    )


def test_each_relevant_question_and_its_answer_are_printed(form: Form) -> None:
    filling = filled(form.id)
    paper = sheet(filling)
    for path, question in filling.questions():
        if filling.state(path).relevant and question.label:
            assert words(question.label) in paper.text
            for line in display(question, filling.value(path)).split("\n"):
                assert words(line) in paper.text, path
    for request in filling.documents():
        assert words(request.label) in paper.text


def test_the_head_says_whom_it_is_for() -> None:
    first = sheet(small()).pages[0]
    for said in (
        "Zoë ÜNAL-ŒILLET",
        "12/03/1985",
        "48213",
        "Maison d’arrêt de Valmont",
        "23/11/2026",
    ):
        assert said in first


@pytest.mark.parametrize(
    ("form_id", "worth"),
    [
        ("election-de-domicile", "ce n’est pas le formulaire officiel (Cerfa 16029*01)"),
        ("procuration-vote", "ce n’est pas le formulaire officiel (Cerfa 14952*03)"),
        ("caf-incarceration", "C’est la lettre, une fois signée, qui est envoyée."),
    ],
)
def test_the_paper_says_what_it_is_worth(form_id: str, worth: str) -> None:
    assert worth in sheet(filled(form_id)).pages[0]


def test_what_is_not_answered_is_a_dash_and_what_is_not_asked_is_not_there() -> None:
    paper = sheet(small())
    assert "Depuis quand ? —" in paper.text
    assert "Avez-vous un logement ? — (à compléter)" in paper.text
    assert "Où ?" not in paper.text
    assert "Dettes —" in paper.text
    assert "1 à compléter" in paper.text


def test_a_long_answer_begins_under_the_questions_before_it() -> None:
    filling = small()
    filling.set("/data/vie/histoire", "Un mot encore. " * 150)
    first = sheet(filling).pages[0]
    assert "Que s’est-il passé ? Un mot encore." in first


def test_what_was_typed_wrong_is_printed_as_it_was_typed() -> None:
    filling = small()
    filling.type_in("/data/vie/depuis", "31 février 2020")
    paper = sheet(filling)
    assert "31 février 2020 (à corriger : Le 31 février n’existe pas." in paper.text
    assert "1 à corriger" in paper.text


def test_repeats_are_numbered_blocks() -> None:
    filling = small()
    for number, (creditor, amount) in enumerate((("Yann KERVELLA", 12.5), ("EDF", 80.0)), start=1):
        filling.add_repeat("/data/dettes")
        filling.set(f"/data/dettes[{number}]/creancier", creditor)
        filling.set(f"/data/dettes[{number}]/montant", amount)
    text = sheet(filling).text
    assert "Dettes, n° 1 Créancier Yann KERVELLA Montant 12,5" in text
    assert "Dettes, n° 2 Créancier EDF Montant 80" in text


def test_sections_carry_the_numbers_of_the_screen() -> None:
    filling = small()
    text = sheet(filling).text
    for number, section in enumerate(filling.sections(), start=1):
        assert f"{number}. {section.label}" in text


def test_a_long_answer_goes_over_pages_and_loses_nothing() -> None:
    source = random.Random(7)
    answer = " ".join(
        "".join(source.choices("abcdéèçœŒşğİlmnop", k=source.randint(1, 14))) for _ in range(2_400)
    )
    filling = small()
    filling.set("/data/vie/histoire", answer[:19_000])
    paper = sheet(filling)
    assert len(paper.pages) > 3
    body = "".join(
        words(page).replace("Essai · Zoë ÜNAL-ŒILLET", "").split("Essai Démarche")[0]
        for page in paper.pages
    )
    printed = body.replace(" ", "")
    assert answer[:19_000].replace(" ", "") in printed


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("m" * 2_000, id="one word of 2,000 letters"),
        pytest.param("ligne\n" * 150, id="150 lines"),
        pytest.param("a" * 319, id="one word in a row of the table"),
        pytest.param("<b>gras</b> & <para> &nbsp; </para>", id="markup"),
    ],
)
def test_odd_answers_are_printed_whole(answer: str) -> None:
    filling = small()
    filling.set("/data/vie/histoire", answer)
    printed = sheet(filling).letters
    for part in answer.replace("\n", " ").split():
        if len(part) < 60:
            assert part in printed
        else:
            assert printed.count(part[0]) >= len(part)


def test_names_of_every_origin_are_spelled_right() -> None:
    names = "Œ œ Æ æ Ÿ Ç ğ Ğ ş Ş ı İ ł Ł ț ș ő ű ž Š č ć đ ñ ã õ ø å þ ð ệ Ơ ư Ж ї Ω ’ « » – — €"
    filling = small()
    filling.set("/data/vie/histoire", names)
    assert words(names) in sheet(filling).text


def test_a_decomposed_accent_is_composed() -> None:
    filling = small()
    filling.set("/data/vie/histoire", "Zoe\u0308 U\u0308NAL")
    assert "Zoë ÜNAL" in sheet(filling).text


def test_a_character_without_a_glyph_is_owned_up_to() -> None:
    filling = small()
    assert "tient la place" not in sheet(filling).text
    filling.set("/data/vie/histoire", "Écrit 李 puis سلام")
    text = sheet(filling).text
    assert "Écrit ¤ puis ¤¤¤¤" in text
    assert "tient la place d’un caractère" in text


def test_each_page_carries_its_code(form: Form) -> None:
    paper = sheet(filled(form.id))
    for number in range(len(paper.pages)):
        (text,) = paper.codes(number)
        assert text == f"TDU1|A|{APPLICATION}|{form.id}|{form.version}|{number + 1}"
        code = parse_code(text)
        assert code is not None
        assert code.page == number + 1


def test_each_page_says_its_number_and_how_many_there_are() -> None:
    filling = small()
    filling.set("/data/vie/histoire", "mot " * 2_000)
    pages = sheet(filling).pages
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} / {len(pages)}" in page


@pytest.mark.parametrize("lines", range(0, 44, 4))
def test_the_signature_never_stands_alone(lines: int) -> None:
    filling = filled("procuration-vote")
    filling.set("/data/inscription/commune", "Valmont" + "\nmot" * lines)
    paper = sheet(filling)
    (page,) = [page for page in paper.pages if "Signature :" in page]
    assert "Fait à" in page
    assert "Pièces à joindre" in page


@pytest.mark.parametrize("debts", range(0, 30, 2))
def test_the_last_answers_stay_with_the_signature(debts: int) -> None:
    filling = small()
    for number in range(1, debts + 1):
        filling.add_repeat("/data/dettes")
        filling.set(f"/data/dettes[{number}]/creancier", f"Créancier {number}")
    last = sheet(filling).pages[-1]
    assert "Signature :" in last
    assert (f"Dettes, n° {debts} " if debts else "Dettes —") in last


def test_all_fonts_are_in_the_file(form: Form) -> None:
    fonts = sheet(filled(form.id)).fonts()
    assert fonts
    assert all(fonts.values()), fonts
    assert all("FiraGO" in name and "+" in name for name in fonts)


def test_the_metadata_names_the_form_and_nobody() -> None:
    paper = sheet(filled("procuration-vote"))
    metadata = paper.metadata()
    assert metadata["/Title"] == "Vote par procuration"
    for value in metadata.values():
        for personal in ("Zo", "NAL", "48213", "Valmont"):
            assert personal not in value


def test_the_same_answers_give_the_same_bytes() -> None:
    first = sheet(filled("caf-incarceration")).pdf
    sheet(filled("procuration-vote"), person_name="Luís DA SILVA")
    assert sheet(filled("caf-incarceration")).pdf == first


def test_the_ink_stays_where_printers_print(form: Form) -> None:
    paper = sheet(filled(form.id))
    for number in range(len(paper.pages)):
        left, top, right, bottom = paper.ink_box(number)
        assert left > 15
        assert top > 10
        assert right < 195
        assert bottom < 290


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=st.text(max_size=400))
def test_no_text_stops_the_printing(answer: str) -> None:
    filling = small()
    filling.type_in("/data/vie/histoire", answer)
    filling.type_in("/data/vie/depuis", answer)
    assert sheet(filling, person_name=answer).pages


def test_an_empty_form_of_the_catalogue_prints(form: Form) -> None:
    empty = Filling(catalogue().form(form.id), today=TODAY)
    paper = sheet(empty, person_name="")
    assert words(form.title) in paper.text
