"""The official forms that have no fields: each answer in its box, on the real print."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from exports.paper.flat_form import with_fields
from exports.paper.official import fill
from exports.paper.render import page_text
from forms.answers import read_answers
from forms.catalogue import catalogue
from forms.filling import Filling
from forms.official import OfficialMapping
from forms.official_boxes import BoxType, OfficialBox

PRINTS = {
    "carte-identite": "cerfa_12100-03_cni-passeport_flat.pdf",
}
ANSWERS = sorted((Path(__file__).parent / "flat").glob("*.json"))


def mapping_of(form_id: str) -> OfficialMapping:
    mapping = catalogue().official(form_id)
    assert mapping is not None
    return mapping


def values_of(file: Path) -> dict[str, str | bool]:
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
    mapped = {field.field for field in mapping.fields}
    assert mapped == {box.name for box in mapping.boxes}


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
@pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.stem)
def test_every_answer_is_read_back(file: Path, official_dir: Path) -> None:
    form_id = file.name.split(".")[0]
    content = (official_dir / PRINTS[form_id]).read_bytes()
    filled = fill(with_fields(content, mapping_of(form_id).boxes), values_of(file))
    assert filled.problems == ()


def test_what_the_identity_card_is_told() -> None:
    values = values_of(Path(__file__).parent / "flat" / "carte-identite.maximal.json")
    assert values["nom"] == values["rappel_nom"] == "KÉROUÉDAN-N’DIAYE"
    assert (values["naissance_commune"], values["naissance_commune_suite"]) == (
        "SAINT-POL-DE-LÉO",
        "N",
    )
    assert values["naissance_date"] == "18 04 1988"
    assert values["taille"] == "172"
    assert values["telephone"] == "0639981234"
    assert (values["parent1_pere"], values["parent2_mere"]) == (True, True)
    assert (values["mot_oui"], values["mot_epoux"]) == (True, True)
    assert not {"mot_non", "parent1_mere", "homme", "tuteur_signataire"} & set(values)
