"""Conditions in words: the expression on the left, what the person with a pen reads."""

from __future__ import annotations

import pytest

from exports.paper.condition import condition_in_words
from exports.paper.numbering import question_numbers, sections
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
      - {type: calculate, name: parts, calculation: "${enfants} + 1"}
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
        "${parts} > 2",
        "count(${dettes}) > 1",
        "${couple} = 'oui' and (${enfants} > 1 or ${ville} = 'Rouen')",
        "${couple} = 'oui' and ${enfants} > 1 or ${ville} = 'Rouen'",
        "${inconnue} = 'oui'",
        "string-length(${ville}) > 3",
        "",
    ],
)
def test_a_condition_that_is_not_simple_is_not_said(form: Form, expression: str) -> None:
    assert condition_in_words(form, expression, question_numbers(form)) == ""


def test_notes_and_calculations_have_no_number(form: Form) -> None:
    assert list(question_numbers(form).values()) == ["1.1", "1.2", "1.3", "1.4", "2.1"]
    assert [section.label for section in sections(form)] == ["Foyer", "Dettes"]
