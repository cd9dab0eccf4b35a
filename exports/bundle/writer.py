"""Writing a bundle: a signed archive, encrypted with age for its recipients and its sender."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

import msgspec

from exports.bundle.archive import ArchiveWriter
from exports.bundle.content import Content, Progress
from exports.bundle.envelope import envelope_writer
from exports.bundle.errors import TooManyMembers
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import (
    FORMAT,
    LONGEST_NOTE,
    MANIFEST,
    MOST_APPLICATIONS,
    MOST_DOCUMENTS,
    MOST_MEMBERS,
    SIGNATURE,
    VERSION,
    ApplicationParcel,
    BundleContents,
    Kind,
    Manifest,
    ManifestApplication,
    ManifestDocument,
    Member,
    encode,
    plain_name,
    plain_person,
    plain_text,
    sender_of,
    sign,
)


@dataclass(frozen=True)
class Seal:
    """Who writes, for whom, and how.

    Attributes:
        mixed: the user was asked, and writes although not all the keys are post-quantum.
        progress: told the bytes done; what it raises ends the work, and leaves half a file.
    """

    sender: Identity
    recipients: Sequence[Party]
    mixed: bool = False
    progress: Progress | None = None


def write_bundle(
    contents: BundleContents, sender: Identity, recipients: Sequence[Party], *, mixed: bool = False
) -> bytes:
    """Write a bundle as the bytes of a `.liasse` file; see `write_bundle_to`."""
    target = io.BytesIO()
    write_bundle_to(target, contents, Seal(sender, recipients, mixed))
    return target.getvalue()


def write_bundle_to(target: BinaryIO, contents: BundleContents, seal: Seal) -> None:
    """Write a bundle to a stream, its documents read in pieces.

    The sender is always a recipient too, and can reopen it.

    Raises:
        BundleTooLarge: it holds more than a bundle may; half a file is left.
        TooManyMembers: it has more applications or documents; nothing is written.
        MixedRecipients: keys of both kinds, and `mixed` is False; nothing is written.
    """
    check_counts(contents)
    files: dict[str, Content] = {}
    for parcel in contents.applications:
        files.update(files_of(parcel))

    def manifest(members: tuple[Member, ...]) -> Manifest:
        return manifest_of(
            "bundle",
            contents,
            seal.sender,
            tuple(map(application_entry, contents.applications)),
            members,
        )

    write_sealed(target, files, manifest, seal)


def check_counts(contents: BundleContents) -> None:
    """Refuse what no reader would take.

    Raises:
        TooManyMembers: there are too many applications, or documents of one or of all.
    """
    counts = [len(parcel.documents) for parcel in contents.applications]
    members = sum(counts) + 3 * len(counts)
    if len(counts) > MOST_APPLICATIONS or members > MOST_MEMBERS:
        raise TooManyMembers
    if any(count > MOST_DOCUMENTS for count in counts):
        raise TooManyMembers


def files_of(parcel: ApplicationParcel) -> dict[str, Content]:
    """The files of an application, by their paths in the archive."""
    folder = f"applications/{parcel.id}"
    return {
        f"{folder}/answers.json": msgspec.json.encode(parcel.answers),
        f"{folder}/form.yaml": parcel.form_definition.encode(),
        f"{folder}/form.pdf": parcel.pdf,
        **{f"{folder}/documents/{document.id}": document.content for document in parcel.documents},
    }


def application_entry(parcel: ApplicationParcel) -> ManifestApplication:
    """An application as the manifest names it."""
    return ManifestApplication(
        id=parcel.id,
        revision=parcel.revision,
        form_id=parcel.form_id,
        form_version=parcel.form_version,
        form_title=plain_text(parcel.form_title),
        person=plain_person(parcel.person),
        documents=tuple(
            ManifestDocument(
                document.id,
                plain_name(document.name),
                plain_text(document.media_type),
                plain_text(document.request_name),
            )
            for document in parcel.documents
        ),
    )


def manifest_of(
    kind: Kind,
    contents: BundleContents,
    sender: Identity,
    applications: tuple[ManifestApplication, ...],
    members: tuple[Member, ...],
) -> Manifest:
    """The manifest of an archive of this format's version."""
    return Manifest(
        format=FORMAT,
        version=VERSION,
        kind=kind,
        signature_algorithm="ed25519",
        id=contents.id,
        number=contents.number,
        created_at=contents.created_at,
        sender=sender_of(sender.party),
        note=contents.note[:LONGEST_NOTE],
        applications=applications,
        members=members,
    )


def write_sealed(
    target: BinaryIO,
    files: Mapping[str, Content],
    manifest: Callable[[tuple[Member, ...]], Manifest],
    seal: Seal,
) -> None:
    """Write files, then the manifest made of them and its signature; every kind alike."""
    keys = [*(party.recipient for party in seal.recipients), seal.sender.party.recipient]
    envelope = envelope_writer(target, list(dict.fromkeys(keys)), mixed=seal.mixed)
    with ArchiveWriter(cast(BinaryIO, envelope)) as archive:
        members = tuple(archive.add(path, files[path], seal.progress) for path in sorted(files))
        signed = encode(manifest(members))
        archive.add(MANIFEST, signed)
        archive.add(SIGNATURE, sign(signed, seal.sender))
    envelope.finish()
