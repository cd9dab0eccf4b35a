"""The journal: what was done, by whom, when; a hash chain, so that an altered line shows.

Each line holds the hash of the line before; the setting `journal` holds the last line's number
and hash, so that lines cut from the end show too. The chain has no secret of its own: who can
open the vault and knows this file could write another whole chain.

A line about somebody who was erased loses whom and what it was about, and keeps its hash, which
then can no longer be computed anew. What it keeps (number, moment, user, action, hash) is sealed by
the line of the erasure, which holds a digest over all the lines that it emptied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

import msgspec

from vault.database.store import Row, Store
from vault.errors import DatabaseDamaged, ReadOnlySession
from vault.records.columns import from_json, now, to_json
from vault.records.settings import Settings

_COLUMNS = (
    "seq, at, user, action, person_id, application_id, detail, previous, hash, user_id, erased_by"
)
_FIRST = "0" * 64
_HEAD = "journal"
_EMPTIED, _SEAL = "lines", "kept"
_AT_ONCE = 2_000


class Action(Enum):
    """What was done."""

    VAULT_CREATED = "vault_created"
    UNLOCKED = "unlocked"
    LOCKED = "locked"
    UNLOCK_REFUSED = "unlock_refused"
    PASSPHRASE_CHANGED = "passphrase_changed"  # noqa: S105 - the name of an action
    PASSPHRASE_RESET = "passphrase_reset"  # noqa: S105 - the name of an action
    USER_ADDED = "user_added"
    USER_REMOVED = "user_removed"
    USER_ROLE_CHANGED = "user_role_changed"
    RECOVERY_RENEWED = "recovery_renewed"
    RECOVERY_CONFIRMED = "recovery_confirmed"
    REKEYED = "rekeyed"
    BACKUP_MADE = "backup_made"
    RESTORED = "restored"
    REPAIRED = "repaired"
    RETENTION_CHANGED = "retention_changed"
    RETENTION_POSTPONED = "retention_postponed"
    ACCESS_GIVEN = "access_given"
    PERSON_OPENED = "person_opened"
    APPLICATION_OPENED = "application_opened"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    PERSON_DELETED = "person_deleted"
    APPLICATION_STARTED = "application_started"
    APPLICATION_CHANGED = "application_changed"
    APPLICATION_EDITED = "application_edited"
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
    BUNDLE_SET_ASIDE = "bundle_set_aside"
    APPLICATION_REPLACED = "application_replaced"
    PERSON_TRANSFERRED = "person_transferred"
    PERSON_RECEIVED = "person_received"
    TRANSFER_CONFIRMED = "transfer_confirmed"
    OUTCOME_RECORDED = "outcome_recorded"
    RECEIPT_WRITTEN = "receipt_written"
    RECEIPT_IMPORTED = "receipt_imported"
    RECEIPT_SET_ASIDE = "receipt_set_aside"
    CONTACT_ADDED = "contact_added"
    CONTACT_VERIFIED = "contact_verified"
    CONTACT_RENEWED = "contact_renewed"
    CONTACT_KEYS_CHANGED = "contact_keys_changed"
    CONTACT_REVOKED = "contact_revoked"
    CARD_EXPORTED = "card_exported"
    KEYS_RENEWED = "keys_renewed"
    FORM_ADDED = "form_added"
    FORM_REMOVED = "form_removed"
    FORMS_INSTALLED = "forms_installed"
    PROCEDURE_MAPPED = "procedure_mapped"
    DRAFT_SENDING = "draft_sending"
    DRAFT_ENDED = "draft_ended"
    DRAFT_FOLLOWED = "draft_followed"
    APPLICATION_ASSIGNED = "application_assigned"
    DEADLINE_SET = "deadline_set"
    PORTALS_CHANGED = "portals_changed"


TOLD_OF_READERS = frozenset(
    {
        Action.UNLOCKED,
        Action.LOCKED,
        Action.UNLOCK_REFUSED,
        Action.PERSON_OPENED,
        Action.APPLICATION_OPENED,
        Action.PRINTED,
        Action.EXPORTED_CLEAR,
        Action.ACCESS_GIVEN,
    }
)
"""What a session that only reads may do, and the journal keeps."""


_NO_DEEDS = (
    Action.UNLOCKED,
    Action.LOCKED,
    Action.UNLOCK_REFUSED,
    Action.PERSON_OPENED,
    Action.APPLICATION_OPENED,
    Action.BACKUP_MADE,
)


@dataclass(frozen=True)
class Author:
    """Who does what is written down: a name as it was then, and the user's identifier."""

    name: str
    id: str | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the journal.

    Attributes:
        seq: 1, 2, 3…
        at: UTC, ISO 8601.
        user: the name they had then.
        detail: words that complete the action; never a person's name.
        previous: the hash of the line before, 64 zeros for the first.
        hash: SHA-256 over all the rest, hexadecimal.
        user_id: whose name it is; None in lines from before vaults had several users.
        erased_by: the number of the line of the erasure that emptied this one, if one did.
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
    user_id: str | None = None
    erased_by: int | None = None


class Journal:
    """The journal of one vault; lines are added, and only ever changed to lose an identity."""

    def __init__(self, store: Store, author: Author) -> None:
        self._store = store
        self._settings = Settings(store)
        self._author = author

    def add(
        self,
        action: Action,
        *,
        person_id: str | None = None,
        application_id: str | None = None,
        detail: Mapping[str, str] | None = None,
    ) -> Entry:
        """Add a line, chained to the last.

        Raises:
            ReadOnlySession: the session only reads, and this is no deed of a reader.
        """
        if self._store.is_read_only and action not in TOLD_OF_READERS:
            raise ReadOnlySession
        with self._store.lifted(), self._store.transaction():
            _, previous = self._head()
            bare = Entry(
                self._next(),
                now(),
                self._author.name,
                action,
                person_id,
                application_id,
                dict(detail or {}),
                previous,
                "",
                self._author.id,
            )
            entry = replace(bare, hash=_hash(bare))
            self._store.run(
                f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
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
                    entry.user_id,
                ),
            )
            self._settings.set(_HEAD, {"seq": entry.seq, "hash": entry.hash})
        return entry

    def add_erasure(
        self,
        action: Action,
        *,
        people: Collection[str] = (),
        applications: Collection[str] = (),
        person_id: str | None = None,
    ) -> Entry:
        """Empty the lines about people and applications of identity, and add the line that says so.

        Args:
            action: what the line says.
            people: their identifiers.
            applications: theirs, those of the people included.
            person_id: who the application was of, when the person stays.
        """
        with self._store.transaction():
            by = self._next()
            emptied = [_emptied(entry, by) for entry in self._about(people, applications)]
            for entry in emptied:
                self._store.run(
                    "UPDATE journal SET person_id = NULL, application_id = NULL, detail = ?,"
                    " erased_by = ? WHERE seq = ?",
                    (to_json(entry.detail), by, entry.seq),
                )
            detail = {_EMPTIED: str(len(emptied)), _SEAL: _seal(emptied)}
            return self.add(action, person_id=person_id, detail=detail)

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
        """The number of the first line altered, missing or out of place; None when all is well.

        Other threads may go on writing meanwhile.
        """
        if self._first_break() is None:
            return None
        # What was written or erased while it was read is no break: looked at again, alone.
        with self._store.alone():
            return self._first_break()

    def moment_of(self, seq: int) -> str:
        """When a line was written, UTC, ISO 8601; "" when it is not there."""
        row = self._store.row("SELECT at FROM journal WHERE seq = ?", (seq,))
        return str(row[0]) if row else ""

    def _first_break(self) -> int | None:
        previous, expected = _FIRST, 1
        seals, emptied = dict[int, str](), dict[int, list[Entry]]()
        for row in self._rows():
            try:
                entry = _entry(row)
            except (ValueError, TypeError, DatabaseDamaged):
                return expected
            if entry.seq != expected or entry.previous != previous:
                return expected
            if entry.erased_by is None and entry.hash != _hash(entry):
                return expected
            if entry.erased_by is not None:
                emptied.setdefault(entry.erased_by, []).append(entry)
            if _SEAL in entry.detail:
                seals[entry.seq] = entry.detail[_SEAL]
            previous, expected = entry.hash, expected + 1
        broken = [lines[0].seq for by, lines in emptied.items() if seals.get(by) != _seal(lines)]
        if broken:
            return min(broken)
        return None if self._head() == (expected - 1, previous) else expected

    def refused_since(self, user_id: str) -> int:
        """How many tries to open the vault failed since a user last opened it."""
        row = self._store.row(
            "SELECT max(seq) FROM journal WHERE action = ? AND user_id = ?",
            (Action.UNLOCKED.value, user_id),
        )
        rows = self._store.rows(
            "SELECT detail FROM journal WHERE action = ? AND seq > ?",
            (Action.UNLOCK_REFUSED.value, (row[0] if row else None) or 0),
        )
        return sum(int(from_json(detail).get("count", "1")) for (detail,) in rows)

    def head(self) -> tuple[int, str]:
        """The last line's number and hash; 0 and 64 zeros when there is none."""
        return self._head()

    def last_moment_before_session(self) -> str | None:
        """The latest moment of the thousand lines before this session's; None when there is none.

        A PC's clock may have been wrong for a while: the lines are in order, their moments may not
        be.
        """
        row = self._store.row(
            "SELECT max(at) FROM (SELECT at FROM journal WHERE seq <"
            " coalesce((SELECT max(seq) FROM journal WHERE action = ?), 0)"
            " ORDER BY seq DESC LIMIT 1000)",
            (Action.UNLOCKED.value,),
        )
        return str(row[0]) if row and row[0] else None

    def deeds_after(self, seq: int) -> int:
        """How many lines follow one, those that change nothing aside."""
        marks = ", ".join("?" for _ in _NO_DEEDS)
        row = self._store.row(
            f"SELECT count(*) FROM journal WHERE seq > ? AND action NOT IN ({marks})",
            (seq, *(action.value for action in _NO_DEEDS)),
        )
        return int(row[0]) if row else 0

    def hash_of(self, seq: int) -> str | None:
        """The hash of a line, if it is there."""
        row = self._store.row("SELECT hash FROM journal WHERE seq = ?", (seq,))
        return str(row[0]) if row else None

    def _head(self) -> tuple[int, str]:
        head = self._settings.get(_HEAD, {"seq": 0, "hash": _FIRST})
        return int(head["seq"]), str(head["hash"])

    def _rows(self) -> Iterator[Row]:
        last = 0
        while rows := self._store.rows(
            f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT {_AT_ONCE}", (last,)
        ):
            yield from rows
            last = rows[-1][0]

    def _next(self) -> int:
        last, _ = self._head()
        # A line slipped in after the last must not keep the vault from going on.
        row = self._store.row("SELECT max(seq) FROM journal")
        return max(last, row[0] if row and row[0] else 0) + 1

    def _about(self, people: Collection[str], applications: Collection[str]) -> list[Entry]:
        found = {line.seq: line for id in people for line in self.of_person(id)}
        found |= {line.seq: line for id in applications for line in self.of_application(id)}
        return [found[seq] for seq in sorted(found)]

    def _where(self, condition: str, values: tuple[str, ...]) -> list[Entry]:
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM journal WHERE {condition} ORDER BY seq", values
        )
        return [_entry(row) for row in rows]


def _hash(entry: Entry) -> str:
    covered: list[object] = [
        entry.previous,
        entry.seq,
        entry.at,
        entry.user,
        entry.action.value,
        entry.person_id,
        entry.application_id,
        sorted(entry.detail.items()),
    ]
    # Lines from before have no such part, and must keep their hash.
    if entry.user_id is not None:
        covered.append(entry.user_id)
    return hashlib.sha256(msgspec.json.encode(covered)).hexdigest()


def _emptied(entry: Entry, by: int) -> Entry:
    # The line of an earlier erasure still seals the lines that it emptied.
    left = {key: value for key, value in entry.detail.items() if key in (_EMPTIED, _SEAL)}
    return replace(entry, person_id=None, application_id=None, detail=left, erased_by=by)


def _seal(emptied: list[Entry]) -> str:
    digest = hashlib.sha256()
    for entry in emptied:
        digest.update(msgspec.json.encode({**vars(entry), "action": entry.action.value}))
    return digest.hexdigest()


def _entry(row: Row) -> Entry:
    seq, at, user, action, person_id, application_id, detail, previous, hash, user_id, by = row
    return Entry(
        seq,
        at,
        user,
        Action(action),
        person_id,
        application_id,
        from_json(detail),
        previous,
        hash,
        user_id,
        by,
    )
