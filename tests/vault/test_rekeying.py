"""Another key under the whole database: the old one opens nothing; nobody else loses an access."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.errors import VaultError
from vault.rekeying import COPY_NAME
from vault.slots import Role
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

OTHER = "huître tambour nuage escalier"


def test_the_old_key_and_the_old_sheet_open_nothing_any_more(
    closed: ClosedVault, tmp_path: Path
) -> None:
    vault = Vault.unlock(closed.folder, closed.passphrase)
    zoe = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
    vault.users.add("A. Morvan", Role.WORKER, OTHER)
    old_keys = tmp_path / "vault.keys"
    shutil.copy(closed.keys, old_keys)
    sheet = vault.rekey()
    assert vault.people.get(zoe.id).given_names == "Zoë"
    vault.lock()
    with pytest.raises(VaultError):
        Vault.unlock_with_recovery(closed.folder, closed.recovery)
    for passphrase in (closed.passphrase, OTHER):
        again = Vault.unlock(closed.folder, passphrase)
        assert again.people.count() == 1
        assert again.verify().ok
        again.lock()
    Vault.unlock_with_recovery(closed.folder, sheet).lock()
    shutil.copy(old_keys, closed.keys)
    with pytest.raises(VaultError):
        Vault.unlock(closed.folder, closed.passphrase)


def test_whoever_is_not_responsible_changes_no_key(closed: ClosedVault) -> None:
    vault = Vault.unlock(closed.folder, closed.passphrase)
    vault.users.add("A. Morvan", Role.WORKER, OTHER)
    vault.lock()
    worker = Vault.unlock(closed.folder, OTHER)
    with pytest.raises(VaultError):
        worker.rekey()
    worker.lock()


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 40_000])
def test_a_copy_cut_short_by_a_kill_never_takes_the_place_of_the_database(
    closed: ClosedVault, tmp_path: Path, size: int
) -> None:
    """SQLite takes an empty file for a new database: one was once put in place of everything."""
    vault = closed.open()
    zoe = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
    vault.lock()
    copy = closed.folder / COPY_NAME
    copy.write_bytes(random.Random(1).randbytes(size))
    vault = closed.open()
    assert vault.people.get(zoe.id).given_names == "Zoë"
    assert vault.verify().ok
    assert not copy.exists()
    vault.lock()
