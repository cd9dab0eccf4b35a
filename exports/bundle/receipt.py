"""Receipts: a relay's signed answer to a bundle, in the same container."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Literal

import msgspec

from exports.bundle.content import bytes_of
from exports.bundle.errors import BundleDamaged, BundleTampered
from exports.bundle.identity import Identity, Party
from exports.bundle.json_text import decoded, is_day
from exports.bundle.manifest import MOST_APPLICATIONS, BundleContents, Manifest, Member
from exports.bundle.reader import unseal
from exports.bundle.writer import Seal, manifest_of, write_sealed

_FILE = "receipt.json"
LONGEST_REFERENCE, LONGEST_COMMENT = 500, 4000
"""In characters; a receipt with longer ones is refused by whoever reads it."""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class OutcomeKind(Enum):
    """What became of an application at the relay."""

    FILED_ONLINE = "filed_online"
    FILED_BY_POST = "filed_by_post"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Outcome:
    """What became of one application.

    Attributes:
        date: ISO 8601 day.
        reference: the office's, empty when there is none.
        comment: a word to the station.
    """

    application_id: str
    result: OutcomeKind
    date: str
    reference: str
    comment: str


@dataclass(frozen=True)
class ReceiptContents:
    """What a receipt says.

    Attributes:
        id: a UUID, drawn by the relay.
        bundle_id: the bundle it answers.
        number: 1, 2, 3… among the receipts of its writer for this bundle: the highest is the last
            word, whichever comes first; 0 in those of older programs.
    """

    id: str
    bundle_id: str
    created_at: str
    outcomes: tuple[Outcome, ...]
    number: int = 0


@dataclass(frozen=True)
class OpenedReceipt:
    """A receipt opened and verified; see `OpenedBundle`."""

    contents: ReceiptContents
    sender: Party
    known: bool
    sha256: str


class _WrittenOutcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    application_id: Annotated[str, msgspec.Meta(max_length=36)]
    result: Literal["filed_online", "filed_by_post", "refused", "incomplete"]
    date: str
    reference: Annotated[str, msgspec.Meta(max_length=LONGEST_REFERENCE)]
    comment: Annotated[str, msgspec.Meta(max_length=LONGEST_COMMENT)]


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bundle_id: Annotated[str, msgspec.Meta(max_length=36)]
    outcomes: Annotated[tuple[_WrittenOutcome, ...], msgspec.Meta(max_length=MOST_APPLICATIONS)]


def write_receipt(
    contents: ReceiptContents,
    sender: Identity,
    recipients: Sequence[Party],
    *,
    mixed: bool = False,
) -> bytes:
    """Write a receipt as the bytes of an `.accuse` file.

    Raises:
        MixedRecipients: keys of both kinds, and `mixed` is False; see `write_bundle`.
    """
    written = _Written(
        contents.bundle_id,
        tuple(
            _WrittenOutcome(
                outcome.application_id,
                outcome.result.value,
                outcome.date,
                outcome.reference,
                outcome.comment,
            )
            for outcome in contents.outcomes
        ),
    )
    envelope = BundleContents(contents.id, str(contents.number or ""), contents.created_at, (), "")

    def manifest(members: tuple[Member, ...]) -> Manifest:
        return manifest_of("receipt", envelope, sender, (), members)

    target = io.BytesIO()
    files = {_FILE: msgspec.json.encode(written)}
    write_sealed(target, files, manifest, Seal(sender, recipients, mixed))
    return target.getvalue()


def read_receipt(data: bytes, identity: Identity, known: Iterable[Party]) -> OpenedReceipt:
    """Open an `.accuse` file and verify it.

    Raises:
        BundleError: see `exports.bundle.errors`; nothing of the file is given out.
    """
    opened = unseal(io.BytesIO(data), identity, known, kind="receipt")
    if set(opened.files) != {_FILE} or opened.manifest.applications:
        raise BundleTampered
    try:
        written = decoded(bytes_of(opened.files[_FILE]), _Written)
    except ValueError as error:
        raise BundleDamaged from error
    if not all(is_day(one.date) for one in written.outcomes):
        raise BundleDamaged
    if len({one.application_id for one in written.outcomes}) < len(written.outcomes):
        raise BundleDamaged
    contents = ReceiptContents(
        opened.manifest.id,
        written.bundle_id,
        opened.manifest.created_at,
        tuple(
            Outcome(
                one.application_id, OutcomeKind(one.result), one.date, one.reference, one.comment
            )
            for one in written.outcomes
        ),
        _number(opened.manifest.number),
    )
    return OpenedReceipt(contents, opened.sender, opened.known, opened.sha256)


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
