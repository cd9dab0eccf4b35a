"""A session that only reads: every way of writing refused, and nothing but its own lines kept."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vault.errors import ReadOnlySession
from vault.key_slots.key_slot import Role
from vault.records.applications import Application
from vault.records.bundles import BundleRecord, Direction
from vault.records.contacts import Contact
from vault.records.documents import Document
from vault.records.former_history import FormerLine
from vault.records.journal import TOLD_OF_READERS, Action
from vault.records.people import Person
from vault.records.receipts import ReceiptRecord
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

READER = "vinaigre tambour écluse"
LONG = "une tout autre phrase"


class Shelf:
    """A vault with one record of each kind, opened by its reader."""

    def __init__(self, vault: Vault, person: Person, application: Application, place: Path) -> None:
        self.vault, self.person, self.application, self.place = vault, person, application, place

    def rows(self) -> dict[str, list[Any]]:
        """All the database holds, but the journal and where it stands."""
        store = self.vault._store
        found = store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: [
                row
                for row in store.rows(f"SELECT * FROM {name}")
                if not (name == "settings" and row[0] == "journal")
            ]
            for (name,) in found
            if name != "journal"
        }


@pytest.fixture(scope="module")
def prepared(template: ClosedVault, tmp_path_factory: pytest.TempPathFactory) -> ClosedVault:
    """A vault with a reader, made once: nothing of what follows may change it."""
    folder = tmp_path_factory.mktemp("lecture") / "coffre"
    shutil.copytree(template.folder, folder)
    vault = Vault.unlock_with_recovery(folder, template.recovery)
    vault.users.add("Maëlle LE GOFF", Role.READER, READER)
    person = vault.people.add(family_name="Ünal", given_names="Zoë")
    vault.applications.add(
        person_id=person.id,
        form_id="lettre-libre",
        form_version="1",
        form_title="Lettre libre",
        answers={},
    )
    vault.lock()
    return replace(template, folder=folder)


@pytest.fixture(scope="module")
def opened(prepared: ClosedVault) -> Iterator[Shelf]:
    shelf = opened_by_reader(prepared.folder)
    yield shelf
    shelf.vault.lock()


@pytest.fixture
def shelf(opened: Shelf) -> Shelf:
    return opened


def opened_by_reader(folder: Path) -> Shelf:
    vault = Vault.unlock(folder, READER)
    (person,) = vault.people.all()
    (application,) = vault.applications.all()
    return Shelf(vault, person, application, folder.parent)


CONTACT = Contact("c", "CCAS", "relay", "age1", b"k", b"card", None, None, "2026-01-01")
DOCUMENT = Document(
    "d", "", None, None, "carte.pdf", "application/pdf", 4, "0" * 64, None, "2026-01-01"
)
BUNDLE = BundleRecord("b", "2026-001", Direction.SENT, ("c",), "f", "0", (), "2026-01-01", None)
RECEIPT = ReceiptRecord("r", "b", Direction.RECEIVED, (), "0", "2026-01-01")
WRITING: dict[str, Callable[[Shelf], object]] = {
    "people.add": lambda on: on.vault.people.add(family_name="Kervella", given_names="Yann"),
    "people.save": lambda on: on.vault.people.save(replace(on.person, family_name="Autre")),
    "former_history.add": lambda on: on.vault.former_history.add(
        [FormerLine(on.person.id, None, "2026-01-01T00:00:00+00:00", "Lou", "imprimée", "Brest")]
    ),
    "retention.keep_person": lambda on: on.vault.retention.keep_person(
        on.person.id, "2030-01-01", "recours"
    ),
    "people.index_anew": lambda on: on.vault.people.index_anew(),
    "people.delete": lambda on: on.vault.people.delete(on.person.id),
    "applications.add": lambda on: on.vault.applications.add(
        person_id=on.person.id, form_id="f", form_version="1", form_title="F", answers={}
    ),
    "applications.save_answers": lambda on: on.vault.applications.save_answers(
        on.application.id, {"/data/a": "b"}, position=None, answered=1, total=1
    ),
    "applications.save": lambda on: on.vault.applications.save(on.application),
    "retention.keep_application": lambda on: on.vault.retention.keep_application(
        on.application.id, "2030-01-01", "recours"
    ),
    "applications.delete": lambda on: on.vault.applications.delete(on.application.id),
    "documents.add": lambda on: on.vault.documents.add(
        person_id=on.person.id,
        application_id=None,
        request_name=None,
        name="carte.pdf",
        media_type="application/pdf",
        pages=1,
        content=b"%PDF",
    ),
    "documents.put": lambda on: on.vault.documents.put(
        replace(DOCUMENT, person_id=on.person.id), [b"%PDF"]
    ),
    "documents.delete": lambda on: on.vault.documents.delete("no such document"),
    "official_pdfs.add": lambda on: on.vault.official_pdfs.add("f", "0" * 64, b"%PDF"),
    "contacts.put": lambda on: on.vault.contacts.put(
        id="c", name="CCAS", kind="relay", age_recipient="age1", verify_key=b"k", card=b"card"
    ),
    "contacts.save": lambda on: on.vault.contacts.save(CONTACT),
    "bundles.add": lambda on: on.vault.bundles.add(BUNDLE),
    "receipts.add": lambda on: on.vault.receipts.add(RECEIPT),
    "erasures.erase": lambda on: on.vault.erasures.erase([on.person.id]),
    "erasures.clean": lambda on: on.vault.erasures.clean(),
    "forms.put": lambda on: on.vault.forms.put("f", "1", {}, issuer="local", listed=True),
    "forms.remember": lambda on: on.vault.forms.remember("f", "1", {}),
    "forms.unlist": lambda on: on.vault.forms.unlist("f"),
    "blank_copies.key": lambda on: on.vault.blank_copies.key(),
    "blank_copies.add": lambda on: on.vault.blank_copies.add(
        "k", "f", "1", person_id=None, application_id=None, sidecar="{}"
    ),
    "settings.remove": lambda on: on.vault.settings.remove("resume"),
    "settings.set": lambda on: on.vault.settings.set("idle_minutes", 2),
    "journal.add": lambda on: on.vault.journal.add(Action.PERSON_CHANGED),
    "journal.add_erasure": lambda on: on.vault.journal.add_erasure(
        Action.PERSON_DELETED, people=[on.person.id]
    ),
    "users.add": lambda on: on.vault.users.add("Luís", Role.WORKER, LONG),
    "users.remove": lambda on: on.vault.users.remove(on.vault.session.user_id),
    "users.change_role": lambda on: on.vault.users.change_role(
        on.vault.session.user_id, Role.RESPONSIBLE
    ),
    "users.reset_passphrase": lambda on: on.vault.users.reset_passphrase(
        on.vault.session.user_id, LONG
    ),
    "users.change_passphrase": lambda on: on.vault.users.change_passphrase(READER, LONG),
    "users.renew_recovery": lambda on: on.vault.users.renew_recovery(),
    "users.confirm_recovery": lambda on: on.vault.users.confirm_recovery(),
    "backups.make": lambda on: on.vault.backups.make(on.place / "cle"),
    "rekey": lambda on: on.vault.rekey(),
    "renew_age_keys": lambda on: on.vault.renew_age_keys(),
    "change_passphrase": lambda on: on.vault.change_passphrase(READER, LONG),
}
READING = {
    "activity": {"applications", "deeds"},
    "applications": {
        "get",
        "find",
        "of_person",
        "all",
        "bundle_ids",
        "counts_by_state",
        "with_outcome",
    },
    "backups": {"last"},
    "blank_copies": {"find", "of_person"},
    "bundles": {"get", "find", "all", "count_sent"},
    "contacts": {"get", "find", "all"},
    "documents": {"get", "content", "pieces", "of_application", "of_person", "damaged"},
    "erasures": {"erased_among"},
    "former_history": {"of_person", "of_application"},
    "forms": {"find", "versions", "listed"},
    "inbox": {"entries"},
    "journal": {
        "refused_since",
        "moment_of",
        "of_person",
        "of_application",
        "recent",
        "first_break",
        "head",
        "deeds_after",
        "hash_of",
        "last_moment_before_session",
    },
    "official_pdfs": {"get", "damaged", "all"},
    "people": {"get", "find", "all", "count"},
    "receipts": {"find", "of_bundle", "all"},
    "retention": {"person", "ended_before"},
    "session": {"require_writer", "require_responsible"},
    "settings": {"get", "under"},
    "users": {"all", "get", "confirm", "opens_with", "recovery_confirmed"},
}
OF_THE_VAULT = {
    "create",
    "unlock",
    "unlock_with_recovery",
    "restore",
    "repair",
    "compare_with",
    "lock",
    "transaction",
    "search",
    "verify",
    "user",
    "locked",
    "kind",
    "place",
    "identity",
}


def public_methods(thing: object) -> set[str]:
    return {
        name
        for name, _ in inspect.getmembers(type(thing), lambda one: callable(one))
        if not name.startswith("_")
    }


def test_each_method_of_the_vault_reads_or_is_tried_here(shelf: Shelf) -> None:
    """A method added to the vault must be placed in one list or the other."""
    keepers = {
        name: keeper
        for name, keeper in vars(shelf.vault).items()
        if not name.startswith("_") and type(keeper).__module__.startswith("vault.")
    }
    assert set(READING) == set(keepers)
    found = {
        f"{name}.{method}"
        for name, keeper in keepers.items()
        for method in public_methods(keeper) - READING[name]
    }
    assert found | (public_methods(shelf.vault) - OF_THE_VAULT) == set(WRITING)


@pytest.mark.parametrize("step", WRITING)
def test_a_reader_writes_nothing(shelf: Shelf, prepared: ClosedVault, step: str) -> None:
    before, keys = shelf.rows(), prepared.keys.read_bytes()
    lines = shelf.vault.journal.head()
    with pytest.raises(ReadOnlySession):
        WRITING[step](shelf)
    assert shelf.rows() == before
    assert shelf.vault.journal.head() == lines
    assert prepared.keys.read_bytes() == keys
    assert not (shelf.place / "cle").exists()


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("DELETE FROM people", id="a deletion"),
        pytest.param("INSERT INTO settings VALUES ('a', '1') RETURNING key", id="a row given back"),
        pytest.param("DROP TABLE people", id="a table"),
    ],
)
def test_sqlite_itself_refuses(shelf: Shelf, statement: str) -> None:
    before = shelf.rows()
    with pytest.raises(ReadOnlySession):
        shelf.vault._store.rows(statement)
    assert shelf.rows() == before


@pytest.mark.parametrize("action", [one for one in Action if one in TOLD_OF_READERS])
def test_what_a_reader_does_is_told(shelf: Shelf, action: Action) -> None:
    before = shelf.rows()
    shelf.vault.journal.add(action, person_id=shelf.person.id)
    assert shelf.vault.journal.recent(1)[0].action is action
    assert shelf.vault.journal.recent(1)[0].user == "Maëlle LE GOFF"
    assert shelf.vault.journal.first_break() is None
    assert shelf.rows() == before


def test_a_line_told_lets_nothing_else_through(shelf: Shelf) -> None:
    before = shelf.rows()
    lines = shelf.vault.journal.head()
    with pytest.raises(ReadOnlySession), shelf.vault.transaction():
        shelf.vault.journal.add(Action.PRINTED)
        shelf.vault.people.add(family_name="Kervella", given_names="Yann")
    assert shelf.rows() == before
    assert shelf.vault.journal.head() == lines


def test_a_reader_reads_checks_and_comes_back(prepared: ClosedVault, tmp_path: Path) -> None:
    closed = replace(prepared, folder=tmp_path / "coffre")
    shutil.copytree(prepared.folder, closed.folder)
    shelf = opened_by_reader(closed.folder)
    assert shelf.vault.people.get(shelf.person.id).given_names == "Zoë"
    assert shelf.vault.search("unal")
    assert shelf.vault.verify().ok
    shelf.vault.lock()
    vault = closed.open()
    said = [line.action for line in vault.journal.recent(3)]
    assert said == [Action.UNLOCKED, Action.LOCKED, Action.UNLOCKED]
    vault.people.add(family_name="Kervella", given_names="Yann")
    vault.lock()
