"""Which version the tables of a vault have, and bringing them forward."""

from __future__ import annotations

from vault.errors import SchemaTooNew
from vault.store import Store

SCHEMA_VERSION = 1
"""The number of the last migration; kept in the database as `PRAGMA user_version`."""


def bring_forward(store: Store) -> None:
    """Apply the migrations the vault lacks, each in its own transaction.

    Raises:
        SchemaTooNew: a newer program wrote this vault; nothing is changed.
    """
    found = store.row("PRAGMA user_version")
    version = int(found[0]) if found else 0
    if version > SCHEMA_VERSION:
        raise SchemaTooNew
    if version == SCHEMA_VERSION:
        return
    from sqlite_utils import Database

    from vault.migrations import steps

    # A half-applied step would leave tables no program knows: all of them, or none.
    with store.transaction():
        steps.apply(Database(store.connection, execute_plugins=False))
        store.run(f"PRAGMA user_version = {SCHEMA_VERSION}")
