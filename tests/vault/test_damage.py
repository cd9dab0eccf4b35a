"""A damaged database: noticed at opening or at reading, never a crash, never wrong data."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.errors import DatabaseDamaged, DocumentDamaged
from vault.records.people import Person
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

PAGE = 4096


@pytest.fixture
def full(closed: ClosedVault) -> ClosedVault:
    """A vault with enough in it for every table to have a page."""
    vault = closed.open()
    person = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë", prison_number="48213")
    application = vault.applications.add(
        person_id=person.id,
        form_id="lettre",
        form_version="1",
        form_title="Lettre",
        answers={f"/data/q{number}": "Ünal-Œillet" for number in range(800)},
        definition="settings:\n" * 3000,
    )
    vault.settings.set("long", ["Œ"] * 5000)
    vault.documents.add(
        person_id=person.id,
        application_id=application.id,
        request_name=None,
        name="carte.pdf",
        media_type="application/pdf",
        pages=1,
        content=random.Random(5).randbytes(40_000),
    )
    vault.lock()
    return closed


def everything(vault: Vault) -> Iterator[object]:
    """Read all that a vault holds."""
    for person in vault.people.all():
        yield person
        yield vault.applications.of_person(person.id)
        for document in vault.documents.of_person(person.id):
            yield document
            yield vault.documents.content(document.id)
    yield vault.search("unal")
    yield vault.identity
    yield vault.settings.get("long", None)
    yield [entry for entry in vault.journal.recent(100) if entry.seq <= 2]


def read_everything(closed: ClosedVault) -> None:
    vault = closed.open()
    try:
        for found in everything(vault):
            assert "\0" not in repr(found)
            assert "\\x00" not in str(found)[-200:]
    finally:
        with contextlib.suppress(DatabaseDamaged):
            vault.lock()


@pytest.mark.parametrize("seed", range(3))
def test_a_flipped_bit_is_noticed_or_changes_nothing_read(full: ClosedVault, seed: int) -> None:
    vault = full.open()
    held = list(everything(vault))
    vault.lock()
    sound = full.database.read_bytes()
    chance = random.Random(seed)
    for page in range(len(sound) // PAGE):
        damaged = bytearray(sound)
        damaged[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        full.database.write_bytes(damaged)
        try:
            vault = full.open()
        except DatabaseDamaged:
            continue
        with contextlib.suppress(DatabaseDamaged, DocumentDamaged):
            assert list(everything(vault)) == held
        assert not vault.verify().ok
        try:
            vault.lock()
        except DatabaseDamaged:
            assert vault.locked


def test_two_pages_exchanged_are_noticed(full: ClosedVault) -> None:
    content = bytearray(full.database.read_bytes())
    third, fourth = slice(3 * PAGE, 4 * PAGE), slice(4 * PAGE, 5 * PAGE)
    content[third], content[fourth] = content[fourth], content[third]
    full.database.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        read_everything(full)


def test_the_blank_end_of_a_long_text_is_not_shown(full: ClosedVault) -> None:
    sound = full.database.read_bytes()
    noticed = 0
    for page in range(len(sound) // PAGE):
        damaged = bytearray(sound)
        damaged[page * PAGE + 100] ^= 1
        full.database.write_bytes(damaged)
        try:
            read_everything(full)
        except (DatabaseDamaged, DocumentDamaged):
            noticed += 1
    assert noticed > len(sound) // PAGE // 2


@pytest.mark.parametrize("kept", [1, 15, 16, 511, 4095, 4096, 5000, 8192])
def test_a_database_cut_short_is_noticed_at_opening(full: ClosedVault, kept: int) -> None:
    os.truncate(full.database, kept)
    with pytest.raises(DatabaseDamaged):
        full.open()


@pytest.mark.parametrize("lost", [1, 4095, 4096, 20_000])
def test_a_lost_end_is_noticed_at_opening(full: ClosedVault, lost: int) -> None:
    os.truncate(full.database, full.database.stat().st_size - lost)
    with pytest.raises(DatabaseDamaged):
        full.open()


@pytest.mark.parametrize("size", [10, 4096, 100_000])
def test_something_else_in_its_place_is_damage(closed: ClosedVault, size: int) -> None:
    closed.database.write_bytes(random.Random(6).randbytes(size))
    with pytest.raises(DatabaseDamaged):
        closed.open()


def test_the_database_of_another_vault_is_damage(closed: ClosedVault, tmp_path: Path) -> None:
    from vault.vault import VaultKind

    other, _ = Vault.create(
        tmp_path / "other",
        kind=VaultKind.STATION,
        place="x",
        user="x",
        passphrase="une longue phrase",
    )
    other.lock()
    shutil.copy(tmp_path / "other" / "vault.db", closed.database)
    with pytest.raises(DatabaseDamaged):
        closed.open()


def test_a_log_left_by_another_vault_changes_nothing(full: ClosedVault) -> None:
    (full.folder / "vault.db-wal").write_bytes(random.Random(7).randbytes(3 * PAGE))
    vault = full.open()
    assert [person.family_name for person in vault.people.all()] == ["Ünal-Œillet"]
    assert vault.verify().ok
    vault.lock()


def test_sqlcipher_says_nothing_on_the_terminal_by_itself(
    full: ClosedVault, capfd: pytest.CaptureFixture[str]
) -> None:
    os.truncate(full.database, 4096)
    with pytest.raises(DatabaseDamaged):
        full.open()
    assert capfd.readouterr() == ("", "")


def test_a_sound_vault_has_no_problem(vault: Vault, zoe: Person) -> None:
    assert vault.people.get(zoe.id) == zoe
    report = vault.verify()
    assert report.ok
    assert report.problems == ()


def test_a_key_file_lost_while_the_vault_is_open_is_told(closed: ClosedVault) -> None:
    vault = closed.open()
    closed.keys.unlink()
    assert [problem for problem in vault.verify().problems if "clés" in problem]
    vault.lock()
