"""The X25519 recipient type, `age1…`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from exports.bundle.age.derivation import derive
from exports.bundle.age.encoding import encode_base64
from exports.bundle.age.errors import HeaderMalformed
from exports.bundle.age.header import Stanza
from exports.bundle.age.wrapping import argument_of, check_stanza, open_file_key, seal_file_key

RECIPIENT_PREFIX = "age"
IDENTITY_PREFIX = "AGE-SECRET-KEY-"
KEY_SIZE = 32
_TYPE = "X25519"
_INFO = b"age-encryption.org/v1/X25519"


def public_key_of(point: bytes) -> X25519PublicKey:
    """A point as a key, unless it is one with which every secret is the same, all zero.

    Raises:
        ValueError: it is a point of low order, or has another length.
    """
    key = X25519PublicKey.from_public_bytes(point)
    # Clamped scalars are multiples of the order of these points: any one tells them.
    X25519PrivateKey.generate().exchange(key)
    return key


class X25519Recipient:
    """A Curve25519 point (section “The X25519 recipient type”)."""

    post_quantum: ClassVar[bool] = False

    def __init__(self, point: bytes) -> None:
        self._point = point
        self._key = public_key_of(point)

    def wrap(self, file_key: bytes) -> Stanza:
        """Wrap a file key (section “X25519 recipient stanza”)."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        key = derive(ephemeral.exchange(self._key), salt=share + self._point, info=_INFO)
        return Stanza(_TYPE, (encode_base64(share).decode(),), seal_file_key(key, file_key))


class X25519Identity:
    """A Curve25519 scalar (section “The X25519 recipient type”)."""

    def __init__(self, scalar: bytes) -> None:
        self._key = X25519PrivateKey.from_private_bytes(scalar)
        self._point = self._key.public_key().public_bytes_raw()

    def public_bytes(self) -> bytes:
        """The recipient's bytes."""
        return self._point

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key, if one of the stanzas is for this identity.

        Raises:
            HeaderMalformed: an X25519 stanza is not as the specification says.
        """
        mine = [stanza for stanza in stanzas if stanza.type == _TYPE]
        shares = []
        for stanza in mine:
            check_stanza(stanza, 1)
            shares.append(argument_of(stanza, 0, KEY_SIZE))
        for stanza, share in zip(mine, shares, strict=True):
            key = derive(self._exchange(share), salt=share + self._point, info=_INFO)
            file_key = open_file_key(key, stanza.body)
            if file_key is not None:
                return file_key
        return None

    def _exchange(self, share: bytes) -> bytes:
        try:
            # Refuses the shared secret that is all zero.
            return self._key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:
            raise HeaderMalformed("the share is a point of low order") from error
