"""A user's way in: a key pair whose private half their passphrase opens.

The data key is sealed to the public half. So whoever has the vault open can give a user another
role, or seal a new data key to everybody who stays (`rekeying`), without any passphrase;
and nobody can do so without the data key. A new passphrase always comes with a new pair: an old
passphrase with an old key file opens nothing made since.
"""

from __future__ import annotations

import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.errors import KeyFileDamaged
from vault.key_slots.kdf import SALT_SIZE, Kdf, subkey
from vault.key_slots.key_slot import Role, name_of, seal_name

_FORMAT = 2
_NONCE_SIZE = 12
_PUBLIC_SIZE = 32


class UserSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One user's way in.

    Attributes:
        id: a UUID, the user's for as long as they are one.
        label: the user's name, encrypted under the data key; a nonce of 12 bytes first.
        role: what they may do; associated data of `sealed`.
        memory_kib, passes, lanes: Argon2id's cost; associated data of `private`.
        salt: 16 bytes.
        public: the X25519 public key, 32 bytes.
        private: its private key, encrypted under the passphrase; a nonce of 12 bytes first.
        sealed: the data key, encrypted to `public`: an ephemeral public key of 32 bytes, a nonce
            of 12 bytes, the key. All the rest of the slot is its associated data.
    """

    id: str
    label: bytes
    role: Role
    memory_kib: int
    passes: int
    lanes: int
    salt: bytes
    public: bytes
    private: bytes = b""
    sealed: bytes = b""

    @property
    def kdf(self) -> Kdf:
        """What deriving its passphrase costs.

        Raises:
            KeyFileDamaged: below the floor, or absurd.
        """
        try:
            return Kdf(self.memory_kib, self.passes, self.lanes)
        except ValueError as error:
            raise KeyFileDamaged("Argon2id parameters out of bounds") from error


def user_slot(
    vault_id: str,
    data_key: bytes,
    *,
    id: str,
    name: str,
    role: Role,
    passphrase: str,
    kdf: Kdf,
) -> UserSlot:
    """Make a user's slot, with a fresh pair, salt and nonces."""
    pair = X25519PrivateKey.generate()
    bare = UserSlot(
        id=id,
        label=seal_name(vault_id, id, name, data_key),
        role=role,
        memory_kib=kdf.memory_kib,
        passes=kdf.passes,
        lanes=kdf.lanes,
        salt=secrets.token_bytes(SALT_SIZE),
        public=pair.public_key().public_bytes_raw(),
    )
    cipher = AESGCM(kdf.derive(passphrase, bare.salt))
    private = _encrypted(cipher, pair.private_bytes_raw(), _lock_context(vault_id, bare))
    return _sealed(vault_id, msgspec.structs.replace(bare, private=private), data_key)


def resealed(
    vault_id: str, slot: UserSlot, data_key: bytes, *, role: Role, new_data_key: bytes | None = None
) -> UserSlot:
    """The same user's slot with another role, or around another data key.

    Raises:
        KeyFileDamaged: the user's name cannot be read.
    """
    key = data_key if new_data_key is None else new_data_key
    name = name_of(vault_id, slot.id, slot.label, data_key)
    label = seal_name(vault_id, slot.id, name, key)
    return _sealed(vault_id, msgspec.structs.replace(slot, label=label, role=role), key)


def unwrap_with_passphrase(vault_id: str, slot: UserSlot, passphrase: str) -> bytes | None:
    """The data key of a slot, or None when this passphrase does not open it.

    Raises:
        KeyFileDamaged: the passphrase is right, and the role or another part was altered; or the
            slot's Argon2id parameters are below the floor, or absurd.
    """
    cipher = AESGCM(slot.kdf.derive(passphrase, slot.salt))
    try:
        private = _decrypted(cipher, slot.private, _lock_context(vault_id, slot))
    except (InvalidTag, ValueError):
        return None
    try:
        pair = X25519PrivateKey.from_private_bytes(private)
        ephemeral = X25519PublicKey.from_public_bytes(slot.sealed[:_PUBLIC_SIZE])
        key = _sealing_key(pair.exchange(ephemeral), slot.sealed[:_PUBLIC_SIZE], slot.public)
        rest = slot.sealed[_PUBLIC_SIZE:]
        return _decrypted(AESGCM(key), rest, _seal_context(vault_id, slot))
    except (InvalidTag, ValueError) as error:
        raise KeyFileDamaged("a user's slot was altered") from error


def _sealed(vault_id: str, slot: UserSlot, data_key: bytes) -> UserSlot:
    ephemeral = X25519PrivateKey.generate()
    public = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(slot.public))
    cipher = AESGCM(_sealing_key(shared, public, slot.public))
    sealed = public + _encrypted(cipher, data_key, _seal_context(vault_id, slot))
    return msgspec.structs.replace(slot, sealed=sealed)


def _sealing_key(shared: bytes, ephemeral: bytes, public: bytes) -> bytes:
    return subkey(shared, b"traitdunion user slot v1", salt=ephemeral + public)


def _lock_context(vault_id: str, slot: UserSlot) -> bytes:
    cost = [slot.memory_kib, slot.passes, slot.lanes]
    return msgspec.json.encode(
        [_FORMAT, "private", vault_id, slot.id, cost, slot.salt, slot.public]
    )


def _seal_context(vault_id: str, slot: UserSlot) -> bytes:
    return msgspec.json.encode(
        [_FORMAT, "data key", vault_id, msgspec.structs.replace(slot, sealed=b"")]
    )


def _encrypted(cipher: AESGCM, secret: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_SIZE)
    return nonce + cipher.encrypt(nonce, secret, context)


def _decrypted(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    return cipher.decrypt(sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:], context)
