"""What an official form has no row for is told, whole, and nothing else is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.answers import read_answers
from forms.catalogue import catalogue
from forms.filling import Filling
from forms.official_rows import WithoutRow, without_row

ANSWERS = Path(__file__).parents[1] / "answers"


def told(form_id: str, changed: dict[str, Any]) -> tuple[WithoutRow, ...]:
    form = catalogue().form(form_id)
    answers = json.loads((ANSWERS / f"{form_id}.json").read_text("utf-8"))
    filling = Filling(form, read_answers(form, answers | changed), today=date(2026, 11, 24))
    mapping = catalogue().official(form_id)
    assert mapping is not None
    return without_row(mapping, filling)


def children(count: int) -> list[dict[str, Any]]:
    return [
        {"nom_enfant": "Kerneïs", "prenom_enfant": f"Enfant {number}"}
        for number in range(1, count + 1)
    ]


def others(count: int) -> list[dict[str, Any]]:
    return [{"nom_autre": "Ünal", "prenom_autre": f"Autre {number}"} for number in range(count)]


@pytest.mark.parametrize("form_id", ["situation-caf", "mdph", "rsa", "complementaire-sante"])
def test_a_household_of_the_usual_size_has_its_rows(form_id: str) -> None:
    assert told(form_id, {}) == ()


def test_the_sixth_child_has_none() -> None:
    left = told("situation-caf", {"enfants": children(7), "autres_personnes": []})
    assert [(one.label, one.number) for one in left] == [
        ("Enfants à charge", 6),
        ("Enfants à charge", 7),
    ]
    assert left[0].after.startswith("personne5_")
    assert any(line.endswith(": Enfant 6") for line in left[0].lines)


def test_others_of_the_household_take_the_rows_behind_the_children() -> None:
    left = told("situation-caf", {"enfants": children(4), "autres_personnes": others(3)})
    assert [(one.label, one.number) for one in left] == [
        ("Autres personnes du foyer", 2),
        ("Autres personnes du foyer", 3),
    ]
    left = told("situation-caf", {"enfants": children(6), "autres_personnes": others(1)})
    assert [one.number for one in left] == [6, 1]


def test_a_child_without_a_column_for_what_it_earns_is_told_once() -> None:
    earning = [
        {
            "nom_ayant_droit": "Kerneïs",
            "prenom_ayant_droit": f"Enfant {number}",
            "date_ayant_droit": "2005-05-02",
            "revenus_ayant_droit": "oui",
            "ressources_ayant_droit": {"salaires_ayant_droit": 100 * number},
        }
        for number in range(1, 8)
    ]
    home = {"rsa": "non", "aide_logement": "non", "occupation": "autre"}
    left = told("complementaire-sante", {"ayants_droit": earning, "rsa_logement": home})
    assert [one.number for one in left] == [4, 5, 6, 7]
    assert left[0].lines[-1].endswith(": 400")


def test_jobs_beyond_the_rows_of_the_form_are_told() -> None:
    jobs = [{"experience_poste": f"Poste {number}"} for number in range(1, 7)]
    assert [one.number for one in told("mdph", {"experiences": jobs})] == [5, 6]
