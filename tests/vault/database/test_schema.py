"""Tables: brought forward from an older vault, refused from a newer one, never half-made."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.database.schema import SCHEMA_VERSION
from vault.errors import DatabaseDamaged, SchemaTooNew
from vault.records.people import Person
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault


def set_version(closed: ClosedVault, version: int) -> None:
    vault = closed.open()
    vault.people._store.run(f"PRAGMA user_version = {version}")
    vault.lock()


def test_a_newer_vault_is_refused_and_unchanged(closed: ClosedVault) -> None:
    set_version(closed, SCHEMA_VERSION + 1)
    before = closed.database.read_bytes()
    with pytest.raises(SchemaTooNew):
        closed.open()
    assert closed.database.read_bytes() == before


def test_a_database_without_tables_is_damage(closed: ClosedVault) -> None:
    set_version(closed, 0)
    with pytest.raises(DatabaseDamaged):
        closed.open()


def test_the_version_is_the_number_of_the_last_step() -> None:
    from vault.database.migrations import steps

    numbers = [int(step.name[1:4]) for step in steps._migrations]
    assert numbers == list(range(1, SCHEMA_VERSION + 1))


def test_every_reference_erases_with_what_it_refers_to(vault: Vault, zoe: Person) -> None:
    store = vault.people._store
    tables = [row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    references = {
        (table, row[3], row[2], row[6])
        for table in tables
        for row in store.rows(f"PRAGMA foreign_key_list({table})")
    }
    assert references == {
        ("applications", "person_id", "people", "CASCADE"),
        ("documents", "person_id", "people", "CASCADE"),
        ("documents", "application_id", "applications", "CASCADE"),
        ("document_pieces", "document_id", "documents", "CASCADE"),
        ("former_history", "person_id", "people", "CASCADE"),
        ("former_history", "application_id", "applications", "CASCADE"),
        ("search_entries", "person_id", "people", "CASCADE"),
        ("blank_copies", "person_id", "people", "CASCADE"),
        ("blank_copies", "application_id", "applications", "CASCADE"),
    }


VAULTS = Path(__file__).parents[1] / "vaults"


RELEASED = sorted(int(folder.name.rpartition("-")[2]) for folder in VAULTS.glob("version-*"))


@pytest.mark.parametrize("version", RELEASED)
def test_a_vault_of_each_version_opens(version: int, tmp_path: Path) -> None:
    folder = tmp_path / "coffre"
    shutil.copytree(VAULTS / f"version-{version}", folder)
    vault = Vault.unlock(folder, "quatre mots tirés au sort")
    (zoe,) = vault.people.all()
    assert (zoe.family_name, zoe.prison_number) == ("Ünal-Œillet", "48213")
    (application,) = vault.applications.of_person(zoe.id)
    assert application.answers == {"/data/identite/nom": "Ünal-Œillet"}
    (document,) = vault.documents.of_application(application.id)
    assert vault.documents.content(document.id) == b"%PDF-1.7 invented"
    assert [hit.id for hit in vault.search("oeillet")] == [zoe.id, application.id]
    assert vault.verify().ok
    vault.lock()
