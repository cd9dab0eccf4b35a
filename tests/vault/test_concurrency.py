"""Two programs, two threads, one vault: nobody is locked out, no access comes back by itself."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.vault.killing import killed_at, needs_fork
from vault.database.folder_lock import FILE_NAME, FolderLock
from vault.errors import LastResponsible, VaultError, VaultInUse, WrongPassphrase
from vault.key_slots.accesses import users_of, with_role
from vault.key_slots.kdf import Kdf
from vault.key_slots.key_slot import Role
from vault.key_slots.keyfile import KeyFile, read_key_file, write_key_file
from vault.records.journal import Action
from vault.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.vault.conftest import ClosedVault

YANN = "girafe lanterne octobre"
OPENS = """
import sys
from pathlib import Path
from vault.errors import VaultInUse
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault
try:
    Vault.unlock_with_recovery(Path(sys.argv[1]), RecoveryKey.parse(sys.argv[2])).lock()
except VaultInUse:
    sys.exit(3)
"""


def opened_elsewhere(closed: ClosedVault) -> int:
    """What another program comes to that opens the vault: 0, or 3 when it is in use."""
    key = "\n".join(closed.recovery.lines())
    return subprocess.run(
        [sys.executable, "-c", OPENS, str(closed.folder), key], check=False
    ).returncode


def responsables(vault: Vault) -> list[str]:
    return [user.name for user in vault.users.all() if user.role is Role.RESPONSIBLE]


def test_another_program_is_told_that_the_vault_is_in_use(closed: ClosedVault) -> None:
    vault = closed.open()
    assert opened_elsewhere(closed) == 3
    # Before any passphrase is looked at.
    with pytest.raises(VaultInUse):
        Vault.unlock(closed.folder, "ce n’est pas elle")
    vault.lock()
    assert opened_elsewhere(closed) == 0
    assert not (closed.folder / FILE_NAME).exists()


def test_what_a_killed_program_left_keeps_nobody_out(closed: ClosedVault) -> None:
    (closed.folder / FILE_NAME).write_bytes(b"")
    closed.open().lock()


def test_a_refused_passphrase_lets_go_of_the_folder(closed: ClosedVault) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.unlock(closed.folder, "ce n’est pas elle")
    FolderLock(closed.folder).release()


@pytest.mark.parametrize("moment", ["before", "after"])
def test_nobody_comes_in_while_one_database_replaces_another(
    closed: ClosedVault, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Both databases are closed then: another program once removed the copy about to come."""
    vault = closed.open()
    zoe = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
    elsewhere: list[int] = []

    def write_and_look(folder: Path, key_file: KeyFile) -> None:
        if moment == "after":
            write_key_file(folder, key_file)
        elsewhere.append(opened_elsewhere(closed))
        if moment == "before":
            write_key_file(folder, key_file)

    monkeypatch.setattr("vault.copies.rekeying.write_key_file", write_and_look)
    sheet = vault.rekey()
    assert elsewhere == [3]
    assert vault.people.get(zoe.id).given_names == "Zoë"
    vault.lock()
    vault = Vault.unlock_with_recovery(closed.folder, sheet)
    assert vault.people.count() == 1
    vault.lock()


def test_two_responsables_who_demote_each_other_leave_one(
    closed: ClosedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = closed.open()
    (anne,) = vault.users.all()
    yann = vault.users.add("Yann KERVELLA", Role.RESPONSIBLE, YANN)
    both = threading.Barrier(2, timeout=0.3)

    def with_role_together(*known: Any) -> KeyFile:
        # Both know the same file by then, unless the second waits for the first.
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait()
        return with_role(*known)

    monkeypatch.setattr("vault.users.with_role", with_role_together)
    refused: list[type[Exception]] = []

    def demote(id: str) -> None:
        try:
            vault.users.change_role(id, Role.WORKER)
        except VaultError as error:
            refused.append(type(error))

    threads = [threading.Thread(target=demote, args=(id,)) for id in (anne.id, yann.id)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [LastResponsible]
    assert len(responsables(vault)) == 1
    vault.lock()


WITH_AN_OLDER_FILE: dict[str, Callable[[Vault, str], object]] = {
    "a passphrase": lambda vault, anne: vault.users.reset_passphrase(anne, "une tout autre phrase"),
    "a recovery key": lambda vault, _: vault.users.renew_recovery(),
    "the vault’s key": lambda vault, _: vault.rekey(),
}


@pytest.mark.parametrize("step", WITH_AN_OLDER_FILE)
def test_a_change_made_with_an_older_key_file_brings_nobody_back(
    closed: ClosedVault, step: str
) -> None:
    vault = closed.open()
    (anne,) = vault.users.all()
    yann = vault.users.add("Yann KERVELLA", Role.RESPONSIBLE, YANN)
    old = closed.keys.read_bytes()
    vault.users.remove(yann.id)
    vault.lock()
    closed.keys.write_bytes(old)
    vault = closed.open()
    assert vault.session.keys_are_older
    WITH_AN_OLDER_FILE[step](vault, anne.id)
    assert [user.id for user in vault.users.all()] == [anne.id]
    vault.lock()
    with pytest.raises(WrongPassphrase):
        Vault.unlock(closed.folder, YANN)


def test_an_older_key_file_leaves_a_responsable(closed: ClosedVault) -> None:
    vault = closed.open()
    (anne,) = vault.users.all()
    old = closed.keys.read_bytes()
    vault.users.add("Yann KERVELLA", Role.RESPONSIBLE, YANN)
    vault.users.change_role(anne.id, Role.WORKER)
    vault.lock()
    closed.keys.write_bytes(old)
    # Yann has no slot in it, and Anne is no responsable any more.
    vault = Vault.unlock(closed.folder, closed.passphrase)
    assert vault.session.role is Role.WORKER
    with pytest.raises(LastResponsible):
        vault.users.change_passphrase(closed.passphrase, "une tout autre phrase")
    vault.lock()
    vault = closed.open()
    vault.users.add("Luís DA SILVA", Role.RESPONSIBLE, YANN)
    vault.users.change_role(anne.id, Role.RESPONSIBLE)
    assert sorted(responsables(vault)) == ["Anne MERCIER", "Luís DA SILVA"]
    vault.lock()


def test_an_access_changed_just_before_a_power_cut_is_in_the_journal(closed: ClosedVault) -> None:
    vault = closed.open()
    yann = vault.users.add("Yann KERVELLA", Role.WORKER, YANN)
    vault.lock()
    before = closed.database.read_bytes()
    vault = closed.open()
    vault.users.remove(yann.id)
    vault.lock()
    # The key file was renamed; the transaction was never committed.
    closed.database.write_bytes(before)
    vault = closed.open()
    (removed,) = (one for one in vault.journal.recent(9) if one.action is Action.USER_REMOVED)
    assert removed.detail["name"] == "Yann KERVELLA"
    assert removed.detail["found"]
    assert vault.journal.first_break() is None
    vault.lock()


def recovery_of(folder: Path) -> str:
    return next(slot.id for slot in read_key_file(folder).slots if slot.type == "recovery")


CHANGES: dict[str, Callable[[Vault, str], object]] = {
    "a role": lambda vault, yann: vault.users.change_role(yann, Role.READER),
    "an access": lambda vault, yann: vault.users.remove(yann),
    "the sheet": lambda vault, _: vault.users.renew_recovery(),
}


@needs_fork
@pytest.mark.parametrize("change", CHANGES)
def test_killed_at_every_step_of_a_change_a_responsable_can_open(
    closed: ClosedVault, tmp_path: Path, change: str
) -> None:
    vault = Vault.unlock(closed.folder, closed.passphrase)
    anne = vault.session.user_id
    yann = vault.users.add("Yann KERVELLA", Role.RESPONSIBLE, YANN, kdf=Kdf()).id
    vault.users.confirm_recovery()
    vault.lock()
    sheet = recovery_of(closed.folder)
    was_killed, died = True, 0
    while was_killed:
        folder = tmp_path / f"killed-{died}"
        shutil.copytree(closed.folder, folder)

        def work(from_now: Callable[[], None], folder: Path = folder) -> None:
            vault = Vault.unlock_with_recovery(folder, closed.recovery)
            from_now()
            CHANGES[change](vault, yann)

        was_killed = killed_at(died, work)
        key_file = read_key_file(folder)
        vault = Vault.unlock(folder, closed.passphrase, first=anne)
        assert vault.session.role is Role.RESPONSIBLE
        assert not vault.session.keys_are_older
        assert {user.id for user in vault.users.all()} == {user.id for user in users_of(key_file)}
        assert vault.journal.first_break() is None
        # A sheet that nobody may have seen is not said to be read.
        assert vault.users.recovery_confirmed is (recovery_of(folder) == sheet)
        vault.lock()
        died += 1
    assert died > 4
