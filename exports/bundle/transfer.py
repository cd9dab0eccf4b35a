"""Transfers: a whole person for another station, in the same container as a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, BinaryIO

import msgspec

from exports.bundle.content import Content, Progress, bytes_of
from exports.bundle.errors import BundleDamaged, BundleTampered, NameRefused, TooManyMembers
from exports.bundle.identity import Identity, Party
from exports.bundle.json_text import Fact, decoded, is_day, is_moment
from exports.bundle.manifest import (
    LONGEST_NOTE,
    MOST_APPLICATIONS,
    MOST_DOCUMENTS,
    ApplicationParcel,
    BundleContents,
    Manifest,
    Member,
    misleads,
    names_a_folder,
    plain_name,
    plain_text,
)
from exports.bundle.reader import applications_of, unseal
from exports.bundle.receipt import OutcomeKind
from exports.bundle.writer import (
    Seal,
    application_entry,
    check_counts,
    files_of,
    manifest_of,
    write_sealed,
)
from forms.definition import Kind
from forms.profile import PROFILE_KEYS

MOST_LINES = 10_000

_FILE = "transfer.json"
_OUTCOMES = frozenset(outcome.value for outcome in OutcomeKind)
_Text = Annotated[str, msgspec.Meta(max_length=500)]
_Long = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
_Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class TransferredPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The person, as the profile has them: names, facts by profile key."""

    id: _Id
    family_name: _Text
    given_names: _Text
    birth_date: _Text
    prison_number: _Text
    profile: dict[str, Fact]


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where an application stands: what its parcel does not say.

    Attributes:
        sent: whether it left for a relay, and keeps the definition it left with.
    """

    id: _Id
    state: _Text
    sent: bool
    position: _Text
    answered: _Count
    total: _Count
    deadline: _Text
    organisation: _Text
    reference: _Text
    comment: _Long
    outcome: _Text
    outcome_on: _Text


class PersonalDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document of the person that belongs to no application."""

    id: _Id
    name: _Text
    media_type: _Text
    request_name: _Text


class PastLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the history, in words.

    Attributes:
        at: UTC, ISO 8601.
        place: where it was done.
        application_id: empty for the person as a whole.
    """

    at: _Text
    who: _Text
    what: _Long
    place: _Text
    application_id: Annotated[str, msgspec.Meta(max_length=36)]


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: TransferredPerson
    applications: Annotated[tuple[Standing, ...], msgspec.Meta(max_length=MOST_APPLICATIONS)]
    documents: Annotated[tuple[PersonalDocument, ...], msgspec.Meta(max_length=MOST_DOCUMENTS)]
    history: Annotated[tuple[PastLine, ...], msgspec.Meta(max_length=MOST_LINES)]


@dataclass(frozen=True)
class TransferContents:
    """What a transfer carries.

    Attributes:
        bundle: its identifier, number and applications; their papers are empty.
        standings: of the applications, in the same order.
        documents: those of no application, with their bytes.
        history: what was done for the person, the first thing first.
    """

    bundle: BundleContents
    person: TransferredPerson
    standings: tuple[Standing, ...]
    documents: tuple[tuple[PersonalDocument, Content], ...]
    history: tuple[PastLine, ...]


@dataclass(frozen=True)
class OpenedTransfer:
    """A transfer opened and verified; see `OpenedBundle`."""

    contents: TransferContents
    sender: Party
    known: bool
    sha256: str


def write_transfer_to(target: BinaryIO, contents: TransferContents, seal: Seal) -> None:
    """Write a transfer to a stream; raises as `write_bundle_to`."""
    bundle = contents.bundle
    check_counts(bundle)
    if len(contents.documents) > MOST_DOCUMENTS:
        raise TooManyMembers
    written = _Written(
        _plain_person(contents.person),
        contents.standings,
        tuple(_plain(document) for document, _ in contents.documents),
        tuple(map(_plain_line, contents.history)),
    )
    files: dict[str, Content] = {_FILE: msgspec.json.encode(written)}
    for parcel in bundle.applications:
        files.update(files_of(parcel))
    files.update({f"documents/{one.id}": content for one, content in contents.documents})

    def manifest(members: tuple[Member, ...]) -> Manifest:
        entries = tuple(map(application_entry, bundle.applications))
        return manifest_of("transfer", bundle, seal.sender, entries, members)

    write_sealed(target, files, manifest, seal)


def open_transfer(
    source: BinaryIO,
    identity: Identity,
    known: Iterable[Party],
    progress: Progress | None = None,
) -> OpenedTransfer:
    """Open a `.transfert` file and verify it whole; as `open_bundle`.

    Raises:
        BundleError: see `exports.bundle.errors`; nothing of the file is given out.
    """
    opened = unseal(source, identity, known, kind="transfer", progress=progress)
    applications, paths = applications_of(opened)
    if _FILE not in opened.files:
        raise BundleDamaged
    try:
        written = decoded(bytes_of(opened.files[_FILE]), _Written)
    except ValueError as error:
        raise BundleDamaged from error
    _check(written, applications)
    own = {f"documents/{document.id}" for document in written.documents}
    if len(own) != len(written.documents) or paths | own | {_FILE} != set(opened.files):
        raise BundleTampered
    manifest = opened.manifest
    bundle = BundleContents(
        manifest.id, manifest.number, manifest.created_at, applications, manifest.note
    )
    documents = tuple((one, opened.files[f"documents/{one.id}"]) for one in written.documents)
    contents = TransferContents(
        bundle, written.person, written.applications, documents, written.history
    )
    return OpenedTransfer(contents, opened.sender, opened.known, opened.sha256)


def _check(written: _Written, applications: tuple[ApplicationParcel, ...]) -> None:
    if [one.id for one in written.applications] != [one.id for one in applications]:
        raise BundleTampered
    person = written.person
    days = [person.birth_date, *_days_of(person.profile)]
    days += [day for one in written.applications for day in (one.deadline, one.outcome_on)]
    if not all(is_day(day) for day in days if day):
        raise BundleDamaged
    if any(one.outcome and one.outcome not in _OUTCOMES for one in written.applications):
        raise BundleDamaged
    if not all(is_moment(line.at) for line in written.history):
        raise BundleDamaged
    names = [person.family_name, person.given_names, person.birth_date, person.prison_number]
    names += [text for one in written.history for text in (one.at, one.who, one.place)]
    names += [one.name for one in written.documents]
    if any(map(misleads, names)) or any(names_a_folder(one.name) for one in written.documents):
        raise NameRefused


def _days_of(profile: Mapping[str, Fact]) -> Iterator[str]:
    for key, fact in profile.items():
        known = PROFILE_KEYS.get(key)
        if known is not None and known.kind is Kind.DATE and fact is not None:
            yield str(fact)


def _plain_person(person: TransferredPerson) -> TransferredPerson:
    return msgspec.structs.replace(
        person,
        family_name=plain_text(person.family_name),
        given_names=plain_text(person.given_names),
        prison_number=plain_text(person.prison_number),
    )


def _plain_line(line: PastLine) -> PastLine:
    return msgspec.structs.replace(
        line, who=plain_text(line.who), what=line.what[:LONGEST_NOTE], place=plain_text(line.place)
    )


def _plain(document: PersonalDocument) -> PersonalDocument:
    return PersonalDocument(
        document.id,
        plain_name(document.name),
        plain_text(document.media_type),
        plain_text(document.request_name),
    )
