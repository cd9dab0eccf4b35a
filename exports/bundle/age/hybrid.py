"""The post-quantum hybrid recipient type, `age1pq…`: ML-KEM-768 and X25519 (X-Wing) by HPKE."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from exports.bundle.age.encoding import encode_base64
from exports.bundle.age.errors import HeaderMalformed
from exports.bundle.age.header import Stanza
from exports.bundle.age.wrapping import argument_of, check_stanza
from exports.bundle.age.x25519 import public_key_of

RECIPIENT_PREFIX = "age1pq"
IDENTITY_PREFIX = "AGE-SECRET-KEY-PQ-"
SEED_SIZE = 32
RECIPIENT_SIZE = 1216
_MLKEM_PUBLIC_SIZE = 1184
_MLKEM_SEED_SIZE = 64
_X25519_SIZE = 32
_ENCAPSULATED_SIZE = 1120
_TYPE = "mlkem768x25519"
_INFO = b"age-encryption.org/mlkem768x25519"
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


class HybridRecipient:
    """An ML-KEM-768 and an X25519 public key (section “The MLKEM768-X25519 … recipient type”)."""

    post_quantum: ClassVar[bool] = True

    def __init__(self, keys: bytes) -> None:
        if len(keys) != RECIPIENT_SIZE:
            raise ValueError("not a hybrid recipient")
        self._key = hpke.MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(keys[:_MLKEM_PUBLIC_SIZE]),
            public_key_of(keys[_MLKEM_PUBLIC_SIZE:]),
        )

    def wrap(self, file_key: bytes) -> Stanza:
        """Wrap a file key (section “mlkem768x25519 recipient stanza”)."""
        sealed = _SUITE.encrypt(file_key, self._key, info=_INFO)
        encapsulated, body = sealed[:_ENCAPSULATED_SIZE], sealed[_ENCAPSULATED_SIZE:]
        return Stanza(_TYPE, (encode_base64(encapsulated).decode(),), body)


class HybridIdentity:
    """A 32-byte seed for both keys (section “The MLKEM768-X25519 … recipient type”)."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_SIZE:
            raise ValueError("not a hybrid identity")
        expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED_SIZE + _X25519_SIZE)
        self._mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_SIZE])
        self._x25519 = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_SIZE:])
        self._key = hpke.MLKEM768X25519PrivateKey(self._mlkem, self._x25519)

    def public_bytes(self) -> bytes:
        """The recipient's bytes."""
        return (
            self._mlkem.public_key().public_bytes_raw()
            + self._x25519.public_key().public_bytes_raw()
        )

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key, if one of the stanzas is for this identity.

        Raises:
            HeaderMalformed: a hybrid stanza is not as the specification says.
        """
        mine = [stanza for stanza in stanzas if stanza.type == _TYPE]
        shares = []
        for stanza in mine:
            check_stanza(stanza, 1)
            shares.append(argument_of(stanza, 0, _ENCAPSULATED_SIZE))
        for stanza, share in zip(mine, shares, strict=True):
            # HPKE refuses such a share too, but as one more wrong key; age calls it malformed.
            try:
                public_key_of(share[-_X25519_SIZE:])
            except ValueError as error:
                raise HeaderMalformed("the share is a point of low order") from error
            try:
                return _SUITE.decrypt(share + stanza.body, self._key, info=_INFO)
            except InvalidTag:
                continue
        return None
