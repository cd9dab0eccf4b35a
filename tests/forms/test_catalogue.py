"""The catalogue: every form loads, is sourced, and its official mapping is whole."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.workflows.demo import people as demo_people
from forms.catalogue import catalogue
from forms.definition import Kind, Question, Repeat, SourceStatus, Worth, walk
from forms.errors import UnknownForm
from forms.filling import Filling
from forms.letter import compose
from forms.official import OfficialMapping
from forms.profile import PROFILE_KEYS

TODAY = date(2026, 11, 23)
FORMS = [entry.id for entry in catalogue().entries()]
PDFS = {
    "election-de-domicile": "cerfa_16029-01_election-de-domicile",
    "procuration-vote": "cerfa_14952-03_procuration",
}
CHILDREN = [
    {"nom": "Ünal-Œillet de la Tour", "prenom": name, "date_naissance": day}
    for name, day in (
        ("Deniz", "2012-05-02"),
        ("Ayşe-Maëlle", "2014-01-31"),
        ("Łucja", "2017-07-17"),
        ("Éloïse", "2020-02-29"),
    )
]


def mapping_of(form_id: str) -> OfficialMapping:
    mapping = catalogue().official(form_id)
    assert mapping is not None
    return mapping


@pytest.mark.parametrize("form_id", FORMS)
def test_a_form_says_what_it_is_worth_and_where_it_was_read(form_id: str) -> None:
    form = catalogue().form(form_id)
    assert form.sources
    assert all(source.read <= date.today() for source in form.sources)  # noqa: DTZ011 - any day will do
    mapping, letter = catalogue().official(form_id), catalogue().letter(form_id)
    # An older print is filled, and promises nothing.
    in_force = mapping is not None and not mapping.superseded
    assert in_force == (form.worth is Worth.OFFICIAL)
    assert (letter is not None) == (form.worth is Worth.LETTER)


@pytest.mark.parametrize("form_id", FORMS)
def test_the_guide_says_what_must_be_verified(form_id: str) -> None:
    guide = catalogue().guide(form_id)
    assert [section.title for section in guide.sections] == [
        "Pour qui",
        "Où l’envoyer",
        "En détention",
        "À joindre",
        "Délais",
        "Sources",
    ]
    doubtful = [
        source
        for source in catalogue().form(form_id).sources
        if source.status is SourceStatus.TO_VERIFY
    ]
    lines = [line for section in guide.sections for line in section.lines]
    if doubtful:
        assert any(line.to_verify for line in lines)


@pytest.mark.parametrize("form_id", FORMS)
def test_profile_links_agree_with_the_vocabulary(form_id: str) -> None:
    children = catalogue().form(form_id).children
    repeats = [one.path for one in children if isinstance(one, Repeat) and one.profile]
    for node in walk(children):
        if isinstance(node, Repeat) and node.profile:
            assert PROFILE_KEYS[node.profile].kind is None
        elif isinstance(node, Question) and node.profile and node.path.count("/") == 3:
            if any(node.path.startswith(f"{path}/") for path in repeats):
                continue
            known = PROFILE_KEYS[node.profile]
            assert known.kind is node.kind, node.path
            if node.kind is Kind.SELECT_ONE:
                names = {name for name, _ in known.choices}
                assert {choice.name for choice in node.choices} <= names


@pytest.mark.parametrize("form_id", PDFS)
def test_every_field_of_the_official_form_is_mapped_or_left_to_the_office(
    form_id: str, official_dir: Path
) -> None:
    listed = json.loads((official_dir / f"{PDFS[form_id]}.fields.json").read_text("utf-8"))
    names = {field["name"] for field in listed}
    mapping = mapping_of(form_id)
    ours, theirs = {field.field for field in mapping.fields}, set(mapping.left_to_administration)
    assert ours & theirs == set()
    assert ours | theirs == names
    states = {field["name"]: {state[1:] for state in field["on_states"]} for field in listed}
    for field in mapping.fields:
        assert {state for state, _ in field.choose} <= states[field.field], field.field
    assert mapping.recognises("", names)
    assert not mapping.recognises("", names - {mapping.recognised_by[0]})


def test_domicile_writes_each_thing_in_its_field() -> None:
    profile: dict[str, Any] = {**demo_people.ZOE, "famille.enfants": CHILDREN}
    filling = Filling(catalogue().form("election-de-domicile"), profile=profile, today=TODAY)
    filling.type_in("/data/signature/fait_le", "23 11 26")
    values = mapping_of("election-de-domicile").values(filling)
    assert values["sexe1"] == "1"
    assert values["noms1"] == values["noms2"] == "Ünal-Œillet"
    assert values["lieuNaissance1"] == "İzmir (Turquie)"
    assert (values["jourNaissance1"], values["moisNaissance1"], values["anneeNaissance1"]) == (
        "12",
        "03",
        "1985",
    )
    lines = str(values["ayantsDroits"]).split("\n")
    assert lines[1] == "Ünal-Œillet de la Tour Ayşe-Maëlle, 31/01/2014"
    assert len(lines) == 4
    assert values["anneeDecision1A"] == "2026"
    assert "telephone" not in values


@pytest.mark.parametrize("form_id", PDFS)
def test_the_official_form_shows_every_answer(form_id: str, official_dir: Path) -> None:
    from desktop.workflows.demo.stories import STORIES
    from exports.paper.official.filling import fill
    from forms.answers import read_answers
    from forms.values import from_json

    story = next(one for one in STORIES if one.form_id == form_id)
    profile = {**story.profile, "famille.enfants": CHILDREN}
    form = catalogue().form(form_id)
    filling = Filling(form, profile=profile, today=TODAY)
    for path, value in read_answers(form, story.answers).items():
        filling.set(path, from_json(filling.question(path), value))
    assert filling.problems() == ()
    values = mapping_of(form_id).values(filling)
    filled = fill((official_dir / f"{PDFS[form_id]}.pdf").read_bytes(), values)
    assert filled.problems == ()


def test_the_letter_says_only_what_was_answered() -> None:
    form_id = "caf-incarceration"
    filling = Filling(catalogue().form(form_id), profile=demo_people.LUIS, today=TODAY)
    template = catalogue().letter(form_id)
    assert template is not None
    for path, typed in {
        "situation/prestations": "rsa autre",
        "situation/autre_prestation": "allocation de soutien familial",
        "situation/foyer": "conjoint",
        "situation/enfants": "2",
        "situation/rib_joint": "oui",
        "envoi/caf_nom": "CAF du Finistère",
        "envoi/fait_a": "Brest",
    }.items():
        filling.type_in(f"/data/{path}", typed)
    assert filling.problems() == ()
    letter = compose(template, filling)
    said = "\n".join(letter.paragraphs)
    assert "RSA, Autre prestation (allocation de soutien familial)." in said
    assert "reste au foyer" in said
    assert "sans conjoint" not in said
    assert "${" not in said
    assert letter.enclosures == ("Certificat de présence", "Relevé d’identité bancaire")
    assert letter.place_and_date == "Brest, le 23/11/2026"


@pytest.mark.parametrize("form_id", ["", "..", "../vault", "rien", "a/b"])
def test_an_unknown_form_is_named(form_id: str) -> None:
    with pytest.raises(UnknownForm):
        catalogue().form(form_id)
