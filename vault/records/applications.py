"""Applications: one form for one person, from draft to answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from vault.database.store import Row, Store
from vault.errors import RecordNotFound
from vault.records.columns import columns_of, from_json, new_id, now, to_json


class ApplicationState(Enum):
    """Where an application stands; `to_file` and `in_progress` are a relay's."""

    DRAFT = "draft"
    TO_SIGN = "to_sign"
    INCOMPLETE = "incomplete"
    READY = "ready"
    SENT = "sent"
    TO_FILE = "to_file"
    IN_PROGRESS = "in_progress"
    FILED = "filed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CLOSED = "closed"


OVER = frozenset({ApplicationState.ACCEPTED, ApplicationState.REFUSED, ApplicationState.CLOSED})
"""States after which nothing is expected any more: retention counts from there."""


@dataclass(frozen=True)
class Application:
    """One application.

    Attributes:
        answers: values by question path, as `Filling.answers` gives them.
        position: path of the question last looked at.
        answered, total: questions answered, of those asked, at the last answer.
        definition: the form's YAML it was sent with; None while it follows the catalogue.
        deadline, outcome_on: ISO 8601 days.
        outcome: what the relay reported, as its receipt names it.
        assigned_to: the user of a relay who files it; None while nobody does.
        revision: how often it was sent, counting each corrected sending; at a relay, the one held.
        closed_on: the day it was accepted, refused or closed, ISO 8601; set when it is saved.
    """

    id: str
    person_id: str
    form_id: str
    form_version: str
    form_title: str
    state: ApplicationState
    answers: dict[str, Any]
    position: str | None
    answered: int
    total: int
    definition: str | None
    deadline: str | None
    organisation: str | None
    reference: str | None
    comment: str | None
    outcome: str | None
    outcome_on: str | None
    bundle_id: str | None
    assigned_to: str | None
    created_at: str
    updated_at: str
    revision: int = 0
    closed_on: str | None = None


_NAMES = tuple(field.name for field in fields(Application))
_COLUMNS = ", ".join(_NAMES)


class Applications:
    """The applications of one vault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        *,
        person_id: str,
        form_id: str,
        form_version: str,
        form_title: str,
        answers: Mapping[str, Any],
        state: ApplicationState = ApplicationState.DRAFT,
        definition: str | None = None,
        bundle_id: str | None = None,
        revision: int = 0,
        id: str | None = None,
    ) -> Application:
        """Add an application; a relay gives the identifier it has at the station.

        Raises:
            RecordExists: there is one with the identifier given.
            RecordNotFound: there is no such person.
        """
        moment = now()
        application = Application(
            id=id or new_id(),
            person_id=person_id,
            form_id=form_id,
            form_version=form_version,
            form_title=form_title,
            state=state,
            answers=dict(answers),
            position=None,
            answered=0,
            total=0,
            definition=definition,
            deadline=None,
            organisation=None,
            reference=None,
            comment=None,
            outcome=None,
            outcome_on=None,
            bundle_id=bundle_id,
            assigned_to=None,
            created_at=moment,
            updated_at=moment,
            revision=revision,
            closed_on=moment[:10] if state in OVER else None,
        )
        names, marks, values = columns_of(_stored(application))
        self._store.run(f"INSERT INTO applications ({names}) VALUES ({marks})", values)
        return application

    def get(self, id: str) -> Application:
        """The application with an identifier.

        Raises:
            RecordNotFound: there is none.
        """
        application = self.find(id)
        if application is None:
            raise RecordNotFound
        return application

    def find(self, id: str) -> Application | None:
        """The application with an identifier, if any."""
        row = self._store.row(f"SELECT {_COLUMNS} FROM applications WHERE id = ?", (id,))
        return _application(row) if row else None

    def save_answers(
        self,
        id: str,
        answers: Mapping[str, Any],
        *,
        position: str | None,
        answered: int,
        total: int,
    ) -> Application:
        """Keep the answers; they are on the device when the call returns.

        Raises:
            RecordNotFound: there is no such application.
        """
        with self._store.transaction():
            self._store.run(
                "UPDATE applications SET answers = ?, position = ?, answered = ?, total = ?,"
                " updated_at = ? WHERE id = ?",
                (to_json(dict(answers)), position, answered, total, now(), id),
            )
            return self.get(id)

    def save(self, application: Application) -> Application:
        """Write a changed application and return it as kept.

        Raises:
            RecordNotFound: there is none with this identifier.
        """
        kept = replace(application, updated_at=now())
        kept = replace(kept, closed_on=_closed_on(kept))
        stored = _stored(kept)
        assignments = ", ".join(f"{name} = ?" for name in stored)
        with self._store.transaction():
            self.get(application.id)
            self._store.run(
                f"UPDATE applications SET {assignments} WHERE id = ?",
                [*stored.values(), kept.id],
            )
        return kept

    def of_person(self, person_id: str) -> list[Application]:
        """A person's applications, the last changed first."""
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM applications WHERE person_id = ?"
            " ORDER BY updated_at DESC, rowid DESC",
            (person_id,),
        )
        return [_application(row) for row in rows]

    def all(
        self,
        *,
        states: Iterable[ApplicationState] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Application]:
        """Applications in some states (all when None), the last changed first.

        Args:
            states: those wanted.
            limit: how many at most; None for all.
            offset: how many of the first to leave out.
        """
        wanted = [state.value for state in (ApplicationState if states is None else states)]
        marks = ", ".join("?" for _ in wanted)
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM applications WHERE state IN ({marks})"
            " ORDER BY updated_at DESC, rowid DESC LIMIT ? OFFSET ?",
            (*wanted, -1 if limit is None else limit, offset),
        )
        return [_application(row) for row in rows]

    def bundle_ids(self) -> dict[str, str]:
        """The bundle each application was last sent or received in, by application."""
        rows = self._store.rows(
            "SELECT id, bundle_id FROM applications WHERE bundle_id IS NOT NULL"
        )
        return dict(rows)

    def with_outcome(self) -> frozenset[str]:
        """The identifiers of those whose outcome is known."""
        rows = self._store.rows("SELECT id FROM applications WHERE outcome IS NOT NULL")
        return frozenset(row[0] for row in rows)

    def counts_by_state(self) -> dict[ApplicationState, int]:
        """How many applications stand in each state; states without any are left out."""
        rows = self._store.rows("SELECT state, count(*) FROM applications GROUP BY state")
        return {ApplicationState(state): int(count) for state, count in rows}

    def delete(self, id: str) -> None:
        """Take an application out with its documents; see `Erasures` for the rest.

        Raises:
            RecordNotFound: there is none with this identifier.
        """
        with self._store.transaction():
            self.get(id)
            self._store.run("DELETE FROM applications WHERE id = ?", (id,))


def _closed_on(application: Application) -> str | None:
    if application.state not in OVER:
        return None
    return application.closed_on or application.outcome_on or application.updated_at[:10]


def _stored(application: Application) -> dict[str, Any]:
    stored = {name: getattr(application, name) for name in _NAMES}
    stored["state"] = application.state.value
    stored["answers"] = to_json(application.answers)
    return stored


def _application(row: Row) -> Application:
    values = dict(zip(_NAMES, row, strict=True))
    values["state"] = ApplicationState(values["state"])
    values["answers"] = from_json(values["answers"])
    return Application(**values)
