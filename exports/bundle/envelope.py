"""age v1 files for X25519 recipients, through pyrage."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pyrage

from exports.bundle.errors import BundleDamaged, BundleTruncated, NotABundle, NotForMe

_MAGIC = b"age-encryption.org/v1\n"
_END_OF_HEADER = b"\n--- "


def encrypt(content: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt for one or several recipients (`age1…`), each able to open alone.

    Raises:
        ValueError: a recipient is not one.
    """
    try:
        keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise ValueError("not an age recipient") from error
    return bytes(pyrage.encrypt(content, keys))


def decrypt(data: bytes, secret: str) -> bytes:
    """Open an age file with one's own identity (`AGE-SECRET-KEY-1…`).

    Raises:
        NotABundle: it does not begin like an age file.
        NotForMe: none of its recipients is this identity.
        BundleTruncated: it ends too early.
        BundleDamaged: anything else is wrong with it.
    """
    if not data.startswith(_MAGIC):
        if _MAGIC.startswith(data[: len(_MAGIC)]):
            raise BundleTruncated
        raise NotABundle
    end = data.find(_END_OF_HEADER)
    # The header's MAC, a line break and the 16 bytes of the payload's nonce come after.
    if end < 0 or len(data) < end + len(_END_OF_HEADER) + 43 + 1 + 16 + 16:
        raise BundleTruncated
    identity = pyrage.x25519.Identity.from_str(secret)
    out = io.BytesIO()
    try:
        pyrage.decrypt_io(io.BytesIO(data), out, [identity])
    except (pyrage.DecryptError, OSError) as error:
        reason = str(error).casefold()
        if "no matching keys" in reason:
            raise NotForMe from error
        if "truncated" in reason or "unexpected eof" in reason or "early" in reason:
            raise BundleTruncated from error
        raise BundleDamaged from error
    return out.getvalue()
