"""Bundles sent and received: enough to recognise one that comes twice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from vault.database.store import Row, Store
from vault.errors import RecordNotFound
from vault.records.columns import from_json, to_json

_COLUMNS = (
    "id, number, direction, contact_ids, file_name, sha256, application_ids, created_at,"
    " imported_at, kind, person_id"
)


class Direction(Enum):
    """Which way a bundle or a receipt went."""

    SENT = "sent"
    RECEIVED = "received"


class BundleKind(Enum):
    """What a bundle is for."""

    APPLICATIONS = "bundle"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class BundleRecord:
    """One bundle.

    Attributes:
        id: drawn by its sender; the same bundle twice has the same.
        number: « 2026-041 », for people.
        contact_ids: to whom it was sent, or the one who sent it.
        sha256: of the file.
        person_id: whom a transfer is about.
    """

    id: str
    number: str
    direction: Direction
    contact_ids: tuple[str, ...]
    file_name: str
    sha256: str
    application_ids: tuple[str, ...]
    created_at: str
    imported_at: str | None
    kind: BundleKind = BundleKind.APPLICATIONS
    person_id: str | None = None


class Bundles:
    """The bundles of one vault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, bundle: BundleRecord) -> None:
        """Note a bundle.

        Raises:
            RecordExists: this very bundle was noted before.
        """
        values: tuple[Any, ...] = (
            bundle.id,
            bundle.number,
            bundle.direction.value,
            to_json(bundle.contact_ids),
            bundle.file_name,
            bundle.sha256,
            to_json(bundle.application_ids),
            bundle.created_at,
            bundle.imported_at,
            bundle.kind.value,
            bundle.person_id,
        )
        marks = ", ".join("?" for _ in values)
        self._store.run(f"INSERT INTO bundles ({_COLUMNS}) VALUES ({marks})", values)

    def get(self, id: str) -> BundleRecord:
        """The bundle with an identifier.

        Raises:
            RecordNotFound: there is none.
        """
        bundle = self.find(id)
        if bundle is None:
            raise RecordNotFound
        return bundle

    def find(self, id: str) -> BundleRecord | None:
        """The bundle with an identifier, if any."""
        row = self._store.row(f"SELECT {_COLUMNS} FROM bundles WHERE id = ?", (id,))
        return _bundle(row) if row else None

    def all(self) -> list[BundleRecord]:
        """Every bundle, the latest first."""
        rows = self._store.rows(f"SELECT {_COLUMNS} FROM bundles ORDER BY rowid DESC")
        return [_bundle(row) for row in rows]

    def count_sent(self, year: int) -> int:
        """How many bundles were numbered in a year."""
        row = self._store.row(
            "SELECT count(*) FROM bundles WHERE direction = ? AND number LIKE ?",
            (Direction.SENT.value, f"{year}-%"),
        )
        return int(row[0]) if row else 0


def _bundle(row: Row) -> BundleRecord:
    return BundleRecord(
        row[0],
        row[1],
        Direction(row[2]),
        tuple(from_json(row[3])),
        row[4],
        row[5],
        tuple(from_json(row[6])),
        row[7],
        row[8],
        BundleKind(row[9]),
        row[10],
    )
