"""The age file around a bundle or a receipt, and what can be wrong with it in a bundle's words."""

from __future__ import annotations

import io
from collections.abc import Sequence

from exports.bundle.age import file
from exports.bundle.age.errors import (
    AgeError,
    HeaderTruncated,
    NoIdentityMatches,
    NotAnAgeFile,
    PayloadTruncated,
    VersionUnsupported,
)
from exports.bundle.age.hybrid import RECIPIENT_PREFIX
from exports.bundle.age.keys import parse_identity, parse_recipient
from exports.bundle.errors import (
    BundleDamaged,
    BundleError,
    BundleTruncated,
    MixedRecipients,
    NewerFormat,
    NotABundle,
    NotForMe,
)

# The first that fits is said.
_MEANINGS: tuple[tuple[type[AgeError], type[BundleError]], ...] = (
    (NotAnAgeFile, NotABundle),
    (VersionUnsupported, NewerFormat),
    (NoIdentityMatches, NotForMe),
    (HeaderTruncated, BundleTruncated),
    (PayloadTruncated, BundleTruncated),
    (AgeError, BundleDamaged),
)


def is_post_quantum(recipient: str) -> bool:
    """Whether a recipient is hybrid: no quantum computer to come is thought to open its files."""
    return recipient.startswith(f"{RECIPIENT_PREFIX}1")


def encrypt(content: bytes, recipients: Sequence[str], *, mixed: bool = False) -> bytes:
    """Encrypt for one or several recipients (`age1pq1…`, `age1…`), each able to open alone.

    Args:
        content: what is encrypted.
        recipients: for whom.
        mixed: write although some recipients are hybrid and others are not: the file is then no
            safer from a quantum computer than for these (C2SP age.md says it SHOULD NOT be).

    Raises:
        MixedRecipients: they are of both kinds, and `mixed` is False.
        ValueError: a recipient is not one.
    """
    parsed = [parse_recipient(recipient) for recipient in recipients]
    if len({recipient.post_quantum for recipient in parsed}) > 1 and not mixed:
        raise MixedRecipients
    target = io.BytesIO()
    file.encrypt(io.BytesIO(content), target, parsed)
    return target.getvalue()


def decrypt(data: bytes, secrets: Sequence[str]) -> bytes:
    """Open an age file with one's own identities (`AGE-SECRET-KEY-PQ-1…`, `AGE-SECRET-KEY-1…`).

    Raises:
        NotABundle: it does not begin like an age file.
        NewerFormat: it is of a later version of the age format.
        NotForMe: none of its recipients is one of these identities.
        BundleTruncated: it ends too early.
        BundleDamaged: anything else is wrong with it.
    """
    target = io.BytesIO()
    try:
        file.decrypt(io.BytesIO(data), target, [parse_identity(secret) for secret in secrets])
    except AgeError as error:
        raise next(said for kind, said in _MEANINGS if isinstance(error, kind)) from error
    return target.getvalue()
