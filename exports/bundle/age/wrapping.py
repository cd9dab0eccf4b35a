"""What the kinds of recipients have in common: a file key wrapped in a stanza's body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from exports.bundle.age.encoding import decode_base64
from exports.bundle.age.errors import HeaderMalformed
from exports.bundle.age.header import Stanza

FILE_KEY_SIZE = 16
WRAPPED_SIZE = FILE_KEY_SIZE + 16
"""A file key and its Poly1305 tag."""

# Each wrap key serves once: nothing is gained by another nonce (sections of each type).
_NONCE = bytes(12)


class Recipient(Protocol):
    """Whom a file is written for.

    Attributes:
        post_quantum: whether a quantum computer to come is thought unable to open the file.
    """

    post_quantum: ClassVar[bool]

    def wrap(self, file_key: bytes) -> Stanza:
        """Wrap a file key for this recipient."""


class Identity(Protocol):
    """Who opens a file."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key, if one of the stanzas is for this identity.

        Raises:
            HeaderMalformed: a stanza of this identity's type is not as the specification says.
        """


def seal_file_key(key: bytes, file_key: bytes) -> bytes:
    """The body of a stanza from its wrap key (section “X25519 recipient stanza”)."""
    return ChaCha20Poly1305(key).encrypt(_NONCE, file_key, None)


def open_file_key(key: bytes, body: bytes) -> bytes | None:
    """The file key in a stanza's body; None when the wrap key is another one's."""
    try:
        return ChaCha20Poly1305(key).decrypt(_NONCE, body, None)
    except InvalidTag:
        return None


def argument_of(stanza: Stanza, place: int, size: int) -> bytes:
    """A Base64 argument of a stanza that must have so many bytes.

    Raises:
        HeaderMalformed: it has not, or is not canonical.
    """
    try:
        content = decode_base64(stanza.arguments[place].encode("ascii"))
    except ValueError as error:
        raise HeaderMalformed(str(error)) from error
    if len(content) != size:
        raise HeaderMalformed("an argument has another length")
    return content


def check_stanza(stanza: Stanza, argument_count: int) -> None:
    """Check the number of arguments and the length of the body before any decryption.

    A body of another length could be one that opens under many keys (“partitioning oracle”).

    Raises:
        HeaderMalformed: one of them is wrong.
    """
    if len(stanza.arguments) != argument_count:
        raise HeaderMalformed("a stanza has too many or too few arguments")
    if len(stanza.body) != WRAPPED_SIZE:
        raise HeaderMalformed("the body of a stanza has another length")
