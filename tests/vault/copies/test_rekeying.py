"""Another key under the whole database: the old one opens nothing; nobody else loses an access."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.vault.killing import killed_at, needs_fork
from vault.copies.rekeying import COPY_NAME
from vault.errors import VaultError, VaultFolderUnwritable, VaultLocked, WrongPassphrase
from vault.key_slots.key_slot import Role
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

OTHER = "huître tambour nuage escalier"


class GivenUp(Exception):
    """Somebody asked to stop."""


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


def test_a_database_that_cannot_be_replaced_is_the_old_one_still(
    closed: ClosedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows, whatever reads the file for a moment keeps it from being replaced."""
    vault = Vault.unlock(closed.folder, closed.passphrase)
    zoe = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "vault.db":
            raise PermissionError(13, "in use")
        return replace(self, target)

    with monkeypatch.context() as busy:
        busy.setattr(Path, "replace", refuse)
        with pytest.raises(VaultFolderUnwritable):
            vault.rekey()
    assert vault.people.get(zoe.id).given_names == "Zoë"
    vault.people.add(family_name="Kervella", given_names="Yann")
    vault.users.add("A. Morvan", Role.WORKER, OTHER)
    vault.lock()
    assert [file.name for file in closed.folder.glob("*.rekeyed*")] == []
    vault = closed.open()
    assert vault.people.count() == 2
    assert not vault.session.rekey_pending
    assert vault.verify().ok
    vault.lock()


def test_given_up_it_has_changed_nothing(closed: ClosedVault) -> None:
    vault = closed.open()
    before = closed.keys.read_bytes()

    def give_up(done: float) -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        vault.rekey(give_up)
    vault.lock()
    assert closed.keys.read_bytes() == before
    vault = closed.open()
    assert not vault.session.rekey_pending
    vault.lock()


def test_the_work_goes_on_meanwhile_and_nothing_of_it_is_lost(closed: ClosedVault) -> None:
    vault = closed.open()
    zoe = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
    vault.documents.add(
        person_id=zoe.id,
        application_id=None,
        request_name=None,
        name="scan.pdf",
        media_type="application/pdf",
        pages=1,
        content=random.Random(1).randbytes(12_000_000),
    )
    added: list[str] = []

    def meanwhile(done: float) -> None:
        if 0 < done < 0.5:
            # From another thread: a lock that is held would keep this one waiting for ever.
            worker = threading.Thread(
                target=lambda: added.append(
                    vault.people.add(family_name=f"N{len(added)}", given_names="Yann").id
                )
            )
            worker.start()
            worker.join(timeout=20)
            assert not worker.is_alive()

    sheet = vault.rekey(meanwhile)
    assert len(added) > 1
    vault.lock()
    vault = Vault.unlock_with_recovery(closed.folder, sheet)
    assert vault.people.count() == 1 + len(added)
    assert vault.verify().ok
    vault.lock()


@needs_fork
def test_killed_at_every_step_the_vault_opens_and_holds_all(
    closed: ClosedVault, tmp_path: Path
) -> None:
    """The program dies before each thing that it asks of the file system, in turn."""
    vault = closed.open()
    zoe = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
    vault.lock()
    was_killed, died = True, 0
    while was_killed:
        folder, sheet = tmp_path / f"killed-{died}", tmp_path / f"sheet-{died}"
        shutil.copytree(closed.folder, folder)

        def change_key(
            from_now: Callable[[], None], folder: Path = folder, sheet: Path = sheet
        ) -> None:
            vault = Vault.unlock_with_recovery(folder, closed.recovery)
            # What it draws must be known outside, were it killed once the keys are changed.
            drawn = RecoveryKey.generate
            RecoveryKey.generate = lambda: _written(drawn(), sheet)  # type: ignore[method-assign]
            from_now()
            vault.rekey()

        was_killed = killed_at(died, change_key)
        keys = [closed.recovery]
        if sheet.exists():
            keys.append(RecoveryKey.parse(sheet.read_text()))
        opened = _opened(folder, keys)
        assert opened.people.get(zoe.id).given_names == "Zoë"
        assert opened.verify().ok
        opened.lock()
        assert sorted(file.name for file in folder.glob("vault.db*")) == ["vault.db"]
        died += 1
    assert died > 12


def _opened(folder: Path, keys: list[RecoveryKey]) -> Vault:
    for key in keys[:-1]:
        try:
            return Vault.unlock_with_recovery(folder, key)
        except WrongPassphrase:
            continue
    return Vault.unlock_with_recovery(folder, keys[-1])


def _written(key: RecoveryKey, sheet: Path) -> RecoveryKey:
    sheet.write_text("\n".join(key.lines()))
    return key


def test_locked_meanwhile_it_keeps_the_old_key_and_says_so(closed: ClosedVault) -> None:
    vault = closed.open()
    lockers: list[threading.Thread] = []

    def lock_elsewhere(done: float) -> None:
        if not lockers:
            lockers.append(threading.Thread(target=vault.lock))
            lockers[0].start()

    vault.documents.add(
        person_id=vault.people.add(family_name="Kervella", given_names="Yann").id,
        application_id=None,
        request_name=None,
        name="scan.pdf",
        media_type="application/pdf",
        pages=1,
        content=random.Random(1).randbytes(8_000_000),
    )
    with pytest.raises(VaultLocked):
        vault.rekey(lock_elsewhere)
    lockers[0].join()
    assert vault.locked
    assert [file.name for file in closed.folder.glob("*.rekeyed*")] == []
    vault = closed.open()
    assert vault.session.rekey_pending
    assert vault.people.count() == 1
    vault.lock()
