"""Bundles: sending applications to a relay, and taking in what a station sent."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.workflows.contacts import identity_of, known_parties, older_keys, party_of
from desktop.workflows.dates import short_day, stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.errors import NothingToSend, OlderKeys, UnverifiedContact
from desktop.workflows.filling import filling_of
from desktop.workflows.papers import heading_of, paper_of_filling
from desktop.workflows.states import STATE_WORDS
from exports.bundle.identity import Party
from exports.bundle.manifest import ApplicationParcel, BundleContents, DocumentParcel
from vault.applications import Application, ApplicationState
from vault.bundles import BundleRecord, Direction
from vault.contacts import Contact
from vault.journal import Action

MAXIMUM_BUNDLE_SIZE = 512 * 1024 * 1024


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
    """A bundle sent or received, in a list."""

    id: str
    number: str
    direction: Direction
    contact: str
    applications: int
    when: str
    answered: bool


def send_bundle(
    desk: Desk,
    application_ids: Sequence[str],
    contact_ids: Sequence[str],
    file: Path,
    *,
    to_unverified: bool = False,
    with_older_keys: bool = False,
    note: str = "",
) -> SentBundle:
    """Write applications as an encrypted, signed bundle for one or several contacts.

    The file is read back and verified before the applications become « Transmise ».

    Args:
        desk: the station.
        application_ids: what to send.
        contact_ids: to whom; this vault itself can always reopen it.
        file: where; written beside, then renamed.
        to_unverified: the user was asked, and sends although a fingerprint was not compared.
        with_older_keys: the user was asked, and sends although some keys are not post-quantum.
        note: a word to the relay.

    Raises:
        NotAStation: the vault is a relay's.
        NothingToSend: no application or no contact.
        UnverifiedContact: a contact is not verified and `to_unverified` is False.
        OlderKeys: some keys are post-quantum, others are not, and `with_older_keys` is False.
        OSError: the file cannot be written; nothing is marked as sent.
        BundleError: what was written cannot be read back; nothing is marked as sent.
    """
    from exports.bundle.reader import read_bundle
    from exports.bundle.writer import write_bundle

    desk.require_writer()
    desk.require_station()
    if not application_ids or not contact_ids:
        raise NothingToSend
    vault = desk.vault
    contacts = [vault.contacts.get(contact_id) for contact_id in contact_ids]
    for contact in contacts:
        if contact.verified_at is None and not to_unverified:
            raise UnverifiedContact(contact.name)
    older = older_keys(desk, contact_ids)
    if older and not with_older_keys:
        raise OlderKeys(older)
    applications = [vault.applications.get(one) for one in application_ids]
    contents = bundle_of(desk, applications, note)
    identity = identity_of(desk)
    data = write_bundle(
        contents, identity, [party_of(contact) for contact in contacts], mixed=bool(older)
    )
    write_durably(file, data)
    read_bundle(file.read_bytes(), identity, [identity.party])
    note_sent(desk, contents, contacts, file_name=file.name, data=data)
    return SentBundle(
        contents.id,
        contents.number,
        file,
        len(applications),
        tuple(contact.name for contact in contacts),
    )


def bundle_of(desk: Desk, applications: Sequence[Application], note: str) -> BundleContents:
    """What a bundle of these applications holds now, under the next number."""
    return BundleContents(
        id=str(uuid.uuid4()),
        number=_next_number(desk),
        created_at=desk.now().isoformat(timespec="seconds"),
        applications=tuple(_parcel(desk, application) for application in applications),
        note=note,
    )


def note_sent(
    desk: Desk,
    contents: BundleContents,
    contacts: Sequence[Contact],
    *,
    file_name: str,
    data: bytes,
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
                sha256=hashlib.sha256(data).hexdigest(),
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
                )
            )
            vault.journal.add(
                Action.BUNDLE_SENT,
                person_id=application.person_id,
                application_id=application.id,
                detail={"number": contents.number, "to": to},
            )
        for contact in contacts:
            vault.contacts.save(replace(contact, last_exchange_at=contents.created_at))


def preview_bundle(desk: Desk, file: Path) -> BundlePreview:
    """Open and verify a bundle without keeping anything of it.

    Raises:
        BundleError: it is not one, is damaged, was altered, or is for somebody else.
        OSError: the file cannot be read.
    """
    contents, sender, _ = _open(desk, file)
    return _preview(desk, contents, sender)


def receive_bundle(desk: Desk, file: Path) -> ReceivedBundle:
    """Take a bundle into the relay's vault: people, applications, documents.

    All or nothing; the same bundle twice changes nothing and says so.

    Raises:
        NotARelay: the vault is a station's.
        BundleError: it is not one, is damaged, was altered, or is for somebody else.
        OSError: the file cannot be read.
    """
    desk.require_writer()
    desk.require_relay()
    contents, sender, sha256 = _open(desk, file)
    return keep_bundle(desk, contents, sender, file_name=file.name, sha256=sha256)


def keep_bundle(
    desk: Desk, contents: BundleContents, sender: Party, *, file_name: str, sha256: str
) -> ReceivedBundle:
    """Take a bundle already opened and verified into the relay's vault, as `receive_bundle`."""
    desk.require_writer()
    desk.require_relay()
    preview = _preview(desk, contents, sender)
    application_ids = tuple(parcel.id for parcel in contents.applications)
    if preview.already_imported:
        return ReceivedBundle(preview, False, application_ids)
    vault = desk.vault
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
            _keep(desk, contents, sender, parcel)
        known = vault.contacts.find(sender.id)
        if known is not None:
            vault.contacts.save(
                replace(known, last_exchange_at=desk.now().isoformat(timespec="seconds"))
            )
    return ReceivedBundle(preview, True, application_ids)


def list_bundles(desk: Desk) -> tuple[BundleRow, ...]:
    """The bundles sent and received, the latest first."""
    vault = desk.vault
    names = {contact.id: contact.name for contact in vault.contacts.all()}
    answered = {receipt.bundle_id for receipt in vault.receipts.all()}
    return tuple(
        BundleRow(
            bundle.id,
            bundle.number,
            bundle.direction,
            ", ".join(names.get(one, "expéditeur inconnu") for one in bundle.contact_ids),
            len(bundle.application_ids),
            short_day(stored_day(bundle.imported_at or bundle.created_at), today=desk.today()),
            bundle.id in answered,
        )
        for bundle in vault.bundles.all()
    )


def proposed_file_name(desk: Desk) -> str:
    """« liasse-2026-041.liasse »: the next bundle's file name; it names nobody."""
    return f"liasse-{_next_number(desk)}.liasse"


def _next_number(desk: Desk) -> str:
    year = desk.today().year
    return f"{year}-{desk.vault.bundles.count_sent(year) + 1:03d}"


def _parcel(desk: Desk, application: Application) -> ApplicationParcel:
    vault = desk.vault
    person = vault.people.get(application.person_id)
    filling = filling_of(desk, application, person)
    form = filling.form
    paper = paper_of_filling(
        desk.catalogue,
        filling,
        official_pdf=vault.official_pdfs.get(form.id),
        application_id=application.id,
        heading=heading_of(desk, person),
    )
    return ApplicationParcel(
        id=application.id,
        revision=1,
        form_id=form.id,
        form_version=form.version,
        form_title=form.title,
        form_definition=form.text,
        person={
            "id": person.id,
            "family_name": person.family_name,
            "given_names": person.given_names,
            "birth_date": person.birth_date or "",
            "prison_number": person.prison_number or "",
        },
        answers=filling.output(),
        pdf=paper.pdf,
        documents=tuple(
            DocumentParcel(
                id=document.id,
                name=document.name,
                media_type=document.media_type,
                request_name=document.request_name or "",
                content=vault.documents.content(document.id),
            )
            for document in vault.documents.of_application(application.id)
        ),
    )


def _open(desk: Desk, file: Path) -> tuple[BundleContents, Party, str]:
    from exports.bundle.errors import BundleTooLarge
    from exports.bundle.reader import read_bundle

    if file.stat().st_size > MAXIMUM_BUNDLE_SIZE:
        raise BundleTooLarge
    opened = read_bundle(file.read_bytes(), identity_of(desk), known_parties(desk))
    return opened.contents, opened.sender, opened.sha256


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


def _keep(desk: Desk, contents: BundleContents, sender: Party, parcel: ApplicationParcel) -> None:
    vault = desk.vault
    fields = parcel.person
    # A station numbers its people itself: the same number from another station is another person.
    person_id = str(uuid.uuid5(uuid.UUID(sender.id), fields.get("id") or parcel.id))
    if vault.people.find(person_id) is None:
        vault.people.add(
            id=person_id,
            family_name=fields.get("family_name", ""),
            given_names=fields.get("given_names", ""),
            birth_date=fields.get("birth_date") or None,
            prison_number=fields.get("prison_number") or None,
            profile={},
        )
    vault.applications.add(
        id=parcel.id,
        person_id=person_id,
        form_id=parcel.form_id,
        form_version=parcel.form_version,
        form_title=parcel.form_title,
        state=ApplicationState.TO_FILE,
        answers=dict(parcel.answers),
        definition=parcel.form_definition,
        bundle_id=contents.id,
    )
    vault.documents.add(
        person_id=person_id,
        application_id=parcel.id,
        request_name=FORM_DOCUMENT,
        name=f"{parcel.form_id}.pdf",
        media_type="application/pdf",
        pages=None,
        content=parcel.pdf,
    )
    for document in parcel.documents:
        vault.documents.add(
            person_id=person_id,
            application_id=parcel.id,
            request_name=document.request_name or None,
            name=document.name,
            media_type=document.media_type,
            pages=None,
            content=document.content,
        )
    vault.journal.add(
        Action.BUNDLE_RECEIVED,
        person_id=person_id,
        application_id=parcel.id,
        detail={"number": contents.number, "from": sender.name},
    )
    vault.journal.add(
        Action.STATE_CHANGED,
        person_id=person_id,
        application_id=parcel.id,
        detail={"title": parcel.form_title, "state": STATE_WORDS[ApplicationState.TO_FILE]},
    )


FORM_DOCUMENT = "formulaire"
"""The request name under which a relay keeps the paper that came with an application."""
