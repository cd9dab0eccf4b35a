"""Transfers: a whole person goes to another establishment's station."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.workflows.dates import short_day, stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_and_check
from desktop.workflows.errors import NotToAStation, OlderKeys, UnverifiedContact
from desktop.workflows.exchanges.contacts import (
    identity_of,
    older_keys,
    party_of,
    refuse_revoked,
)
from desktop.workflows.exchanges.parcels import VaultContent, document_parcel, names_of, next_number
from desktop.workflows.filling.open_application import definition_of
from desktop.workflows.history import what_was_done
from desktop.workflows.telling import Steps, Told, say_nothing
from exports.bundle.content import size_of
from exports.bundle.manifest import ApplicationParcel, BundleContents
from exports.bundle.transfer import (
    MOST_LINES,
    PastLine,
    PersonalDocument,
    Standing,
    TransferContents,
    TransferredPerson,
    open_transfer,
    write_transfer_to,
)
from exports.bundle.writer import Seal
from vault.records.applications import Application
from vault.records.bundles import BundleKind, BundleRecord, Direction
from vault.records.contacts import Contact
from vault.records.journal import Action
from vault.vault import VaultKind


@dataclass(frozen=True)
class SentTransfer:
    """A person written for another station and read back: the stick may be removed."""

    id: str
    number: str
    file: Path
    to: str


@dataclass(frozen=True)
class TransferRow:
    """A transfer of a person, in a list.

    Attributes:
        arrived: whether the other station answered.
    """

    id: str
    number: str
    to: str
    when: str
    arrived: bool


@dataclass(frozen=True)
class TransferPlan:
    """What would go, and to whom it can.

    Attributes:
        stations: identifiers and names of the verified stations.
        sent: the transfers of this person so far, the latest first.
    """

    person_id: str
    applications: int
    documents: int
    stations: tuple[tuple[str, str], ...]
    sent: tuple[TransferRow, ...]


def transfer_plan(desk: Desk, person_id: str) -> TransferPlan:
    """What a transfer of a person would carry, and the stations it can go to."""
    vault = desk.vault
    contacts = vault.contacts.all()
    names = {contact.id: contact.name for contact in contacts}
    answered = {receipt.bundle_id for receipt in vault.receipts.all()}
    return TransferPlan(
        person_id,
        len(vault.applications.of_person(person_id)),
        len(vault.documents.of_person(person_id)),
        tuple((one.id, one.name) for one in contacts if _can_receive(one)),
        tuple(
            TransferRow(
                bundle.id,
                bundle.number,
                ", ".join(names.get(one, "?") for one in bundle.contact_ids),
                short_day(stored_day(bundle.created_at), today=desk.today()),
                bundle.id in answered,
            )
            for bundle in vault.bundles.all()
            if bundle.person_id == person_id and bundle.direction is Direction.SENT
        ),
    )


def send_person(
    desk: Desk,
    person_id: str,
    contact_id: str,
    file: Path,
    *,
    with_older_keys: bool = False,
    progress: Told = say_nothing,
) -> SentTransfer:
    """Write a person, with applications, documents and history, for another station.

    Written, read back and verified as a bundle is. Nothing changes here but the journal: the
    person stays until somebody erases them, once the other station answered.

    Args:
        desk: the station.
        person_id: who goes.
        contact_id: where to; its fingerprint was compared.
        file: the `.transfert` file.
        with_older_keys: the user was asked, and sends although some keys are not post-quantum.
        progress: told how much is done, from 0 to 1; what it raises ends the work.

    Raises:
        NotAStation: the vault is a relay's.
        NotToAStation: the contact is a relay.
        RevokedContact, UnverifiedContact: the contact may not be written to.
        OlderKeys: some keys are post-quantum, others are not, and `with_older_keys` is False.
        OSError, BundleError: as `bundles.send_bundle`.
    """
    desk.require_writer()
    desk.require_station()
    vault = desk.vault
    contact = vault.contacts.get(contact_id)
    refuse_revoked(contact)
    if contact.kind != VaultKind.STATION.value:
        raise NotToAStation
    if contact.verified_at is None:
        raise UnverifiedContact(contact.name)
    older = older_keys(desk, [contact_id])
    if older and not with_older_keys:
        raise OlderKeys(older)
    contents = _contents(desk, person_id)
    identity = identity_of(desk)
    size = _size(contents)
    told = Steps(progress, (size, size))
    seal = Seal(identity, [party_of(contact)], bool(older), told.step(0))
    checked = write_and_check(
        file,
        lambda target: write_transfer_to(target, contents, seal),
        lambda written: open_transfer(written, identity, [identity.party], told.step(1)),
    )
    _note(desk, contents, contact, file.name, checked.sha256)
    return SentTransfer(contents.bundle.id, contents.bundle.number, file, contact.name)


def proposed_transfer_name(desk: Desk) -> str:
    """« dossier-2026-041.transfert »: it names nobody."""
    return f"dossier-{next_number(desk)}.transfert"


def _can_receive(contact: Contact) -> bool:
    station = contact.kind == VaultKind.STATION.value
    return station and contact.verified_at is not None and contact.revoked_at is None


def _contents(desk: Desk, person_id: str) -> TransferContents:
    vault = desk.vault
    person = vault.people.get(person_id)
    applications = vault.applications.of_person(person_id)
    return TransferContents(
        BundleContents(
            id=str(uuid.uuid4()),
            number=next_number(desk),
            created_at=desk.now().isoformat(timespec="seconds"),
            applications=tuple(_parcel(desk, one) for one in applications),
            note="",
        ),
        TransferredPerson(
            person.id,
            person.family_name,
            person.given_names,
            person.birth_date or "",
            person.prison_number or "",
            dict(person.profile),
        ),
        tuple(_standing(one) for one in applications),
        tuple(
            (
                PersonalDocument(one.id, one.name, one.media_type, one.request_name or ""),
                VaultContent(vault.documents, one),
            )
            for one in vault.documents.of_person(person_id)
            if one.application_id is None
        ),
        _history(desk, person_id),
    )


def _parcel(desk: Desk, application: Application) -> ApplicationParcel:
    """An application with all its answers, relevant or not, and no paper: it is made anew there."""
    form = definition_of(desk, application)
    return ApplicationParcel(
        id=application.id,
        revision=max(1, application.revision),
        form_id=application.form_id,
        form_version=application.form_version,
        form_title=application.form_title,
        form_definition=form.text,
        person=names_of(desk.vault.people.get(application.person_id)),
        answers=dict(application.answers),
        pdf=b"",
        documents=tuple(
            document_parcel(desk, document)
            for document in desk.vault.documents.of_application(application.id)
        ),
    )


def _standing(application: Application) -> Standing:
    return Standing(
        application.id,
        application.state.value,
        application.revision > 0,
        application.position or "",
        application.answered,
        application.total,
        application.deadline or "",
        application.organisation or "",
        application.reference or "",
        application.comment or "",
        application.outcome or "",
        application.outcome_on or "",
    )


def _history(desk: Desk, person_id: str) -> tuple[PastLine, ...]:
    vault = desk.vault
    former = [
        PastLine(line.at, line.who, line.what, line.place, line.application_id or "")
        for line in vault.former_history.of_person(person_id)
    ]
    place = vault.place
    own = [
        PastLine(entry.at, entry.user, what_was_done(entry), place, entry.application_id or "")
        for entry in vault.journal.of_person(person_id)
    ]
    return tuple([*former, *own][-MOST_LINES:])


def _size(contents: TransferContents) -> int:
    within = (one for parcel in contents.bundle.applications for one in parcel.documents)
    return sum(size_of(one.content) for one in within) + sum(
        size_of(content) for _, content in contents.documents
    )


def _note(
    desk: Desk, contents: TransferContents, contact: Contact, file_name: str, sha256: str
) -> None:
    vault, bundle = desk.vault, contents.bundle
    with vault.transaction():
        vault.bundles.add(
            BundleRecord(
                id=bundle.id,
                number=bundle.number,
                direction=Direction.SENT,
                contact_ids=(contact.id,),
                file_name=file_name,
                sha256=sha256,
                application_ids=(),
                created_at=bundle.created_at,
                imported_at=None,
                kind=BundleKind.TRANSFER,
                person_id=contents.person.id,
            )
        )
        vault.journal.add(
            Action.PERSON_TRANSFERRED,
            person_id=contents.person.id,
            detail={"number": bundle.number, "to": contact.name},
        )
        vault.contacts.save(replace(contact, last_exchange_at=bundle.created_at))
