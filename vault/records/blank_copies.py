"""Blank copies that were printed: where their boxes lie, so that a scanned page can be read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from vault.database.store import Row, Store
from vault.records.columns import now
from vault.records.settings import Settings

PAPER_KEY_SIZE = 32

_COLUMNS = "copy_id, form_id, version, person_id, application_id, sidecar, printed_at"
_KEY = "paper_key"


@dataclass(frozen=True)
class BlankCopy:
    """One printed copy.

    Attributes:
        copy_id: what the code on each page names.
        person_id, application_id: whom and what it was printed for; None for anybody.
        sidecar: where its boxes lie, JSON with a version of its own.
        printed_at: UTC, ISO 8601.
    """

    copy_id: str
    form_id: str
    version: str
    person_id: str | None
    application_id: str | None
    sidecar: str
    printed_at: str


class BlankCopies:
    """The blank copies of one vault; those of a person go with the person."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._settings = Settings(store)

    def key(self) -> bytes:
        """The secret that seals the codes on this vault's papers, drawn at the first need."""
        kept = self._settings.get(_KEY, None)
        if kept is None:
            # Asked again inside: another thread may have drawn it meanwhile.
            with self._store.transaction():
                kept = self._settings.get(_KEY, None)
                if kept is None:
                    kept = secrets.token_bytes(PAPER_KEY_SIZE).hex()
                    self._settings.set(_KEY, kept)
        return bytes.fromhex(kept)

    def add(
        self,
        copy_id: str,
        form_id: str,
        version: str,
        *,
        person_id: str | None,
        application_id: str | None,
        sidecar: str,
    ) -> BlankCopy:
        """Keep a copy; the same copy printed again replaces it."""
        copy = BlankCopy(copy_id, form_id, version, person_id, application_id, sidecar, now())
        self._store.run(
            f"INSERT OR REPLACE INTO blank_copies ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (copy_id, form_id, version, person_id, application_id, sidecar, copy.printed_at),
        )
        return copy

    def find(self, copy_id: str) -> BlankCopy | None:
        """A copy by what its code names, if this vault printed it."""
        row = self._store.row(f"SELECT {_COLUMNS} FROM blank_copies WHERE copy_id = ?", (copy_id,))
        return None if row is None else _copy(row)

    def of_person(self, person_id: str) -> list[BlankCopy]:
        """The copies printed for a person, the last first."""
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM blank_copies WHERE person_id = ?"
            " ORDER BY printed_at DESC, copy_id",
            (person_id,),
        )
        return [_copy(row) for row in rows]


def _copy(row: Row) -> BlankCopy:
    copy_id, form_id, version, person_id, application_id, sidecar, printed_at = row
    return BlankCopy(
        str(copy_id),
        str(form_id),
        str(version),
        person_id,
        application_id,
        str(sidecar),
        str(printed_at),
    )
