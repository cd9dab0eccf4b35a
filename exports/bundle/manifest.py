"""The manifest: what a bundle holds, each member's SHA-256, signed as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from exports.bundle.content import Content
from exports.bundle.errors import BundleDamaged, BundleTampered, NameRefused, NewerFormat
from exports.bundle.identity import Identity, Party
from exports.bundle.json_text import decoded, is_day, is_moment

FORMAT: Literal["traitdunion-bundle"] = "traitdunion-bundle"
VERSION = 1
CONTEXT = b"traitdunion bundle manifest v1\n"
"""What is signed is this, then the manifest's bytes: a signature serves nowhere else."""

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"

MOST_APPLICATIONS = 200
MOST_DOCUMENTS = 200
MOST_MEMBERS = 4096

Kind = Literal["bundle", "receipt", "transfer"]
"""A station's applications to a relay, the answer, a whole person to another station."""

LONGEST_TEXT = 500
LONGEST_NOTE = 4000
# Controls, and what turns the direction of the letters around: a name must read as it is.
_MISLEADING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SEPARATORS = re.compile(r"[/\\]")

_Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
_Sha = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


@dataclass(frozen=True)
class DocumentParcel:
    """A supporting document inside a bundle.

    Attributes:
        request_name: which of the form's documents it answers; empty for another.
        content: its bytes, or where they are read.
    """

    id: str
    name: str
    media_type: str
    request_name: str
    content: Content


@dataclass(frozen=True)
class ApplicationParcel:
    """An application inside a bundle.

    Attributes:
        revision: 1, then one more each time it is sent again after a correction.
        form_definition: the form's YAML it was filled with.
        person: what names the person on a list: id, family_name, given_names, birth_date,
            prison_number; texts, empty when unknown.
        answers: what the form asks, by question path.
        pdf: the paper it was printed on, or where it is read.
    """

    id: str
    revision: int
    form_id: str
    form_version: str
    form_title: str
    form_definition: str
    person: dict[str, str]
    answers: dict[str, Any]
    pdf: Content
    documents: tuple[DocumentParcel, ...]


@dataclass(frozen=True)
class BundleContents:
    """What a bundle carries.

    Attributes:
        id: a UUID, drawn by the sender.
        number: « 2026-041 », for people.
        created_at: ISO 8601, with its offset.
        note: a word to the relay.
    """

    id: str
    number: str
    created_at: str
    applications: tuple[ApplicationParcel, ...]
    note: str


class Sender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sender's public keys, as its card gives them."""

    id: _Id
    name: _Text
    kind: Literal["station", "relay"]
    recipient: Annotated[str, msgspec.Meta(max_length=4096)]
    verify_key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the archive."""

    path: Annotated[str, msgspec.Meta(max_length=200)]
    size: Annotated[int, msgspec.Meta(ge=0)]
    sha256: _Sha


class ManifestDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document of an application."""

    id: _Id
    name: _Text
    media_type: _Text
    request_name: _Text


class ManifestApplication(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An application; its files are in the folder `applications/<id>/`."""

    id: _Id
    revision: Annotated[int, msgspec.Meta(ge=1, le=10_000)]
    form_id: _Text
    form_version: _Text
    form_title: _Text
    person: Annotated[dict[_Text, _Text], msgspec.Meta(max_length=20)]
    documents: Annotated[tuple[ManifestDocument, ...], msgspec.Meta(max_length=MOST_DOCUMENTS)]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`manifest.json`."""

    format: Literal["traitdunion-bundle"]
    version: int
    kind: Kind
    signature_algorithm: Literal["ed25519"]
    id: _Id
    number: _Text
    created_at: _Text
    sender: Sender
    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]
    applications: Annotated[
        tuple[ManifestApplication, ...], msgspec.Meta(max_length=MOST_APPLICATIONS)
    ]
    members: Annotated[tuple[Member, ...], msgspec.Meta(max_length=MOST_MEMBERS)]


class _Head(msgspec.Struct):
    format: Literal["traitdunion-bundle"]
    version: int


def sender_of(party: Party) -> Sender:
    """A party as a manifest names it."""
    return Sender(
        party.id,
        party.name,
        "relay" if party.kind == "relay" else "station",
        party.recipient,
        party.verify_key,
    )


def party_of(sender: Sender) -> Party:
    """The party a manifest names."""
    return Party(sender.id, sender.name, sender.kind, sender.recipient, sender.verify_key)


def misleads(text: str) -> bool:
    """Whether a text has characters that could mislead whoever reads it."""
    return _MISLEADING.search(text) is not None


def names_a_folder(name: str) -> bool:
    """Whether the name of a document has a separator of folders."""
    return _SEPARATORS.search(name) is not None


def plain_text(text: str) -> str:
    """A text as a manifest takes it: nothing in it misleads, and it is not too long."""
    return _MISLEADING.sub(" ", text)[:LONGEST_TEXT]


def plain_name(text: str) -> str:
    """The name of a document as a manifest takes it: it names no folder either."""
    return _SEPARATORS.sub("_", plain_text(text))


def plain_person(person: Mapping[str, str]) -> dict[str, str]:
    """What names a person as a manifest takes it."""
    plain = {key: plain_text(value) for key, value in person.items()}
    return plain if is_person(plain) else {**plain, "birth_date": ""}


def encode(manifest: Manifest) -> bytes:
    """The bytes of a manifest."""
    return msgspec.json.encode(manifest)


def decode(content: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        NewerFormat: a newer program wrote it.
        BundleDamaged: it is not what the format says.
        NameRefused: a text could mislead whoever reads it.
    """
    try:
        if decoded(content, _Head).version > VERSION:
            raise NewerFormat
        manifest = decoded(content, Manifest)
    except ValueError as error:
        raise BundleDamaged from error
    if any(map(misleads, _texts(manifest))):
        raise NameRefused
    if any(names_a_folder(one.name) for app in manifest.applications for one in app.documents):
        raise NameRefused
    if not is_moment(manifest.created_at):
        raise BundleDamaged
    if not all(is_person(application.person) for application in manifest.applications):
        raise BundleDamaged
    return manifest


def is_person(person: Mapping[str, str]) -> bool:
    """Whether what names a person may be shown: their day of birth exists, or is not known."""
    birth_date = person.get("birth_date", "")
    return not birth_date or is_day(birth_date)


def sign(manifest: bytes, identity: Identity) -> bytes:
    """The 64-byte signature of a manifest's bytes."""
    key = Ed25519PrivateKey.from_private_bytes(identity.signing_seed)
    return key.sign(CONTEXT + manifest)


def verify(manifest: bytes, signature: bytes, verify_key: bytes) -> None:
    """Check a signature.

    Raises:
        BundleTampered: it does not match.
    """
    try:
        Ed25519PublicKey.from_public_bytes(verify_key).verify(signature, CONTEXT + manifest)
    except (InvalidSignature, ValueError) as error:
        raise BundleTampered from error


def _texts(manifest: Manifest) -> Iterator[str]:
    yield from (manifest.number, manifest.created_at, manifest.sender.name)
    for application in manifest.applications:
        yield from (application.form_id, application.form_version, application.form_title)
        yield from application.person
        yield from application.person.values()
        for document in application.documents:
            yield from (document.name, document.media_type, document.request_name)
