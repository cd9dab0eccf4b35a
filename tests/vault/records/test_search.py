"""Search as one types: accents, case and ligatures do not matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vault.records.people import Person
from vault.records.search import HitKind, fold
from vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vault.records.search import Hit

PEOPLE = (
    ("Ünal-Œillet", "Zoë", "48213"),
    ("Kervella", "Yann", "51007"),
    ("Da Silva", "Luís", "48 900"),
    ("Mercier", "Anne", None),
    ("d’Anglemont", "Éloïse", "F-77"),
    ("Łoś", "Straße Ðorđe", None),
)
FORMS = ("Demande d’élection de domicile", "Vote par procuration")


@pytest.fixture
def town(vault: Vault) -> Vault:
    for family_name, given_names, prison_number in PEOPLE:
        person = vault.people.add(
            family_name=family_name, given_names=given_names, prison_number=prison_number
        )
        for title in FORMS:
            vault.applications.add(
                person_id=person.id, form_id="x", form_version="1", form_title=title, answers={}
            )
    return vault


def people(hits: Iterable[Hit]) -> list[str]:
    return [hit.title for hit in hits if hit.kind is HitKind.PERSON]


ZOE = "ÜNAL-ŒILLET Zoë"
LUIS = "DA SILVA Luís"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("unal", [ZOE]),
        ("ÜNAL", [ZOE]),
        ("oeillet", [ZOE]),
        ("œillet", [ZOE]),
        ("Œ", [ZOE]),
        ("u", [ZOE]),
        ("zoe", [ZOE]),
        ("unal zo", [ZOE]),
        ("zo unal", [ZOE]),
        ("ünal-œil", [ZOE]),
        ("ünal œillet zoë", [ZOE]),
        ("  unal  ", [ZOE]),
        ("48", [LUIS, ZOE]),
        ("48213", [ZOE]),
        ("48 900", [LUIS]),
        ("48900", [LUIS]),
        ("luis", [LUIS]),
        ("da s", [LUIS]),
        ("anglemont", ["D’ANGLEMONT Éloïse"]),
        ("d'ang", ["D’ANGLEMONT Éloïse"]),
        ("f-77", ["D’ANGLEMONT Éloïse"]),
        ("strasse", ["ŁOŚ Straße Ðorđe"]),
        ("los dor", ["ŁOŚ Straße Ðorđe"]),
        ("unal kervella", []),
        ("illet", []),
        ("", []),
        ("   ", []),
        ("- ’ *", []),
        ('"', []),
        ("NOT", []),
        ("kind : person", []),
        ("\0", []),
    ],
)
def test_people_are_found_by_the_beginning_of_their_words(
    town: Vault, typed: str, found: list[str]
) -> None:
    assert people(town.search(typed)) == found


def test_an_application_is_found_by_its_forms_title_and_by_its_person(town: Vault) -> None:
    hits = town.search("domic zoe")
    assert [(hit.kind, hit.title, hit.subtitle, hit.state) for hit in hits] == [
        (HitKind.APPLICATION, "Demande d’élection de domicile", ZOE, "draft")
    ]
    assert {hit.title for hit in town.search("48213")} == {ZOE, *FORMS}
    assert len(town.search("procuration")) == len(PEOPLE)


def test_words_of_the_title_and_of_the_person_may_be_mixed(town: Vault) -> None:
    found = town.search("kerv dem domi yann")
    assert [(hit.title, hit.subtitle) for hit in found] == [(FORMS[0], "KERVELLA Yann")]
    assert town.search("kerv domi procu") == []


def test_a_person_named_as_a_form_is_found_with_every_application(town: Vault) -> None:
    person = town.people.add(family_name="Demandé", given_names="Ali")
    for title in FORMS:
        town.applications.add(
            person_id=person.id, form_id="x", form_version="1", form_title=title, answers={}
        )
    mine = [hit for hit in town.search("demande", limit=50) if hit.person_id == person.id]
    assert [hit.title for hit in mine] == ["DEMANDÉ Ali", *FORMS]
    assert len(town.search("demande", limit=50)) == 1 + len(PEOPLE) + len(FORMS)


def test_people_come_first_those_whose_name_begins_as_typed_before_all(town: Vault) -> None:
    town.people.add(family_name="Anne", given_names="Marie")
    titles = [hit.title for hit in town.search("anne")]
    assert titles[:2] == ["ANNE Marie", "MERCIER Anne"]
    assert [hit.title for hit in town.search("da", limit=1)] == [LUIS]


def test_a_limit_is_kept(town: Vault) -> None:
    assert len(town.search("e", limit=3)) <= 3
    assert len(town.search("demande", limit=2)) == 2
    assert town.search("demande", limit=0) == []


def test_a_married_name_in_the_profile_is_found(town: Vault) -> None:
    (hit,) = (hit for hit in town.search("mercier") if hit.kind is HitKind.PERSON)
    anne = town.people.get(hit.id)
    town.people.save(replace(anne, profile={"identite.nom_naissance": "Œuvrard"}))
    assert people(town.search("oeuvr")) == ["MERCIER Anne"]


def test_a_changed_name_is_found_and_the_old_one_is_not(town: Vault) -> None:
    (hit,) = (hit for hit in town.search("kervella") if hit.kind is HitKind.PERSON)
    yann = town.people.get(hit.id)
    town.people.save(replace(yann, family_name="Le Goff"))
    assert town.search("kervella") == []
    assert people(town.search("goff")) == ["LE GOFF Yann"]
    assert len(town.search("goff")) == 1 + len(FORMS)
    assert town.verify().ok


def test_an_index_that_lost_a_person_is_told(vault: Vault, zoe: Person) -> None:
    vault.people._store.run("DELETE FROM search_entries WHERE person_id = ?", (zoe.id,))
    assert vault.verify().problems == ("La recherche ne connaît pas toutes les personnes.",)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_answered(vault: Vault, typed: str) -> None:
    vault.search(typed)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=30),
    length=st.integers(1, 30),
)
def test_any_name_is_found_by_its_beginning(vault: Vault, name: str, length: int) -> None:
    person = vault.people.add(family_name=name, given_names="x")
    typed = name[:length]
    if fold(name).startswith(fold(typed)) and fold(typed):
        assert person.id in {hit.id for hit in vault.search(typed, limit=10_000)}
    vault.people.delete(person.id)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
