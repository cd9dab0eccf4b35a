"""Receipts: the relay records what became of each application; the station takes it in."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.errors import (
    NoOutcomeToSend,
    OlderKeys,
    OutcomeTooLong,
    ReceiptForUnknownBundle,
    ReceiptFromStranger,
)
from desktop.workflows.exchanges.contacts import (
    identity_of,
    known_parties,
    older_keys,
    party_of,
    refuse_revoked,
)
from desktop.workflows.exchanges.outcomes import (
    OUTCOME_WORDS,
    STATES,
    note_arrived,
    note_receipt_again,
    take_outcome,
)
from desktop.workflows.exchanges.reasons import Reason, with_reason
from exports.bundle.identity import Party
from exports.bundle.receipt import (
    LONGEST_COMMENT,
    LONGEST_REFERENCE,
    OpenedReceipt,
    Outcome,
    OutcomeKind,
    ReceiptContents,
)
from vault.records.applications import ApplicationState
from vault.records.bundles import BundleKind, BundleRecord, Direction
from vault.records.journal import Action
from vault.records.receipts import ReceiptRecord

MAXIMUM_RECEIPT_SIZE = 8 * 1024 * 1024


@dataclass(frozen=True)
class WrittenReceipt:
    """A receipt written for the station."""

    number: str
    file: Path
    outcomes: int


@dataclass(frozen=True)
class TakenReceipt:
    """What taking a receipt in did.

    Attributes:
        new: False when the same receipt was already there; nothing was then changed.
        lines: « Élection de domicile : Déposée en ligne, référence … », one an application.
    """

    number: str
    sender: str
    new: bool
    lines: tuple[str, ...]


def record_outcome(
    desk: Desk,
    application_id: str,
    outcome: OutcomeKind,
    *,
    on: date,
    reference: str = "",
    comment: str = "",
    reason: Reason | None = None,
) -> None:
    """Note at the relay what became of an application; the last word counts.

    Args:
        desk: the relay.
        application_id: which application.
        outcome: what became of it.
        on: the day.
        reference: the office's.
        comment: a word to the station.
        reason: why it was refused or came back; the comment then begins with it.

    Raises:
        NotARelay: the vault is a station's.
        RecordNotFound: the vault has no such application.
        OutcomeTooLong: a receipt could not carry it.
    """
    desk.require_writer()
    desk.require_relay()
    vault = desk.vault
    comment = with_reason(reason, comment)
    if len(reference) > LONGEST_REFERENCE or len(comment) > LONGEST_COMMENT:
        raise OutcomeTooLong
    with vault.transaction():
        application = vault.applications.get(application_id)
        vault.applications.save(
            replace(
                application,
                state=STATES[outcome],
                reference=reference or None,
                comment=comment or None,
                outcome=outcome.value,
                outcome_on=on.isoformat(),
            )
        )
        vault.journal.add(
            Action.OUTCOME_RECORDED,
            person_id=application.person_id,
            application_id=application_id,
            detail={
                "title": application.form_title,
                "outcome": OUTCOME_WORDS[outcome].lower(),
                **({"reason": reason.value} if reason else {}),
            },
        )


def take_up(desk: Desk, application_id: str) -> None:
    """Note at the relay that somebody works on an application: « En cours »."""
    from desktop.workflows.filling.applications import set_state

    desk.require_writer()
    desk.require_relay()
    if desk.vault.applications.get(application_id).state is ApplicationState.TO_FILE:
        set_state(desk, application_id, ApplicationState.IN_PROGRESS)


def write_receipt(
    desk: Desk, bundle_id: str, file: Path, *, with_older_keys: bool = False
) -> WrittenReceipt:
    """Write the outcomes recorded so far for a bundle, encrypted for the station that sent it.

    Args:
        desk: the relay.
        bundle_id: the bundle it answers.
        file: where.
        with_older_keys: the user was asked, and writes although some keys are not post-quantum.

    Raises:
        NotARelay: the vault is a station's.
        NoOutcomeToSend: no application of the bundle has an outcome yet.
        ReceiptFromStranger: the sender of the bundle is not a contact: take their card first.
        OlderKeys: some keys are post-quantum, others are not, and `with_older_keys` is False.
        OSError: the file cannot be written.
    """
    from exports.bundle.receipt import write_receipt as write

    desk.require_writer()
    contents, station = receipt_of(desk, bundle_id)
    older = older_keys(desk, [station.id])
    if older and not with_older_keys:
        raise OlderKeys(older)
    data = write(contents, identity_of(desk), [station], mixed=bool(older))
    write_durably(file, data)
    return WrittenReceipt(note_receipt(desk, contents, data), file, len(contents.outcomes))


def receipt_of(desk: Desk, bundle_id: str) -> tuple[ReceiptContents, Party]:
    """What a receipt of a bundle says now, and the station it is for; raises as `write_receipt`."""
    desk.require_relay()
    bundle = desk.vault.bundles.get(bundle_id)
    outcomes = _outcomes(desk, bundle)
    if not outcomes:
        raise NoOutcomeToSend
    contact = next(filter(None, map(desk.vault.contacts.find, bundle.contact_ids)), None)
    if contact is None:
        raise ReceiptFromStranger
    refuse_revoked(contact)
    station = party_of(contact)
    contents = ReceiptContents(
        id=str(uuid.uuid4()),
        bundle_id=bundle.id,
        created_at=desk.now().isoformat(timespec="seconds"),
        outcomes=outcomes,
        number=len(desk.vault.receipts.of_bundle(bundle_id)) + 1,
    )
    return contents, station


def note_receipt(desk: Desk, contents: ReceiptContents, data: bytes) -> str:
    """Note that a receipt was written, whatever carries it; gives the number of its bundle."""
    vault = desk.vault
    number = vault.bundles.get(contents.bundle_id).number
    with vault.transaction():
        vault.receipts.add(_record(contents, Direction.SENT, hashlib.sha256(data).hexdigest()))
        vault.journal.add(Action.RECEIPT_WRITTEN, detail={"number": number})
        for id in vault.bundles.get(contents.bundle_id).contact_ids:
            contact = vault.contacts.find(id)
            if contact is not None:
                vault.contacts.save(replace(contact, last_exchange_at=contents.created_at))
    return number


def older_keys_of_receipt(desk: Desk, bundle_id: str) -> tuple[str, ...]:
    """Whose keys would make the receipt of a bundle less safe; see `older_keys`."""
    return older_keys(desk, desk.vault.bundles.get(bundle_id).contact_ids)


def import_receipt(desk: Desk, file: Path) -> TakenReceipt:
    """Take a relay's receipt into the station's vault: states and history change.

    The same receipt twice changes nothing and says so.

    Raises:
        NotAStation: the vault is a relay's.
        BundleError: it is not a receipt, is damaged, was altered, or is for somebody else.
        ReceiptForUnknownBundle: this vault never sent the bundle it answers.
        ReceiptFromStranger: it is signed by somebody the bundle was not sent to.
        RevokedContact: nothing is taken from its writer any more.
        OSError: the file cannot be read.
    """
    from exports.bundle.errors import BundleTooLarge
    from exports.bundle.receipt import read_receipt

    desk.require_writer()
    desk.require_station()
    if file.stat().st_size > MAXIMUM_RECEIPT_SIZE:
        raise BundleTooLarge
    data = file.read_bytes()
    return keep_receipt(desk, read_receipt(data, identity_of(desk), known_parties(desk)))


def keep_receipt(desk: Desk, opened: OpenedReceipt) -> TakenReceipt:
    """Take a receipt already opened and verified into the station's vault, as `import_receipt`."""
    desk.require_writer()
    desk.require_station()
    contents = opened.contents
    vault = desk.vault
    bundle = vault.bundles.find(contents.bundle_id)
    if bundle is None or bundle.direction is not Direction.SENT:
        raise ReceiptForUnknownBundle
    if not opened.known or opened.sender.id not in bundle.contact_ids:
        raise ReceiptFromStranger
    contact = vault.contacts.get(opened.sender.id)
    refuse_revoked(contact)
    if vault.receipts.find(contents.id) is not None:
        with vault.transaction():
            note_receipt_again(desk, bundle, contents)
        return TakenReceipt(bundle.number, opened.sender.name, False, ())
    with vault.transaction():
        # What the relay says of an application erased here since is not taken in again.
        kept = tuple(
            one
            for one in contents.outcomes
            if one.application_id in bundle.application_ids
            and vault.applications.find(one.application_id)
        )
        record = replace(
            _record(replace(contents, outcomes=kept), Direction.RECEIVED, opened.sha256),
            contact_id=contact.id,
        )
        vault.receipts.add(record)
        lines = [take_outcome(desk, bundle, record, one) for one in kept]
        if len(kept) < len(contents.outcomes):
            lines.append("Une démarche effacée depuis\u00a0: son issue n’est pas gardée.")
        if bundle.kind is BundleKind.TRANSFER:
            lines = [note_arrived(desk, bundle)]
        vault.contacts.save(
            replace(contact, last_exchange_at=desk.now().isoformat(timespec="seconds"))
        )
    return TakenReceipt(bundle.number, opened.sender.name, True, tuple(lines))


def proposed_receipt_name(desk: Desk, bundle_id: str) -> str:
    """« accuse-2026-041.accuse »: the receipt's file name; it names nobody."""
    return f"accuse-{desk.vault.bundles.get(bundle_id).number}.accuse"


def _outcomes(desk: Desk, bundle: BundleRecord) -> tuple[Outcome, ...]:
    outcomes = []
    for application_id in bundle.application_ids:
        application = desk.vault.applications.find(application_id)
        # A newer version of it came in another bundle: its outcome is that one's.
        if application is None or application.outcome is None:
            continue
        if application.bundle_id != bundle.id:
            continue
        outcomes.append(
            Outcome(
                application_id=application_id,
                result=OutcomeKind(application.outcome),
                date=application.outcome_on or desk.today().isoformat(),
                reference=application.reference or "",
                comment=application.comment or "",
            )
        )
    return tuple(outcomes)


def _record(contents: ReceiptContents, direction: Direction, sha256: str) -> ReceiptRecord:
    return ReceiptRecord(
        id=contents.id,
        bundle_id=contents.bundle_id,
        direction=direction,
        outcomes=tuple(
            {
                "application_id": outcome.application_id,
                "result": outcome.result.value,
                "date": outcome.date,
                "reference": outcome.reference,
                "comment": outcome.comment,
            }
            for outcome in contents.outcomes
        ),
        sha256=sha256,
        created_at=contents.created_at,
        number=contents.number,
    )
