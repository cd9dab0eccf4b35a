"""Writing the database anew without what was erased, so that no page keeps a trace of it.

`secure_delete` blanks a row where it stood; pages that were split, merged or freed before may still
hold older copies. The new file is written beside under the same key, checked page by page, and
takes the database's name at once: killed at any moment, the vault is whole, old or new.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vault.database.refusals import flush_file, flush_folder, reachable
from vault.database.store import FILE_NAME, Store
from vault.errors import DatabaseDamaged
from vault.session import Custody

CLEAN_NAME = f"{FILE_NAME}.clean"
_WRITTEN = 0.8


def clean(custody: Custody, progress: Callable[[float], None] = lambda _: None) -> None:
    """Write the database anew; other threads wait meanwhile.

    Args:
        custody: of an open vault.
        progress: told how much is done, from 0 to 1, in the caller's thread.

    Raises:
        VaultLocked: the vault was locked meanwhile; it is as it was.
        VaultFolderUnwritable: there is no room for a second database; it is as it was.
        DatabaseDamaged: the copy is not sound; it is as it was.
    """
    copy = custody.folder / CLEAN_NAME
    store = custody.store
    try:
        with store.alone_with_file():
            forget_copy(custody.folder)
            # One segment, made anew: what older ones say of an erased word goes with them.
            store.run("INSERT INTO search_words (search_words) VALUES ('optimize')")
            store.write_anew(copy, lambda done: progress(done * _WRITTEN))
            with reachable():
                flush_file(copy)
            _check(Store(copy, custody.key))
            store.replace_by(copy, custody.key, former=custody.key)
            with reachable():
                flush_folder(custody.folder)
    finally:
        forget_copy(custody.folder)
    progress(1.0)


def forget_copy(folder: Path) -> None:
    """Remove what a cleaning cut short left beside the database."""
    with reachable():
        for name in (CLEAN_NAME, f"{CLEAN_NAME}-wal", f"{CLEAN_NAME}-journal"):
            (folder / name).unlink(missing_ok=True)


def _check(copy: Store) -> None:
    try:
        for statement in ("PRAGMA cipher_integrity_check", "PRAGMA integrity_check(1)"):
            if [row for row in copy.rows(statement) if row[0] != "ok"]:
                raise DatabaseDamaged("the copy is not sound")
    finally:
        copy.close()
