"""Another key for the whole database: when somebody who knew the old one must not read on.

A user who was removed may have kept a copy of the vault, and with it the key. Everything is
copied under a new key, beside; the key file that wraps the new key is what makes it final; then
the copy takes the database's name. A program killed before that leaves the vault as it was, to
be begun again from its first page, for the new key was in memory alone
(`Session.rekey_pending`); killed after, the next opening finishes it. The users
who stay keep their passphrases; the recovery key is drawn anew, for the old sheet was seen.

What it does not do: backups made before still open with the old key and the old passphrases; the
old database's blocks stay on the disk, encrypted under the old key, until they are used again.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from vault.database.refusals import flush_folder, reachable
from vault.database.schema import version_of
from vault.database.store import FILE_NAME, Store
from vault.errors import AccessTooOld, DatabaseDamaged, DiskFull, VaultError, VaultLocked
from vault.key_slots.accesses import accesses, around_new_key
from vault.key_slots.kdf import KEY_SIZE
from vault.key_slots.keyfile import PREVIOUS_NAME, KeyFile, check_mac, read_key_file, write_key_file
from vault.key_slots.recovery import RecoveryKey
from vault.records.columns import now
from vault.records.journal import Action, Author, Journal
from vault.records.settings import Settings
from vault.records.user_records import RECOVERY_CONFIRMED, in_force, mirror
from vault.secret_memory import SecretKey
from vault.session import Custody

COPY_NAME = f"{FILE_NAME}.rekeyed"
"""The copy under the new key, until it is the database."""

_PENDING = "rekey_pending"
_COPIED = 0.8


def rekey(custody: Custody, progress: Callable[[float], None] = lambda _: None) -> RecoveryKey:
    """Put a new key in place of the database's; return the new recovery key, to print now.

    The vault may be used meanwhile, from another thread, until the last pages are copied; accesses
    are changed before or after.

    Args:
        custody: of an open vault.
        progress: told how much is done, from 0 to 1, in the caller's thread; until 1 it may raise
            to give up, which changes nothing.

    Raises:
        NotResponsible: the session may not.
        AccessTooOld: somebody must first open the vault once, or be removed.
        VaultFolderUnwritable: there is no room for a second database; nothing was changed.
        DatabaseDamaged: the copy is not sound; nothing was changed.
    """
    custody.session.require_responsible()
    with custody.changing_keys:
        before = custody.key_file()
        check_mac(before, custody.key.reveal())
        key_file = in_force(before, custody.key.reveal(), custody.store)
        _refuse_too_old(key_file, custody.key)
        recovery, new_key = RecoveryKey.generate(), SecretKey(secrets.token_bytes(KEY_SIZE))
        changed = around_new_key(key_file, custody.key.reveal(), new_key.reveal(), recovery)
        try:
            _replace(custody, new_key, before, changed, progress)
        except BaseException as error:
            _give_up(custody, error)
            raise
        finally:
            new_key.wipe()
    progress(1.0)
    return recovery


def _replace(
    custody: Custody,
    new_key: SecretKey,
    before: KeyFile,
    changed: KeyFile,
    progress: Callable[[float], None],
) -> None:
    folder, store = custody.folder, custody.store
    copy = folder / COPY_NAME
    custody.settings.set(_PENDING, {"since": now()})
    _refuse_full(folder)
    with store.copied(copy, new_key, lambda done: progress(done * _COPIED)):
        _complete(copy, new_key, changed, custody)
        progress(0.95)
        # The copy must have its name for good before the key file that needs it.
        with reachable():
            flush_folder(folder)
        store.replace_by(
            copy,
            new_key,
            former=custody.key,
            commit=lambda: write_key_file(folder, changed),
            undo=lambda: _put_back(folder, before),
        )
        custody.key.become(new_key)
        with reachable():
            flush_folder(folder)
            # It wraps the old key, and lets the removed user in to an old copy.
            (folder / PREVIOUS_NAME).unlink(missing_ok=True)
            flush_folder(folder)


def _put_back(folder: Path, before: KeyFile) -> None:
    if read_key_file(folder) != before:
        write_key_file(folder, before)
        with reachable():
            # It wraps a key that nothing is encrypted with.
            (folder / PREVIOUS_NAME).unlink(missing_ok=True)


def _give_up(custody: Custody, error: BaseException) -> None:
    copy = custody.folder / COPY_NAME
    with contextlib.suppress(VaultError):
        # Were the key file the new one already, the copy would be the vault: the next opening
        # sees to it.
        check_mac(read_key_file(custody.folder), custody.key.reveal())
        _forget(copy)
        if custody.store.is_open and not isinstance(error, VaultLocked):
            custody.settings.set(_PENDING, None)


def is_pending(store: Store) -> bool:
    """Whether a change of key was begun and never done."""
    return bool(Settings(store).get(_PENDING, None))


def settle(folder: Path, key: SecretKey) -> None:
    """Finish a change of key that was cut short, or forget it, before the database is opened.

    Args:
        folder: the vault's.
        key: what the key file now wraps: it says which of the two databases is the vault's.
    """
    copy = folder / COPY_NAME
    with reachable():
        if not copy.exists():
            return
    if not _is_whole(copy, key):
        _forget(copy)
        return
    with reachable():
        # The old database's log was folded in before the keys changed, and must not be replayed.
        (folder / f"{FILE_NAME}-wal").unlink(missing_ok=True)
        copy.replace(folder / FILE_NAME)
        (folder / PREVIOUS_NAME).unlink(missing_ok=True)
        flush_folder(folder)


def _is_whole(copy: Path, key: SecretKey) -> bool:
    # SQLite opens an empty file with any key, as a new database.
    with reachable():
        if copy.stat().st_size == 0:
            return False
    try:
        store = Store(copy, key)
        try:
            return version_of(store) > 0
        finally:
            store.close()
    except DatabaseDamaged:
        return False


def _complete(copy: Path, key: SecretKey, key_file: KeyFile, custody: Custody) -> None:
    store = Store(copy, key)
    try:
        for statement in ("PRAGMA cipher_integrity_check", "PRAGMA integrity_check(1)"):
            if [row for row in store.rows(statement) if row[0] != "ok"]:
                raise DatabaseDamaged("the copy is not sound")
        with store.transaction():
            mirror(store, key_file, key.reveal())
            Settings(store).set(_PENDING, None)
            Settings(store).set(RECOVERY_CONFIRMED, False)
            author = Author(custody.session.user, custody.session.user_id)
            Journal(store, author).add(Action.REKEYED)
    finally:
        store.close()


def _refuse_too_old(key_file: KeyFile, key: SecretKey) -> None:
    old = [one.name for one in accesses(key_file, key.reveal()) if not one.rewrappable]
    if old:
        raise AccessTooOld(tuple(old))


def _refuse_full(folder: Path) -> None:
    with reachable():
        if shutil.disk_usage(folder).free < (folder / FILE_NAME).stat().st_size:
            raise DiskFull(str(folder))


def _forget(copy: Path) -> None:
    with reachable():
        for leftover in (copy, copy.with_name(f"{COPY_NAME}-wal")):
            leftover.unlink(missing_ok=True)
