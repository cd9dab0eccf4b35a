"""What was done for a person elsewhere, before a transfer brought them here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vault.database.store import Store

_COLUMNS = "person_id, application_id, at, who, what, place"


@dataclass(frozen=True)
class FormerLine:
    """One thing done elsewhere.

    Attributes:
        application_id: None for the person as a whole.
        at: UTC, ISO 8601.
        what: in words, as it was told there.
    """

    person_id: str
    application_id: str | None
    at: str
    who: str
    what: str
    place: str


class FormerHistory:
    """The lines that came with people; they go with them, and no hash chain vouches for them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, lines: Iterable[FormerLine]) -> None:
        """Keep lines, but for those already here.

        Raises:
            RecordNotFound: there is no such person or application.
        """
        with self._store.transaction():
            for line in lines:
                values = (
                    line.person_id,
                    line.application_id,
                    line.at,
                    line.who,
                    line.what,
                    line.place,
                )
                self._store.run(
                    f"INSERT INTO former_history ({_COLUMNS}) SELECT ?, ?, ?, ?, ?, ?"
                    " WHERE NOT EXISTS (SELECT 1 FROM former_history WHERE person_id = ?"
                    " AND at = ? AND what = ? AND place = ?)",
                    (*values, line.person_id, line.at, line.what, line.place),
                )

    def of_person(self, person_id: str) -> list[FormerLine]:
        """The lines of a person, the first thing first."""
        return self._where("person_id", person_id)

    def of_application(self, application_id: str) -> list[FormerLine]:
        """The lines of an application, the first thing first."""
        return self._where("application_id", application_id)

    def _where(self, column: str, value: str) -> list[FormerLine]:
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM former_history WHERE {column} = ? ORDER BY at, id", (value,)
        )
        return [FormerLine(*row) for row in rows]
