"""Reading a bundle: decrypted, bounded, verified whole before anything of it is shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from exports.bundle.archive import MAXIMUM_SIZE, read_archive
from exports.bundle.envelope import decrypt
from exports.bundle.errors import BundleDamaged, BundleTampered, BundleTooLarge, WrongKind
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import (
    ApplicationParcel,
    BundleContents,
    DocumentParcel,
    Manifest,
    ManifestApplication,
    decode,
    party_of,
    verify,
)


@dataclass(frozen=True)
class OpenedBundle:
    """A bundle opened and verified.

    Attributes:
        sender: as the manifest names it.
        known: whether the signature is that of a known party. If not, it only proves that the
            content is whole and by whoever holds the key in the manifest.
        sha256: of the file.
    """

    contents: BundleContents
    sender: Party
    known: bool
    sha256: str


@dataclass(frozen=True)
class Opened:
    """A signed archive of either kind, opened and verified."""

    manifest: Manifest
    files: dict[str, bytes]
    sender: Party
    known: bool
    sha256: str


def read_bundle(data: bytes, identity: Identity, known: Iterable[Party]) -> OpenedBundle:
    """Open a `.liasse` file and verify it.

    Args:
        data: the file.
        identity: one's own keys.
        known: the parties whose keys were accepted.

    Raises:
        BundleError: see `exports.bundle.errors`; nothing of the file is given out.
    """
    opened = unseal(data, identity, known, kind="bundle")
    manifest, files = opened.manifest, opened.files
    expected: set[str] = set()
    applications = []
    for application in manifest.applications:
        parcel, paths = _parcel(application, files)
        applications.append(parcel)
        if expected & paths:
            raise BundleTampered
        expected |= paths
    if expected != set(files):
        raise BundleTampered
    contents = BundleContents(
        manifest.id, manifest.number, manifest.created_at, tuple(applications), manifest.note
    )
    return OpenedBundle(contents, opened.sender, opened.known, opened.sha256)


def unseal(
    data: bytes,
    identity: Identity,
    known: Iterable[Party],
    *,
    kind: Literal["bundle", "receipt"],
) -> Opened:
    """Decrypt and verify a signed archive; its files come without manifest and signature.

    Raises:
        BundleError: see `exports.bundle.errors`.
    """
    if len(data) > MAXIMUM_SIZE:
        raise BundleTooLarge
    files = read_archive(decrypt(data, identity.age_secrets))
    try:
        signed, signature = files.pop("manifest.json"), files.pop("manifest.sig")
    except KeyError as error:
        raise BundleDamaged from error
    manifest = decode(signed)
    sender = party_of(manifest.sender)
    acquainted = next((party for party in known if party.id == sender.id), None)
    verify(signed, signature, sender.verify_key)
    if manifest.kind != kind:
        raise WrongKind
    _check_members(manifest, files)
    return Opened(
        manifest,
        files,
        sender,
        acquainted is not None and acquainted.verify_key == sender.verify_key,
        hashlib.sha256(data).hexdigest(),
    )


def _check_members(manifest: Manifest, files: dict[str, bytes]) -> None:
    listed = {member.path: member for member in manifest.members}
    if len(listed) != len(manifest.members) or set(listed) != set(files):
        raise BundleTampered
    for path, content in files.items():
        member = listed[path]
        if member.size != len(content) or member.sha256 != hashlib.sha256(content).hexdigest():
            raise BundleTampered


def _parcel(
    application: ManifestApplication, files: dict[str, bytes]
) -> tuple[ApplicationParcel, set[str]]:
    folder = f"applications/{application.id}"
    paths = {f"{folder}/{name}" for name in ("answers.json", "form.yaml", "form.pdf")}
    try:
        answers: dict[str, Any] = msgspec.json.decode(
            files[f"{folder}/answers.json"], type=dict[str, Any]
        )
        definition = files[f"{folder}/form.yaml"].decode()
        pdf = files[f"{folder}/form.pdf"]
        documents = tuple(
            DocumentParcel(
                document.id,
                document.name,
                document.media_type,
                document.request_name,
                files[f"{folder}/documents/{document.id}"],
            )
            for document in application.documents
        )
    except (KeyError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise BundleDamaged from error
    paths |= {f"{folder}/documents/{document.id}" for document in documents}
    parcel = ApplicationParcel(
        id=application.id,
        revision=application.revision,
        form_id=application.form_id,
        form_version=application.form_version,
        form_title=application.form_title,
        form_definition=definition,
        person=dict(application.person),
        answers=answers,
        pdf=pdf,
        documents=documents,
    )
    return parcel, paths
