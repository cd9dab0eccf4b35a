"""Cards: a vault's public keys under its name, signed by itself, and their fingerprint."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from exports.bundle.errors import CardDamaged, CardTampered, NewerFormat
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import Sender, party_of, sender_of
from exports.bundle.words import FINGERPRINT_WORDS

VERSION = 1
_CONTEXT = b"traitdunion card v1\n"
_MAXIMUM_SIZE = 64 * 1024
_WORD_COUNT = 12
_QR_PREFIX = "TDUC1:"


@dataclass(frozen=True)
class Fingerprint:
    """96 bits of the SHA-256 of a party's public keys.

    Attributes:
        words: twelve words, to be read aloud.
        digits: the same in figures, by groups of five.
    """

    words: tuple[str, ...]
    digits: str


class _Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["traitdunion-card"]
    version: int
    party: Sender
    signature: Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]


class _Head(msgspec.Struct):
    format: Literal["traitdunion-card"]
    version: int


def write_card(identity: Identity) -> bytes:
    """The bytes of a `.carte` file: JSON that a person can read."""
    party = sender_of(identity.party)
    key = Ed25519PrivateKey.from_private_bytes(identity.signing_seed)
    card = _Card("traitdunion-card", VERSION, party, key.sign(_signed(party)))
    return msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n"


def read_card(content: bytes) -> Party:
    """Read a `.carte` file.

    The signature proves that whoever made the card holds its signing key; only comparing the
    fingerprint proves who that is.

    Raises:
        CardDamaged: it is not a card.
        CardTampered: it is not what its owner signed.
        NewerFormat: a newer program wrote it.
    """
    if len(content) > _MAXIMUM_SIZE:
        raise CardDamaged
    try:
        if msgspec.json.decode(content, type=_Head).version > VERSION:
            raise NewerFormat
        card = msgspec.json.decode(content, type=_Card)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CardDamaged from error
    try:
        key = Ed25519PublicKey.from_public_bytes(card.party.verify_key)
        key.verify(card.signature, _signed(card.party))
    except (InvalidSignature, ValueError) as error:
        raise CardTampered from error
    return party_of(card.party)


def fingerprint(party: Party) -> Fingerprint:
    """What two people compare aloud before they trust each other's keys."""
    digest = hashlib.sha256(
        b"traitdunion fingerprint v1\n" + party.verify_key + party.recipient.encode()
    ).digest()[:_WORD_COUNT]
    number = f"{int.from_bytes(digest):030d}"
    return Fingerprint(
        tuple(FINGERPRINT_WORDS[byte] for byte in digest),
        " ".join(number[start : start + 5] for start in range(0, len(number), 5)),
    )


def card_text(content: bytes) -> str:
    """A card as the text of a QR code."""
    bare = msgspec.json.encode(msgspec.json.decode(content))
    return _QR_PREFIX + base64.b85encode(bare).decode()


def card_from_text(text: str) -> bytes:
    """A card from the text of its QR code.

    Raises:
        CardDamaged: the text is not that of a card.
    """
    if not text.startswith(_QR_PREFIX):
        raise CardDamaged
    try:
        return base64.b85decode(text[len(_QR_PREFIX) :])
    except (ValueError, binascii.Error) as error:
        raise CardDamaged from error


def _signed(party: Sender) -> bytes:
    return _CONTEXT + msgspec.json.encode(party)
