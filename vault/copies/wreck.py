"""Reading around the damage of a database: every row that SQLCipher can still authenticate.

After one page that cannot be authenticated SQLCipher refuses everything: the database is opened
anew, and reading goes on behind the rows that the page took with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from vault.database.connection import give_key
from vault.database.store import Row
from vault.errors import DatabaseDamaged
from vault.secret_memory import SecretKey

# Rowids are given one by one from 1: a vault does not come near.
_FARTHEST = 1 << 48


class Wreck:
    """State: a damaged database, opened anew after each page that cannot be read.

    Only ever opened on a copy: what a log holds is folded in while reading.
    """

    def __init__(self, file: Path, key: SecretKey) -> None:
        """Open a copy of a database.

        Raises:
            DatabaseDamaged: not even its first page can be read.
        """
        self._file, self._key = file, key
        self._connection = self._opened()
        self._first("SELECT count(*) FROM sqlite_master")
        self.version = int(self._first("PRAGMA user_version")[0])
        if self.version < 1:
            self.close()
            raise DatabaseDamaged("the database holds no tables")

    def close(self) -> None:
        """Close the copy."""
        self._connection.close()

    def schema(self) -> list[tuple[str, str, str]]:
        """The type, name and SQL of every table, index and trigger, tables first.

        Raises:
            DatabaseDamaged: the schema itself cannot be read.
        """
        try:
            return list(
                self._connection.execute(
                    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
                    " ORDER BY type = 'table' DESC, rowid"
                )
            )
        except sqlcipher.DatabaseError as error:
            raise DatabaseDamaged("the schema cannot be read") from error

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
        """Every row of a table that can be read, with its rowid, in order.

        A row whose last bytes SQLCipher could not authenticate comes with zeros in their place and
        no error: a text that ends with NUL is none of ours, and the row counts as lost.
        """
        names = ", ".join(columns)
        after: int | None = 0
        while after is not None:
            try:
                found = self._connection.execute(
                    f"SELECT rowid, {names} FROM {table} WHERE rowid > ? ORDER BY rowid", (after,)
                )
                for row in found:
                    after = int(row[0])
                    if not any(isinstance(value, str) and "\0" in value for value in row):
                        yield after, tuple(row[1:])
                return
            except sqlcipher.DatabaseError:
                self._reopen()
                after = self._behind_the_damage(table, after)

    def known(self, table: str, column: str) -> dict[int, Any]:
        """The values of an indexed column by rowid, as far as its indexes can be read.

        They name rows whose own page is lost. Read from each end to the first damage.
        """
        found: dict[int, Any] = {}
        for index in self._indexes_beginning_with(table, column):
            for order in ("ASC", "DESC"):
                try:
                    for rowid, value in self._connection.execute(
                        f"SELECT rowid, {column} FROM {table} INDEXED BY {index}"
                        f" ORDER BY {column} {order}"
                    ):
                        found[int(rowid)] = value
                    break
                except sqlcipher.DatabaseError:
                    self._reopen()
        return found

    def _indexes_beginning_with(self, table: str, column: str) -> list[str]:
        try:
            names = [str(row[1]) for row in self._connection.execute(f"PRAGMA index_list({table})")]
            return [
                name
                for name in names
                if self._connection.execute(f"PRAGMA index_info({name})").fetchone()[2] == column
            ]
        except sqlcipher.DatabaseError:
            self._reopen()
            return []

    def _behind_the_damage(self, table: str, after: int) -> int | None:
        """The least number behind which rows can be read again; None when there are no more."""
        step = 1
        while not self._readable(table, after + step):
            step *= 2
            if step > _FARTHEST:
                return None
        low, high = step // 2, step
        while high - low > 1:
            middle = (low + high) // 2
            if self._readable(table, after + middle):
                high = middle
            else:
                low = middle
        return after + high

    def _readable(self, table: str, after: int) -> bool:
        try:
            self._connection.execute(
                f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT 1", (after,)
            ).fetchone()
        except sqlcipher.DatabaseError:
            self._reopen()
            return False
        return True

    def _first(self, statement: str) -> Row:
        try:
            return tuple(self._connection.execute(statement).fetchone())
        except sqlcipher.DatabaseError as error:
            self._connection.close()
            raise DatabaseDamaged("the first page cannot be read") from error

    def _reopen(self) -> None:
        self._connection.close()
        self._connection = self._opened()

    def _opened(self) -> Any:
        connection = sqlcipher.connect(str(self._file), isolation_level=None)
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA cipher_memory_security = ON")
        give_key(connection, self._key, "key", with_salt=False)
        connection.execute("PRAGMA cipher_compatibility = 4")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA temp_store = MEMORY")
        # A file cut short is refused as a whole otherwise.
        connection.execute("PRAGMA writable_schema = ON")
        return connection
