"""Erasing: no row, no setting, no page of the decrypted file keeps a trace; the chain holds."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.vault.conftest import PASSPHRASE, ClosedVault
from tests.vault.pages import plain_pages
from vault.copies.restoring import Age
from vault.errors import DatabaseDamaged, NotResponsible, RecordNotFound, VaultLocked
from vault.key_slots.key_slot import Role
from vault.records.bundles import BundleKind, BundleRecord, Direction
from vault.records.documents import Document
from vault.records.erasures import Erased
from vault.records.forgetting import without
from vault.records.journal import Action
from vault.records.people import Person
from vault.records.receipts import ReceiptRecord
from vault.vault import Vault

# None is short, nor spelled in hexadecimal: a hash would say it by chance.
TRACES = (
    "Quenouaille", "quenouaille", "Philomène", "philomene", "W90417Q", "w90417q", "1979-07-23",
    "Landerneau", "Ses trois enfants, dont Barnabé", "DOSSIER-77431", "livret.pdf",
    "Attente du juge", "octets du livret", "liasse pour Quenouaille", "refus pour Philomène",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


@pytest.fixture
def philomene(vault: Vault, zoe: Person) -> Person:
    """Somebody with all that a vault may hold, among many others."""
    rank = random.Random(4)
    person = vault.people.add(
        family_name="Quenouaille",
        given_names="Philomène",
        birth_date="1979-07-23",
        prison_number="W90417Q",
        profile={"naissance.commune": "Landerneau"},
    )
    crowd = [person.id]
    with vault.transaction():
        for number in range(60):
            crowd.append(vault.people.add(family_name=f"Nom{number}", given_names="Lou").id)
    applications = []
    for number in range(120):
        owner = rank.choice(crowd[1:]) if number % 6 else person.id
        with vault.transaction():
            one = vault.applications.add(
                person_id=owner,
                form_id="domicile",
                form_version="1",
                form_title="Élection de domicile",
                answers={},
            )
            mine = "Ses trois enfants, dont Barnabé " if owner == person.id else "Rien "
            for times in (3, 90, 1, 30):
                vault.applications.save_answers(
                    one.id, {"/data/x": mine * times}, position="/data/x", answered=1, total=2
                )
            vault.journal.add(Action.PRINTED, person_id=owner, application_id=one.id)
        if owner == person.id:
            applications.append(one.id)
    vault.people.save(replace(person, given_names="Philomène Anne"))
    vault.retention.keep_person(person.id, "2031-01-01", "Attente du juge")
    _documents(vault, person.id, applications)
    _exchanges(vault, applications, crowd[1])
    vault.settings.set("interruption", {"u1": {"place": "filling", "record": applications[0],
                                               "unsaved": {"/data/x": "Quenouaille"}}})  # fmt: skip
    vault.settings.set("resume", {"place": "person", "record": person.id})
    vault.settings.set(f"online.filing.{applications[1]}", {"token": "Quenouaille"})
    vault.settings.set("decided", {applications[2]: {"k": "Landerneau"}, "other": {"k": "v"}})
    return person


def _documents(vault: Vault, person_id: str, applications: list[str]) -> None:
    for application_id in (*applications, None):
        vault.documents.add(
            person_id=person_id,
            application_id=application_id,
            request_name=None,
            name="livret.pdf",
            media_type="application/pdf",
            pages=1,
            content=b"octets du livret " * 900,
        )
    vault.blank_copies.add(
        "c1", "domicile", "1", person_id=person_id, application_id=None, sidecar="Quenouaille"
    )


def _exchanges(vault: Vault, applications: list[str], other: str) -> None:
    vault.bundles.add(
        BundleRecord(
            "b1", "2026-001", Direction.SENT, ("k1",), "liasse pour Quenouaille.liasse", "00" * 32,
            (applications[3], other), "2026-01-02", None,
        )
    )  # fmt: skip
    owner = vault.applications.get(applications[3]).person_id
    vault.bundles.add(
        BundleRecord(
            "b2", "2026-002", Direction.SENT, ("k1",), "transfert de Quenouaille.liasse", "00" * 32,
            (), "2026-01-02", None, BundleKind.TRANSFER, owner,
        )
    )  # fmt: skip
    vault.receipts.add(
        ReceiptRecord(
            "r1", "b1", Direction.RECEIVED,
            (
                {"application_id": applications[3], "reference": "DOSSIER-77431",
                 "comment": "refus pour Philomène"},
                {"application_id": other, "reference": "AUTRE", "comment": ""},
            ),
            "00" * 32, "2026-01-03",
        )
    )  # fmt: skip


def traces(vault: Vault, *more: str) -> set[str]:
    """What of the person's can be read in the decrypted pages of the vault's files."""
    key = vault._custody.key.reveal()
    pages = list(plain_pages(vault.folder, bytes(key)))
    assert any(b"CREATE TABLE" in page for page in pages), "the pages are not decrypted"
    written = {
        (trace, trace.encode(encoding)) for trace in (*TRACES, *more) for encoding in ENCODINGS
    }
    return {trace for trace, form in written if any(form in page for page in pages)}


def identifiers(vault: Vault, person: Person) -> list[str]:
    applications = [one.id for one in vault.applications.of_person(person.id)]
    documents = [one.id for one in vault.documents.of_person(person.id)]
    return [person.id, *applications, *documents]


def test_no_page_of_the_file_keeps_a_trace(vault: Vault, philomene: Person) -> None:
    ids = identifiers(vault, philomene)
    vault._store.run("PRAGMA wal_checkpoint(TRUNCATE)")
    before = traces(vault, *ids)
    assert before == {*TRACES, *ids}
    assert vault.erasures.erase([philomene.id]) == Erased(1, 20)
    vault.erasures.clean()
    assert traces(vault, *ids) == set()
    assert vault.verify().ok
    assert [hit.title for hit in vault.search("unal")] == ["ÜNAL-ŒILLET Zoë"]
    assert vault.search("quenouaille") == []


def test_rows_are_gone_before_the_file_is_cleaned(vault: Vault, philomene: Person) -> None:
    ids = set(identifiers(vault, philomene))
    vault.erasures.erase([philomene.id])
    assert vault.erasures.cleaning_pending
    assert [cell for cell in cells(vault) if any(id in cell for id in ids)] == []
    assert [cell for cell in cells(vault) if any(trace in cell for trace in TRACES)] == []
    vault.erasures.clean()
    assert not vault.erasures.cleaning_pending


def test_the_journal_keeps_lines_without_identity(vault: Vault, philomene: Person) -> None:
    lines = vault.journal.of_person(philomene.id)
    before = vault.journal.head()[0]
    vault.erasures.erase([philomene.id])
    after = {line.seq: line for line in vault.journal.recent(1000)}
    for line in lines:
        emptied = after[line.seq]
        assert (emptied.at, emptied.user, emptied.action) == (line.at, line.user, line.action)
        assert (emptied.person_id, emptied.application_id, emptied.detail) == (None, None, {})
    erasure = after[before + 1]
    assert (erasure.action, erasure.person_id) == (Action.PERSON_DELETED, None)
    assert vault.journal.first_break() is None


EMPTIED_TAMPERINGS = {
    "moment": "UPDATE journal SET at = '2020-01-01T00:00:00+00:00' WHERE seq = {seq}",
    "user": "UPDATE journal SET user = 'Yann KERVELLA' WHERE seq = {seq}",
    "action": "UPDATE journal SET action = 'person_added' WHERE seq = {seq}",
    "person": "UPDATE journal SET person_id = 'x' WHERE seq = {seq}",
    "erasure": "UPDATE journal SET erased_by = erased_by - 1 WHERE seq = {seq}",
    "not emptied any more": "UPDATE journal SET erased_by = NULL WHERE seq = {seq}",
    "hash": "UPDATE journal SET hash = previous WHERE seq = {seq}",
}


@pytest.mark.parametrize("tampering", EMPTIED_TAMPERINGS)
def test_an_emptied_line_that_is_altered_is_located(
    vault: Vault, zoe: Person, tampering: str
) -> None:
    first = vault.journal.add(Action.PRINTED, person_id=zoe.id)
    vault.journal.add(Action.PRINTED, person_id=zoe.id)
    vault.erasures.erase([zoe.id])
    assert vault.journal.first_break() is None
    vault._store.run(EMPTIED_TAMPERINGS[tampering].format(seq=first.seq))
    assert vault.journal.first_break() in (first.seq, first.seq + 1)


def test_a_line_cannot_be_passed_off_as_emptied(vault: Vault, zoe: Person) -> None:
    line = vault.journal.add(Action.EXPORTED_CLEAR, detail={"title": "Journal"})
    vault.journal.add(Action.PRINTED, person_id=zoe.id)
    vault.erasures.erase([zoe.id])
    by = vault.journal.head()[0]
    vault._store.run(
        "UPDATE journal SET detail = '{}', user = 'x', erased_by = ? WHERE seq = ?", (by, line.seq)
    )
    assert vault.journal.first_break() == line.seq


def test_an_application_alone(vault: Vault, philomene: Person) -> None:
    one, other = vault.applications.of_person(philomene.id)[:2]
    documents = vault.documents.of_application(one.id)
    assert vault.erasures.erase(applications=[one.id]) == Erased(0, 1)
    assert vault.applications.find(one.id) is None
    assert vault.documents.of_application(one.id) == []
    assert documents[0] not in vault.documents.of_person(philomene.id)
    assert vault.applications.get(other.id) == other
    (line,) = [x for x in vault.journal.recent(1) if x.action is Action.APPLICATION_DELETED]
    assert line.person_id == philomene.id
    assert vault.journal.first_break() is None
    # The line of this erasure is emptied in its turn, and still seals what it emptied.
    vault.erasures.erase([philomene.id])
    assert vault.journal.first_break() is None
    assert philomene.id not in " ".join(cells(vault))


def test_the_bundle_and_the_others_answers_stay(vault: Vault, philomene: Person) -> None:
    _, bundle = vault.bundles.all()
    vault.erasures.erase([philomene.id])
    transfer, left = vault.bundles.all()
    assert (transfer.id, transfer.person_id, transfer.file_name) == ("b2", None, "2026-002.liasse")
    assert (left.id, left.sha256, left.number) == (bundle.id, bundle.sha256, bundle.number)
    assert left.application_ids == bundle.application_ids[1:]
    (receipt,) = vault.receipts.all()
    assert [one["reference"] for one in receipt.outcomes] == ["AUTRE"]
    assert vault.settings.get("decided", None) == {"other": {"k": "v"}}
    assert vault.settings.get("resume", None) is None
    assert vault.settings.get("interruption", None) == {}


def test_who_is_not_there_stops_the_whole_erasure(vault: Vault, zoe: Person) -> None:
    with pytest.raises(RecordNotFound):
        vault.erasures.erase([zoe.id, "nobody"])
    with pytest.raises(RecordNotFound):
        vault.erasures.erase([zoe.id], ["nothing"])
    assert vault.people.get(zoe.id) == zoe
    assert vault.journal.first_break() is None


def test_only_a_responsable_erases_people(closed: ClosedVault) -> None:
    vault = closed.open()
    zoe = vault.people.add(family_name="Ünal", given_names="Zoë")
    vault.users.add("Yann", Role.WORKER, "une phrase de passe à lui")
    vault.lock()
    vault = Vault.unlock(closed.folder, "une phrase de passe à lui")
    with pytest.raises(NotResponsible):
        vault.erasures.erase([zoe.id])
    assert vault.people.get(zoe.id) == zoe
    vault.lock()


def test_a_cleaning_that_fails_leaves_the_vault_whole(
    vault: Vault, zoe: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.people.add(family_name="Autre", given_names="Lou")
    vault.erasures.erase([zoe.id])

    def damaged(*_: object) -> None:
        raise DatabaseDamaged("the copy is not sound")

    monkeypatch.setattr("vault.database.cleaning._check", damaged)
    with pytest.raises(DatabaseDamaged):
        vault.erasures.clean()
    assert vault.erasures.cleaning_pending
    assert vault.people.count() == 1
    assert {file.name for file in vault.folder.iterdir()} <= {
        "vault.db", "vault.db-wal", "vault.keys", "vault.keys.previous", "vault.lock",
    }  # fmt: skip
    monkeypatch.undo()
    progress: list[float] = []
    vault.erasures.clean(progress.append)
    assert progress[-1] == 1.0 == max(progress)
    assert vault.verify().ok


def test_locking_does_not_wait_for_a_cleaning(
    closed: ClosedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = closed.open()
    with vault.transaction():
        for number in range(300):
            vault.people.add(family_name=f"Nom{number}", given_names="Lou " * 200)
    vault.erasures.erase([vault.people.all()[0].id])
    begun, asked = threading.Event(), threading.Event()
    give_up = vault._store.give_up_copies

    def told(_: float) -> None:
        begun.set()
        assert asked.wait(20)

    def asks() -> None:
        give_up()
        asked.set()

    monkeypatch.setattr(vault._store, "give_up_copies", asks)
    with ThreadPoolExecutor(1) as thread:
        cleaning = thread.submit(vault.erasures.clean, told)
        assert begun.wait(20)
        vault.lock()
    assert isinstance(cleaning.exception(), VaultLocked)
    again = closed.open()
    assert again.erasures.cleaning_pending
    assert again.people.count() == 299
    again.erasures.clean()
    assert again.verify().ok
    again.lock()


def test_the_vault_opens_with_its_keys_after_cleaning(closed: ClosedVault) -> None:
    vault = closed.open()
    salt = closed.database.read_bytes()[:16]
    zoe = vault.people.add(family_name="Ünal", given_names="Zoë")
    vault.erasures.erase([zoe.id])
    vault.erasures.clean()
    vault.lock()
    assert closed.database.read_bytes()[:16] == salt
    again = Vault.unlock(closed.folder, PASSPHRASE)
    assert again.people.count() == 0
    again.lock()


KILLED = """
import sys
from pathlib import Path
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault
vault = Vault.unlock_with_recovery(Path(sys.argv[1]), RecoveryKey(bytes.fromhex(sys.argv[2])))
print("open", flush=True)
while True:
    zoe = vault.people.add(family_name="Quenouaille", given_names="Zoe")
    vault.erasures.erase([zoe.id])
    vault.erasures.clean()
    print("cleaned", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_cleaning_that_is_killed_leaves_the_vault_whole(closed: ClosedVault) -> None:
    rank = random.Random(8)
    vault = closed.open()
    lou = vault.people.add(family_name="Autre", given_names="Lou")
    vault.lock()
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(closed.folder), closed.recovery.secret.hex()],
            stdout=subprocess.PIPE,
            text=True,
        ) as program:
            assert program.stdout is not None
            for _ in range(rank.randint(1, 3)):
                program.stdout.readline()
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(rank.random() / 10)
            program.kill()
        vault = closed.open()
        assert vault.people.get(lou.id) == lou
        assert vault.verify().ok
        assert not (closed.folder / "vault.db.clean").exists()
        vault.lock()


def test_a_backup_that_holds_who_was_erased_is_told(
    vault: Vault, zoe: Person, tmp_path: Path
) -> None:
    vault.people.add(family_name="Autre", given_names="Lou")
    backup = vault.backups.make(tmp_path / "cle")
    assert vault.compare_with(backup.folder, PASSPHRASE).erased == 0
    vault.erasures.erase([zoe.id])
    compared = vault.compare_with(backup.folder, PASSPHRASE)
    assert (compared.age, compared.erased, compared.warns) == (Age.OLDER, 1, True)
    assert vault.erasures.erased_among([zoe.id, "nobody"]) == [zoe.id]
    assert zoe.id not in " ".join(cells(vault))


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("a", None),
        (["a", "b"], ["b"]),
        ({"k": "a", "l": 1}, None),
        ({"a": {"k": 1}, "b": 2}, {"b": 2}),
        ({"u": {"record": "a"}, "v": {"record": "b"}}, {"v": {"record": "b"}}),
        ([{"id": "a"}, {"id": "b"}], [{"id": "b"}]),
        ({"ids": ["a", "b"], "n": None}, {"ids": ["b"], "n": None}),
        (3, 3),
    ],
)
def test_what_is_left_of_a_value(value: object, left: object) -> None:
    assert without(value, "a") == left


def cells(vault: Vault) -> Iterator[str]:
    """Every text of every table, the index of searches included."""
    tables = vault._store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    for (table,) in tables:
        for row in vault._store.rows(f"SELECT * FROM {table}"):
            for cell in row:
                yield cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def test_documents_are_part_of_a_person(vault: Vault, philomene: Person) -> None:
    kept: list[Document] = vault.documents.of_person(philomene.id)
    assert len(kept) == 21
