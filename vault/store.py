"""The encrypted database: SQLCipher opened with the raw key, transactions, errors translated."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from vault.errors import (
    DatabaseDamaged,
    RecordExists,
    RecordNotFound,
    TextRefused,
    VaultError,
    VaultFolderUnwritable,
    VaultInUse,
    VaultLocked,
)
from vault.kdf import subkey
from vault.secret_memory import SecretKey, wipe

FILE_NAME = "vault.db"

Row = tuple[Any, ...]

_PAGE_SIZE = 4096

# By the name SQLite gives the error.
_ERRORS: dict[str, type[VaultError]] = {
    "SQLITE_BUSY": VaultInUse,
    "SQLITE_CANTOPEN": VaultFolderUnwritable,
    "SQLITE_CORRUPT": DatabaseDamaged,
    "SQLITE_FORMAT": DatabaseDamaged,
    "SQLITE_FULL": VaultFolderUnwritable,
    "SQLITE_IOERR": VaultFolderUnwritable,
    "SQLITE_LOCKED": VaultInUse,
    "SQLITE_NOTADB": DatabaseDamaged,
    "SQLITE_PERM": VaultFolderUnwritable,
    "SQLITE_READONLY": VaultFolderUnwritable,
}


class Store:
    """State: one open encrypted database, shared by the threads of one program.

    Every statement runs under one lock. Outside a transaction each statement is its own, and is
    on the device when the call returns (docs/decisions/002-durability.md).
    """

    def __init__(self, file: Path, key: SecretKey) -> None:
        """Open a database, or make one when the file is not there.

        The key stays the caller's, to wipe.

        Raises:
            DatabaseDamaged: it cannot be decrypted, or was cut short.
            VaultInUse: another program holds it.
            VaultFolderUnwritable: it cannot be opened for writing.
        """
        self._lock = threading.RLock()
        self._depth = 0
        self._file = file
        self._connection: Any = _connect(file, key)

    @property
    def connection(self) -> Any:
        """The connection itself, for migrations.

        Raises:
            VaultLocked: the vault was locked.
        """
        if self._connection is None:
            raise VaultLocked
        return self._connection

    @property
    def is_open(self) -> bool:
        """Whether the database is open."""
        return self._connection is not None

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it; closing twice does nothing.

        A transaction still open is given up.
        """
        with self._lock:
            if self._connection is None:
                return
            connection, self._connection = self._connection, None
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlcipher.Error:
                # The log stays beside the database and is folded in at the next opening.
                pass
            finally:
                connection.close()

    def run(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Execute one statement.

        Raises:
            TextRefused: a value is a text that ends with NUL, or that UTF-8 cannot write.
        """
        if any(map(_ends_with_nul, values)):
            raise TextRefused
        with self._lock, self.translated():
            try:
                self.connection.execute(statement, values)
            except UnicodeEncodeError as error:
                raise TextRefused from error

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Execute one query and return all its rows."""
        with self._lock, self.translated():
            found: list[Row] = self.connection.execute(statement, values).fetchall()
            for row in found:
                _refuse_blanked(row)
            return found

    def row(self, statement: str, values: Sequence[Any] = ()) -> Row | None:
        """Execute one query and return its first row, if any."""
        with self._lock, self.translated():
            found: Row | None = self.connection.execute(statement, values).fetchone()
            _refuse_blanked(found or ())
            return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together, or not at all; may be nested."""
        with self._lock:
            name = f"step{self._depth}"
            begin = "BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {name}"
            commit = "COMMIT" if self._depth == 0 else f"RELEASE {name}"
            with self.translated():
                self.connection.execute(begin)
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                self._roll_back(name)
                raise
            self._depth -= 1
            try:
                with self.translated():
                    self.connection.execute(commit)
            except BaseException:
                self._roll_back(name)
                raise

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raise SQLCipher's errors as the vault's; a fault of the program's own stays as it is."""
        try:
            with _translated():
                yield
        except VaultFolderUnwritable as error:
            # Having met a damaged page, SQLCipher calls the whole database read-only.
            if str(error) == "SQLITE_READONLY" and os.access(self._file, os.W_OK):
                raise DatabaseDamaged from error
            raise

    def _roll_back(self, name: str) -> None:
        # SQLite has rolled back by itself after a full disk or a read error.
        if self._connection is None or not self._connection.in_transaction:
            return
        with self.translated():
            if self._depth == 0:
                self._connection.execute("ROLLBACK")
            else:
                self._connection.execute(f"ROLLBACK TO {name}")
                self._connection.execute(f"RELEASE {name}")


@contextmanager
def _translated() -> Iterator[None]:
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


def _refuse_blanked(row: Row) -> None:
    # When the last page of a long row cannot be authenticated, SQLCipher (4.19) hands over zeros
    # for it and no error. Every row of ours ends with a text, or with bytes that have a hash.
    if any(map(_ends_with_nul, row)):
        raise DatabaseDamaged("the end of a row is blank")


def _ends_with_nul(value: object) -> bool:
    return isinstance(value, str) and value.endswith("\0")


def _connect(file: Path, key: SecretKey) -> Any:
    try:
        connection = sqlcipher.connect(str(file), isolation_level=None, check_same_thread=False)
    except sqlcipher.OperationalError as error:
        raise VaultFolderUnwritable from error
    try:
        with _translated():
            _set_up(connection, key, new=_is_new(file))
        _refuse_if_cut_short(connection, file)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_new(file: Path) -> bool:
    try:
        return not file.exists() or file.stat().st_size == 0
    except OSError as error:
        raise VaultFolderUnwritable from error


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


def _refuse_if_cut_short(connection: Any, file: Path) -> None:
    # SQLite would notice only when a missing page is asked for, perhaps days later.
    with _translated():
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    if file.stat().st_size < pages * _PAGE_SIZE:
        raise DatabaseDamaged("the database is shorter than its page count")
