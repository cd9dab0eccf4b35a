"""Conditions in words: the expression on the left, what the person with a pen reads."""

from __future__ import annotations

import pytest

from exports.paper.blank.condition import condition_in_words
from exports.paper.sheets.numbering import question_numbers, sections
from forms.definition import Form
from forms.reader import read_form
from tests.exports.paper.conftest import words

FORM = """
settings: {form_id: essai, version: "1", form_title: Essai, worth: preparation}
choices:
  oui_non:
    - {name: oui, label: Oui}
    - {name: non, label: Non}
survey:
  - type: group
    name: foyer
    label: Foyer
    children:
      - {type: note, name: mot, label: Bonjour}
      - {type: select_one oui_non, name: couple, label: En couple ?}
      - {type: select_multiple oui_non, name: aides, label: Quelles aides ?}
      - {type: integer, name: enfants, label: Combien d’enfants ?}
      - {type: text, name: ville, label: Quelle ville ?}
      - {type: calculate, name: parts, label: Parts, calculation: "${enfants} + 1"}
      - {type: calculate, name: suite, calculation: "if(${couple} = 'oui', 'oui', 'non')"}
      - type: select_one oui_non
        name: pacs
        label: Un pacs ?
        relevant: "${suite} = 'oui'"
      - {type: date, name: naissance, label: Né le}
      - type: calculate
        name: age
        calculation: "int(format-date(today(), '%Y') - format-date(${naissance}, '%Y'))"
  - type: repeat
    name: dettes
    label: Dettes
    children:
      - {type: text, name: creancier, label: Créancier}
"""


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(FORM, file="essai/form.yaml")


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("${couple} = 'oui'", "vous avez coché « Oui » à la question 1.1"),
        ('${couple}="non"', "vous avez coché « Non » à la question 1.1"),
        ("${couple} != 'oui'", "vous n’avez pas coché « Oui » à la question 1.1"),
        ("${couple} != ''", "vous avez répondu à la question 1.1"),
        ("${couple} = ''", "vous n’avez rien répondu à la question 1.1"),
        ("selected(${aides}, 'oui')", "vous avez coché « Oui » à la question 1.2"),
        ("not(selected(${aides}, 'oui'))", "vous n’avez pas coché « Oui » à la question 1.2"),
        ("${enfants} > 0", "vous avez écrit un nombre plus grand que 0 à la question 1.3"),
        ("${enfants} = 2", "vous avez écrit le nombre 2 à la question 1.3"),
        ("${ville} = 'Rouen'", "vous avez écrit « Rouen » à la question 1.4"),
        (
            "${couple} = 'oui' and ${enfants} >= 3",
            "vous avez coché « Oui » à la question 1.1 et "
            "vous avez écrit un nombre égal ou supérieur à 3 à la question 1.3",
        ),
        (
            "${couple} != '' and ${couple} != 'oui'",
            "vous avez coché autre chose que « Oui » à la question 1.1",
        ),
        (
            "${couple} = 'oui' or ${couple} = 'non'",
            "vous avez coché « Oui » ou « Non » à la question 1.1",
        ),
        (
            "${enfants} = 2 and (${couple} = 'oui' or ${couple} = 'non')",
            "vous avez écrit le nombre 2 à la question 1.3 et "
            "vous avez coché « Oui » ou « Non » à la question 1.1",
        ),
        (
            "${couple} = 'oui' and (${enfants} > 1 or ${ville} = 'Rouen')",
            "vous avez coché « Oui » à la question 1.1 et (vous avez écrit un nombre plus grand "
            "que 1 à la question 1.3 ou vous avez écrit « Rouen » à la question 1.4)",
        ),
        (
            "${couple} = 'oui' and ${enfants} > 1 or ${ville} = 'Rouen'",
            "(vous avez coché « Oui » à la question 1.1 et vous avez écrit un nombre plus grand "
            "que 1 à la question 1.3) ou vous avez écrit « Rouen » à la question 1.4",
        ),
        ("${ville} = 'Mor (and) or'", "vous avez écrit « Mor (and) or » à la question 1.4"),
        ("${suite} = 'oui'", "vous avez coché « Oui » à la question 1.1"),
        ("${suite} = 'oui' and ${pacs} = 'oui'", "vous avez coché « Oui » à la question 1.5"),
        ("${age} < 18", "la personne née le jour écrit à la question 1.6 a moins de 18 ans"),
        ("${age} >= 18", "la personne née le jour écrit à la question 1.6 a 18 ans ou plus"),
        ("${naissance} > today() - 9131", "la date à la question 1.6 remonte à moins de 25 ans"),
        ("${naissance} < today() - 40", "la date à la question 1.6 remonte à plus de 40 jours"),
        ("${parts} > 2", "« Parts » est plus grand que 2"),
        ("${parts} = 2", "« Parts » est 2"),
        ("count(${dettes}) > 0", "vous avez rempli « Dettes, n° 1 »"),
        (
            "${couple} = 'oui' or ${ville} != 'Rouen'",
            "vous avez coché « Oui » à la question 1.1 ou "
            "vous n’avez pas écrit « Rouen » à la question 1.4",
        ),
    ],
)
def test_a_simple_condition_is_said(form: Form, expression: str, said: str) -> None:
    sentence = condition_in_words(form, expression, question_numbers(form))
    assert words(sentence) == f"À remplir seulement si {said}."


@pytest.mark.parametrize(
    "expression",
    [
        "true()",
        "${couple} = 'peut-etre'",
        "${suite} = 'non'",
        "(${couple} = 'oui'",
        "count(${dettes}) > 1",
        "${inconnue} = 'oui'",
        "string-length(${ville}) > 3",
        "",
    ],
)
def test_a_condition_that_is_not_simple_is_not_said(form: Form, expression: str) -> None:
    assert condition_in_words(form, expression, question_numbers(form)) == ""


def test_notes_and_calculations_have_no_number(form: Form) -> None:
    assert list(question_numbers(form).values()) == [
        *("1.1", "1.2", "1.3", "1.4", "1.5", "1.6"),
        "2.1",
    ]
    assert [section.label for section in sections(form)] == ["Foyer", "Dettes"]
