"""Slips: one application without its paper and documents, or one receipt, in a few hundred bytes.

A bundle names its sender's keys and carries a form and a PDF; a slip names its sender only, and
its reader finds the keys among its contacts and the form in its catalogue. What is left fits in
one or two codes, mostly taken by the post-quantum header of the age file.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from exports.bundle.envelope import decrypt, encrypt
from exports.bundle.errors import (
    BundleDamaged,
    BundleTampered,
    BundleTooLarge,
    NameRefused,
    NewerFormat,
    WrongKind,
)
from exports.bundle.identity import Identity, Party
from exports.bundle.json_text import Answer, decoded, is_day, is_moment
from exports.bundle.manifest import (
    MOST_APPLICATIONS,
    ApplicationParcel,
    BundleContents,
    is_person,
    misleads,
    plain_person,
    plain_text,
)
from exports.bundle.paper.errors import SlipFromStranger
from exports.bundle.reader import OpenedBundle
from exports.bundle.receipt import OpenedReceipt, Outcome, OutcomeKind, ReceiptContents

VERSION = 1
_CONTEXT = b"traitdunion slip v1\n"
_SIGNATURE_SIZE = 64
_MAXIMUM_SIZE = 1024 * 1024

_Text = Annotated[str, msgspec.Meta(max_length=500)]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]


class _Head(msgspec.Struct, array_like=True):
    format: Literal["traitdunion-slip"]
    version: int
    kind: Literal["application", "receipt"]
    sender: _Id


class _Application(msgspec.Struct, array_like=True, frozen=True):
    format: Literal["traitdunion-slip"]
    version: int
    kind: Literal["application"]
    sender: _Id
    id: _Id
    number: _Text
    created_at: _Text
    application_id: _Id
    form_id: _Text
    form_version: _Text
    form_title: _Text
    person: dict[str, _Text]
    answers: dict[str, Answer]
    revision: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 1


class _Outcome(msgspec.Struct, array_like=True, frozen=True):
    application_id: _Id
    result: Literal["filed_online", "filed_by_post", "refused", "incomplete"]
    date: str
    reference: _Text
    comment: Annotated[str, msgspec.Meta(max_length=4000)]


class _Receipt(msgspec.Struct, array_like=True, frozen=True):
    format: Literal["traitdunion-slip"]
    version: int
    kind: Literal["receipt"]
    sender: _Id
    id: _Id
    bundle_id: _Id
    created_at: _Text
    outcomes: Annotated[tuple[_Outcome, ...], msgspec.Meta(max_length=MOST_APPLICATIONS)]
    number: Annotated[int, msgspec.Meta(ge=0, lt=10**9)] = 0


_KINDS: dict[type, str] = {_Application: "application", _Receipt: "receipt"}
_Body = TypeVar("_Body", _Application, _Receipt)


def write_application_slip(contents: BundleContents, sender: Identity, recipient: Party) -> bytes:
    """The slip of a bundle of one application; its form, paper and documents are left out.

    Only the recipient opens it: the sender has the application.

    Raises:
        ValueError: the bundle holds more than one application, or a word to the relay.
    """
    if len(contents.applications) != 1 or contents.note:
        raise ValueError("a slip carries one application and no note")
    (parcel,) = contents.applications
    body = _Application(
        "traitdunion-slip",
        VERSION,
        "application",
        sender.party.id,
        contents.id,
        contents.number,
        contents.created_at,
        parcel.id,
        parcel.form_id,
        parcel.form_version,
        plain_text(parcel.form_title),
        plain_person(parcel.person),
        parcel.answers,
        parcel.revision,
    )
    return _seal(body, sender, recipient)


def read_application_slip(data: bytes, identity: Identity, known: Iterable[Party]) -> OpenedBundle:
    """Open a slip as the bundle it stands for; its parcel has no form definition and no PDF.

    Raises:
        SlipFromStranger: its sender is not among `known`, so nothing proves who wrote it.
        BundleError: see `exports.bundle.errors`.
    """
    body, sender = _open(data, identity, known, _Application)
    parcel = ApplicationParcel(
        id=body.application_id,
        revision=body.revision,
        form_id=body.form_id,
        form_version=body.form_version,
        form_title=body.form_title,
        form_definition="",
        person=body.person,
        answers=body.answers,
        pdf=b"",
        documents=(),
    )
    contents = BundleContents(body.id, body.number, body.created_at, (parcel,), "")
    return OpenedBundle(contents, sender, True, hashlib.sha256(data).hexdigest())


def write_receipt_slip(contents: ReceiptContents, sender: Identity, recipient: Party) -> bytes:
    """The slip of a receipt, which only its recipient opens."""
    outcomes = tuple(
        _Outcome(one.application_id, one.result.value, one.date, one.reference, one.comment)
        for one in contents.outcomes
    )
    body = _Receipt(
        "traitdunion-slip",
        VERSION,
        "receipt",
        sender.party.id,
        contents.id,
        contents.bundle_id,
        contents.created_at,
        outcomes,
        contents.number,
    )
    return _seal(body, sender, recipient)


def read_receipt_slip(data: bytes, identity: Identity, known: Iterable[Party]) -> OpenedReceipt:
    """Open the slip of a receipt; raises as `read_application_slip`."""
    body, sender = _open(data, identity, known, _Receipt)
    outcomes = tuple(
        Outcome(one.application_id, OutcomeKind(one.result), one.date, one.reference, one.comment)
        for one in body.outcomes
    )
    contents = ReceiptContents(body.id, body.bundle_id, body.created_at, outcomes, body.number)
    return OpenedReceipt(contents, sender, True, hashlib.sha256(data).hexdigest())


def _seal(body: _Application | _Receipt, sender: Identity, recipient: Party) -> bytes:
    packed = zlib.compress(msgspec.json.encode(body), 9)
    key = Ed25519PrivateKey.from_private_bytes(sender.signing_seed)
    return encrypt(key.sign(_CONTEXT + packed) + packed, [recipient.recipient])


def _open(
    data: bytes, identity: Identity, known: Iterable[Party], body_type: type[_Body]
) -> tuple[_Body, Party]:
    content = decrypt(data, identity.age_secrets)
    signature, packed = content[:_SIGNATURE_SIZE], content[_SIGNATURE_SIZE:]
    document = _unpacked(packed)
    try:
        head = decoded(document, _Head)
    except ValueError as error:
        raise BundleDamaged from error
    if head.version > VERSION:
        raise NewerFormat
    sender = next((party for party in known if party.id == head.sender), None)
    if sender is None:
        raise SlipFromStranger
    try:
        Ed25519PublicKey.from_public_bytes(sender.verify_key).verify(signature, _CONTEXT + packed)
    except (InvalidSignature, ValueError) as error:
        raise BundleTampered from error
    if head.kind != _KINDS[body_type]:
        raise WrongKind
    try:
        body = decoded(document, body_type)
    except ValueError as error:
        raise BundleDamaged from error
    _check(body)
    return body, sender


def _check(body: _Application | _Receipt) -> None:
    if not is_moment(body.created_at):
        raise BundleDamaged
    if isinstance(body, _Receipt):
        if not all(is_day(one.date) for one in body.outcomes):
            raise BundleDamaged
        if len({one.application_id for one in body.outcomes}) < len(body.outcomes):
            raise BundleDamaged
        return
    names = (body.number, body.form_id, body.form_version, body.form_title)
    if any(map(misleads, (*names, *body.person, *body.person.values()))):
        raise NameRefused
    if not is_person(body.person):
        raise BundleDamaged


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        document = unpacking.decompress(packed, _MAXIMUM_SIZE)
    except zlib.error as error:
        raise BundleDamaged from error
    if unpacking.unconsumed_tail:
        raise BundleTooLarge
    if not unpacking.eof or unpacking.unused_data:
        raise BundleDamaged
    return document
