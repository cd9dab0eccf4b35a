"""Bundles and receipts that travel as printed codes, where no stick may pass."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.codes.slips import filled_from_catalogue
from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.errors import NotOwnFile, UnverifiedContact
from desktop.workflows.exchanges.bundles import (
    ReceivedBundle,
    keep_bundle,
    note_sent,
    receive_bundle,
)
from desktop.workflows.exchanges.contacts import (
    identity_of,
    known_parties,
    party_of,
    refuse_revoked,
)
from desktop.workflows.exchanges.parcels import bundle_of
from desktop.workflows.exchanges.receipts import (
    TakenReceipt,
    import_receipt,
    keep_receipt,
    note_receipt,
    receipt_of,
)
from desktop.workflows.printing.papers import Paper, prepare_paper
from exports.bundle.errors import WrongKind
from vault.records.bundles import BundleKind, BundleRecord, Direction
from vault.records.journal import Action

if TYPE_CHECKING:
    from exports.bundle.paper.code import Kind
    from exports.bundle.paper.gathering import Parcel
    from exports.bundle.paper.printing import PrintedCodes

_PRINTER_OF_A_FILE = "fichier PDF"


@dataclass(frozen=True)
class PaperWithCodes:
    """An application on paper, its « code relais » at the foot of the last page.

    Attributes:
        number: of the bundle that these codes are.
        codes: how many.
    """

    number: str
    pdf: bytes
    codes: int


def print_bundle(desk: Desk, file: Path, *, printer: str = _PRINTER_OF_A_FILE) -> PrintedCodes:
    """Set a bundle, a receipt or a transfer that this vault wrote as pages of codes, and note it.

    Args:
        desk: the station or the relay that wrote it.
        file: the `.liasse`, `.accuse` or `.transfert` file.
        printer: where the pages go, for the journal.

    Raises:
        NotOwnFile: this vault did not write it.
        TooLongForPaper: it would fill too many pages.
        OSError: the file cannot be read.
    """
    from exports.bundle.paper.cutting import longest_file
    from exports.bundle.paper.errors import TooLongForPaper
    from exports.bundle.paper.printing import Heading, print_codes

    desk.require_writer()
    if file.stat().st_size > longest_file():
        raise TooLongForPaper
    data = file.read_bytes()
    kind, bundle = _own(desk, _hash(data))
    printed = print_codes(data, kind, Heading(bundle.number, _names(desk, bundle)))
    _note_print(desk, kind, bundle, printed.pages, printer)
    return printed


def save_codes(printed: PrintedCodes, file: Path) -> None:
    """Write the pages as a PDF; what they carry is encrypted.

    Raises:
        OSError: the file cannot be written; an older file of that name is untouched.
    """
    write_durably(file, printed.pdf)


def print_application(
    desk: Desk,
    application_id: str,
    contact_id: str,
    *,
    to_unverified: bool = False,
    paper: Paper | None = None,
    printer: str = _PRINTER_OF_A_FILE,
) -> PaperWithCodes:
    """Set an application on paper with its « code relais »: the paper is the bundle.

    The application becomes « Transmise », as when it leaves in a file. Its documents stay on
    paper.

    Args:
        desk: the station.
        application_id: what to send.
        contact_id: the relay; nobody else, this vault included, can read the codes.
        to_unverified: the user was asked, and sends although the fingerprint was not compared.
        paper: the paper to use; the best that can be made now when absent.
        printer: where the pages go, for the journal.

    Raises:
        NotAStation: the vault is a relay's.
        UnverifiedContact: the contact is not verified and `to_unverified` is False.
        TooLongForForm: the answers do not fit: print the whole bundle instead.
        PaperError: the paper cannot be made.
    """
    from exports.bundle.paper.form_foot import form_codes, with_form_codes
    from exports.bundle.paper.slip import write_application_slip

    desk.require_writer()
    desk.require_station()
    vault = desk.vault
    contact = vault.contacts.get(contact_id)
    refuse_revoked(contact)
    if contact.verified_at is None and not to_unverified:
        raise UnverifiedContact(contact.name)
    application = vault.applications.get(application_id)
    contents = bundle_of(desk, [application], "")
    slip = write_application_slip(contents, identity_of(desk), party_of(contact))
    codes = form_codes(slip)
    paper = paper or prepare_paper(desk, application_id)
    pdf = with_form_codes(paper.pdf, codes, contact.name)
    with vault.transaction():
        note_sent(desk, contents, [contact], file_name="", sha256=_hash(slip))
        vault.journal.add(
            Action.PRINTED,
            person_id=application.person_id,
            application_id=application_id,
            detail={
                "title": application.form_title,
                "pages": str(paper.pages),
                "printer": printer,
            },
        )
    return PaperWithCodes(contents.number, pdf, len(codes))


def print_receipt(desk: Desk, bundle_id: str, *, typed: bool = False) -> PrintedCodes:
    """Set the outcomes recorded so far for a bundle as one printed code, and note it.

    Args:
        desk: the relay.
        bundle_id: the bundle it answers.
        typed: add, in clear, the lines that a station without a scanner types by hand.

    Raises:
        NotARelay, NoOutcomeToSend, ReceiptFromStranger: as `receipts.write_receipt`.
        TooLongForPaper: it does not fit in one code: print the `.accuse` file instead.
    """
    from exports.bundle.paper.code import Kind
    from exports.bundle.paper.printing import Heading, print_codes
    from exports.bundle.paper.slip import write_receipt_slip
    from exports.bundle.paper.typed_receipt import receipt_line

    desk.require_writer()
    contents, station = receipt_of(desk, bundle_id)
    slip = write_receipt_slip(contents, identity_of(desk), station)
    number = desk.vault.bundles.get(bundle_id).number
    printed = print_codes(
        slip,
        Kind.RECEIPT_SLIP,
        Heading(number, station.name),
        lines=[receipt_line(outcome) for outcome in contents.outcomes] if typed else (),
    )
    note_receipt(desk, contents, slip)
    return printed


def save_parcel(parcel: Parcel, file: Path) -> None:
    """Write what was gathered as the file that was printed, byte for byte.

    Raises:
        CodesMissing, CodesDisagree: it is not whole.
        OSError: the file cannot be written.
    """
    write_durably(file, parcel.content())


def keep_parcel(desk: Desk, parcel: Parcel) -> ReceivedBundle | TakenReceipt:
    """Take what was gathered into the vault: a bundle at the relay, a receipt at the station.

    A transfer is written as a file first (`save_parcel`): what differs from here is to be chosen.

    Raises:
        WrongKind: it is a transfer.
        CodesMissing, CodesDisagree: it is not whole.
        SlipFromStranger: it is a short form, and its sender is no contact.
        UnknownForm: it is a short form, of a form that this catalogue does not have.
        BundleError, WorkflowError: as `bundles.receive_bundle` and `receipts.import_receipt`.
    """
    desk.require_writer()
    keep = _KEEPERS.get(parcel.kind.name)
    if keep is None:
        raise WrongKind
    return keep(desk, parcel.content())


def _keep_bundle(desk: Desk, data: bytes) -> ReceivedBundle:
    desk.require_relay()
    # Encrypted as it was printed: nothing in clear touches the disk.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "papier.liasse"
        file.write_bytes(data)
        return receive_bundle(desk, file)


def _keep_receipt(desk: Desk, data: bytes) -> TakenReceipt:
    desk.require_station()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "papier.accuse"
        file.write_bytes(data)
        return import_receipt(desk, file)


def _keep_application_slip(desk: Desk, data: bytes) -> ReceivedBundle:
    from exports.bundle.paper.slip import read_application_slip

    desk.require_relay()
    opened = read_application_slip(data, identity_of(desk), known_parties(desk))
    contents = filled_from_catalogue(desk, opened.contents, opened.sender)
    return keep_bundle(desk, contents, opened.sender, file_name="", sha256=opened.sha256)


def _keep_receipt_slip(desk: Desk, data: bytes) -> TakenReceipt:
    from exports.bundle.paper.slip import read_receipt_slip

    desk.require_station()
    return keep_receipt(desk, read_receipt_slip(data, identity_of(desk), known_parties(desk)))


_KEEPERS: dict[str, Callable[[Desk, bytes], ReceivedBundle | TakenReceipt]] = {
    "BUNDLE": _keep_bundle,
    "RECEIPT": _keep_receipt,
    "APPLICATION_SLIP": _keep_application_slip,
    "RECEIPT_SLIP": _keep_receipt_slip,
}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _own(desk: Desk, sha256: str) -> tuple[Kind, BundleRecord]:
    from exports.bundle.paper.code import Kind

    vault = desk.vault
    for bundle in vault.bundles.all():
        if bundle.sha256 == sha256 and bundle.direction is Direction.SENT:
            transfer = bundle.kind is BundleKind.TRANSFER
            return Kind.TRANSFER if transfer else Kind.BUNDLE, bundle
    for receipt in vault.receipts.all():
        if receipt.sha256 == sha256 and receipt.direction is Direction.SENT:
            return Kind.RECEIPT, vault.bundles.get(receipt.bundle_id)
    raise NotOwnFile


def _names(desk: Desk, bundle: BundleRecord) -> str:
    contacts = [desk.vault.contacts.find(one) for one in bundle.contact_ids]
    return ", ".join(contact.name for contact in contacts if contact is not None)


def _note_print(desk: Desk, kind: Kind, bundle: BundleRecord, pages: int, printer: str) -> None:
    from exports.bundle.paper.code import Kind

    vault = desk.vault
    word = "Dossier" if bundle.kind is BundleKind.TRANSFER else "Liasse"
    title = f"{word} {bundle.number}"
    if kind is Kind.RECEIPT:
        title = f"Accusé\u00a0: {title.lower()}"
    detail = {"title": title, "pages": str(pages), "printer": printer}
    with vault.transaction():
        if bundle.person_id is not None and vault.people.find(bundle.person_id):
            vault.journal.add(Action.PRINTED, person_id=bundle.person_id, detail=detail)
        for application_id in bundle.application_ids:
            application = vault.applications.find(application_id)
            if application is not None:
                vault.journal.add(
                    Action.PRINTED,
                    person_id=application.person_id,
                    application_id=application_id,
                    detail=detail,
                )
