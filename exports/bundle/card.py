"""Cards: a vault's public keys under its name, signed by itself, and their fingerprint."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from exports.bundle.age.keys import parse_recipient
from exports.bundle.errors import CardDamaged, CardTampered, NewerFormat
from exports.bundle.identity import Identity, Party
from exports.bundle.json_text import decoded
from exports.bundle.manifest import Sender, party_of, sender_of
from exports.bundle.words import FINGERPRINT_WORDS

VERSION = 1
_CONTEXT = b"traitdunion card v1\n"
_MAXIMUM_SIZE = 64 * 1024
_WORD_COUNT = 12
_CODE = re.compile(r"TDUC2:([1-9])/([1-9]):([A-Z2-7]+)")
_CODE_LENGTH = 1_400
"""Version 25 at most: squares of half a millimetre on the card's page, told apart by a camera."""


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
        if decoded(content, _Head).version > VERSION:
            raise NewerFormat
        card = decoded(content, _Card)
    except ValueError as error:
        raise CardDamaged from error
    try:
        key = Ed25519PublicKey.from_public_bytes(card.party.verify_key)
        key.verify(card.signature, _signed(card.party))
    except (InvalidSignature, ValueError) as error:
        raise CardTampered from error
    try:
        parse_recipient(card.party.recipient)
    except ValueError as error:
        raise CardDamaged from error
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


def card_texts(content: bytes) -> tuple[str, ...]:
    """A card as the texts of its QR codes: one, or two with post-quantum keys."""
    bare = msgspec.json.encode(msgspec.json.decode(content))
    # Compressed, a key in Bech32 is as short as its bytes. Base32 keeps to the letters that QR
    # codes pack tightest.
    letters = base64.b32encode(zlib.compress(bare, 9)).decode().rstrip("=")
    count = -(-len(letters) // _CODE_LENGTH)
    size = -(-len(letters) // count)
    parts = [letters[at : at + size] for at in range(0, len(letters), size)]
    return tuple(f"TDUC2:{number}/{count}:{part}" for number, part in enumerate(parts, start=1))


def card_from_texts(texts: Iterable[str]) -> bytes:
    """A card from the texts of its QR codes, in any order, some perhaps read twice.

    Raises:
        CardDamaged: they are not those of one card, or one is missing.
    """
    parts: dict[int, str] = {}
    counts: set[int] = set()
    for text in texts:
        code = _CODE.fullmatch(text)
        if code is None or parts.setdefault(int(code[1]), code[3]) != code[3]:
            raise CardDamaged
        counts.add(int(code[2]))
    if len(counts) != 1 or sorted(parts) != list(range(1, counts.pop() + 1)):
        raise CardDamaged
    letters = "".join(parts[number] for number in sorted(parts))
    try:
        packed = base64.b32decode(letters + "=" * (-len(letters) % 8))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, _MAXIMUM_SIZE)
    except (binascii.Error, zlib.error) as error:
        raise CardDamaged from error
    if not unpacking.eof or unpacking.unused_data:
        raise CardDamaged
    return content


def _signed(party: Sender) -> bytes:
    return _CONTEXT + msgspec.json.encode(party)
