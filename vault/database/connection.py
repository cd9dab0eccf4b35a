"""A connection to SQLCipher: the key handed over, the settings durability rests on, its errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from vault.database.refusals import refusal, refusal_of_file
from vault.errors import (
    DatabaseDamaged,
    DiskFull,
    RecordExists,
    RecordNotFound,
    VaultError,
    VaultFolderUnwritable,
    VaultInUse,
)
from vault.key_slots.kdf import subkey
from vault.secret_memory import SecretKey, wipe

PAGE_SIZE = 4096

# By the name SQLite gives the error.
_ERRORS: dict[str, type[VaultError]] = {
    "SQLITE_BUSY": VaultInUse,
    "SQLITE_CANTOPEN": VaultFolderUnwritable,
    "SQLITE_CORRUPT": DatabaseDamaged,
    "SQLITE_FORMAT": DatabaseDamaged,
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": VaultFolderUnwritable,
    "SQLITE_LOCKED": VaultInUse,
    "SQLITE_NOTADB": DatabaseDamaged,
    "SQLITE_PERM": VaultFolderUnwritable,
    "SQLITE_READONLY": VaultFolderUnwritable,
}


def connect(file: Path, key: SecretKey) -> Any:
    """Open a database for one program alone, or make one when the file is not there.

    Raises:
        DatabaseDamaged: it cannot be decrypted, or was cut short.
        VaultInUse: another program holds it.
        VaultFolderUnwritable: it cannot be opened for writing.
    """
    try:
        connection = sqlcipher.connect(str(file), isolation_level=None, check_same_thread=False)
    except sqlcipher.OperationalError as error:
        raise refusal_of_file(file) from error
    try:
        with told_of(file):
            _set_up(connection, key, new=_is_new(file))
        _refuse_if_cut_short(connection, file)
    except BaseException:
        connection.close()
        raise
    return connection


def give_key(connection: Any, key: SecretKey, pragma: str, *, with_salt: bool) -> None:
    """Hand a raw key to SQLCipher, leaving no copy of ours behind.

    With its salt, for a new database: were the salt drawn at random, the loss of the file's first
    16 bytes would be the loss of all of it. Under a key that is random itself it need not be.
    """
    raw = key.reveal()
    spelled = raw.hex()
    salt = subkey(raw, b"traitdunion database salt v1")[:16].hex() if with_salt else ""
    statement = f"PRAGMA {pragma} = \"x'{spelled}{salt}'\""
    try:
        # A script: a single statement would stay, text and all, among the prepared ones.
        connection.executescript(statement)
    finally:
        for copy in (raw, spelled, statement):
            wipe(copy)


@contextmanager
def told_of(file: Path) -> Iterator[None]:
    """Raise SQLCipher's errors as the vault's, and its refusals as those of a file."""
    try:
        with translated():
            yield
    except VaultFolderUnwritable as error:
        raise (
            error if type(error) is not VaultFolderUnwritable else refusal_of_file(file)
        ) from error


@contextmanager
def translated() -> Iterator[None]:
    """Raise SQLCipher's errors as the vault's; a fault of the program's own stays as it is."""
    try:
        yield
    except sqlcipher.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if name in _ERRORS:
            raise _ERRORS[name](name) from error
        if name == "SQLITE_CONSTRAINT":
            if str(error).startswith("UNIQUE"):
                raise RecordExists from error
            if str(error).startswith("FOREIGN KEY"):
                raise RecordNotFound from error
        raise


def _is_new(file: Path) -> bool:
    try:
        return not file.exists() or file.stat().st_size == 0
    except OSError as error:
        raise refusal(error) from error


def _set_up(connection: Any, key: SecretKey, *, new: bool) -> None:
    # It writes to the terminal by itself; what it says is in the error raised.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Its memory is locked where the system lets it, and wiped when given back.
    connection.execute("PRAGMA cipher_memory_security = ON")
    give_key(connection, key, "key", with_salt=new)
    # A later SQLCipher changes its defaults: a vault made today must open then.
    connection.execute("PRAGMA cipher_compatibility = 4")
    connection.execute("PRAGMA busy_timeout = 0")
    # One program at a time: the lock is the system's, and falls when the program dies.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    # What a killed program left in the log goes into the file before anything else is done.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_if_cut_short(connection: Any, file: Path) -> None:
    # SQLite would notice only when a missing page is asked for, perhaps days later.
    with translated():
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    if file.stat().st_size < pages * PAGE_SIZE:
        raise DatabaseDamaged("the database is shorter than its page count")
