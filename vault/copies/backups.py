"""Backups: a whole vault, encrypted as it is, in a dated folder; made while the vault is in use.

A backup is a vault's two files, so that any copy of the program opens it. It is written under
another name, flushed, read back page by page, and only then given its name: a folder with a
backup's name is a whole one, whatever happened while it was made. A backup opens with the
passphrases, and holds the users, of the day it was made.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vault.database.refusals import flush_file, flush_folder, reachable
from vault.database.store import FILE_NAME, Store
from vault.database.verification import verify
from vault.errors import BackupUnsound, DiskFull, VaultError
from vault.key_slots.keyfile import FILE_NAME as KEYS_NAME
from vault.key_slots.keyfile import check_mac, read_key_file, write_key_file
from vault.records.columns import now
from vault.records.journal import Action
from vault.session import Custody

KEPT = 5
"""How many backups of one vault are kept in one place, unless told otherwise."""

_PREFIX = "trait-dunion"
_NAME = re.compile(r"trait-dunion-(\d{4}-\d\d-\d\d-\d{6})(?:-\d+)?-([0-9a-f]{8})")
_UNFINISHED = ".new"
_LAST = "last_backup"
_COPIED = 0.6


@dataclass(frozen=True)
class Backup:
    """One backup.

    Attributes:
        folder: where it is.
        vault_id: of which vault.
        made_at: local time, as in its name.
        size: bytes.
    """

    folder: Path
    vault_id: str
    made_at: datetime
    size: int


@dataclass(frozen=True)
class LastBackup:
    """When the last backup was made, and under which name."""

    at: str
    name: str


class Backups:
    """The backups of one open vault."""

    def __init__(self, custody: Custody) -> None:
        self._custody = custody

    @property
    def last(self) -> LastBackup | None:
        """The last backup made; None when there never was one."""
        kept = self._custody.settings.get(_LAST, None)
        return LastBackup(kept["at"], kept["name"]) if kept else None

    def make(
        self,
        place: Path,
        *,
        keep: int = KEPT,
        progress: Callable[[float], None] = lambda _: None,
        moment: datetime | None = None,
    ) -> Backup:
        """Make a backup in a folder, verify it by reading it back, and drop the oldest ones.

        The vault may be used meanwhile, from another thread.

        Args:
            place: the folder of backups, on a stick for instance; made if missing.
            keep: how many backups of this vault stay there, this one included.
            progress: told how much is done, from 0 to 1, in the caller's thread; it may raise to
                give up, and nothing is left of the backup.
            moment: local time, for its name.

        Raises:
            ReadOnlySession: the session only reads.
            VaultLocked: the vault was locked meanwhile.
            VaultFolderUnwritable: it could not be written; see its kinds.
            BackupUnsound: what was read back is not what was written.
        """
        self._custody.session.require_writer()
        with reachable():
            place.mkdir(parents=True, exist_ok=True)
            _remove_leftovers(place, self._custody.vault_id)
            self._refuse_full(place)
        folder = _free_name(place, self._custody.vault_id, moment or datetime.now())  # noqa: DTZ005 - read by people
        beside = folder.with_name(folder.name + _UNFINISHED)
        try:
            with reachable():
                beside.mkdir()
            self._write(beside, lambda done: progress(done * _COPIED))
            self._read_back(beside)
            progress(1.0)
            with reachable():
                beside.rename(folder)
                flush_folder(place)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        with self._custody.store.transaction():
            self._custody.settings.set(_LAST, {"at": now(), "name": folder.name})
            self._custody.journal.add(Action.BACKUP_MADE, detail={"name": folder.name})
        backup = _backup(folder)
        if backup is None:
            raise BackupUnsound
        _drop_oldest(place, backup, max(keep, 1))
        return backup

    def _refuse_full(self, place: Path) -> None:
        # Better told at once than after ten minutes of copying.
        needed = sum(file.stat().st_size for file in self._custody.folder.glob(f"{FILE_NAME}*"))
        if shutil.disk_usage(place).free < needed:
            raise DiskFull(str(place))

    def _write(self, beside: Path, progress: Callable[[float], None]) -> None:
        self._custody.store.copy_to(beside / FILE_NAME, self._custody.key, progress)
        # After the database: were a user removed meanwhile, the keys must be the newer.
        write_key_file(beside, self._custody.key_file())
        with reachable():
            flush_file(beside / KEYS_NAME)

    def _read_back(self, beside: Path) -> None:
        custody = self._custody
        try:
            check_mac(read_key_file(beside), custody.key.reveal())
            copy = Store(beside / FILE_NAME, custody.key)
            try:
                found = verify(copy, beside, custody.vault_id).problems
            finally:
                copy.close()
        except VaultError as error:
            if not custody.store.is_open:
                raise
            raise BackupUnsound(str(error)) from error
        # What was already wrong in the vault is no fault of the copy.
        if found and set(found) - set(
            verify(custody.store, custody.folder, custody.vault_id).problems
        ):
            raise BackupUnsound(found[0])


def backups_in(place: Path) -> list[Backup]:
    """The whole backups in a folder, of any vault, the latest first.

    Raises:
        VaultFolderUnwritable: the folder cannot be read.
    """
    with reachable():
        found = [_backup(folder) for folder in place.iterdir() if folder.is_dir()]
    return sorted(
        (backup for backup in found if backup is not None),
        key=lambda backup: (backup.made_at, backup.folder.name),
        reverse=True,
    )


def _backup(folder: Path) -> Backup | None:
    named = _NAME.fullmatch(folder.name)
    if named is None:
        return None
    try:
        vault_id = read_key_file(folder).vault_id
        size = (folder / FILE_NAME).stat().st_size
        made_at = datetime.strptime(named[1], "%Y-%m-%d-%H%M%S")  # noqa: DTZ007 - local time
    except (VaultError, OSError, ValueError):
        return None
    return Backup(folder, vault_id, made_at, size)


def _free_name(place: Path, vault_id: str, moment: datetime) -> Path:
    stamp = moment.strftime("%Y-%m-%d-%H%M%S")
    names = [f"{_PREFIX}-{stamp}-{vault_id[:8]}"]
    names += [f"{_PREFIX}-{stamp}-{number}-{vault_id[:8]}" for number in range(2, 100)]
    return next(place / name for name in names if not (place / name).exists())


def _drop_oldest(place: Path, made: Backup, keep: int) -> None:
    # A stick pulled out now costs nothing but an old backup too many.
    with contextlib.suppress(VaultError, OSError):
        others = [
            one
            for one in backups_in(place)
            if one.vault_id == made.vault_id and one.folder != made.folder
        ]
        # The one just made stays whatever its name says: the clock may have been set back.
        for old in others[keep - 1 :]:
            gone = old.folder.with_name(old.folder.name + _UNFINISHED)
            old.folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)


def _remove_leftovers(place: Path, vault_id: str) -> None:
    for folder in place.glob(f"{_PREFIX}-*-{vault_id[:8]}{_UNFINISHED}"):
        shutil.rmtree(folder, ignore_errors=True)
