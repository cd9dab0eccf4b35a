"""Putting a backup back: into a new folder, with a passphrase or the recovery key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from vault.copies.copying import copy_flushed
from vault.creation import UNFINISHED, refuse_existing, remove_unfinished
from vault.database.folder_lock import FolderLock
from vault.database.refusals import flush_folder, reachable
from vault.database.store import FILE_NAME, Store
from vault.database.verification import verify
from vault.errors import BackupUnsound, DatabaseDamaged, KeyFileMissing, NotABackup, VaultError
from vault.key_slots.accesses import Opened, open_with_passphrase, open_with_recovery
from vault.key_slots.keyfile import KeyFile, read_key_file, write_key_file
from vault.key_slots.recovery import RecoveryKey
from vault.opening import take_custody
from vault.records.erasures import erased_since
from vault.records.journal import Action, Author, Journal
from vault.secret_memory import SecretKey
from vault.session import Custody


class Age(Enum):
    """How a backup stands to the vault that is here."""

    SAME = "same"
    OLDER = "older"
    NEWER = "newer"
    DIVERGED = "diverged"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Comparison:
    """A backup beside the vault that is here.

    Attributes:
        age: UNKNOWN when there is no vault here, it is another, or it could not be opened.
        lost: how many lines of the vault's journal the backup lacks, openings and lockings
            aside: what was done since; 0 when unknown.
        last_at: when the backup's last line was written.
        erased: how many people of the backup were erased in the vault since, and would be back.
    """

    age: Age
    lost: int
    last_at: str
    erased: int = 0

    @property
    def warns(self) -> bool:
        """Whether something done since would be missing, or somebody erased would be back."""
        return self.lost > 0 or self.erased > 0 or self.age is Age.DIVERGED


def restore(
    backup: Path,
    folder: Path,
    secret: str | RecoveryKey,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> Custody:
    """Copy a backup into a new folder, check all of it, and open it.

    Args:
        backup: the backup's folder.
        folder: the new vault's; made if missing, and holding no vault.
        secret: a passphrase, or the recovery key.
        progress: told how much is copied, from 0 to 1; it may raise to give up.

    Raises:
        NotABackup: the folder lacks one of a vault's files.
        VaultExists: the new folder holds a vault.
        WrongPassphrase, KeyFileDamaged, KeyFileTooNew, SchemaTooNew: it cannot be opened.
        BackupUnsound: part of it is damaged; nothing is left behind (`repair` may help).
        VaultFolderUnwritable: the new folder cannot be written.
    """
    keys, opened = _open(backup, secret)
    refuse_existing(folder)
    key = SecretKey(bytes(bytearray(opened.data_key)))
    with reachable():
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with reachable():
            copy_flushed(backup / FILE_NAME, folder / UNFINISHED, progress)
            log = backup / f"{FILE_NAME}-wal"
            if log.exists():
                copy_flushed(log, folder / f"{UNFINISHED}-wal", lambda _: None)
        write_key_file(folder, keys)
        _refuse_problems(folder, key, keys.vault_id)
        # Last: until the database has its name, nothing was restored.
        with reachable():
            (folder / UNFINISHED).rename(folder / FILE_NAME)
            flush_folder(folder)
        passphrase = secret if isinstance(secret, str) else None
        custody = take_custody(folder, keys, opened, FolderLock(folder), passphrase)
    except BaseException:
        remove_unfinished(folder, made=made)
        raise
    finally:
        key.wipe()
    custody.journal.add(Action.RESTORED, detail={"name": backup.name})
    return custody


def compare(backup: Path, present: Custody | Path | None, secret: str | RecoveryKey) -> Comparison:
    """Say how a backup stands to the vault that is here, before anything is restored.

    Args:
        backup: the backup's folder.
        present: the vault that is here, open; or its folder, opened with the same secret for as
            long as it takes to look; or None.
        secret: what opens the backup.

    Raises:
        NotABackup, WrongPassphrase, KeyFileDamaged, DatabaseDamaged: the backup cannot be opened.
        VaultFolderUnwritable: SQLCipher cannot open it where it is.
    """
    keys, opened = _open(backup, secret)
    key = SecretKey(opened.data_key)
    store = Store(backup / FILE_NAME, key)
    try:
        copy = Journal(store, Author(""))
        moment = next((line.at for line in copy.recent(1)), "")
        if isinstance(present, Custody):
            same = present.vault_id == keys.vault_id
            return _compared(store, present.store if same else None, moment)
        return _compared_with_folder(store, present, keys.vault_id, secret, moment)
    finally:
        store.close()
        key.wipe()


def _compared_with_folder(
    copy: Store, present: Path | None, vault_id: str, secret: str | RecoveryKey, moment: str
) -> Comparison:
    try:
        if present is None:
            return Comparison(Age.UNKNOWN, 0, moment)
        hold = FolderLock(present)
        try:
            keys = read_key_file(present)
            opened = _opened(keys, secret)
        except BaseException:
            hold.release()
            raise
        key = SecretKey(opened.data_key)
        try:
            store = Store(present / FILE_NAME, key, hold=hold)
        except BaseException:
            hold.release()
            key.wipe()
            raise
        try:
            return _compared(copy, store if keys.vault_id == vault_id else None, moment)
        finally:
            store.close()
            key.wipe()
    except VaultError:
        # Lost, damaged, in use: often the very reason for restoring.
        return Comparison(Age.UNKNOWN, 0, moment)


def _compared(backup: Store, present: Store | None, moment: str) -> Comparison:
    if present is None:
        return Comparison(Age.UNKNOWN, 0, moment)
    copy, here = Journal(backup, Author("")), Journal(present, Author(""))
    (copied, copied_hash), (last, last_hash) = copy.head(), here.head()
    if (copied, copied_hash) == (last, last_hash):
        return Comparison(Age.SAME, 0, moment)
    erased = erased_since(backup, present)
    if copied < last and here.hash_of(copied) == copied_hash:
        return Comparison(Age.OLDER, here.deeds_after(copied), moment, erased)
    if copied > last and copy.hash_of(last) == last_hash:
        return Comparison(Age.NEWER, 0, moment, erased)
    return Comparison(Age.DIVERGED, 0, moment, erased)


def _open(backup: Path, secret: str | RecoveryKey) -> tuple[KeyFile, Opened]:
    try:
        keys = read_key_file(backup)
    except KeyFileMissing:
        raise NotABackup from None
    with reachable():
        if not (backup / FILE_NAME).exists():
            raise NotABackup
    return keys, _opened(keys, secret)


def _opened(keys: KeyFile, secret: str | RecoveryKey) -> Opened:
    if isinstance(secret, RecoveryKey):
        return open_with_recovery(keys, secret)
    return open_with_passphrase(keys, secret)


def _refuse_problems(folder: Path, key: SecretKey, vault_id: str) -> None:
    try:
        store = Store(folder / UNFINISHED, key)
    except DatabaseDamaged as error:
        raise BackupUnsound(str(error)) from error
    try:
        problems = verify(store, folder, vault_id).problems
    finally:
        store.close()
    if any(not problem.startswith("Journal rompu") for problem in problems):
        raise BackupUnsound(problems[0])
