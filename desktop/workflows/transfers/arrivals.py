"""A person arriving from another station: put together with somebody here, or created."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.errors import OlderKeys
from desktop.workflows.exchanges.contacts import (
    identity_of,
    older_keys,
    party_of,
    refuse_revoked,
)
from desktop.workflows.people.profiles import change_profile
from desktop.workflows.relay.arrivals import keep_content
from desktop.workflows.telling import Told, say_nothing
from desktop.workflows.transfers.arriving_answers import goes_answer_by_answer, put_together
from desktop.workflows.transfers.comparison import answer_key, opened_transfer, says, state_of
from exports.bundle.manifest import ApplicationParcel
from exports.bundle.receipt import ReceiptContents, write_receipt
from exports.bundle.transfer import OpenedTransfer, Standing, TransferredPerson
from vault.records.bundles import BundleKind, BundleRecord, Direction
from vault.records.former_history import FormerLine
from vault.records.journal import Action
from vault.records.receipts import ReceiptRecord


@dataclass(frozen=True)
class KeptPerson:
    """What taking a transfer in did.

    Attributes:
        new: False when it was already there; nothing was then changed.
        merged: whether somebody here took it up.
    """

    bundle_id: str
    person_id: str
    new: bool
    merged: bool


def keep_arrival(
    desk: Desk,
    file: Path,
    *,
    into: str | None = None,
    taken: Collection[str] = (),
    progress: Told = say_nothing,
) -> KeptPerson:
    """Take a transfer in: a person created, or put together with somebody here.

    All or nothing; the same transfer twice changes nothing and says so.

    Args:
        desk: the station.
        file: the transfer.
        into: who it is here; None to create them.
        taken: keys of the differences in which the transfer is right; in the others, what is here
            stays. What is known on one side only is put together.
        progress: told how much is verified, from 0 to 1; what it raises ends the work.

    Raises:
        RecordExists: they are to be created, and are here already under the same identifier.
        As `preview_arrival` otherwise.
    """
    desk.require_writer()
    desk.require_station()
    vault = desk.vault
    with opened_transfer(desk, file, progress) as opened:
        bundle = opened.contents.bundle
        before = vault.bundles.find(bundle.id)
        if before is not None:
            return KeptPerson(bundle.id, before.person_id or "", False, False)
        with vault.transaction():
            person_id = _keep_person(desk, opened.contents.person, into, taken)
            for parcel, standing in zip(
                bundle.applications, opened.contents.standings, strict=True
            ):
                _keep_application(desk, person_id, parcel, standing, taken)
            _keep_documents(desk, person_id, opened)
            vault.former_history.add(_lines(desk, person_id, opened))
            _note(desk, person_id, opened, file.name, merged=into is not None)
    return KeptPerson(bundle.id, person_id, True, into is not None)


def confirm_arrival(
    desk: Desk, bundle_id: str, file: Path, *, with_older_keys: bool = False
) -> str:
    """Write the receipt of a transfer for the station that sent it; gives that station's name.

    Raises:
        NotAStation: the vault is a relay's.
        RecordNotFound: no such transfer was taken in.
        RevokedContact: nothing is written to the sender any more.
        OlderKeys: some keys are post-quantum, others are not, and `with_older_keys` is False.
        OSError: the file cannot be written.
    """
    desk.require_writer()
    desk.require_station()
    vault = desk.vault
    bundle = vault.bundles.get(bundle_id)
    contact = vault.contacts.get(bundle.contact_ids[0])
    refuse_revoked(contact)
    older = older_keys(desk, [contact.id])
    if older and not with_older_keys:
        raise OlderKeys(older)
    contents = ReceiptContents(
        str(uuid.uuid4()),
        bundle.id,
        desk.now().isoformat(timespec="seconds"),
        (),
        len(vault.receipts.of_bundle(bundle.id)) + 1,
    )
    data = write_receipt(contents, identity_of(desk), [party_of(contact)], mixed=bool(older))
    write_durably(file, data)
    with vault.transaction():
        vault.receipts.add(
            ReceiptRecord(
                contents.id,
                bundle.id,
                Direction.SENT,
                (),
                hashlib.sha256(data).hexdigest(),
                contents.created_at,
                contents.number,
            )
        )
        vault.journal.add(Action.RECEIPT_WRITTEN, detail={"number": bundle.number})
        vault.contacts.save(replace(contact, last_exchange_at=contents.created_at))
    return contact.name


def _keep_person(
    desk: Desk, arriving: TransferredPerson, into: str | None, taken: Collection[str]
) -> str:
    vault = desk.vault
    if into is None:
        person = vault.people.add(
            id=arriving.id,
            family_name=arriving.family_name,
            given_names=arriving.given_names,
            birth_date=arriving.birth_date or None,
            prison_number=arriving.prison_number or None,
            profile=arriving.profile,
        )
        return person.id
    here = vault.people.get(into)
    changes = {
        key: value
        for key, value in arriving.profile.items()
        if key in taken or not says(here.profile, key)
    }
    change_profile(desk, into, changes)
    return into


def _keep_application(
    desk: Desk,
    person_id: str,
    parcel: ApplicationParcel,
    standing: Standing,
    taken: Collection[str],
) -> None:
    vault = desk.vault
    held = vault.applications.find(parcel.id)
    if held is not None and held.person_id != person_id:
        # Taken for somebody else than last time: what that person has stays as it is.
        return
    if held is not None and goes_answer_by_answer(held, parcel, standing):
        start = answer_key(held.id, "")
        paths = {key.removeprefix(start) for key in taken if key.startswith(start)}
        put_together(desk, held, parcel, paths)
        return
    if held is not None and parcel.id not in taken:
        return
    vault.forms.remember(parcel.form_id, parcel.form_version, {"form.yaml": parcel.form_definition})
    if held is None:
        held = vault.applications.add(
            id=parcel.id,
            person_id=person_id,
            form_id=parcel.form_id,
            form_version=parcel.form_version,
            form_title=parcel.form_title,
            answers=parcel.answers,
        )
    for older in vault.documents.of_application(held.id):
        vault.documents.delete(older.id)
    vault.applications.save(
        replace(
            held,
            form_version=parcel.form_version,
            form_title=parcel.form_title,
            state=state_of(standing),
            answers=dict(parcel.answers),
            position=standing.position or None,
            answered=standing.answered,
            total=standing.total,
            definition=parcel.form_definition if standing.sent else None,
            deadline=standing.deadline or None,
            organisation=standing.organisation or None,
            reference=standing.reference or None,
            comment=standing.comment or None,
            outcome=standing.outcome or None,
            outcome_on=standing.outcome_on or None,
            revision=parcel.revision if standing.sent else 0,
        )
    )
    for document in parcel.documents:
        keep_content(
            desk,
            document.content,
            person_id=held.person_id,
            application_id=held.id,
            request_name=document.request_name or None,
            name=document.name,
            media_type=document.media_type,
            id=document.id,
        )


def _keep_documents(desk: Desk, person_id: str, opened: OpenedTransfer) -> None:
    here = {document.id for document in desk.vault.documents.of_person(person_id)}
    for document, content in opened.contents.documents:
        if document.id in here:
            continue
        keep_content(
            desk,
            content,
            person_id=person_id,
            application_id=None,
            request_name=document.request_name or None,
            name=document.name,
            media_type=document.media_type,
            id=document.id,
        )


def _lines(desk: Desk, person_id: str, opened: OpenedTransfer) -> Iterator[FormerLine]:
    here = {one.id for one in desk.vault.applications.of_person(person_id)}
    own = desk.vault.place
    for line in opened.contents.history:
        # What was done here before the person left is in the journal already.
        if line.place != own:
            application = line.application_id if line.application_id in here else None
            yield FormerLine(person_id, application, line.at, line.who, line.what, line.place)


def _note(
    desk: Desk, person_id: str, opened: OpenedTransfer, file_name: str, *, merged: bool
) -> None:
    vault, bundle = desk.vault, opened.contents.bundle
    moment = desk.now().isoformat(timespec="seconds")
    vault.bundles.add(
        BundleRecord(
            id=bundle.id,
            number=bundle.number,
            direction=Direction.RECEIVED,
            contact_ids=(opened.sender.id,),
            file_name=file_name,
            sha256=opened.sha256,
            application_ids=(),
            created_at=bundle.created_at,
            imported_at=moment,
            kind=BundleKind.TRANSFER,
            person_id=person_id,
        )
    )
    vault.journal.add(
        Action.PERSON_RECEIVED,
        person_id=person_id,
        detail={
            "number": bundle.number,
            "from": opened.sender.name,
            "merged": "oui" if merged else "",
        },
    )
    contact = vault.contacts.get(opened.sender.id)
    vault.contacts.save(replace(contact, last_exchange_at=moment))
