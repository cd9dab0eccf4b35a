"""What is kept until when: the days that count, read without the answers, for a whole vault.

No rule lives here: how long is the caller's, and nothing is ever erased from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from vault.database.store import Row, Store

_APPLICATION = (
    "a.id, a.person_id, a.form_title, a.closed_on, a.created_at, a.kept_until, a.kept_reason"
)
_PERSON = "p.id, p.family_name, p.given_names, p.updated_at, p.kept_until, p.kept_reason"


@dataclass(frozen=True)
class KeptApplication:
    """The days of an application that retention counts from.

    Attributes:
        closed_on: when it ended, ISO 8601; None while it is under way.
        kept_until, kept_reason: until when it is kept longer than the rule says, and why.
    """

    id: str
    person_id: str
    title: str
    closed_on: str | None
    created_at: str
    kept_until: str | None
    kept_reason: str | None


@dataclass(frozen=True)
class KeptPerson:
    """The days of a person that retention counts from, with their applications."""

    id: str
    family_name: str
    given_names: str
    updated_at: str
    kept_until: str | None
    kept_reason: str | None
    applications: tuple[KeptApplication, ...]


class Retention:
    """What is kept in one vault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def person(self, id: str) -> KeptPerson | None:
        """A person's days, if they are there."""
        row = self._store.row(f"SELECT {_PERSON} FROM people p WHERE p.id = ?", (id,))
        return self._with_applications(row) if row else None

    def ended_before(self, closed_on: str, updated_at: str) -> list[KeptPerson]:
        """The people with an application that ended by a day, or with none and unchanged since one.

        Args:
            closed_on: ISO 8601, included.
            updated_at: the same, for people without an application.
        """
        rows = self._store.rows(
            f"SELECT {_PERSON} FROM people p WHERE EXISTS ("
            "SELECT 1 FROM applications a WHERE a.person_id = p.id AND a.closed_on <= ?)"
            " OR (substr(p.updated_at, 1, 10) <= ?"
            " AND NOT EXISTS (SELECT 1 FROM applications a WHERE a.person_id = p.id))"
            " ORDER BY p.sort_key, p.id",
            (closed_on, updated_at),
        )
        return [self._with_applications(row) for row in rows]

    def keep_person(self, id: str, until: str | None, reason: str | None) -> None:
        """Keep a person until a day, for a reason; None for as long as the rule says."""
        # No change of the person: the day of the last one is what retention counts from.
        self._store.run(
            "UPDATE people SET kept_until = ?, kept_reason = ? WHERE id = ?", (until, reason, id)
        )

    def keep_application(self, id: str, until: str | None, reason: str | None) -> None:
        """Keep an application until a day, for a reason; None for as long as the rule says."""
        self._store.run(
            "UPDATE applications SET kept_until = ?, kept_reason = ? WHERE id = ?",
            (until, reason, id),
        )

    def _with_applications(self, row: Row) -> KeptPerson:
        found = self._store.rows(
            f"SELECT {_APPLICATION} FROM applications a WHERE a.person_id = ? ORDER BY a.rowid",
            (row[0],),
        )
        applications = tuple(KeptApplication(*one) for one in found)
        return KeptPerson(row[0], row[1], row[2], row[3], row[4], row[5], applications)
