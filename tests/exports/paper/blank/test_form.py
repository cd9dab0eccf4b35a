"""The blank form for the cell: every question with room for a pen, and told what it is worth."""

from __future__ import annotations

from functools import cache

import pytest

from exports.paper.blank.conditions import BlankConditions
from exports.paper.blank.form import render_blank, room_for_repeats
from exports.paper.blank.geometry import FieldKind
from exports.paper.sheets.numbering import is_asked, question_numbers, sections
from forms.catalogue import catalogue
from forms.definition import Form, Question, Repeat, walk
from forms.reader import read_form
from tests.exports.paper.conftest import Paper, words

COPY = "0e1f2a3b-1111-4222-8333-444455556666"

ALL_KINDS = """
settings: {form_id: essai, version: "1", form_title: Tous les genres, worth: preparation}
choices:
  avis:
    - {name: long, label: "%s"}
    - {name: court, label: Court}
  jours:
    - {name: lu, label: lundi}
    - {name: ma, label: mardi}
    - {name: me, label: mercredi}
    - {name: je, label: jeudi}
    - {name: ve, label: vendredi}
    - {name: sa, label: samedi}
    - {name: di, label: dimanche}
survey:
  - type: group
    name: tout
    label: Tout
    children:
      - {type: note, name: mot, label: Un mot d’explication.}
      - {type: select_one avis, name: avis, label: Votre avis}
      - {type: select_multiple jours, name: jours, label: Vos jours}
      - {type: decimal, name: revenu, label: Revenu}
      - {type: integer, name: age, label: Âge, constraint: ". <= 120"}
      - {type: text, name: rib, label: Compte, check: iban}
      - {type: text, name: secu, label: Sécurité sociale, check: nir}
      - {type: acknowledge, name: accord, label: J’ai compris}
      - {type: text, name: récit, label: Racontez, appearance: multiline}
      - type: group
        name: dedans
        label: Un groupe dans le groupe
        relevant: "${avis} = 'court'"
        children:
          - {type: text, name: fin, label: La fin}
""" % ("Un choix dont le libellé est assez long pour tenir sur deux lignes au moins, " * 2)


@cache
def blank(form: Form) -> Paper:
    return Paper(render_blank(form, copy_id=COPY).pdf)


def test_each_question_and_choice_has_its_place(form: Form) -> None:
    paper = blank(form)
    numbers = question_numbers(form)
    for question in form.questions():
        if is_asked(question):
            assert words(f"{numbers[question.path]} {question.label}") in paper.text
            assert words(question.hint) in paper.text
            for choice in question.choices:
                assert words(choice.label) in paper.text
    for request in form.documents:
        assert words(request.label) in paper.text


def test_there_is_room_for_two_or_three_of_a_repeat(form: Form) -> None:
    text = blank(form).text
    for node in form.children:
        if isinstance(node, Repeat):
            room = room_for_repeats(node)
            assert room in (2, 3)
            for number in range(1, room + 1):
                assert words(f"{node.label}, n° {number}") in text
            assert words(f"{node.label}, n° {room + 1}") not in text


def test_no_page_is_printed_for_the_signature_alone() -> None:
    made = render_blank(catalogue().form("procuration-vote"), copy_id=COPY)
    kinds = [field.kind for field in made.geometry.of_page(made.geometry.pages)]
    assert kinds[-1] is FieldKind.SIGNATURE
    assert len(kinds) > 1


def test_conditions_are_said_in_words() -> None:
    text = blank(catalogue().form("procuration-vote")).text
    assert (
        "Questions 2.4 et 2.5 : à remplir seulement si vous avez coché "
        "« Une liste consulaire (à l’étranger) » à la question 2.1. 2.4 Liste consulaire de *"
    ) in text
    assert "5.5 Jusqu’au * À remplir seulement si vous avez coché" in text


def test_sections_under_one_condition_say_it_once() -> None:
    text = blank(catalogue().form("procuration-vote")).text
    assert (
        "4. Personne qui votera Parties 4 et 5 : à remplir seulement si vous avez coché "
        "« Donner procuration » à la question 3.1."
    ) in text
    assert "À remplir dans le même cas que la partie 4." in text
    assert "Sinon, passez à la partie 8." in blank(catalogue().form("rsa")).text


def test_every_condition_of_the_catalogue_is_said(form: Form) -> None:
    paper = blank(form)
    conditions = BlankConditions(form, question_numbers(form))
    for section in sections(form):
        assert words(conditions.of_section(section)) in paper.text
    said = words(" ".join(paper.pages))
    for node in walk(form.children):
        if node not in form.children and (not isinstance(node, Question) or is_asked(node)):
            assert words(conditions.of_node(node)) in said


def test_a_condition_beyond_words_is_left_to_the_reader() -> None:
    text = blank(catalogue().form("acte-naissance")).text
    assert "Département de naissance À remplir si cela vous concerne." in text


@pytest.mark.parametrize(
    ("form_id", "worth"),
    [
        ("election-de-domicile", "Ce n’est pas le formulaire officiel (Cerfa 16029*01)."),
        ("caf-incarceration", "Vos réponses servent à écrire la lettre."),
    ],
)
def test_the_paper_says_what_it_is_worth(form_id: str, worth: str) -> None:
    assert worth in blank(catalogue().form(form_id)).pages[0]


def test_each_page_carries_its_code_and_number(form: Form) -> None:
    paper = blank(form)
    for number, page in enumerate(paper.pages, start=1):
        expected = f"TDU1|V|{COPY}|{form.id}|{form.version}|{number}"
        assert paper.codes(number - 1) == [expected]
        assert f"Page {number} / {len(paper.pages)}" in page
        assert COPY in page


def test_all_kinds_of_questions_have_room() -> None:
    paper = blank(read_form(ALL_KINDS, file="essai/form.yaml"))
    for said in ("Un mot d’explication.", "dimanche", "avant la virgule", "La fin", "Oui"):
        assert said in paper.text
    assert "deux lignes au moins, Un choix" in paper.text
    for number in range(len(paper.pages)):
        # The registration marks are the outermost ink.
        left, top, right, bottom = paper.ink_box(number)
        assert left > 7
        assert top > 7
        assert right < 203
        assert bottom < 290


def test_a_heading_is_followed_by_its_first_question(form: Form) -> None:
    paper = blank(form)
    asked = set(question_numbers(form).values())
    for section in sections(form):
        heading = words(f"{section.number}. {section.label}")
        if f"{section.number}.1" in asked:
            page = next(page for page in paper.pages if f" {heading} " in f" {page}")
            assert f" {section.number}.1 " in page


def test_the_same_form_gives_the_same_bytes(form: Form) -> None:
    assert render_blank(form, copy_id=COPY).pdf == blank(form).pdf


def test_all_fonts_are_in_the_file(form: Form) -> None:
    assert all(blank(form).fonts().values())
