"""Recipients and identities from the text that people keep and exchange."""

from __future__ import annotations

from exports.bundle.age import hybrid, x25519
from exports.bundle.age.bech32 import decode_bech32, encode_bech32
from exports.bundle.age.hybrid import HybridIdentity, HybridRecipient
from exports.bundle.age.x25519 import X25519Identity, X25519Recipient


def parse_recipient(text: str) -> HybridRecipient | X25519Recipient:
    """A recipient from `age1pq1…` or `age1…` (section “Native recipient types”).

    Raises:
        ValueError: it is neither.
    """
    prefix, content = decode_bech32(text)
    if prefix == hybrid.RECIPIENT_PREFIX:
        return HybridRecipient(content)
    if prefix == x25519.RECIPIENT_PREFIX:
        return X25519Recipient(content)
    raise ValueError("not an age recipient")


def parse_identity(text: str) -> HybridIdentity | X25519Identity:
    """An identity from `AGE-SECRET-KEY-PQ-1…` or `AGE-SECRET-KEY-1…`.

    Raises:
        ValueError: it is neither.
    """
    prefix, content = decode_bech32(text)
    if prefix == hybrid.IDENTITY_PREFIX:
        return HybridIdentity(content)
    if prefix == x25519.IDENTITY_PREFIX:
        return X25519Identity(content)
    raise ValueError("not an age identity")


def recipient_of(identity: str) -> str:
    """The recipient of an identity, both as text (section “Native recipient types”).

    Raises:
        ValueError: it is no identity.
    """
    parsed = parse_identity(identity)
    kind = hybrid if isinstance(parsed, HybridIdentity) else x25519
    return encode_bech32(kind.RECIPIENT_PREFIX, parsed.public_bytes())
