"""The ways into a vault: opening one, and the key file with one more, one less, one changed.

Functions on `KeyFile` values: nothing here touches the disk or the database.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import msgspec

from vault.errors import RecordNotFound, WrongPassphrase
from vault.key_slots import key_slot as slots
from vault.key_slots import user_slot as user_slots
from vault.key_slots.kdf import Kdf
from vault.key_slots.key_slot import Role, Slot, name_of, recovery_slot
from vault.key_slots.keyfile import KeyFile, check_mac, sealed
from vault.key_slots.recovery import RecoveryKey
from vault.key_slots.user_slot import UserSlot, resealed, user_slot


@dataclass(frozen=True)
class Access:
    """One user's way in.

    Attributes:
        id: the user's, for as long as they are one.
        rewrappable: whether a new data key can be sealed to it without its passphrase.
    """

    id: str
    name: str
    role: Role
    rewrappable: bool


@dataclass(frozen=True)
class Opened:
    """What opening a slot gives.

    Attributes:
        data_key: the 32 bytes that the database is encrypted with.
        id: the slot's.
        name: whose it is, as the journal names them.
        kdf: what its passphrase costs; None for the recovery key.
        first_form: whether it is a slot of version 1, to be made anew.
        seconds: how long deriving its key took here.
    """

    data_key: bytes = field(repr=False)
    id: str
    name: str
    role: Role
    kdf: Kdf | None
    first_form: bool = False
    seconds: float = 0.0


def new_key_file(
    data_key: bytes, *, user: str, passphrase: str, kdf: Kdf, recovery: RecoveryKey
) -> tuple[KeyFile, str]:
    """Make the key file of a new vault: its first user, a responsible one, and its recovery key.

    Returns it with the user's identifier.
    """
    vault_id, user_id = str(uuid.uuid4()), str(uuid.uuid4())
    first = user_slot(
        vault_id,
        data_key,
        id=user_id,
        name=user,
        role=Role.RESPONSIBLE,
        passphrase=passphrase,
        kdf=kdf,
    )
    last = recovery_slot(vault_id, data_key, recovery)
    return sealed(vault_id, 1, (last,), (first,), data_key), user_id


def open_with_passphrase(key_file: KeyFile, passphrase: str, *, first: str = "") -> Opened:
    """Find the slot that a passphrase opens, and the data key.

    Args:
        key_file: where to look.
        passphrase: as typed.
        first: the identifier of the slot to try first: each costs a derivation.

    Raises:
        WrongPassphrase: none opens.
        KeyFileDamaged: a slot opened, but it or the file as a whole was altered.
        NotEnoughMemory: this PC cannot do the derivation.
    """
    for user in sorted(users_of(key_file), key=lambda slot: slot.id != first):
        began = time.perf_counter()
        data_key = user_slots.unwrap_with_passphrase(key_file.vault_id, user, passphrase)
        seconds = time.perf_counter() - began
        if data_key is not None:
            return replace(_opened(key_file, user, data_key, user.kdf), seconds=seconds)
    for slot in _passphrases_of_version_1(key_file):
        began = time.perf_counter()
        data_key = slots.unwrap_with_passphrase(key_file.vault_id, slot, passphrase)
        seconds = time.perf_counter() - began
        if data_key is not None:
            cost = Kdf(slot.memory_kib, slot.passes, slot.lanes)
            return replace(_opened(key_file, slot, data_key, cost), seconds=seconds)
    raise WrongPassphrase


def open_with_recovery(key_file: KeyFile, recovery: RecoveryKey) -> Opened:
    """Open the recovery slot; see `open_with_passphrase`."""
    for slot in key_file.slots:
        if slot.type == "recovery":
            data_key = slots.unwrap_with_recovery(key_file.vault_id, slot, recovery)
            if data_key is not None:
                return _opened(key_file, slot, data_key, None)
    raise WrongPassphrase


def accesses(key_file: KeyFile, data_key: bytes) -> tuple[Access, ...]:
    """Every user's way in, in the order they were made.

    Raises:
        KeyFileDamaged: a name cannot be read.
    """
    every: list[Slot | UserSlot] = [*_passphrases_of_version_1(key_file), *users_of(key_file)]
    return tuple(
        Access(
            slot.id,
            name_of(key_file.vault_id, slot.id, slot.label, data_key),
            slot.role,
            isinstance(slot, UserSlot),
        )
        for slot in every
    )


def with_user(
    key_file: KeyFile,
    data_key: bytes,
    *,
    id: str,
    name: str,
    role: Role,
    passphrase: str,
    kdf: Kdf,
) -> KeyFile:
    """The key file with a fresh slot for a user, in place of theirs if they had one."""
    fresh = user_slot(
        key_file.vault_id,
        data_key,
        id=id,
        name=name,
        role=role,
        passphrase=passphrase,
        kdf=kdf,
    )
    known = users_of(key_file)
    if any(slot.id == id for slot in known):
        users = tuple(fresh if slot.id == id else slot for slot in known)
    else:
        users = (*known, fresh)
    others = tuple(slot for slot in key_file.slots if slot.id != id)
    return _next(key_file, others, users, data_key)


def without_user(key_file: KeyFile, data_key: bytes, id: str) -> KeyFile:
    """The key file without a user's slot.

    Raises:
        RecordNotFound: there is none with this identifier.
    """
    users = tuple(slot for slot in users_of(key_file) if slot.id != id)
    others = tuple(slot for slot in key_file.slots if slot.id != id or slot.type == "recovery")
    if len(users) + len(others) == len(users_of(key_file)) + len(key_file.slots):
        raise RecordNotFound
    return _next(key_file, others, users, data_key)


def with_role(key_file: KeyFile, data_key: bytes, id: str, role: Role) -> KeyFile:
    """The key file with another role for a user, who keeps their passphrase.

    Raises:
        RecordNotFound: no user with a key pair has this identifier.
    """
    if all(slot.id != id for slot in users_of(key_file)):
        raise RecordNotFound
    users = tuple(
        resealed(key_file.vault_id, slot, data_key, role=role) if slot.id == id else slot
        for slot in users_of(key_file)
    )
    return _next(key_file, key_file.slots, users, data_key)


def with_recovery(key_file: KeyFile, data_key: bytes, recovery: RecoveryKey) -> KeyFile:
    """The key file with a new recovery key; the old one opens nothing any more."""
    kept = tuple(slot for slot in key_file.slots if slot.type != "recovery")
    fresh = recovery_slot(key_file.vault_id, data_key, recovery)
    return _next(key_file, (*kept, fresh), users_of(key_file), data_key)


def around_new_key(
    key_file: KeyFile, data_key: bytes, new_data_key: bytes, recovery: RecoveryKey
) -> KeyFile:
    """The same users with the same passphrases around another data key, and a new recovery key.

    Passphrases of version 1 cannot follow: see `Access.rewrappable`.
    """
    users = tuple(
        resealed(key_file.vault_id, slot, data_key, role=slot.role, new_data_key=new_data_key)
        for slot in users_of(key_file)
    )
    fresh = recovery_slot(key_file.vault_id, new_data_key, recovery)
    return _next(key_file, (fresh,), users, new_data_key)


def narrowed(
    key_file: KeyFile, data_key: bytes, *, roles: Mapping[str, Role], recovery: str, revision: int
) -> KeyFile:
    """The key file with some users' slots alone, in their roles; not to be written as it is.

    Args:
        key_file: what is narrowed.
        data_key: what it wraps.
        roles: by user identifier; slots of anybody else are left out.
        recovery: the identifier of the recovery slot to keep.
        revision: what it is to count as.
    """
    slots = tuple(
        slot
        for slot in key_file.slots
        if (slot.id == recovery if slot.type == "recovery" else slot.id in roles)
    )
    users = tuple(
        slot
        if slot.role is roles[slot.id]
        else resealed(key_file.vault_id, slot, data_key, role=roles[slot.id])
        for slot in users_of(key_file)
        if slot.id in roles
    )
    return sealed(key_file.vault_id, revision, slots, users, data_key)


def users_of(key_file: KeyFile) -> tuple[UserSlot, ...]:
    """The users' slots; version 1 has none."""
    return () if isinstance(key_file.users, msgspec.UnsetType) else key_file.users


def _passphrases_of_version_1(key_file: KeyFile) -> list[Slot]:
    return [slot for slot in key_file.slots if slot.type == "passphrase"]


def _next(
    key_file: KeyFile, slots: tuple[Slot, ...], users: tuple[UserSlot, ...], data_key: bytes
) -> KeyFile:
    return sealed(key_file.vault_id, key_file.revision + 1, slots, users, data_key)


def _opened(key_file: KeyFile, slot: Slot | UserSlot, data_key: bytes, kdf: Kdf | None) -> Opened:
    check_mac(key_file, data_key)
    name = name_of(key_file.vault_id, slot.id, slot.label, data_key)
    first_form = isinstance(slot, Slot) and slot.type == "passphrase"
    return Opened(data_key, slot.id, name, slot.role, kdf, first_form)
