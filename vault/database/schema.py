"""Which version the tables of a vault have, and bringing them forward."""

from __future__ import annotations

from vault.database.store import Store
from vault.errors import DatabaseDamaged, SchemaTooNew

SCHEMA_VERSION = 5
"""The number of the last migration; kept in the database as `PRAGMA user_version`."""


def bring_forward(store: Store) -> None:
    """Apply the migrations that a vault lacks, all of them or none.

    Raises:
        SchemaTooNew: a newer program wrote this vault; nothing is changed.
        DatabaseDamaged: the database is empty; an emptied vault is never filled anew in silence.
    """
    version = version_of(store)
    if version > SCHEMA_VERSION:
        raise SchemaTooNew
    if version < 1:
        raise DatabaseDamaged("the database holds no tables")
    if version < SCHEMA_VERSION:
        _migrate(store)


def make_tables(store: Store) -> None:
    """Make the tables of a new vault."""
    _migrate(store)


def version_of(store: Store) -> int:
    """The version of a database's tables; 0 when it has none."""
    found = store.row("PRAGMA user_version")
    return int(found[0]) if found else 0


def _migrate(store: Store) -> None:
    from sqlite_utils import Database

    from vault.database.migrations import steps

    # A half-applied step would leave tables no program knows: all of them, or none.
    with store.transaction(), store.translated():
        steps.apply(Database(store.connection, execute_plugins=False))
        store.run(f"PRAGMA user_version = {SCHEMA_VERSION}")
