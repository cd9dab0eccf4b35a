"""The journal: what was done, by whom, when; a hash chain, so that an altered line shows.

Each line holds the hash of the line before; the setting `journal` holds the last line's number
and hash, so that lines cut from the end show too. The chain has no secret of its own: who can
open the vault and knows this file could write another whole chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

import msgspec

from vault.errors import DatabaseDamaged
from vault.records import from_json, now, to_json
from vault.settings import Settings
from vault.store import Row, Store

_COLUMNS = "seq, at, user, action, person_id, application_id, detail, previous, hash"
_FIRST = "0" * 64
_HEAD = "journal"


class Action(Enum):
    """What was done."""

    VAULT_CREATED = "vault_created"
    UNLOCKED = "unlocked"
    LOCKED = "locked"
    PASSPHRASE_CHANGED = "passphrase_changed"  # noqa: S105 - the name of an action
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    PERSON_DELETED = "person_deleted"
    APPLICATION_STARTED = "application_started"
    APPLICATION_CHANGED = "application_changed"
    APPLICATION_DELETED = "application_deleted"
    STATE_CHANGED = "state_changed"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_REMOVED = "document_removed"
    PRINTED = "printed"
    BLANK_PRINTED = "blank_printed"
    EXPORTED_CLEAR = "exported_clear"
    OFFICIAL_ADDED = "official_added"
    BUNDLE_SENT = "bundle_sent"
    BUNDLE_RECEIVED = "bundle_received"
    OUTCOME_RECORDED = "outcome_recorded"
    RECEIPT_WRITTEN = "receipt_written"
    RECEIPT_IMPORTED = "receipt_imported"
    CONTACT_ADDED = "contact_added"
    CONTACT_VERIFIED = "contact_verified"
    CARD_EXPORTED = "card_exported"
    KEYS_RENEWED = "keys_renewed"
    FORM_ADDED = "form_added"
    FORM_REMOVED = "form_removed"
    FORMS_INSTALLED = "forms_installed"


@dataclass(frozen=True)
class Entry:
    """One line of the journal.

    Attributes:
        seq: 1, 2, 3…
        at: UTC, ISO 8601.
        detail: words that complete the action; never a person's name.
        previous: the hash of the line before, 64 zeros for the first.
        hash: SHA-256 over all the rest, hexadecimal.
    """

    seq: int
    at: str
    user: str
    action: Action
    person_id: str | None
    application_id: str | None
    detail: dict[str, str]
    previous: str
    hash: str


class Journal:
    """The journal of one vault; lines are added, never changed."""

    def __init__(self, store: Store, user: Callable[[], str]) -> None:
        self._store = store
        self._settings = Settings(store)
        self._user = user

    def add(
        self,
        action: Action,
        *,
        person_id: str | None = None,
        application_id: str | None = None,
        detail: Mapping[str, str] | None = None,
    ) -> Entry:
        """Add a line, chained to the last."""
        with self._store.transaction():
            last, previous = self._head()
            # A line slipped in after the last must not keep the vault from going on.
            row = self._store.row("SELECT max(seq) FROM journal")
            seq = max(last, row[0] if row and row[0] else 0) + 1
            bare = Entry(
                seq,
                now(),
                self._user(),
                action,
                person_id,
                application_id,
                dict(detail or {}),
                previous,
                "",
            )
            entry = replace(bare, hash=_hash(bare))
            self._store.run(
                f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.seq,
                    entry.at,
                    entry.user,
                    entry.action.value,
                    entry.person_id,
                    entry.application_id,
                    to_json(entry.detail),
                    entry.previous,
                    entry.hash,
                ),
            )
            self._settings.set(_HEAD, {"seq": entry.seq, "hash": entry.hash})
        return entry

    def of_person(self, person_id: str) -> list[Entry]:
        """The lines about a person, in order."""
        return self._where("person_id = ?", (person_id,))

    def of_application(self, application_id: str) -> list[Entry]:
        """The lines about an application, in order."""
        return self._where("application_id = ?", (application_id,))

    def recent(self, count: int) -> list[Entry]:
        """The last lines, the latest first."""
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM journal ORDER BY seq DESC LIMIT ?", (count,)
        )
        return [_entry(row) for row in rows]

    def first_break(self) -> int | None:
        """The number of the first line altered, missing or out of place; None when all is well."""
        previous, expected = _FIRST, 1
        for row in self._store.rows(f"SELECT {_COLUMNS} FROM journal ORDER BY seq"):
            try:
                entry = _entry(row)
            except (ValueError, TypeError, DatabaseDamaged):
                return expected
            if entry.seq != expected or entry.previous != previous or entry.hash != _hash(entry):
                return expected
            previous, expected = entry.hash, expected + 1
        return None if self._head() == (expected - 1, previous) else expected

    def _head(self) -> tuple[int, str]:
        head = self._settings.get(_HEAD, {"seq": 0, "hash": _FIRST})
        return int(head["seq"]), str(head["hash"])

    def _where(self, condition: str, values: tuple[str, ...]) -> list[Entry]:
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM journal WHERE {condition} ORDER BY seq", values
        )
        return [_entry(row) for row in rows]


def _hash(entry: Entry) -> str:
    covered = [
        entry.previous,
        entry.seq,
        entry.at,
        entry.user,
        entry.action.value,
        entry.person_id,
        entry.application_id,
        sorted(entry.detail.items()),
    ]
    return hashlib.sha256(msgspec.json.encode(covered)).hexdigest()


def _entry(row: Row) -> Entry:
    return Entry(
        row[0], row[1], row[2], Action(row[3]), row[4], row[5], from_json(row[6]), row[7], row[8]
    )
