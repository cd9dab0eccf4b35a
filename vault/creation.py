"""Making the two files of a new vault, so that a creation cut short is no vault at all."""

from __future__ import annotations

from pathlib import Path

from vault.database.refusals import flush_folder, reachable
from vault.database.schema import make_tables
from vault.database.store import FILE_NAME, Store
from vault.errors import VaultExists, VaultFolderUnwritable
from vault.identity import VaultKind, make_identity
from vault.key_slots import keyfile
from vault.records.journal import Action, Author, Journal
from vault.records.settings import Settings
from vault.secret_memory import SecretKey

UNFINISHED = f"{FILE_NAME}.new"
"""The database's name until its vault is made."""

VAULT_SETTING = "vault"
"""The setting that holds the vault's kind and place."""


def refuse_existing(folder: Path) -> None:
    """Refuse a folder that holds a vault, or part of one.

    Raises:
        VaultExists: it does.
        VaultFolderUnwritable: the folder cannot be looked into.
    """
    # A creation cut short is begun again: nobody has ever worked in that vault.
    with reachable():
        has_keys = (folder / keyfile.FILE_NAME).exists()
        is_unfinished = (folder / UNFINISHED).exists()
        if (folder / FILE_NAME).exists() or (has_keys and not is_unfinished):
            raise VaultExists


def make_database(
    folder: Path,
    data_key: SecretKey,
    keys: keyfile.KeyFile,
    *,
    kind: VaultKind,
    place: str,
    author: Author,
) -> None:
    """Write the database and the key file, and name the database last.

    Raises:
        VaultFolderUnwritable: something could not be written.
    """
    with reachable():
        for leftover in (UNFINISHED, f"{UNFINISHED}-wal", f"{FILE_NAME}-wal"):
            (folder / leftover).unlink(missing_ok=True)
    store = Store(folder / UNFINISHED, data_key)
    try:
        make_tables(store)
        settings = Settings(store)
        with store.transaction():
            settings.set(VAULT_SETTING, {"kind": kind.value, "place": place})
            make_identity(settings)
            Journal(store, author).add(Action.VAULT_CREATED)
    finally:
        store.close()
    with reachable():
        if (folder / f"{UNFINISHED}-wal").exists():
            raise VaultFolderUnwritable("the database could not be closed")
    keyfile.write_key_file(folder, keys)
    # Last: until the database has its name, the vault was never made.
    with reachable():
        (folder / UNFINISHED).rename(folder / FILE_NAME)
        flush_folder(folder)


def remove_unfinished(folder: Path, *, made: bool) -> None:
    """Remove what a failed creation left, and the folder when it was made for it."""
    names = (UNFINISHED, FILE_NAME, keyfile.FILE_NAME)
    try:
        for name in (*names, *(f"{name}-wal" for name in names)):
            (folder / name).unlink(missing_ok=True)
        if made:
            folder.rmdir()
    except OSError:
        # The folder itself is the trouble, and the error on its way says so.
        return
