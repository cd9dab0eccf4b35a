"""Backups: whole while the vault is in use, read back, counted; put back, or refused whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.copies.backups import backups_in
from vault.copies.restoring import Age
from vault.errors import BackupUnsound, NotABackup, VaultError, WrongPassphrase
from vault.records.people import Person
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault


def moment(minute: int) -> datetime:
    return datetime(2026, 11, 24, 10, minute)  # noqa: DTZ001 - local, as in the names


def test_a_backup_is_whole_while_the_vault_goes_on(
    vault: Vault, zoe: Person, closed: ClosedVault, tmp_path: Path
) -> None:
    told: list[float] = []
    backup = vault.backups.make(tmp_path / "cle", progress=told.append)
    vault.people.add(family_name="Kervella", given_names="Yann")
    assert told[-1] == 1.0
    assert vault.backups.last is not None
    back = Vault.restore(backup.folder, tmp_path / "neuf", closed.passphrase)
    assert [person.id for person in back.people.all()] == [zoe.id]
    assert back.verify().ok
    back.lock()
    again = Vault.restore(backup.folder, tmp_path / "autre", closed.recovery)
    assert again.people.count() == 1
    again.lock()


def test_the_oldest_leave_and_no_half_backup_passes_for_one(vault: Vault, tmp_path: Path) -> None:
    for minute in range(4):
        vault.backups.make(tmp_path, keep=3, moment=moment(minute))
    assert [one.made_at for one in backups_in(tmp_path)] == [moment(3), moment(2), moment(1)]
    (tmp_path / "trait-dunion-2026-11-24-120000-00000000.new").mkdir()
    assert len(backups_in(tmp_path)) == 3


def test_a_backup_made_while_the_clock_is_set_back_stays(vault: Vault, tmp_path: Path) -> None:
    for minute in range(3):
        vault.backups.make(tmp_path, keep=3, moment=moment(minute))
    long_ago = moment(0).replace(year=2014)
    made = vault.backups.make(tmp_path, keep=3, moment=long_ago)
    assert made.folder.is_dir()
    assert [one.made_at for one in backups_in(tmp_path)] == [moment(2), moment(1), long_ago]


def test_an_older_backup_says_what_it_lacks(
    vault: Vault, closed: ClosedVault, tmp_path: Path
) -> None:
    backup = vault.backups.make(tmp_path)
    person = vault.people.add(family_name="Kervella", given_names="Yann")
    from vault.records.journal import Action

    vault.journal.add(Action.PERSON_ADDED, person_id=person.id)
    found = vault.compare_with(backup.folder, closed.passphrase)
    assert found.age is Age.OLDER
    assert found.warns
    assert found.lost == 1


@pytest.mark.parametrize("part", ["vault.db", "vault.keys"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    vault: Vault, zoe: Person, closed: ClosedVault, tmp_path: Path, part: str
) -> None:
    backup = vault.backups.make(tmp_path / "cle")
    file = backup.folder / part
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(bytes(content))
    with pytest.raises(VaultError):
        Vault.restore(backup.folder, tmp_path / "neuf", closed.passphrase)
    assert not (tmp_path / "neuf" / "vault.db").exists()


def test_a_wrong_secret_or_another_folder_is_told(
    vault: Vault, closed: ClosedVault, tmp_path: Path
) -> None:
    backup = vault.backups.make(tmp_path / "cle")
    with pytest.raises(WrongPassphrase):
        Vault.restore(backup.folder, tmp_path / "neuf", "une phrase qui n’ouvre rien")
    (tmp_path / "vide").mkdir()
    with pytest.raises((NotABackup, BackupUnsound)):
        Vault.restore(tmp_path / "vide", tmp_path / "neuf", closed.passphrase)
