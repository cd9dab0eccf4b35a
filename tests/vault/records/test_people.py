"""People: added, found, changed, listed, erased with all that was theirs."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from vault.errors import RecordExists, RecordNotFound, TextRefused
from vault.records.people import Person
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault


def test_a_person_is_kept_as_given(closed: ClosedVault) -> None:
    vault = closed.open()
    profile = {
        "naissance.pays": "Turquie",
        "famille.enfants": [{"prenom": "Ömer", "date_naissance": "2015-01-02"}],
        "rien": None,
    }
    zoe = vault.people.add(
        family_name="Ünal-Œillet",
        given_names="Zoë",
        birth_date="1985-03-12",
        prison_number="48213",
        profile=profile,
    )
    vault.lock()
    vault = closed.open()
    assert vault.people.get(zoe.id) == zoe
    assert zoe.profile == profile
    assert uuid.UUID(zoe.id).version == 4
    moment = datetime.fromisoformat(zoe.created_at)
    assert moment.tzinfo == UTC
    assert moment.microsecond == 0
    vault.lock()


def test_an_identifier_may_be_given_once(vault: Vault) -> None:
    given = str(uuid.uuid4())
    assert vault.people.add(id=given, family_name="Silva", given_names="Luís").id == given
    with pytest.raises(RecordExists):
        vault.people.add(id=given, family_name="Mercier", given_names="Anne")
    assert vault.people.count() == 1
    assert vault.verify().ok


def test_a_changed_person_keeps_their_creation_date(vault: Vault, zoe: Person) -> None:
    saved = vault.people.save(replace(zoe, given_names="Zoé", profile={"langue": "tr"}))
    assert vault.people.get(zoe.id) == saved
    assert saved.profile == {"langue": "tr"}
    assert saved.created_at == zoe.created_at


def test_nobody_has_this_identifier(vault: Vault, zoe: Person) -> None:
    assert vault.people.find("nobody") is None
    for attempt in (
        lambda: vault.people.get("nobody"),
        lambda: vault.people.delete("nobody"),
        lambda: vault.people.save(replace(zoe, id="nobody")),
    ):
        with pytest.raises(RecordNotFound):
            attempt()


def test_people_are_listed_as_a_dictionary_would(vault: Vault) -> None:
    for name in ("Zola", "Éluard", "Œillet", "d’Anglemont", "Nuñez", "Oddo", "élie", "Ofer"):
        vault.people.add(family_name=name, given_names="")
    listed = [person.family_name for person in vault.people.all()]
    assert listed == ["d’Anglemont", "élie", "Éluard", "Nuñez", "Oddo", "Œillet", "Ofer", "Zola"]
    page = [person.family_name for person in vault.people.all(limit=3, offset=2)]
    assert page == ["Éluard", "Nuñez", "Oddo"]


def test_an_erased_person_leaves_nothing_but_their_journal(vault: Vault, zoe: Person) -> None:
    other = vault.people.add(family_name="Kervella", given_names="Yann")
    for person in (zoe, other):
        application = vault.applications.add(
            person_id=person.id, form_id="x", form_version="1", form_title="Lettre", answers={}
        )
        for application_id in (application.id, None):
            vault.documents.add(
                person_id=person.id,
                application_id=application_id,
                request_name=None,
                name="carte.pdf",
                media_type="application/pdf",
                pages=1,
                content=b"invented",
            )
    vault.people.delete(zoe.id)
    assert vault.people.find(zoe.id) is None
    assert vault.applications.of_person(zoe.id) == []
    assert vault.documents.of_person(zoe.id) == []
    assert vault.search("oeillet") == []
    assert len(vault.applications.of_person(other.id)) == 1
    assert len(vault.documents.of_person(other.id)) == 2
    assert len(vault.search("lettre")) == 1
    assert vault.verify().ok


def test_an_erased_name_leaves_the_whole_database(vault: Vault, zoe: Person) -> None:
    """Decrypted page by page, the tables of the search index hold none of its words."""
    vault.people.delete(zoe.id)
    for table in ("search_entries", "search_words_data", "search_words_idx"):
        for row in vault.people._store.rows(f"SELECT * FROM {table}"):
            assert b"oeillet" not in b"".join(
                part if isinstance(part, bytes) else str(part).encode() for part in row
            )


@pytest.mark.parametrize("name", ["Kervella\0", "Kervella \ud800"], ids=["NUL", "half a character"])
def test_a_text_that_nobody_types_is_refused(vault: Vault, zoe: Person, name: str) -> None:
    with pytest.raises(TextRefused):
        vault.people.add(family_name=name, given_names="Yann")
    with pytest.raises(TextRefused):
        vault.people.save(replace(zoe, profile={"langue": "\ud800"}))
    assert vault.people.all() == [zoe]
    assert vault.verify().ok
