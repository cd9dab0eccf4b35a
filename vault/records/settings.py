"""Settings of a vault: small JSON values by key."""

from __future__ import annotations

from typing import Any

from vault.database.store import Store
from vault.records.columns import from_json, to_json


class Settings:
    """The settings of one vault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str, default: Any) -> Any:
        """The value of a setting, or a default when it was never set."""
        row = self._store.row("SELECT value FROM settings WHERE key = ?", (key,))
        return from_json(row[0]) if row else default

    def under(self, prefix: str) -> dict[str, Any]:
        """The settings whose keys begin with a prefix, by what follows it."""
        rows = self._store.rows(
            "SELECT key, value FROM settings WHERE substr(key, 1, ?) = ?", (len(prefix), prefix)
        )
        return {key[len(prefix) :]: from_json(value) for key, value in rows}

    def set(self, key: str, value: Any) -> None:
        """Keep a value."""
        self._store.run(
            "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, to_json(value))
        )

    def remove(self, key: str) -> None:
        """Keep a value no longer; removing one that is not there does nothing."""
        self._store.run("DELETE FROM settings WHERE key = ?", (key,))
