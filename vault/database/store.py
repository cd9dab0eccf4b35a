"""The encrypted database: SQLCipher opened with the raw key, transactions, errors translated."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from vault.database.connection import PAGE_SIZE, connect, give_key, told_of, translated
from vault.database.folder_lock import FolderLock
from vault.database.refusals import flush_file, reachable, refusal_of_file
from vault.errors import (
    DatabaseDamaged,
    DiskFull,
    ReadOnlySession,
    TextRefused,
    VaultFolderUnwritable,
    VaultLocked,
)
from vault.secret_memory import SecretKey

FILE_NAME = "vault.db"

Row = tuple[Any, ...]

_PAGES_A_STEP = 256
_LAST_PAGES = 2 * _PAGES_A_STEP
_INSTRUCTIONS_A_STEP = 2000


class Store:
    """State: one open encrypted database, shared by the threads of one program.

    Every statement runs under one lock. Outside a transaction each statement is its own, and is
    on the device when the call returns (docs/decisions/002-durability.md).
    """

    def __init__(self, file: Path, key: SecretKey, *, hold: FolderLock | None = None) -> None:
        """Open a database, or make one when the file is not there.

        The key stays the caller's, to wipe. What holds the folder is let go when it is closed.

        Raises:
            DatabaseDamaged, VaultInUse, VaultFolderUnwritable: as `connect`.
        """
        self._lock = threading.RLock()
        self._copying = threading.RLock()
        self._closing = False
        self._depth = 0
        self._read_only = False
        self._file = file
        self._connection: Any = connect(file, key)
        self._hold = hold

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

    @property
    def is_read_only(self) -> bool:
        """Whether only the journal's own lines can be written."""
        return self._read_only

    def forbid_writing(self) -> None:
        """Refuse every change from now on, but what is done inside `lifted`."""
        with self._lock, self.translated():
            self._read_only = True
            # SQLite refuses too: a statement that came here by another way changes nothing.
            self.connection.execute("PRAGMA query_only = ON")

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Let the journal write its line where nothing else may be written; others wait."""
        with self._lock:
            if not self._read_only:
                yield
                return
            self._read_only = False
            self.connection.execute("PRAGMA query_only = OFF")
            try:
                yield
            finally:
                self._read_only = True
                if self._connection is not None:
                    self._connection.execute("PRAGMA query_only = ON")

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; what is kept does not change."""
        with self._lock, self.translated():
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it; closing twice does nothing.

        A transaction still open is given up, and so is a copy being made.
        """
        self._closing = True
        with self._copying, self._lock:
            try:
                self._close()
            finally:
                if self._hold is not None:
                    self._hold.release()

    def copy_to(
        self,
        file: Path,
        key: SecretKey,
        progress: Callable[[float], None] = lambda _: None,
        *,
        before_last: Callable[[], None] = lambda: None,
    ) -> None:
        """Copy the database as it is at one moment, encrypted under a key, into a new file.

        Other threads may go on reading and writing meanwhile. When the call returns, the copy is
        on the device.

        Args:
            file: the copy; one that is there is replaced.
            key: this database's, or another.
            progress: told how much is done, from 0 to 1, in the thread of the copy.
            before_last: called, perhaps several times, before the last pages are read.

        Raises:
            VaultLocked: the vault was locked meanwhile; the file is to be thrown away.
            VaultFolderUnwritable: it could not be written.
        """
        # A refusal is taken to be about the place of the copy.
        with self._copying, told_of(file):
            with reachable():
                file.unlink(missing_ok=True)
            target = sqlcipher.connect(str(file), isolation_level=None)
            try:
                target.execute("PRAGMA cipher_log_level = NONE")
                give_key(target, key, "key", with_salt=True)
                target.execute("PRAGMA cipher_compatibility = 4")
                # Nobody needs half a copy: no journal, and one flush at the end.
                target.execute("PRAGMA journal_mode = OFF")
                target.execute("PRAGMA synchronous = OFF")
                if int(self.connection.execute("PRAGMA page_count").fetchone()[0]) <= _LAST_PAGES:
                    before_last()
                self.connection.backup(
                    target,
                    pages=_PAGES_A_STEP,
                    progress=self._step(progress, before_last),
                    sleep=0.01,
                )
            finally:
                target.close()
            with reachable():
                flush_file(file)

    def write_anew(self, file: Path, progress: Callable[[float], None] = lambda _: None) -> None:
        """Write the database's rows, and nothing else of its pages, into a new file.

        The file has the same key and salt; other threads wait.

        Args:
            file: where; nothing is there.
            progress: told how much is done, from 0 to 1, in the caller's thread.

        Raises:
            VaultLocked: the vault was locked meanwhile; the file is to be thrown away.
            VaultFolderUnwritable: it could not be written.
        """
        with self._lock, told_of(file):
            connection = self.connection
            pages = int(connection.execute("PRAGMA page_count").fetchone()[0])

            def stepped() -> int:
                written = file.stat().st_size if file.exists() else 0
                progress(min(1.0, written / (pages * PAGE_SIZE)))
                return int(self._closing)

            connection.set_progress_handler(stepped, _INSTRUCTIONS_A_STEP)
            try:
                connection.execute("VACUUM INTO ?", (str(file),))
            except sqlcipher.OperationalError as error:
                raise (VaultLocked() if self._closing else error) from error
            finally:
                connection.set_progress_handler(None, 0)

    def replace_by(
        self,
        file: Path,
        key: SecretKey,
        *,
        former: SecretKey,
        commit: Callable[[], None] = lambda: None,
        undo: Callable[[], None] = lambda: None,
    ) -> None:
        """Take another file, under another key, for the database from now on.

        The folder is the caller's to flush.

        Args:
            file: what takes the database's name.
            key: its key.
            former: the key of the database it replaces.
            commit: done once the old database is closed and whole, before the new one has its
                name.
            undo: undoes `commit` when it fails, or when the new one cannot have its name: then the
                old one is opened again. Should that fail too, the database stays closed.
        """
        with self._lock:
            connection = self.connection
            with self.translated():
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection = None
            connection.close()
            try:
                commit()
                with reachable():
                    file.replace(self._file)
            except BaseException:
                undo()
                self._connection = connect(self._file, former)
                raise
            self._connection = connect(self._file, key)

    @contextmanager
    def copied(
        self, file: Path, key: SecretKey, progress: Callable[[float], None] = lambda _: None
    ) -> Iterator[None]:
        """Copy the database as `copy_to` does; inside, nothing is changed that the copy lacks.

        Other threads go on while it is copied, and wait from its last pages to the end.
        """
        with self._copying, ExitStack() as waiting:

            def keep_waiting() -> None:
                waiting.enter_context(self._lock)

            self.copy_to(file, key, progress, before_last=keep_waiting)
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads waiting."""
        with self._lock:
            yield

    @contextmanager
    def alone_with_file(self) -> Iterator[None]:
        """Keep other threads waiting, once no copy of the file is being made any more."""
        with self._copying, self._lock:
            yield

    def give_up_copies(self) -> None:
        """Tell a thread that copies the database, or writes it anew, to stop: it is locking."""
        self._closing = True

    def _close(self) -> None:
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

    def _step(
        self, progress: Callable[[float], None], before_last: Callable[[], None]
    ) -> Callable[[int, int, int], None]:
        def told(status: int, remaining: int, total: int) -> None:
            if self._closing:
                raise VaultLocked
            if remaining <= _LAST_PAGES:
                before_last()
            progress(1 - remaining / total if total else 1.0)

        return told

    def run(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Execute one statement.

        Raises:
            ReadOnlySession: nothing may be written.
            TextRefused: a value is a text that ends with NUL, or that UTF-8 cannot write.
        """
        if any(map(_ends_with_nul, values)):
            raise TextRefused
        with self._lock, self.translated():
            if self._read_only:
                raise ReadOnlySession
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
            # Where only the journal writes, a transaction begins by reading.
            whole = "BEGIN" if self._read_only else "BEGIN IMMEDIATE"
            begin = whole if self._depth == 0 else f"SAVEPOINT {name}"
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
            with translated():
                yield
        except VaultFolderUnwritable as error:
            if self._read_only and str(error) == "SQLITE_READONLY":
                raise ReadOnlySession from error
            reason = refusal_of_file(self._file)
            # Having met a damaged page, SQLCipher calls the whole database read-only.
            if str(error) == "SQLITE_READONLY" and type(reason) is VaultFolderUnwritable:
                raise DatabaseDamaged from error
            raise (error if type(error) is DiskFull else reason) from error

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


def _refuse_blanked(row: Row) -> None:
    # When the last page of a long row cannot be authenticated, SQLCipher (4.19) hands over zeros
    # for it and no error. Every row of ours ends with a text, or with bytes that have a hash.
    if any(map(_ends_with_nul, row)):
        raise DatabaseDamaged("the end of a row is blank")


def _ends_with_nul(value: object) -> bool:
    return isinstance(value, str) and value.endswith("\0")
