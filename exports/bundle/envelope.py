"""The age file around a bundle or a receipt, and what can be wrong with it in a bundle's words."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from exports.bundle.age import file
from exports.bundle.age.errors import (
    AgeError,
    HeaderTruncated,
    NoIdentityMatches,
    NotAnAgeFile,
    PayloadTruncated,
    VersionUnsupported,
)
from exports.bundle.age.hybrid import RECIPIENT_PREFIX, HybridRecipient
from exports.bundle.age.keys import parse_identity, parse_recipient
from exports.bundle.age.streams import AgeReader, AgeWriter
from exports.bundle.age.x25519 import X25519Recipient
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
    target = io.BytesIO()
    file.encrypt(io.BytesIO(content), target, _parsed(recipients, mixed=mixed))
    return target.getvalue()


def envelope_writer(
    target: BinaryIO, recipients: Sequence[str], *, mixed: bool = False
) -> AgeWriter:
    """An envelope to write into, as `encrypt`."""
    return AgeWriter(target, _parsed(recipients, mixed=mixed))


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
    with in_bundle_words():
        file.decrypt(io.BytesIO(data), target, [parse_identity(secret) for secret in secrets])
    return target.getvalue()


def envelope_reader(source: BinaryIO, secrets: Sequence[str]) -> AgeReader:
    """An envelope to read from at any place; raises as `decrypt`, once it is finished too.

    What is raised while it is read is age's, unless it is read `in_bundle_words`.
    """
    with in_bundle_words():
        return AgeReader(source, [parse_identity(secret) for secret in secrets])


@contextmanager
def in_bundle_words() -> Iterator[None]:
    """Raise the errors of the age format as a bundle's, see `decrypt`."""
    try:
        yield
    except AgeError as error:
        raise next(said for kind, said in _MEANINGS if isinstance(error, kind)) from error


def _parsed(recipients: Sequence[str], *, mixed: bool) -> list[HybridRecipient | X25519Recipient]:
    parsed = [parse_recipient(recipient) for recipient in recipients]
    if len({recipient.post_quantum for recipient in parsed}) > 1 and not mixed:
        raise MixedRecipients
    return parsed
