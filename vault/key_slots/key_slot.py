"""A way in that wraps the data key itself: the recovery key's, and a passphrase's of version 1.

Passphrases now have key pairs (`user_slot`); a slot of version 1 is read, and becomes one
of those the first time its passphrase is typed.
"""

from __future__ import annotations

import secrets
import uuid
from enum import Enum
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.errors import KeyFileDamaged, TextRefused
from vault.key_slots.kdf import SALT_SIZE, Kdf, subkey
from vault.key_slots.recovery import RecoveryKey

RECOVERY_NAME = "feuille de secours"
"""What the journal calls whoever opens with the recovery key."""

_FORMAT = 1
_NONCE_SIZE = 12


class Role(Enum):
    """What a user may do: everything; all but users, retention and erasing; read."""

    RESPONSIBLE = "responsible"
    WORKER = "worker"
    READER = "reader"


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data key, wrapped under one secret.

    All but the nonce and the wrapped key is the wrapping's associated data: whoever weakens a
    parameter, renames the user or moves the slot to another vault makes it unusable.

    Attributes:
        id: a UUID.
        type: a passphrase's slot or the recovery key's.
        label: the user's name, encrypted under the data key; a nonce of 12 bytes first.
        role: what they may do.
        memory_kib, passes, lanes: Argon2id's cost; 0 in the recovery slot.
        salt: 16 bytes.
        nonce: 12 bytes, for AES-GCM.
        wrapped: the data key, encrypted.
    """

    id: str
    type: Literal["passphrase", "recovery"]
    label: bytes
    role: Role
    memory_kib: int
    passes: int
    lanes: int
    salt: bytes
    nonce: bytes = b""
    wrapped: bytes = b""


def recovery_slot(vault_id: str, data_key: bytes, recovery: RecoveryKey) -> Slot:
    """Wrap the data key under the recovery key, which is random already: HKDF is enough."""
    slot_id = str(uuid.uuid4())
    slot = Slot(
        id=slot_id,
        type="recovery",
        label=seal_name(vault_id, slot_id, RECOVERY_NAME, data_key),
        role=Role.RESPONSIBLE,
        memory_kib=0,
        passes=0,
        lanes=0,
        salt=secrets.token_bytes(SALT_SIZE),
    )
    return _wrap(vault_id, slot, _recovery_wrapping_key(recovery, slot), data_key)


def unwrap_with_passphrase(vault_id: str, slot: Slot, passphrase: str) -> bytes | None:
    """The data key of a slot, or None when this passphrase does not open it.

    Raises:
        KeyFileDamaged: the slot's Argon2id parameters are below the floor, or absurd.
    """
    try:
        kdf = Kdf(slot.memory_kib, slot.passes, slot.lanes)
    except ValueError as error:
        raise KeyFileDamaged("Argon2id parameters out of bounds") from error
    return _unwrap(vault_id, slot, kdf.derive(passphrase, slot.salt))


def unwrap_with_recovery(vault_id: str, slot: Slot, recovery: RecoveryKey) -> bytes | None:
    """The data key of a slot, or None when this recovery key does not open it."""
    return _unwrap(vault_id, slot, _recovery_wrapping_key(recovery, slot))


def name_of(vault_id: str, slot_id: str, label: bytes, data_key: bytes) -> str:
    """The name in a slot's label, which only an open vault can read.

    Raises:
        KeyFileDamaged: it cannot be decrypted.
    """
    nonce, sealed = label[:_NONCE_SIZE], label[_NONCE_SIZE:]
    try:
        name = _name_cipher(data_key).decrypt(nonce, sealed, _name_context(vault_id, slot_id))
    except (InvalidTag, ValueError) as error:
        raise KeyFileDamaged("a user's name cannot be read") from error
    return name.decode()


def seal_name(vault_id: str, slot_id: str, user: str, data_key: bytes) -> bytes:
    """A name as a slot's label: encrypted under the data key, a nonce of 12 bytes first.

    Raises:
        TextRefused: UTF-8 cannot write it.
    """
    try:
        name = user.encode()
    except UnicodeEncodeError as error:
        raise TextRefused from error
    nonce = secrets.token_bytes(_NONCE_SIZE)
    return nonce + _name_cipher(data_key).encrypt(nonce, name, _name_context(vault_id, slot_id))


def _name_cipher(data_key: bytes) -> AESGCM:
    return AESGCM(subkey(data_key, b"traitdunion slot name v1"))


def _name_context(vault_id: str, slot_id: str) -> bytes:
    return msgspec.json.encode([_FORMAT, vault_id, slot_id])


def _recovery_wrapping_key(recovery: RecoveryKey, slot: Slot) -> bytes:
    return subkey(recovery.secret, b"traitdunion recovery slot v1", salt=slot.salt)


def _wrap(vault_id: str, slot: Slot, key: bytes, data_key: bytes) -> Slot:
    nonce = secrets.token_bytes(_NONCE_SIZE)
    wrapped = AESGCM(key).encrypt(nonce, data_key, _associated_data(vault_id, slot))
    return msgspec.structs.replace(slot, nonce=nonce, wrapped=wrapped)


def _unwrap(vault_id: str, slot: Slot, key: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(slot.nonce, slot.wrapped, _associated_data(vault_id, slot))
    except (InvalidTag, ValueError):
        return None


def _associated_data(vault_id: str, slot: Slot) -> bytes:
    bare = msgspec.structs.replace(slot, nonce=b"", wrapped=b"")
    return msgspec.json.encode([_FORMAT, vault_id, bare])
