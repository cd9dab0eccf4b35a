"""A form filled from outside: values as ODK writes them, and what is missing or wrong."""

from __future__ import annotations

import pytest

from forms.answers import read_answers
from forms.errors import UnknownQuestion
from forms.evaluation import Evaluated, evaluate, fill_in
from forms.reader import read_form
from tests.forms.language import TODAY, definition


def evaluated(table: str, answers: dict[str, object]) -> dict[str, Evaluated]:
    form = read_form(definition(table), file="essai.yaml")
    return evaluate(fill_in(form, read_answers(form, answers), today=TODAY))


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("text", "Ünal", "Ünal"),
        ("integer", 3, "3"),
        ("integer", "3", "3"),
        ("decimal", 2.50, "2.5"),
        ("decimal", 1200, "1200"),
        ("date", "1985-03-12", "1985-03-12"),
        ("date", "12 3 85", "1985-03-12"),
        ("time", "14:30", "14:30:00.000"),
        ("dateTime", "2026-11-23T14:30", "2026-11-23T14:30:00.000"),
        ("select_one oui_non", "no", "no"),
        ("select_multiple fruits", ["poire", "pomme"], "poire pomme"),
        ("select_multiple fruits", "pomme on", "pomme on"),
        ("rank fruits", ["on", "poire", "pomme"], "on poire pomme"),
        ("acknowledge", True, "OK"),
        ("text", None, ""),
    ],
)
def test_a_value_is_written_as_odk_writes_it(kind: str, given: object, value: str) -> None:
    found = evaluated(f"{kind} | a", {"a": given})
    assert found["/data/a"] == Evaluated(value, True, False, True, "")


def test_what_is_missing_or_wrong_is_said() -> None:
    found = evaluated(
        """
        text | a | required: yes | required_message: Écrivez a.
        integer | b | constraint: . < 10 | constraint_message: Moins de 10.
        integer | c
        text | d | relevant: ${b} = 1
        note | n
        """,
        {"b": 12, "c": "douze", "d": "gardé"},
    )
    assert found["/data/a"] == Evaluated("", True, True, False, "Écrivez a.")
    assert found["/data/b"] == Evaluated("12", True, False, False, "Moins de 10.")
    assert not found["/data/c"].valid
    assert found["/data/c"].message.startswith("Écrivez un nombre entier")
    assert found["/data/d"] == Evaluated("", False, False, True, "")
    assert found["/data/n"] == Evaluated("", True, False, True, "")


def test_defaults_come_first_and_triggers_fire() -> None:
    found = evaluated(
        """
        text | a | default: Brest
        text | b | default: Quimper
        integer | c
        calculate | d | calculation: ${c} * 2 | trigger: ${c}
        """,
        {"b": "Morlaix", "c": 4},
    )
    assert [one.value for one in found.values()] == ["Brest", "Morlaix", "4", "8"]


def test_repeats_stand_as_often_as_the_answers_say() -> None:
    found = evaluated(
        """
        repeat | enfants
          text | prenom
          repeat | ecoles
            text | ecole | default: Diwan
          end
        end
        integer | combien
        repeat | voeux | repeat_count: ${combien}
          text | voeu
        end
        """,
        {
            "enfants": [{"prenom": "Deniz"}, {"ecoles": [{"ecole": "Kerichen"}, {}]}],
            "combien": 1,
            "/data/voeux[1]/voeu": "un",
            "/data/voeux[2]/voeu": "deux",
        },
    )
    assert {path: one.value for path, one in found.items()} == {
        "/data/enfants[1]/prenom": "Deniz",
        "/data/enfants[2]/prenom": "",
        "/data/enfants[2]/ecoles[1]/ecole": "Kerichen",
        "/data/enfants[2]/ecoles[2]/ecole": "Diwan",
        "/data/combien": "1",
        "/data/voeux[1]/voeu": "un",
    }


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(UnknownQuestion):
        evaluated("text | a", {"b": "?"})
