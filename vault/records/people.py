"""The people helped, each with a profile: what is known of them, by profile key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from vault.database.store import Row, Store
from vault.errors import RecordNotFound
from vault.records.columns import columns_of, from_json, new_id, now, to_json
from vault.records.search import SearchIndex, fold
from vault.session import Session

_COLUMNS = (
    "id, family_name, given_names, birth_date, prison_number, profile, created_at, updated_at"
)


@dataclass(frozen=True)
class Person:
    """One person.

    Attributes:
        birth_date: ISO 8601.
        prison_number: the *numéro d'écrou*, as written; local to an establishment.
        profile: facts by profile key, JSON values.
    """

    id: str
    family_name: str
    given_names: str
    birth_date: str | None
    prison_number: str | None
    profile: dict[str, Any]
    created_at: str
    updated_at: str


class People:
    """The people of one vault."""

    def __init__(self, store: Store, index: SearchIndex, session: Session) -> None:
        self._store = store
        self._index = index
        self._session = session

    def add(
        self,
        *,
        family_name: str,
        given_names: str,
        birth_date: str | None = None,
        prison_number: str | None = None,
        profile: Mapping[str, Any] | None = None,
        id: str | None = None,
    ) -> Person:
        """Add a person; their identifier is drawn unless given.

        Raises:
            RecordExists: there is one with the identifier given.
        """
        moment = now()
        person = Person(
            id or new_id(),
            family_name,
            given_names,
            birth_date,
            prison_number,
            dict(profile or {}),
            moment,
            moment,
        )
        names, marks, values = columns_of(_stored(person))
        with self._store.transaction():
            self._store.run(f"INSERT INTO people ({names}) VALUES ({marks})", values)
            self._index.put_person(person.id, _words(person))
        return person

    def get(self, id: str) -> Person:
        """The person with an identifier.

        Raises:
            RecordNotFound: there is none.
        """
        person = self.find(id)
        if person is None:
            raise RecordNotFound
        return person

    def find(self, id: str) -> Person | None:
        """The person with an identifier, if any."""
        row = self._store.row(f"SELECT {_COLUMNS} FROM people WHERE id = ?", (id,))
        return _person(row) if row else None

    def save(self, person: Person) -> Person:
        """Write a changed person and return them as kept.

        Raises:
            RecordNotFound: there is none with this identifier.
        """
        kept = replace(person, updated_at=now())
        stored = _stored(kept)
        assignments = ", ".join(f"{name} = ?" for name in stored)
        with self._store.transaction():
            self.get(person.id)
            self._store.run(
                f"UPDATE people SET {assignments} WHERE id = ?", [*stored.values(), kept.id]
            )
            self._index.put_person(kept.id, _words(kept))
        return kept

    def index_anew(self) -> None:
        """Put right the words by which everybody is found."""
        with self._store.transaction():
            for (id,) in self._store.rows("SELECT id FROM people"):
                self._index.put_person(id, _words(self.get(id)))

    def all(self, *, limit: int = 200, offset: int = 0) -> list[Person]:
        """People in alphabetical order, accents and case ignored."""
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM people ORDER BY sort_key, id LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return [_person(row) for row in rows]

    def count(self) -> int:
        """How many people there are."""
        row = self._store.row("SELECT count(*) FROM people")
        return int(row[0]) if row else 0

    def delete(self, id: str) -> None:
        """Take a person out with their applications and documents; see `Erasures` for the rest.

        Raises:
            ReadOnlySession, NotResponsible: the session may not.
            RecordNotFound: there is none with this identifier.
        """
        self._session.require_responsible()
        with self._store.transaction():
            self.get(id)
            self._store.run("DELETE FROM people WHERE id = ?", (id,))


def _stored(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "family_name": person.family_name,
        "given_names": person.given_names,
        "birth_date": person.birth_date,
        "prison_number": person.prison_number,
        "sort_key": fold(f"{person.family_name} {person.given_names}"),
        "profile": to_json(person.profile),
        "created_at": person.created_at,
        "updated_at": person.updated_at,
    }


def _person(row: Row) -> Person:
    return Person(row[0], row[1], row[2], row[3], row[4], from_json(row[5]), row[6], row[7])


def _words(person: Person) -> str:
    profile = person.profile
    other_names = [
        str(profile[key])
        for key in ("identite.nom_naissance", "identite.nom_usage")
        if profile.get(key)
    ]
    number = person.prison_number or ""
    # « 48 213 » is found as « 48213 » too.
    compact = "".join(number.split())
    parts = [person.family_name, person.given_names, number, compact, *other_names]
    return " ".join(dict.fromkeys(part for part in parts if part))
