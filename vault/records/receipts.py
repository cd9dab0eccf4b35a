"""Receipts written and taken in: enough to recognise one that comes twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vault.database.store import Row, Store
from vault.records.bundles import Direction
from vault.records.columns import from_json, to_json

_COLUMNS = "id, bundle_id, direction, outcomes, sha256, created_at, number, contact_id"


@dataclass(frozen=True)
class ReceiptRecord:
    """One receipt.

    Attributes:
        id: drawn by the relay; the same receipt twice has the same.
        outcomes: as the receipt gives them, one object an application.
        sha256: of the file.
        number: 1, 2, 3… among the receipts of its writer for this bundle; 0 when it has none.
        contact_id: who wrote it; None when this vault did, and in vaults from before version 5.
    """

    id: str
    bundle_id: str
    direction: Direction
    outcomes: tuple[dict[str, Any], ...]
    sha256: str
    created_at: str
    number: int = 0
    contact_id: str | None = None


class Receipts:
    """The receipts of one vault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, receipt: ReceiptRecord) -> None:
        """Note a receipt.

        Raises:
            RecordExists: this very receipt was noted before.
        """
        self._store.run(
            f"INSERT INTO receipts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                receipt.id,
                receipt.bundle_id,
                receipt.direction.value,
                to_json(receipt.outcomes),
                receipt.sha256,
                receipt.created_at,
                receipt.number,
                receipt.contact_id,
            ),
        )

    def find(self, id: str) -> ReceiptRecord | None:
        """The receipt with an identifier, if any."""
        row = self._store.row(f"SELECT {_COLUMNS} FROM receipts WHERE id = ?", (id,))
        return _receipt(row) if row else None

    def of_bundle(self, bundle_id: str) -> list[ReceiptRecord]:
        """The receipts of one bundle, in the order they came."""
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM receipts WHERE bundle_id = ? ORDER BY rowid", (bundle_id,)
        )
        return [_receipt(row) for row in rows]

    def all(self) -> list[ReceiptRecord]:
        """Every receipt, the latest first."""
        rows = self._store.rows(f"SELECT {_COLUMNS} FROM receipts ORDER BY rowid DESC")
        return [_receipt(row) for row in rows]


def _receipt(row: Row) -> ReceiptRecord:
    return ReceiptRecord(
        row[0], row[1], Direction(row[2]), tuple(from_json(row[3])), row[4], row[5], row[6], row[7]
    )
