"""Writing a bundle: a signed archive, encrypted with age for its recipients and its sender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from exports.bundle.archive import MAXIMUM_SIZE, write_archive
from exports.bundle.envelope import encrypt
from exports.bundle.errors import BundleTooLarge
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import (
    FORMAT,
    VERSION,
    BundleContents,
    Manifest,
    ManifestApplication,
    ManifestDocument,
    encode,
    members_of,
    sender_of,
    sign,
)


def write_bundle(
    contents: BundleContents, sender: Identity, recipients: Sequence[Party], *, mixed: bool = False
) -> bytes:
    """Write a bundle as the bytes of a `.liasse` file.

    The sender is always a recipient too, and can reopen it.

    Args:
        contents: what it carries.
        sender: whose keys sign it.
        recipients: for whom.
        mixed: the user was asked, and writes although not all the keys are post-quantum.

    Raises:
        BundleTooLarge: it holds more than a bundle may.
        MixedRecipients: keys of both kinds, and `mixed` is False.
    """
    files: dict[str, bytes] = {}
    for application in contents.applications:
        folder = f"applications/{application.id}"
        files[f"{folder}/answers.json"] = msgspec.json.encode(application.answers)
        files[f"{folder}/form.yaml"] = application.form_definition.encode()
        files[f"{folder}/form.pdf"] = application.pdf
        for document in application.documents:
            files[f"{folder}/documents/{document.id}"] = document.content
    manifest = Manifest(
        format=FORMAT,
        version=VERSION,
        kind="bundle",
        signature_algorithm="ed25519",
        id=contents.id,
        number=contents.number,
        created_at=contents.created_at,
        sender=sender_of(sender.party),
        note=contents.note,
        applications=tuple(
            ManifestApplication(
                id=application.id,
                revision=application.revision,
                form_id=application.form_id,
                form_version=application.form_version,
                form_title=application.form_title,
                person=application.person,
                documents=tuple(
                    ManifestDocument(
                        document.id, document.name, document.media_type, document.request_name
                    )
                    for document in application.documents
                ),
            )
            for application in contents.applications
        ),
        members=members_of(files),
    )
    return seal(manifest, files, sender, recipients, mixed=mixed)


def seal(
    manifest: Manifest,
    files: Mapping[str, bytes],
    sender: Identity,
    recipients: Sequence[Party],
    *,
    mixed: bool,
) -> bytes:
    """Sign a manifest, put it with its files, encrypt the whole; bundles and receipts alike."""
    if sum(len(content) for content in files.values()) > MAXIMUM_SIZE:
        raise BundleTooLarge
    signed = encode(manifest)
    archive = write_archive(
        {**files, "manifest.json": signed, "manifest.sig": sign(signed, sender)}
    )
    keys = dict.fromkeys([*(party.recipient for party in recipients), sender.party.recipient])
    return encrypt(archive, list(keys), mixed=mixed)
