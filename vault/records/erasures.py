"""Erasing people and applications: every row, every setting, every page of the file.

What stays: in the journal, that something was done, when and by whom, without a word on whom; that
a bundle with its number went or came; and a mark by which a backup put back can be told to hold
somebody erased since. The mark is a digest of the erased identifier under a secret of this vault:
without the backup that still holds the identifier it says nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from vault.database.cleaning import clean
from vault.database.store import Store
from vault.errors import RecordNotFound
from vault.records.columns import now
from vault.records.forgetting import applications_of, forget
from vault.records.journal import Action
from vault.records.settings import Settings
from vault.session import Custody

_PENDING = "cleaning_pending"
_SECRET = "erasures"  # noqa: S105 - the name of a setting
_SECRET_SIZE = 32


@dataclass(frozen=True)
class Erased:
    """How many people and applications an erasure took, those of the people included."""

    people: int
    applications: int


class Erasures:
    """The erasures of one open vault."""

    def __init__(self, custody: Custody) -> None:
        self._custody = custody
        self._store = custody.store

    def erase(self, people: Collection[str] = (), applications: Collection[str] = ()) -> Erased:
        """Erase people with all that is theirs, and applications alone; all of it, or nothing.

        The file is then to be cleaned: what was erased can no longer be reached by a query, and may
        still be in its pages.

        Args:
            people: identifiers; a *responsable* alone may.
            applications: identifiers of others' applications.

        Raises:
            NotResponsible, ReadOnlySession: the session may not.
            RecordNotFound: one of them is not there; nothing was erased.
        """
        if people:
            self._custody.session.require_responsible()
        self._custody.session.require_writer()
        journal = self._custody.journal
        with self._store.transaction():
            owned = set(applications_of(self._store, people))
            alone = [id for id in applications if id not in owned]
            owners = {id: self._owner_of(id) for id in alone}
            for id in people:
                self._require("people", id)
                theirs = applications_of(self._store, [id])
                journal.add_erasure(Action.PERSON_DELETED, people=[id], applications=theirs)
            for id in alone:
                journal.add_erasure(
                    Action.APPLICATION_DELETED, applications=[id], person_id=owners[id]
                )
            forget(self._store, people, [*owned, *alone])
            self._mark([*people, *owned, *alone])
            self._custody.settings.set(_PENDING, True)
        return Erased(len(people), len(owned) + len(alone))

    @property
    def cleaning_pending(self) -> bool:
        """Whether something was erased and the file not cleaned yet."""
        return bool(self._custody.settings.get(_PENDING, False))

    def clean(self, progress: Callable[[float], None] = lambda _: None) -> None:
        """Write the file anew, without what was erased; see `vault.database.cleaning`."""
        self._custody.session.require_writer()
        clean(self._custody, progress)
        self._custody.settings.set(_PENDING, False)

    def erased_among(self, ids: Iterable[str]) -> list[str]:
        """Which identifiers, from an older copy of this vault, were erased here since."""
        return _erased_among(self._store, ids)

    def _mark(self, ids: Iterable[str]) -> None:
        key = self._custody.settings.get(_SECRET, None)
        if key is None:
            key = secrets.token_hex(_SECRET_SIZE)
            self._custody.settings.set(_SECRET, key)
        for id in ids:
            self._store.run(
                "INSERT OR REPLACE INTO erasures (mark, erased_at) VALUES (?, ?)",
                (_mark_of(key, id), now()),
            )

    def _owner_of(self, application_id: str) -> str:
        row = self._store.row("SELECT person_id FROM applications WHERE id = ?", (application_id,))
        if row is None:
            raise RecordNotFound
        return str(row[0])

    def _require(self, table: str, id: str) -> None:
        if self._store.row(f"SELECT 1 FROM {table} WHERE id = ?", (id,)) is None:
            raise RecordNotFound


def erased_since(copy: Store, here: Store) -> int:
    """How many people of an older copy of a vault were erased in the vault since."""
    return len(_erased_among(here, (row[0] for row in copy.rows("SELECT id FROM people"))))


def _erased_among(store: Store, ids: Iterable[str]) -> list[str]:
    key = Settings(store).get(_SECRET, None)
    if key is None:
        return []
    marks = {row[0] for row in store.rows("SELECT mark FROM erasures")}
    return [id for id in ids if _mark_of(key, id) in marks]


def _mark_of(key: str, id: str) -> str:
    return hmac.new(bytes.fromhex(key), id.encode(), hashlib.sha256).hexdigest()
