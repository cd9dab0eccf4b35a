"""The official forms that have no fields: each answer in its box, on the real print."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from exports.paper.official.filling import fill
from exports.paper.official.flat_form import fill_flat, with_fields
from exports.paper.render import page_text
from forms.answers import read_answers
from forms.catalogue import catalogue
from forms.filling import Filling
from forms.official import OfficialMapping
from forms.official_boxes import BoxType, OfficialBox

PRINTS = {
    "carte-identite": "cerfa_12100-03_cni-passeport_flat.pdf",
    "situation-caf": "cerfa_11423-06_situation-caf_flat.pdf",
    "aide-logement": "cerfa_10840-05_aide-au-logement_flat.pdf",
    "rsa": "rsa_2013_flat.pdf",
}
ANSWERS = sorted(file.stem for file in (Path(__file__).parent / "flat").glob("*.json"))


def mapping_of(form_id: str) -> OfficialMapping:
    mapping = catalogue().official(form_id)
    assert mapping is not None
    return mapping


def values_of(name: str) -> dict[str, str | bool]:
    file = Path(__file__).parent / "flat" / f"{name}.json"
    form = catalogue().form(file.name.split(".")[0])
    answers = read_answers(form, json.loads(file.read_text("utf-8")))
    filling = Filling(form, answers, today=date(2026, 11, 24))
    assert filling.problems() == ()
    return mapping_of(form.id).values(filling)


def brimful(box: OfficialBox) -> str | bool:
    if box.type is BoxType.CHECK:
        return True
    if box.type is BoxType.COMB:
        return ("Mÿ0Œ" * box.cells)[: box.cells]
    return "É8j"[: max(1, int((box.rect[2] - box.rect[0]) / 8))]


@pytest.mark.parametrize("form_id", PRINTS)
def test_every_box_is_mapped(form_id: str) -> None:
    mapping = mapping_of(form_id)
    mapped = {field.field for field in mapping.fields} | {box.then for box in mapping.boxes}
    assert mapped - {""} == {box.name for box in mapping.boxes}


@pytest.mark.parametrize("form_id", PRINTS)
def test_no_box_lies_over_another(form_id: str) -> None:
    for one, other in combinations(mapping_of(form_id).boxes, 2):
        apart = (
            one.page != other.page
            or one.rect[2] <= other.rect[0]
            or other.rect[2] <= one.rect[0]
            or one.rect[3] <= other.rect[1]
            or other.rect[3] <= one.rect[1]
        )
        assert apart, (one.name, other.name)


@pytest.mark.official
@pytest.mark.parametrize("form_id", PRINTS)
def test_the_print_is_recognised(form_id: str, official_dir: Path) -> None:
    content = (official_dir / PRINTS[form_id]).read_bytes()
    mapping = mapping_of(form_id)
    assert mapping.recognises(hashlib.sha256(content).hexdigest(), ())
    printed = page_text(content, 0)
    assert mapping.recognises("", (), printed) == bool(mapping.recognised_by_text)
    for other in set(PRINTS) - {form_id}:
        assert not mapping_of(other).recognises("", (), printed)


@pytest.mark.official
@pytest.mark.parametrize("form_id", PRINTS)
def test_every_box_can_be_filled_and_read_back(form_id: str, official_dir: Path) -> None:
    boxes = mapping_of(form_id).boxes
    content = with_fields((official_dir / PRINTS[form_id]).read_bytes(), boxes)
    assert fill(content, {box.name: brimful(box) for box in boxes}).problems == ()


@pytest.mark.official
@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_read_back(name: str, official_dir: Path) -> None:
    form_id = name.split(".")[0]
    content = (official_dir / PRINTS[form_id]).read_bytes()
    assert fill_flat(content, mapping_of(form_id).boxes, values_of(name)).problems == ()


def test_what_the_identity_card_is_told() -> None:
    values = values_of("carte-identite.maximal")
    assert values["nom"] == values["rappel_nom"] == "KÉROUÉDAN-N’DIAYE"
    assert values["naissance_commune"] == "SAINT-POL-DE-LÉON"
    assert (values["adresse"], values["adresse_suite"]) == (
        "27 BIS RUE DE L’ÉLORN",
        "CHEZ MME FATOU N’DIAYE",
    )
    assert values["naissance_date"] == "18 04 1988"
    assert (values["taille"], values["telephone"]) == ("172", "0639981234")
    assert (values["parent1_pere"], values["parent2_mere"]) == (True, True)
    assert (values["mot_oui"], values["mot_epoux"]) == (True, True)
    assert not {"mot_non", "parent1_mere", "homme", "tuteur_signataire"} & set(values)


def test_the_people_of_the_household_follow_each_other() -> None:
    values = values_of("situation-caf.maximal")
    names = [values.get(f"personne{row}_nom") for row in range(1, 6)]
    assert names == ["Le Goff Anaëlle", "Le Goff Malo", "N’Diaye Fatou", None, None]
    assert values["personne3_naissance"] == "30011958"
    ticked = {name for name in values if name.startswith("personne") and values[name] is True}
    assert ticked == {"personne1_alterne", "personne2_etranger"}


def test_a_detention_is_ticked_except_in_semi_liberty() -> None:
    inside, outside = values_of("situation-caf.maximal"), values_of("situation-caf.seul")
    assert (inside["autre_cas"], inside["autre_cas_situation"]) == (True, "Détention")
    assert inside["autre_cas_depuis"] == "03092026"
    assert not {"autre_cas", "autre_cas_situation", "etablissement"} & set(outside)
    assert outside["separe_sans_juge_depuis"] == "14022024"


def test_the_rooms_of_a_trade_go_with_the_occupation() -> None:
    tenant, owner = values_of("aide-logement.locataire"), values_of("aide-logement.proprietaire")
    assert (tenant["professionnel_oui"], tenant["professionnel_surface"]) == (True, "  9")
    assert (owner["proprietaire_professionnel_oui"], owner["surface"]) == (True, " 62")
    assert not any(name.startswith("proprietaire_") for name in tenant)
    assert "professionnel_oui" not in owner


def test_the_income_of_the_household_goes_month_by_month() -> None:
    values = values_of("rsa.maximal")
    assert values["aucune_ressource_1"] is values["conjoint_aucune_ressource_2"] is True
    # Work in detention is written with the wages.
    assert (values["salaires_2"], values["salaires_3"]) == ("63", "94,5")
    assert "salaires_1" not in values
    # The first who has an income is not the first child.
    assert values["jeune1_nom"] == "KERVELLA NOLWENN"
    assert (values["ressources1_nom"], values["ressources1_salaires_1"]) == (
        "ŁUKASIEWICZ",
        "640,2",
    )
    assert not any(name.startswith("ressources2") for name in values)


def test_the_number_of_a_house_has_its_own_box() -> None:
    values = values_of("rsa.maximal")
    assert (values["adresse_numero"], values["adresse"]) == ("40", "RUE JULES-FERRY")
    assert (values["conjoint_numero"], values["conjoint_adresse"]) == ("12", "RUE DE L’ÎLE-D’AVAL")
