"""Opening a vault's two files with a slot in hand: checks, first writings, the session."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vault.copies.rekeying import is_pending, settle
from vault.creation import UNFINISHED
from vault.database.cleaning import forget_copy
from vault.database.folder_lock import FolderLock
from vault.database.refusals import reachable
from vault.database.schema import bring_forward
from vault.database.store import FILE_NAME, Store
from vault.errors import (
    AccessWithdrawn,
    DatabaseDamaged,
    DatabaseMissing,
    KeyFileMissing,
    NotEnoughMemory,
    VaultFolderUnwritable,
    VaultNotFound,
)
from vault.key_slots.accesses import Opened, with_user
from vault.key_slots.attempts import failed_attempts, forget_attempts
from vault.key_slots.calibration import raised
from vault.key_slots.kdf import Kdf
from vault.key_slots.keyfile import KeyFile, put_back, read_sound_key_file, write_key_file
from vault.records.journal import Action, Author, Journal
from vault.records.settings import Settings
from vault.records.user_records import (
    RECOVERY_CONFIRMED,
    all_users,
    find_user,
    mirror,
    note_opening,
    recorded_recovery,
    recorded_revision,
)
from vault.secret_memory import SecretKey, forbid_dumps
from vault.session import Custody, Session


def keys_of(folder: Path) -> KeyFile:
    """The key file of a folder that holds a vault; the one before, should it be damaged or gone.

    Raises:
        VaultNotFound, KeyFileMissing, DatabaseMissing: what is not there.
        KeyFileDamaged, KeyFileTooNew: what cannot be read.
    """
    with reachable():
        has_database = (folder / FILE_NAME).exists()
        is_unfinished = (folder / UNFINISHED).exists()
    try:
        keys, _ = read_sound_key_file(folder)
    except KeyFileMissing:
        if not has_database:
            raise VaultNotFound from None
        raise
    if not has_database:
        raise VaultNotFound if is_unfinished else DatabaseMissing
    return keys


def take_custody(
    folder: Path, keys: KeyFile, opened: Opened, hold: FolderLock, passphrase: str | None = None
) -> Custody:
    """Open the database with what a slot gave, and begin the session.

    Args:
        folder: the vault's.
        keys: its key file.
        opened: the slot that opened; its data key is wiped.
        hold: the folder, taken before its key file was read; let go when the vault is locked, or
            cannot be opened.
        passphrase: what opened it, to make a slot of version 1 anew; None for the recovery key.

    Raises:
        DatabaseDamaged, SchemaTooNew, VaultInUse, VaultFolderUnwritable: as `Vault.unlock`.
        AccessWithdrawn: the access was removed since, and an older key file put back.
    """
    forbid_dumps()
    key = SecretKey(opened.data_key)
    try:
        settle(folder, key)
        store = Store(existing_database(folder), key, hold=hold)
    except BaseException:
        hold.release()
        key.wipe()
        raise
    try:
        # The database is ours alone: no other program is at that copy.
        forget_copy(folder)
        bring_forward(store)
        session = _session(store, keys, opened)
        # After that: an access withdrawn since does not put its own file back.
        session = replace(session, keys_were_damaged=put_back(folder, keys))
        if passphrase is not None:
            keys, session = _slot_made_anew(folder, keys, key, opened, passphrase, session)
        failed = failed_attempts(folder)
        custody = custody_of(folder, keys.vault_id, store, key, session)
        with store.transaction():
            if not session.keys_are_older:
                _catch_up(custody, keys)
            note_opening(store, session.user_id)
            if session.by_recovery:
                custody.settings.set(RECOVERY_CONFIRMED, True)
            if failed:
                custody.journal.add(Action.UNLOCK_REFUSED, detail={"count": str(failed)})
            custody = replace(
                custody,
                session=replace(
                    session, failed_attempts=custody.journal.refused_since(session.user_id)
                ),
            )
            custody.journal.add(Action.UNLOCKED)
        forget_attempts(folder)
        if not session.may_write:
            store.forbid_writing()
    except BaseException:
        store.close()
        key.wipe()
        raise
    return custody


def custody_of(
    folder: Path, vault_id: str, store: Store, key: SecretKey, session: Session
) -> Custody:
    """What the keepers of an open vault share."""
    journal = Journal(store, Author(session.user, session.user_id))
    return Custody(folder, vault_id, store, key, session, journal, Settings(store))


def existing_database(folder: Path) -> Path:
    """The database's file, which is there and is not empty.

    Raises:
        DatabaseDamaged: it is empty.
        VaultFolderUnwritable: it cannot be looked at.
    """
    # SQLite takes an emptied file for a new database.
    file = folder / FILE_NAME
    with reachable():
        if file.stat().st_size == 0:
            raise DatabaseDamaged("the database is empty")
    return file


def _session(store: Store, keys: KeyFile, opened: Opened) -> Session:
    session = Session(
        opened.id,
        opened.name,
        opened.role,
        by_recovery=opened.kdf is None,
        kdf=opened.kdf,
        rekey_pending=is_pending(store),
    )
    if keys.revision >= recorded_revision(store):
        return session
    # An older key file was put back: to mend a loss, or to undo a removal.
    session = replace(session, keys_are_older=True)
    if session.by_recovery:
        withdrawn = recorded_recovery(store) != opened.id
    else:
        user = find_user(store, opened.id)
        withdrawn = user is None or user.removed_at is not None
        if user is not None:
            session = replace(session, role=user.role)
    if withdrawn:
        Journal(store, Author(opened.name, opened.id)).add(Action.UNLOCK_REFUSED)
        raise AccessWithdrawn
    return session


def _slot_made_anew(
    folder: Path,
    keys: KeyFile,
    key: SecretKey,
    opened: Opened,
    passphrase: str,
    session: Session,
) -> tuple[KeyFile, Session]:
    former = opened.kdf or Kdf()
    if opened.first_form:
        return _made_anew(folder, keys, key, opened, passphrase, former), session
    cost = raised(former, opened.seconds)
    if cost == former or session.keys_are_older:
        return keys, session
    try:
        changed = _made_anew(folder, keys, key, opened, passphrase, cost)
    except (NotEnoughMemory, VaultFolderUnwritable):
        # It opened as it is: making it cost more can wait.
        return keys, session
    return changed, replace(session, kdf=cost)


def _made_anew(
    folder: Path, keys: KeyFile, key: SecretKey, opened: Opened, passphrase: str, cost: Kdf
) -> KeyFile:
    changed = with_user(
        keys,
        key.reveal(),
        id=opened.id,
        name=opened.name,
        role=opened.role,
        passphrase=passphrase,
        kdf=cost,
    )
    write_key_file(folder, changed)
    return changed


def _catch_up(custody: Custody, keys: KeyFile) -> None:
    """Bring the database up to a key file written just before a power cut, and say so."""
    store = custody.store
    if keys.revision <= recorded_revision(store):
        return
    before, recovery = {user.id: user for user in all_users(store)}, recorded_recovery(store)
    mirror(store, keys, custody.key.reveal())
    if recorded_recovery(store) != recovery:
        # Drawn just before the cut, and perhaps never printed.
        custody.settings.set(RECOVERY_CONFIRMED, False)
    # A vault of version 1 had no table of users.
    for user in all_users(store) if before else []:
        known = before.get(user.id)
        if known is None or (known.removed_at and not user.removed_at):
            action = Action.USER_ADDED
        elif user.removed_at and not known.removed_at:
            action = Action.USER_REMOVED
        elif user.role is not known.role:
            action = Action.USER_ROLE_CHANGED
        else:
            continue
        detail = {"user_id": user.id, "name": user.name, "role": user.role.value, "found": "yes"}
        custody.journal.add(action, detail=detail)
