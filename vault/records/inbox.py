"""What a relay's inbox shows of each application: one query, without its answers."""

from __future__ import annotations

from dataclasses import dataclass

from vault.database.store import Row, Store
from vault.records.applications import ApplicationState
from vault.records.columns import from_json

_ENTRIES = (
    "SELECT a.id, a.person_id, p.family_name, p.given_names, a.form_id, a.form_title, a.state,"
    " a.deadline, a.reference, a.assigned_to, b.number, b.contact_ids, a.updated_at"
    " FROM applications a JOIN people p ON p.id = a.person_id"
    " LEFT JOIN bundles b ON b.id = a.bundle_id"
    " ORDER BY a.updated_at DESC, a.rowid DESC"
)


@dataclass(frozen=True)
class InboxEntry:
    """One application, as a list shows it.

    Attributes:
        deadline: ISO 8601 day, if one was given.
        assigned_to: the identifier of the user who files it.
        bundle: the number of the bundle it came in; empty for none.
        station_id: the contact that sent it; empty for none.
    """

    id: str
    person_id: str
    family_name: str
    given_names: str
    form_id: str
    form_title: str
    state: ApplicationState
    deadline: str | None
    reference: str | None
    assigned_to: str | None
    bundle: str
    station_id: str
    updated_at: str


class Inbox:
    """The applications of one vault, read as a list."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self) -> list[InboxEntry]:
        """Every application, the last changed first."""
        return [_entry(row) for row in self._store.rows(_ENTRIES)]


def _entry(row: Row) -> InboxEntry:
    senders = from_json(row[11]) if row[11] else []
    return InboxEntry(
        id=row[0],
        person_id=row[1],
        family_name=row[2],
        given_names=row[3],
        form_id=row[4],
        form_title=row[5],
        state=ApplicationState(row[6]),
        deadline=row[7],
        reference=row[8],
        assigned_to=row[9],
        bundle=row[10] or "",
        station_id=senders[0] if senders else "",
        updated_at=row[12],
    )
