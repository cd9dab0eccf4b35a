"""The MDPH form for a minor: parents answer, and the child’s number has its own boxes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from exports.paper.official.filling import fill
from forms.catalogue import catalogue
from forms.filling import Filling

TYPED = {
    "demande/motif": "premiere",
    "identite/nom": "Œillet",
    "identite/prenoms": "Ayşe",
    "naissance/date_naissance": "12 03 2010",
    "organismes/nir": "210032901900118",
    "urgences/urgence": "ecole",
    "parent_1/parent_1_nom": "Ünal",
    "parent_1/parent_1_prenom": "Zoë",
    "parent_1/parent_1_naissance": "12 03 1985",
    "parent_1/parent_1_nir": "285039920801448",
    "parent_1/parent_1_ou/parent_1_commune": "Brest",
    "parent_1/parent_1_ou/second_parent": "oui",
    "parent_2/parent_2_nom": "Œillet",
    "presence_enfant/presence_travail": "oui",
    "presence_enfant/presence_heures": "12,5",
    "accord/signataire": "parents",
    "droits_groupe/droits": "aeeh",
}


def minor(today: date = date(2026, 11, 24)) -> dict[str, str | bool]:
    filling = Filling(catalogue().form("mdph"), today=today)
    for path, text in TYPED.items():
        filling.type_in(f"/data/{path}", text)
    mapping = catalogue().official("mdph")
    assert mapping is not None
    return mapping.values(filling)


def test_the_parents_of_a_minor_have_their_boxes() -> None:
    values = minor()
    assert values["Autorite Parent 1  A"] == "Ünal"
    assert values["Autorite Parent 1  C"] == "12/03/1985"
    assert values["Autorite Parent 1  G"] == "Brest"
    assert values["Autorite Parent  2 A"] == "Œillet"
    assert values["Représentant légal 2 p2"] is True
    child = "".join(str(values[f"N° SS Enfant {number}"]) for number in range(1, 16))
    theirs = "".join(str(values[f"Numero SS {number}"]) for number in range(1, 16))
    assert (child, theirs) == ("210032901900118", "285039920801448")
    assert values["Temps rémunéré"] == "12,5"
    assert values["Signature des deux parents"] is True
    assert values["Traitement rapide École n'accueille plus votre enfant"] is True
    assert values["Vous avez moins de 20 ans Allocation d'éducation de l'enfant handicapé"] is True


def test_an_adult_has_no_parents_and_one_number() -> None:
    values = minor(date(2030, 1, 1))
    assert not any(name.startswith(("Autorite", "N° SS Enfant")) for name in values)
    assert values["Numero SS 1"] == "2"
    assert values["Numero SS 3"] == "0"
    assert "Temps rémunéré" not in values


@pytest.mark.official
def test_every_value_is_seen(official_dir: Path) -> None:
    content = (official_dir / "cerfa_15692-01_mdph.pdf").read_bytes()
    assert fill(content, minor()).problems == ()
