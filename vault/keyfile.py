"""`vault.keys`: the key slots, each one way to open the vault; versioned and authenticated.

The file wraps one 256-bit data key. A passphrase slot wraps it with AES-256-GCM under a key
derived by Argon2id; the recovery slot under a key derived by HKDF from the recovery key, which is
random already. A slot's own parameters are its associated data: weakening or swapping them makes
it unusable. A MAC under the data key covers the whole file, so that a slot removed, added or moved
is seen at the next opening; a plain checksum tells damage from a wrong passphrase. There is one
way to write the same content, so that no byte of the file can change unseen.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import uuid
from enum import Enum
from pathlib import Path
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.errors import (
    KeyFileDamaged,
    KeyFileMissing,
    KeyFileTooNew,
    VaultFolderUnwritable,
    WrongPassphrase,
)
from vault.kdf import KEY_SIZE, SALT_SIZE, Kdf
from vault.recovery import RecoveryKey

FILE_NAME = "vault.keys"
PREVIOUS_NAME = "vault.keys.previous"
VERSION = 1
_MAXIMUM_SIZE = 256 * 1024
_NONCE_SIZE = 12


class Role(Enum):
    """What a user may do; enforced by the workflows."""

    RESPONSIBLE = "responsible"
    WORKER = "worker"
    READER = "reader"


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to open the vault.

    Attributes:
        id: a UUID.
        type: a passphrase's slot or the recovery key's.
        user: who opens with it, as the journal names them.
        role: what they may do.
        memory_kib, passes, lanes: Argon2id's cost; 0 in the recovery slot.
        salt: 16 bytes.
        nonce: 12 bytes, for AES-GCM.
        wrapped: the data key, encrypted.
    """

    id: str
    type: Literal["passphrase", "recovery"]
    user: str
    role: Role
    memory_kib: int
    passes: int
    lanes: int
    salt: bytes
    nonce: bytes = b""
    wrapped: bytes = b""


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `vault.keys`.

    Attributes:
        format: always the same.
        version: of this layout; a newer one is refused.
        vault_id: a UUID, drawn with the vault.
        revision: how many times the file was written; lets an older copy be recognised.
        slots: the ways in, in the order they were made.
        mac: HMAC-SHA-256 under the data key, over all the above.
        checksum: SHA-256 over all the above.
    """

    format: Literal["traitdunion-vault-keys"]
    version: int
    vault_id: str
    revision: int
    slots: tuple[Slot, ...]
    mac: bytes = b""
    checksum: bytes = b""


class _Header(msgspec.Struct):
    format: Literal["traitdunion-vault-keys"]
    version: int


def new_key_file(
    data_key: bytes, *, user: str, passphrase: str, kdf: Kdf, recovery: RecoveryKey
) -> KeyFile:
    """Make the key file of a new vault: its first user and its recovery key."""
    vault_id = str(uuid.uuid4())
    slots = (
        passphrase_slot(
            vault_id, data_key, user=user, role=Role.RESPONSIBLE, passphrase=passphrase, kdf=kdf
        ),
        _recovery_slot(vault_id, data_key, recovery),
    )
    return _sealed(vault_id, 1, slots, data_key)


def passphrase_slot(
    vault_id: str, data_key: bytes, *, user: str, role: Role, passphrase: str, kdf: Kdf
) -> Slot:
    """Wrap the data key under a passphrase, with a fresh salt and nonce."""
    slot = Slot(
        id=str(uuid.uuid4()),
        type="passphrase",
        user=user,
        role=role,
        memory_kib=kdf.memory_kib,
        passes=kdf.passes,
        lanes=kdf.lanes,
        salt=secrets.token_bytes(SALT_SIZE),
    )
    return _wrap(vault_id, slot, kdf.derive(passphrase, slot.salt), data_key)


def replace_slot(key_file: KeyFile, old: Slot, new: Slot, data_key: bytes) -> KeyFile:
    """The same key file with one slot in place of another."""
    slots = tuple(new if slot.id == old.id else slot for slot in key_file.slots)
    return _sealed(key_file.vault_id, key_file.revision + 1, slots, data_key)


def open_with_passphrase(key_file: KeyFile, passphrase: str) -> tuple[bytes, Slot]:
    """Find the slot that a passphrase opens, and the data key.

    Raises:
        WrongPassphrase: none opens.
        KeyFileDamaged: a slot opened, but the file as a whole was altered.
    """
    for slot in key_file.slots:
        if slot.type == "passphrase":
            try:
                kdf = Kdf(slot.memory_kib, slot.passes, slot.lanes)
            except ValueError as error:
                raise KeyFileDamaged("Argon2id parameters out of bounds") from error
            data_key = _unwrap(key_file.vault_id, slot, kdf.derive(passphrase, slot.salt))
            if data_key is not None:
                _authenticate(key_file, data_key)
                return data_key, slot
    raise WrongPassphrase


def open_with_recovery(key_file: KeyFile, recovery: RecoveryKey) -> tuple[bytes, Slot]:
    """Open the recovery slot; see `open_with_passphrase`."""
    for slot in key_file.slots:
        if slot.type == "recovery":
            data_key = _unwrap(key_file.vault_id, slot, _recovery_key(recovery, slot.salt))
            if data_key is not None:
                _authenticate(key_file, data_key)
                return data_key, slot
    raise WrongPassphrase


def read_key_file(folder: Path) -> KeyFile:
    """Read and check `vault.keys`.

    Raises:
        KeyFileMissing: it is not there.
        KeyFileTooNew: a newer program wrote it.
        VaultFolderUnwritable: the folder or the file cannot be read.
        KeyFileDamaged: anything else is wrong with it.
    """
    try:
        with (folder / FILE_NAME).open("rb") as stream:
            content = stream.read(_MAXIMUM_SIZE + 1)
    except FileNotFoundError:
        raise KeyFileMissing from None
    except OSError as error:
        raise VaultFolderUnwritable from error
    if len(content) > _MAXIMUM_SIZE:
        raise KeyFileDamaged("the key file is too large")
    try:
        header = msgspec.json.decode(content, type=_Header)
        if header.version > VERSION:
            raise KeyFileTooNew
        key_file = msgspec.json.decode(content, type=KeyFile)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise KeyFileDamaged("the key file is not in the expected form") from error
    if content != _serialised(key_file):
        raise KeyFileDamaged("the key file is not written as a vault writes it")
    if not hmac.compare_digest(key_file.checksum, _checksum(key_file)):
        raise KeyFileDamaged("the key file's checksum does not match")
    return key_file


def write_key_file(folder: Path, key_file: KeyFile) -> None:
    """Write `vault.keys` beside, flush it, keep the previous one, rename.

    Raises:
        VaultFolderUnwritable: it could not be written; the old file is untouched.
    """
    target = folder / FILE_NAME
    beside = folder / f"{FILE_NAME}.new"
    try:
        _write_flushed(beside, _serialised(key_file))
        if target.exists():
            # A copy, not a link: a stick's FAT file system has no links.
            _write_flushed(folder / PREVIOUS_NAME, target.read_bytes())
        beside.replace(target)
        flush_folder(folder)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise VaultFolderUnwritable from error


def flush_folder(folder: Path) -> None:
    """Put a folder's names on the device, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_flushed(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _serialised(key_file: KeyFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(key_file), indent=1)


def _sealed(vault_id: str, revision: int, slots: tuple[Slot, ...], data_key: bytes) -> KeyFile:
    bare = KeyFile("traitdunion-vault-keys", VERSION, vault_id, revision, slots)
    with_mac = msgspec.structs.replace(bare, mac=_mac(bare, data_key))
    return msgspec.structs.replace(with_mac, checksum=_checksum(with_mac))


def _authenticate(key_file: KeyFile, data_key: bytes) -> None:
    if not hmac.compare_digest(key_file.mac, _mac(key_file, data_key)):
        raise KeyFileDamaged("the key file was altered")


def _mac(key_file: KeyFile, data_key: bytes) -> bytes:
    covered = msgspec.structs.replace(key_file, mac=b"", checksum=b"")
    key = _hkdf(data_key, b"", b"traitdunion key file mac v1")
    return hmac.digest(key, msgspec.json.encode(covered), hashlib.sha256)


def _checksum(key_file: KeyFile) -> bytes:
    covered = msgspec.structs.replace(key_file, checksum=b"")
    return hashlib.sha256(msgspec.json.encode(covered)).digest()


def _recovery_slot(vault_id: str, data_key: bytes, recovery: RecoveryKey) -> Slot:
    slot = Slot(
        id=str(uuid.uuid4()),
        type="recovery",
        user="feuille de secours",
        role=Role.RESPONSIBLE,
        memory_kib=0,
        passes=0,
        lanes=0,
        salt=secrets.token_bytes(SALT_SIZE),
    )
    return _wrap(vault_id, slot, _recovery_key(recovery, slot.salt), data_key)


def _recovery_key(recovery: RecoveryKey, salt: bytes) -> bytes:
    return _hkdf(recovery.secret, salt, b"traitdunion recovery slot v1")


def _hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), KEY_SIZE, salt or None, info).derive(secret)


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
    return msgspec.json.encode([VERSION, vault_id, bare])
