"""The table of users: who can open the vault, who could; kept in step with `vault.keys`."""

from __future__ import annotations

from dataclasses import dataclass

from vault.database.store import Row, Store
from vault.errors import PassphraseTooShort
from vault.key_slots.accesses import accesses, narrowed
from vault.key_slots.key_slot import Role
from vault.key_slots.keyfile import KeyFile
from vault.records.columns import now
from vault.records.settings import Settings

MINIMUM_PASSPHRASE_LENGTH = 8

RECOVERY_CONFIRMED = "recovery_confirmed"
"""The setting that says whether the recovery sheet in force was read back."""

_REVISION = "keys"
_COLUMNS = "id, name, role, created_at, last_opened_at, removed_at"


@dataclass(frozen=True)
class User:
    """One user, present or past."""

    id: str
    name: str
    role: Role
    created_at: str
    last_opened_at: str | None
    removed_at: str | None


def refuse_short(passphrase: str) -> None:
    """Refuse a passphrase with too few characters; judging its strength is the caller's.

    Raises:
        PassphraseTooShort: it has fewer than 8.
    """
    if len(passphrase) < MINIMUM_PASSPHRASE_LENGTH:
        raise PassphraseTooShort


def all_users(store: Store) -> list[User]:
    """Every user, present or past, in the order they came."""
    return [_user(row) for row in store.rows(f"SELECT {_COLUMNS} FROM users ORDER BY rowid")]


def find_user(store: Store, id: str) -> User | None:
    """A user, present or past, as the database remembers them."""
    row = store.row(f"SELECT {_COLUMNS} FROM users WHERE id = ?", (id,))
    return _user(row) if row else None


def recorded_revision(store: Store) -> int:
    """The newest revision of the key file that the database has seen."""
    return int(Settings(store).get(_REVISION, {"revision": 0})["revision"])


def recorded_recovery(store: Store) -> str:
    """The identifier of the recovery slot last seen; "" when none was."""
    return str(Settings(store).get(_REVISION, {}).get("recovery", ""))


def note_opening(store: Store, id: str) -> None:
    """Remember that a user opened the vault now."""
    store.run("UPDATE users SET last_opened_at = ? WHERE id = ?", (now(), id))


def in_force(key_file: KeyFile, data_key: bytes, store: Store) -> KeyFile:
    """A key file less what the database knows to be over, to make the next one from.

    The same, unless an older one was put back: it may still hold an access taken away since, a
    role changed since, a recovery key replaced since. What was given since is not in it, and has to
    be given again.
    """
    recorded = recorded_revision(store)
    if key_file.revision >= recorded:
        return key_file
    roles = {user.id: user.role for user in all_users(store) if user.removed_at is None}
    return narrowed(
        key_file, data_key, roles=roles, recovery=recorded_recovery(store), revision=recorded
    )


def mirror(store: Store, key_file: KeyFile, data_key: bytes) -> None:
    """Bring the table of users up to a key file."""
    present = {access.id: access for access in accesses(key_file, data_key)}
    known: dict[str, str | None] = dict(store.rows("SELECT id, removed_at FROM users"))
    with store.transaction():
        for access in present.values():
            store.run(
                "INSERT INTO users (id, name, role, created_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,"
                " removed_at = NULL",
                (access.id, access.name, access.role.value, now()),
            )
        for id, removed in known.items():
            if id not in present and removed is None:
                store.run("UPDATE users SET removed_at = ? WHERE id = ?", (now(), id))
        recovery = next((slot.id for slot in key_file.slots if slot.type == "recovery"), "")
        Settings(store).set(_REVISION, {"revision": key_file.revision, "recovery": recovery})


def _user(row: Row) -> User:
    return User(row[0], row[1], Role(row[2]), row[3], row[4], row[5])
