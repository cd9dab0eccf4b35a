"""What was done, without whom it was done for: for statistics of a whole vault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vault.database.store import Store
from vault.records.applications import ApplicationState
from vault.records.columns import from_json
from vault.records.journal import Action


@dataclass(frozen=True)
class Begun:
    """One application: its form, where it stands, when it began (UTC, ISO 8601)."""

    id: str
    form_title: str
    state: ApplicationState
    created_at: str


@dataclass(frozen=True)
class Deed:
    """One thing done on an application, as the journal has it."""

    at: str
    action: Action
    application_id: str
    detail: dict[str, str]


class ActivityRecords:
    """What statistics are made from; an application that was erased is no longer here."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def applications(self) -> list[Begun]:
        """Every application, in the order they began."""
        rows = self._store.rows(
            "SELECT id, form_title, state, created_at FROM applications ORDER BY rowid"
        )
        return [Begun(row[0], row[1], ApplicationState(row[2]), row[3]) for row in rows]

    def deeds(self, actions: Iterable[Action]) -> list[Deed]:
        """What was done on applications, of some kinds, in order."""
        wanted = [action.value for action in actions]
        rows = self._store.rows(
            "SELECT at, action, application_id, detail FROM journal WHERE application_id IS NOT"
            f" NULL AND action IN ({', '.join('?' for _ in wanted)}) ORDER BY seq",
            wanted,
        )
        return [Deed(row[0], Action(row[1]), row[2], from_json(row[3])) for row in rows]
