"""Reading a bundle: decrypted, bounded, verified whole before anything of it is shown."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from exports.bundle.archive import MAXIMUM_SIZE, ArchiveReader
from exports.bundle.content import Progress, bytes_of
from exports.bundle.envelope import envelope_reader, in_bundle_words
from exports.bundle.errors import BundleDamaged, BundleTampered, BundleTooLarge, WrongKind
from exports.bundle.hashing import PassingHash
from exports.bundle.identity import Identity, Party
from exports.bundle.json_text import Answer, decoded
from exports.bundle.manifest import (
    MANIFEST,
    SIGNATURE,
    ApplicationParcel,
    BundleContents,
    DocumentParcel,
    Kind,
    Manifest,
    ManifestApplication,
    Member,
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
class SealedFile:
    """One file of a verified archive, read in pieces and checked again at each reading."""

    archive: ArchiveReader
    member: Member

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.member.size

    @property
    def sha256(self) -> str:
        """What the manifest says they hash to."""
        return self.member.sha256

    def pieces(self) -> Iterator[bytes]:
        """Its bytes.

        Raises:
            BundleTampered: they are not those that were signed; known at the end only.
            BundleDamaged: they cannot be read.
        """
        sha256, size = PassingHash(), 0
        for piece in self.archive.pieces(self.member.path):
            sha256.update(piece)
            size += len(piece)
            yield piece
        if (size, sha256.hexdigest()) != (self.member.size, self.member.sha256):
            raise BundleTampered


@dataclass(frozen=True)
class Opened:
    """A signed archive of any kind, opened and verified.

    Attributes:
        files: by path, without manifest and signature; readable while the source is open.
    """

    manifest: Manifest
    files: Mapping[str, SealedFile]
    sender: Party
    known: bool
    sha256: str


def read_bundle(data: bytes, identity: Identity, known: Iterable[Party]) -> OpenedBundle:
    """Open the bytes of a `.liasse` file, its documents whole in memory; see `open_bundle`."""
    opened = open_bundle(io.BytesIO(data), identity, known)
    applications = tuple(map(_whole, opened.contents.applications))
    return replace(opened, contents=replace(opened.contents, applications=applications))


def open_bundle(
    source: BinaryIO,
    identity: Identity,
    known: Iterable[Party],
    progress: Progress | None = None,
) -> OpenedBundle:
    """Open a `.liasse` file and verify it whole, in little memory.

    Args:
        source: the file, readable at any place; papers and documents of the contents are read
            from it when they are asked for, so it stays open until then.
        identity: one's own keys.
        known: the parties whose keys were accepted.
        progress: told the bytes verified; what it raises ends the work.

    Raises:
        BundleError: see `exports.bundle.errors`; nothing of the file is given out.
    """
    opened = unseal(source, identity, known, kind="bundle", progress=progress)
    applications, paths = applications_of(opened)
    if paths != set(opened.files):
        raise BundleTampered
    manifest = opened.manifest
    contents = BundleContents(
        manifest.id, manifest.number, manifest.created_at, applications, manifest.note
    )
    return OpenedBundle(contents, opened.sender, opened.known, opened.sha256)


def applications_of(opened: Opened) -> tuple[tuple[ApplicationParcel, ...], set[str]]:
    """The applications of an archive, and the paths of all their files.

    Raises:
        BundleDamaged: a file of theirs is missing, or is not what it should be.
        BundleTampered: two of them have a file in common.
    """
    expected: set[str] = set()
    applications = []
    for entry in opened.manifest.applications:
        parcel, paths = _parcel(entry, opened.files)
        applications.append(parcel)
        if expected & paths:
            raise BundleTampered
        expected |= paths
    return tuple(applications), expected


def unseal(
    source: BinaryIO,
    identity: Identity,
    known: Iterable[Party],
    *,
    kind: Kind,
    progress: Progress | None = None,
) -> Opened:
    """Decrypt and verify a signed archive, every byte of it.

    Raises:
        BundleError: see `exports.bundle.errors`.
    """
    if source.seek(0, io.SEEK_END) > MAXIMUM_SIZE:
        raise BundleTooLarge
    source.seek(0)
    envelope = envelope_reader(source, identity.age_secrets)
    archive = ArchiveReader(cast(BinaryIO, envelope))
    signed, signature = archive.read(MANIFEST), archive.read(SIGNATURE)
    manifest = decode(signed)
    sender = party_of(manifest.sender)
    verify(signed, signature, sender.verify_key)
    if manifest.kind != kind:
        raise WrongKind
    files = _verified(archive, manifest, progress)
    with in_bundle_words():
        sha256 = envelope.finish()
    acquainted = any(
        (party.id, party.verify_key) == (sender.id, sender.verify_key) for party in known
    )
    return Opened(manifest, files, sender, acquainted, sha256)


def _verified(
    archive: ArchiveReader, manifest: Manifest, progress: Progress | None
) -> dict[str, SealedFile]:
    listed = {member.path: member for member in manifest.members}
    there = [path for path in archive.paths if path not in (MANIFEST, SIGNATURE)]
    if len(listed) != len(manifest.members) or set(listed) != set(there):
        raise BundleTampered
    files, done = {path: SealedFile(archive, listed[path]) for path in there}, 0
    # In the order they lie: the file is read once, from its start to its end.
    for file in files.values():
        for piece in file.pieces():
            done += len(piece)
            if progress is not None:
                progress(done)
    return files


def _parcel(
    entry: ManifestApplication, files: Mapping[str, SealedFile]
) -> tuple[ApplicationParcel, set[str]]:
    folder = f"applications/{entry.id}"
    paths = {f"{folder}/{name}" for name in ("answers.json", "form.yaml", "form.pdf")}
    paths |= {f"{folder}/documents/{document.id}" for document in entry.documents}
    if not paths <= set(files) or len(paths) != 3 + len(entry.documents):
        raise BundleDamaged
    try:
        answers = decoded(bytes_of(files[f"{folder}/answers.json"]), dict[str, Answer])
        definition = bytes_of(files[f"{folder}/form.yaml"]).decode()
    except ValueError as error:
        raise BundleDamaged from error
    documents = tuple(
        DocumentParcel(
            document.id,
            document.name,
            document.media_type,
            document.request_name,
            files[f"{folder}/documents/{document.id}"],
        )
        for document in entry.documents
    )
    parcel = ApplicationParcel(
        id=entry.id,
        revision=entry.revision,
        form_id=entry.form_id,
        form_version=entry.form_version,
        form_title=entry.form_title,
        form_definition=definition,
        person=dict(entry.person),
        answers=answers,
        pdf=files[f"{folder}/form.pdf"],
        documents=documents,
    )
    return parcel, paths


def _whole(parcel: ApplicationParcel) -> ApplicationParcel:
    documents = tuple(
        replace(document, content=bytes_of(document.content)) for document in parcel.documents
    )
    return replace(parcel, pdf=bytes_of(parcel.pdf), documents=documents)
