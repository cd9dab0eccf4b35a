"""`vault.keys`: the slots by which the vault opens; versioned, authenticated, never half written.

The file wraps one 256-bit data key, once a slot (`accesses`). A MAC under the data key covers
the whole file, so that a slot removed, added or moved is seen at the next opening; a plain checksum
tells damage from a wrong passphrase. There is one way to write the same content, so that no byte of
the file can change unseen.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from pathlib import Path
from typing import Literal

import msgspec

from vault.database.refusals import flush_folder, refusal
from vault.errors import KeyFileDamaged, KeyFileMissing, KeyFileTooNew, VaultError
from vault.key_slots.kdf import subkey
from vault.key_slots.key_slot import Slot
from vault.key_slots.user_slot import UserSlot

FILE_NAME = "vault.keys"
PREVIOUS_NAME = "vault.keys.previous"
VERSION = 2
_MAXIMUM_SIZE = 256 * 1024


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `vault.keys`.

    Attributes:
        format: always the same.
        version: of this layout; a newer one is refused.
        vault_id: a UUID, drawn with the vault.
        revision: how many times the file was written; lets an older copy be recognised.
        slots: the recovery key's, and passphrases' of version 1 not typed since.
        users: the users' slots, in the order they were made; version 1 has no such field.
        mac: HMAC-SHA-256 under the data key, over all the above.
        checksum: SHA-256 over all the above.
    """

    format: Literal["traitdunion-vault-keys"]
    version: int
    vault_id: str
    revision: int
    slots: tuple[Slot, ...]
    users: tuple[UserSlot, ...] | msgspec.UnsetType = msgspec.UNSET
    mac: bytes = b""
    checksum: bytes = b""


class _Header(msgspec.Struct):
    format: Literal["traitdunion-vault-keys"]
    version: int


def sealed(
    vault_id: str,
    revision: int,
    slots: tuple[Slot, ...],
    users: tuple[UserSlot, ...],
    data_key: bytes,
) -> KeyFile:
    """A key file with its MAC and its checksum."""
    bare = KeyFile("traitdunion-vault-keys", VERSION, vault_id, revision, slots, users)
    with_mac = msgspec.structs.replace(bare, mac=_mac(bare, data_key))
    return msgspec.structs.replace(with_mac, checksum=_checksum(with_mac))


def check_mac(key_file: KeyFile, data_key: bytes) -> None:
    """Check, with the data key in hand, that nobody altered the file.

    Raises:
        KeyFileDamaged: somebody did, or the data key is another vault's.
    """
    if not hmac.compare_digest(key_file.mac, _mac(key_file, data_key)):
        raise KeyFileDamaged("the key file was altered")


def read_key_file(folder: Path) -> KeyFile:
    """Read and check `vault.keys`.

    Raises:
        KeyFileMissing: it is not there.
        KeyFileTooNew: a newer program wrote it.
        VaultFolderUnwritable: the folder or the file cannot be read.
        KeyFileDamaged: anything else is wrong with it.
    """
    return _read(folder / FILE_NAME)


def read_sound_key_file(folder: Path) -> tuple[KeyFile, bool]:
    """Read `vault.keys`, or the one kept before it when it is damaged or gone.

    Returns it, and whether it is the one before: an access withdrawn since is known by its
    revision (`vault.opening`).

    Raises:
        KeyFileMissing, KeyFileTooNew, VaultFolderUnwritable, KeyFileDamaged: as `read_key_file`,
            when the one before is of no help.
    """
    try:
        return read_key_file(folder), False
    except (KeyFileMissing, KeyFileDamaged):
        try:
            return _read(folder / PREVIOUS_NAME), True
        except VaultError:
            pass
        raise


def _read(file: Path) -> KeyFile:
    try:
        with file.open("rb") as stream:
            content = stream.read(_MAXIMUM_SIZE + 1)
    except FileNotFoundError:
        raise KeyFileMissing from None
    except OSError as error:
        raise refusal(error) from error
    if len(content) > _MAXIMUM_SIZE:
        raise KeyFileDamaged("the key file is too large")
    try:
        header = msgspec.json.decode(content, type=_Header)
        if header.version > VERSION:
            raise KeyFileTooNew
        key_file = msgspec.json.decode(content, type=KeyFile)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise KeyFileDamaged("the key file is not in the expected form") from error
    if (key_file.version == 1) is not (key_file.users is msgspec.UNSET):
        raise KeyFileDamaged("the key file's version is not that of its content")
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
        if _is_sound(target):
            # What is kept must be of use, should the new one be lost.
            # A copy, not a link: a stick's FAT file system has no links.
            _write_flushed(folder / PREVIOUS_NAME, target.read_bytes())
        beside.replace(target)
        flush_folder(folder)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise refusal(error) from error


def put_back(folder: Path, key_file: KeyFile) -> bool:
    """Write the key file that opened in place of a `vault.keys` damaged or gone; whether it was.

    Raises:
        VaultFolderUnwritable: it could not be written.
    """
    if _is_sound(folder / FILE_NAME):
        return False
    write_key_file(folder, key_file)
    return True


def _is_sound(file: Path) -> bool:
    try:
        _read(file)
    except VaultError:
        return False
    return True


def _write_flushed(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _serialised(key_file: KeyFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(key_file), indent=1)


def _mac(key_file: KeyFile, data_key: bytes) -> bytes:
    covered = msgspec.structs.replace(key_file, mac=b"", checksum=b"")
    key = subkey(data_key, b"traitdunion key file mac v1")
    return hmac.digest(key, msgspec.json.encode(covered), hashlib.sha256)


def _checksum(key_file: KeyFile) -> bytes:
    covered = msgspec.structs.replace(key_file, checksum=b"")
    return hashlib.sha256(msgspec.json.encode(covered)).digest()
