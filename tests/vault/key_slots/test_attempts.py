"""Wrong passphrases before a locked vault: counted whatever happens, told, never a lasting bar."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from vault.errors import DatabaseDamaged, WrongPassphrase
from vault.key_slots.attempts import FILE_NAME, LONGEST_WAIT, failed_attempts, wait_after
from vault.key_slots.key_slot import Role
from vault.key_slots.recovery import RecoveryKey
from vault.records.journal import Action
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

YANN = "girafe lanterne octobre"
KILLED = """
import os, signal, sys
from pathlib import Path
from vault.key_slots.kdf import Kdf
from vault.vault import Vault
Kdf.derive = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Vault.unlock(Path(sys.argv[1]), "une phrase quelconque")
"""


def fails(closed: ClosedVault, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassphrase):
            Vault.unlock_with_recovery(closed.folder, RecoveryKey.generate())


def said(vault: Vault) -> list[tuple[Action, str]]:
    return [(line.action, line.detail.get("count", "")) for line in vault.journal.recent(2)]


def test_tries_are_told_to_who_opens_and_kept_in_the_journal(closed: ClosedVault) -> None:
    fails(closed, 2)
    with pytest.raises(WrongPassphrase):
        Vault.unlock(closed.folder, "une phrase quelconque")
    assert failed_attempts(closed.folder) == 3
    vault = Vault.unlock(closed.folder, closed.passphrase)
    assert vault.session.failed_attempts == 3
    assert said(vault) == [(Action.UNLOCKED, ""), (Action.UNLOCK_REFUSED, "3")]
    assert not (closed.folder / FILE_NAME).exists()
    vault.lock()
    vault = Vault.unlock(closed.folder, closed.passphrase)
    assert vault.session.failed_attempts == 0
    vault.lock()


def test_each_user_is_told_what_happened_since_their_own_last_session(closed: ClosedVault) -> None:
    vault = closed.open()
    vault.users.add("Yann KERVELLA", Role.WORKER, YANN)
    vault.lock()
    Vault.unlock(closed.folder, YANN).lock()
    fails(closed, 1)
    Vault.unlock(closed.folder, closed.passphrase).lock()
    fails(closed, 2)
    vault = Vault.unlock(closed.folder, YANN)
    assert vault.session.failed_attempts == 3
    vault.lock()


def test_a_reader_is_told_too(closed: ClosedVault) -> None:
    vault = closed.open()
    vault.users.add("Maëlle LE GOFF", Role.READER, YANN)
    vault.lock()
    fails(closed)
    vault = Vault.unlock(closed.folder, YANN)
    assert vault.session.failed_attempts == 1
    vault.lock()


def test_a_program_killed_in_the_middle_of_a_try_has_tried(closed: ClosedVault) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(closed.folder)], check=False)
    assert done.returncode < 0
    assert failed_attempts(closed.folder) == 1


def test_what_is_no_wrong_passphrase_is_not_counted(closed: ClosedVault) -> None:
    closed.database.write_bytes(b"")
    with pytest.raises(DatabaseDamaged):
        closed.open()
    assert failed_attempts(closed.folder) == 0


@pytest.mark.parametrize("trouble", ["a folder in its place", "emptied", "absurdly large"])
def test_a_spoilt_count_keeps_nobody_out(closed: ClosedVault, trouble: str) -> None:
    file = closed.folder / FILE_NAME
    if trouble == "a folder in its place":
        file.mkdir()
    else:
        file.write_bytes(b"" if trouble == "emptied" else bytes(10**6))
    assert wait_after(failed_attempts(closed.folder)) <= LONGEST_WAIT
    vault = closed.open()
    assert vault.people.count() == 0
    vault.lock()


def test_the_wait_grows_and_stops_growing() -> None:
    waits = [wait_after(failed) for failed in range(12)]
    assert waits[:3] == [0, 0, 0]
    assert waits[3:8] == [2, 4, 8, 16, 32]
    assert set(waits[8:]) == {LONGEST_WAIT}
    assert wait_after(10**6) == LONGEST_WAIT
