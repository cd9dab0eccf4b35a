"""Bundles: sending applications to a relay, and taking in what a station sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.dates import short_day, stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_and_check
from desktop.workflows.errors import NothingToSend, OlderKeys, UnverifiedContact
from desktop.workflows.exchanges.contacts import (
    identity_of,
    known_parties,
    older_keys,
    party_of,
    refuse_revoked,
)
from desktop.workflows.exchanges.parcels import bundle_of, next_number
from desktop.workflows.relay.arrivals import keep_application, note_again
from desktop.workflows.telling import Steps, Told, say_nothing
from exports.bundle.content import size_of
from exports.bundle.identity import Party
from exports.bundle.manifest import ApplicationParcel, BundleContents
from vault.records.applications import ApplicationState
from vault.records.bundles import BundleKind, BundleRecord, Direction
from vault.records.contacts import Contact
from vault.records.journal import Action

if TYPE_CHECKING:
    from exports.bundle.reader import OpenedBundle


@dataclass(frozen=True)
class SentBundle:
    """A bundle written and read back: the stick may be removed."""

    id: str
    number: str
    file: Path
    applications: int
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class BundlePreview:
    """What a bundle says once opened and verified, before anything is kept.

    Attributes:
        sender: the name on the sender's card.
        sender_known: whether the sender is a contact of this vault.
        sender_verified: whether that contact's fingerprint was compared.
        already_imported: whether this very bundle is in the vault.
        lines: « ÜNAL-ŒILLET Zoë — Élection de domicile (2 pièces) », one an application.
    """

    id: str
    number: str
    sender: str
    sender_known: bool
    sender_verified: bool
    already_imported: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ReceivedBundle:
    """What taking a bundle in did.

    Attributes:
        new: False when the same bundle was already there; nothing was then changed.
    """

    preview: BundlePreview
    new: bool
    application_ids: tuple[str, ...]


@dataclass(frozen=True)
class BundleRow:
    """A bundle sent or received, in a list.

    Attributes:
        superseded: « remplacée par la liasse 2026-045 », when newer versions of what it carries
            went or came in another; empty for most.
    """

    id: str
    number: str
    direction: Direction
    contact: str
    applications: int
    when: str
    answered: bool
    superseded: str = ""


def send_bundle(
    desk: Desk,
    application_ids: Sequence[str],
    contact_ids: Sequence[str],
    file: Path,
    *,
    to_unverified: bool = False,
    with_older_keys: bool = False,
    note: str = "",
    progress: Told = say_nothing,
) -> SentBundle:
    """Write applications as an encrypted, signed bundle for one or several contacts.

    The file is written beside, flushed to the device, read back from it and verified, every byte;
    only then has it its name, and do the applications become « Transmise ». Documents go through
    memory in pieces.

    Args:
        desk: the station.
        application_ids: what to send.
        contact_ids: to whom; this vault itself can always reopen it.
        file: where; written beside, then renamed.
        to_unverified: the user was asked, and sends although a fingerprint was not compared.
        with_older_keys: the user was asked, and sends although some keys are not post-quantum.
        note: a word to the relay.
        progress: told how much is done, from 0 to 1; what it raises ends the work, and an older
            file of that name stays.

    Raises:
        NotAStation: the vault is a relay's.
        NothingToSend: no application or no contact.
        RevokedContact: nothing is written to a contact any more.
        UnverifiedContact: a contact is not verified and `to_unverified` is False.
        OlderKeys: some keys are post-quantum, others are not, and `with_older_keys` is False.
        OSError: the file cannot be written; nothing is marked as sent.
        BundleError: what was written cannot be read back; nothing is marked as sent.
    """
    from exports.bundle.reader import open_bundle
    from exports.bundle.writer import Seal, write_bundle_to

    desk.require_writer()
    desk.require_station()
    if not application_ids or not contact_ids:
        raise NothingToSend
    vault = desk.vault
    contacts = [vault.contacts.get(contact_id) for contact_id in contact_ids]
    for contact in contacts:
        refuse_revoked(contact)
        if contact.verified_at is None and not to_unverified:
            raise UnverifiedContact(contact.name)
    older = older_keys(desk, contact_ids)
    if older and not with_older_keys:
        raise OlderKeys(older)
    applications = [vault.applications.get(one) for one in application_ids]
    contents = bundle_of(desk, applications, note)
    identity = identity_of(desk)
    told = Steps(progress, (_size(contents), _size(contents)))
    seal = Seal(identity, [party_of(contact) for contact in contacts], bool(older), told.step(0))
    checked = write_and_check(
        file,
        lambda target: write_bundle_to(target, contents, seal),
        lambda written: open_bundle(written, identity, [identity.party], told.step(1)),
    )
    note_sent(desk, contents, contacts, file_name=file.name, sha256=checked.sha256)
    return SentBundle(
        contents.id,
        contents.number,
        file,
        len(applications),
        tuple(contact.name for contact in contacts),
    )


def note_sent(
    desk: Desk,
    contents: BundleContents,
    contacts: Sequence[Contact],
    *,
    file_name: str,
    sha256: str,
) -> None:
    """Note that a bundle left, whatever carries it: its applications become « Transmise »."""
    vault = desk.vault
    with vault.transaction():
        vault.bundles.add(
            BundleRecord(
                id=contents.id,
                number=contents.number,
                direction=Direction.SENT,
                contact_ids=tuple(contact.id for contact in contacts),
                file_name=file_name,
                sha256=sha256,
                application_ids=tuple(parcel.id for parcel in contents.applications),
                created_at=contents.created_at,
                imported_at=None,
            )
        )
        to = ", ".join(contact.name for contact in contacts)
        for parcel in contents.applications:
            application = vault.applications.get(parcel.id)
            vault.applications.save(
                replace(
                    application,
                    state=ApplicationState.SENT,
                    bundle_id=contents.id,
                    definition=parcel.form_definition,
                    revision=parcel.revision,
                )
            )
            vault.journal.add(
                Action.BUNDLE_SENT,
                person_id=application.person_id,
                application_id=application.id,
                detail={
                    "number": contents.number,
                    "to": to,
                    "revision": str(parcel.revision) if parcel.revision > 1 else "",
                },
            )
        for contact in contacts:
            vault.contacts.save(replace(contact, last_exchange_at=contents.created_at))


def preview_bundle(desk: Desk, file: Path, *, progress: Told = say_nothing) -> BundlePreview:
    """Open and verify a bundle without keeping anything of it.

    Raises:
        BundleError: it is not one, is damaged, was altered, or is for somebody else.
        OSError: the file cannot be read.
    """
    with _opened(desk, file, progress) as opened:
        return _preview(desk, opened.contents, opened.sender)


def receive_bundle(desk: Desk, file: Path, *, progress: Told = say_nothing) -> ReceivedBundle:
    """Take a bundle into the relay's vault: people, applications, documents.

    All or nothing; the same bundle twice changes nothing and says so. It is verified whole before
    anything of it is kept, and documents go through memory in pieces.

    Args:
        desk: the relay.
        file: the bundle.
        progress: told how much is verified, from 0 to 1; what it raises ends the work.

    Raises:
        NotARelay: the vault is a station's.
        ApplicationOfAnother: one of its applications came from another station, and the sender
            was never verified.
        RevokedContact: nothing is taken from the sender any more.
        BundleError: it is not one, is damaged, was altered, or is for somebody else.
        OSError: the file cannot be read.
    """
    desk.require_writer()
    desk.require_relay()
    with _opened(desk, file, progress) as opened:
        return keep_bundle(
            desk, opened.contents, opened.sender, file_name=file.name, sha256=opened.sha256
        )


def keep_bundle(
    desk: Desk, contents: BundleContents, sender: Party, *, file_name: str, sha256: str
) -> ReceivedBundle:
    """Take a bundle already opened and verified into the relay's vault, as `receive_bundle`."""
    desk.require_writer()
    desk.require_relay()
    vault = desk.vault
    contact = vault.contacts.find(sender.id)
    if contact is not None:
        refuse_revoked(contact)
    preview = _preview(desk, contents, sender)
    application_ids = tuple(parcel.id for parcel in contents.applications)
    if preview.already_imported:
        with vault.transaction():
            note_again(desk, contents)
        return ReceivedBundle(preview, False, application_ids)
    with vault.transaction():
        vault.bundles.add(
            BundleRecord(
                id=contents.id,
                number=contents.number,
                direction=Direction.RECEIVED,
                contact_ids=(sender.id,),
                file_name=file_name,
                sha256=sha256,
                application_ids=application_ids,
                created_at=contents.created_at,
                imported_at=desk.now().isoformat(timespec="seconds"),
            )
        )
        for parcel in contents.applications:
            keep_application(desk, contents, sender, parcel)
        if contact is not None:
            vault.contacts.save(
                replace(contact, last_exchange_at=desk.now().isoformat(timespec="seconds"))
            )
    return ReceivedBundle(preview, True, application_ids)


def list_bundles(desk: Desk) -> tuple[BundleRow, ...]:
    """The bundles sent and received, the latest first."""
    vault = desk.vault
    names = {contact.id: contact.name for contact in vault.contacts.all()}
    answered = {receipt.bundle_id for receipt in vault.receipts.all()}
    current = vault.applications.bundle_ids()
    bundles = vault.bundles.all()
    numbers = {bundle.id: bundle.number for bundle in bundles}
    return tuple(
        BundleRow(
            bundle.id,
            bundle.number,
            bundle.direction,
            ", ".join(names.get(one, "expéditeur inconnu") for one in bundle.contact_ids),
            len(bundle.application_ids),
            short_day(stored_day(bundle.imported_at or bundle.created_at), today=desk.today()),
            bundle.id in answered,
            _superseded(bundle, current, numbers),
        )
        for bundle in bundles
        if bundle.kind is BundleKind.APPLICATIONS
    )


def proposed_file_name(desk: Desk) -> str:
    """« liasse-2026-041.liasse »: the next bundle's file name; it names nobody."""
    return f"liasse-{next_number(desk)}.liasse"


@contextmanager
def _opened(desk: Desk, file: Path, progress: Told) -> Iterator[OpenedBundle]:
    """A bundle opened and verified, whose documents can be read until it is closed."""
    from exports.bundle.reader import open_bundle

    told = Steps(progress, (file.stat().st_size,)).step(0)
    with file.open("rb") as source:
        yield open_bundle(source, identity_of(desk), known_parties(desk), told)


def _size(contents: BundleContents) -> int:
    return sum(
        size_of(parcel.pdf) + sum(size_of(document.content) for document in parcel.documents)
        for parcel in contents.applications
    )


def _preview(desk: Desk, contents: BundleContents, sender: Party) -> BundlePreview:
    contact = desk.vault.contacts.find(sender.id)
    known = contact is not None and contact.verify_key == sender.verify_key
    return BundlePreview(
        contents.id,
        contents.number,
        sender.name,
        known,
        known and contact is not None and contact.verified_at is not None,
        desk.vault.bundles.find(contents.id) is not None,
        tuple(_line(parcel) for parcel in contents.applications),
    )


def _line(parcel: ApplicationParcel) -> str:
    name = f"{parcel.person.get('family_name', '').upper()} {parcel.person.get('given_names', '')}"
    count = len(parcel.documents)
    documents = f" ({count} pièce{'s' if count > 1 else ''})" if count else ""
    return f"{name.strip()} — {parcel.form_title}{documents}"


def _superseded(
    bundle: BundleRecord, current: Mapping[str, str], numbers: Mapping[str, str]
) -> str:
    held = [current[one] for one in bundle.application_ids if one in current]
    later = dict.fromkeys(numbers[one] for one in held if one != bundle.id and one in numbers)
    if not later:
        return ""
    word = "remplacée" if bundle.id not in held else "en partie remplacée"
    return f"{word} par la liasse {', '.join(later)}"
