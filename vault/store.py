"""The encrypted database: SQLCipher opened with the raw key, transactions, errors translated."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from vault.errors import DatabaseDamaged, VaultFolderUnwritable, VaultInUse, VaultLocked

FILE_NAME = "vault.db"

Row = tuple[Any, ...]


class Store:
    """State: one open encrypted database, shared by the threads of one program.

    Every statement runs under one lock. Outside a transaction each statement is its own, and is
    on the device when the call returns (`synchronous=FULL`).
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._connection: Any = _connect(folder / FILE_NAME, key)

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
        """Fold the write-ahead log into the file and close it; closing twice does nothing."""
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
        """Execute one statement."""
        with self._lock, _translated():
            self.connection.execute(statement, values)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Execute one query and return all its rows."""
        with self._lock, _translated():
            found: list[Row] = self.connection.execute(statement, values).fetchall()
            return found

    def row(self, statement: str, values: Sequence[Any] = ()) -> Row | None:
        """Execute one query and return its first row, if any."""
        with self._lock, _translated():
            found: Row | None = self.connection.execute(statement, values).fetchone()
            return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together, or not at all; may be nested."""
        with self._lock:
            name = f"step{self._depth}"
            begin = "BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {name}"
            commit = "COMMIT" if self._depth == 0 else f"RELEASE {name}"
            with _translated():
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
                with _translated():
                    self.connection.execute(commit)
            except BaseException:
                self._roll_back(name)
                raise

    def _roll_back(self, name: str) -> None:
        # SQLite has rolled back by itself after a full disk or a read error.
        if self._connection is None or not self._connection.in_transaction:
            return
        if self._depth == 0:
            self._connection.execute("ROLLBACK")
        else:
            self._connection.execute(f"ROLLBACK TO {name}")
            self._connection.execute(f"RELEASE {name}")


def _connect(file: Path, key: bytes) -> Any:
    try:
        connection = sqlcipher.connect(str(file), isolation_level=None, check_same_thread=False)
    except sqlcipher.OperationalError as error:
        raise VaultFolderUnwritable from error
    try:
        with _translated():
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
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
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlcipher.OperationalError as error:
        text = str(error)
        if "locked" in text:
            raise VaultInUse from error
        if any(word in text for word in ("readonly", "read-only", "full", "unable to open")):
            raise VaultFolderUnwritable from error
        if any(word in text for word in ("disk I/O", "malformed", "corrupt")):
            raise DatabaseDamaged from error
        raise
    except sqlcipher.DatabaseError as error:
        if isinstance(error, sqlcipher.IntegrityError | sqlcipher.ProgrammingError):
            raise
        raise DatabaseDamaged from error
