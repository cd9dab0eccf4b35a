"""What a relay owes each station: the receipts of all its bundles, in one file or one print."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.codes.bundles import print_receipt
from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.errors import NoOutcomeToSend, OlderKeys
from desktop.workflows.exchanges.contacts import identity_of, known_parties, older_keys
from desktop.workflows.exchanges.receipts import (
    MAXIMUM_RECEIPT_SIZE,
    TakenReceipt,
    keep_receipt,
    note_receipt,
    receipt_of,
)
from vault.records.bundles import BundleKind, BundleRecord, Direction
from vault.records.receipts import ReceiptRecord

if TYPE_CHECKING:
    from exports.bundle.paper.printing import PrintedCodes


@dataclass(frozen=True)
class StationRow:
    """A station that waits for answers.

    Attributes:
        bundles: the numbers of its bundles with an outcome that no receipt says yet.
        outcomes: how many there are.
        waiting: how many of its applications have no outcome yet.
    """

    contact_id: str
    name: str
    bundles: tuple[str, ...]
    outcomes: int
    waiting: int


@dataclass(frozen=True)
class WrittenReceipts:
    """Receipts written for one station."""

    name: str
    bundles: tuple[str, ...]
    outcomes: int


def stations_to_answer(desk: Desk) -> tuple[StationRow, ...]:
    """The stations for which an outcome was recorded since their last receipt.

    Raises:
        NotARelay: the vault is a station's.
    """
    desk.require_relay()
    rows = []
    for contact in desk.vault.contacts.all():
        bundles = _bundles_of(desk, contact.id)
        answered = _answered(desk, bundles)
        news = [one for one in answered if _news(desk, one)]
        if news:
            waiting = sum(len(one.application_ids) for one in bundles)
            waiting -= sum(len(_outcomes(desk, one)) for one in answered)
            outcomes = sum(len(_news(desk, one)) for one in news)
            numbers = tuple(one.number for one in news)
            rows.append(StationRow(contact.id, contact.name, numbers, outcomes, waiting))
    return tuple(rows)


def write_station_receipts(
    desk: Desk, contact_id: str, file: Path, *, with_older_keys: bool = False
) -> WrittenReceipts:
    """Write, in one `.accuse` file, a receipt for each bundle of a station that has news.

    Raises:
        NotARelay: the vault is a station's.
        NoOutcomeToSend: nothing is new since the last receipts.
        RevokedContact: nothing is written to the station any more.
        OlderKeys: some keys are post-quantum, others are not, and `with_older_keys` is False.
        OSError: the file cannot be written; nothing is noted as written.
    """
    from exports.bundle.receipt import write_receipt
    from exports.bundle.receipt_group import write_group

    desk.require_writer()
    bundles = _to_answer(desk, contact_id)
    older = older_keys(desk, [contact_id])
    if older and not with_older_keys:
        raise OlderKeys(older)
    identity = identity_of(desk)
    written = []
    for bundle in bundles:
        contents, station = receipt_of(desk, bundle.id)
        written.append((contents, write_receipt(contents, identity, [station], mixed=bool(older))))
    write_durably(file, write_group([data for _, data in written]))
    with desk.vault.transaction():
        for contents, data in written:
            note_receipt(desk, contents, data)
    return _told(desk, contact_id, bundles, sum(len(one.outcomes) for one, _ in written))


def print_station_receipts(
    desk: Desk, contact_id: str, *, typed: bool = False
) -> tuple[WrittenReceipts, PrintedCodes]:
    """Set a receipt for each bundle of a station that has news as pages of one code each.

    Args:
        desk: the relay.
        contact_id: the station.
        typed: add, in clear, the lines that a station without a scanner types by hand.

    Raises:
        NotARelay, NoOutcomeToSend, RevokedContact: as `write_station_receipts`.
        TooLongForPaper: one does not fit in a code: write the file instead.
    """
    desk.require_writer()
    bundles = _to_answer(desk, contact_id)
    with desk.vault.transaction():
        outcomes = sum(len(_news(desk, one)) for one in bundles)
        pages = [print_receipt(desk, one.id, typed=typed) for one in bundles]
    return _told(desk, contact_id, bundles, outcomes), _together(pages)


def import_receipts(desk: Desk, file: Path) -> tuple[TakenReceipt, ...]:
    """Take in every receipt of a file: one, or a station's group; all of them or none.

    Raises:
        NotAStation, BundleError, WorkflowError, OSError: as `receipts.import_receipt`.
    """
    from exports.bundle.errors import BundleTooLarge
    from exports.bundle.receipt import read_receipt
    from exports.bundle.receipt_group import MOST_BYTES, read_group

    desk.require_writer()
    desk.require_station()
    if file.stat().st_size > MOST_BYTES:
        raise BundleTooLarge
    receipts = read_group(file.read_bytes())
    if any(len(one) > MAXIMUM_RECEIPT_SIZE for one in receipts):
        raise BundleTooLarge
    identity, known = identity_of(desk), known_parties(desk)
    opened = [read_receipt(one, identity, known) for one in receipts]
    with desk.vault.transaction():
        return tuple(keep_receipt(desk, one) for one in opened)


def proposed_receipts_name(desk: Desk) -> str:
    """« accuses-2026-11-24.accuse »: it names nobody."""
    return f"accuses-{desk.today().isoformat()}.accuse"


def _bundles_of(desk: Desk, contact_id: str) -> list[BundleRecord]:
    return [
        bundle
        for bundle in desk.vault.bundles.all()
        if bundle.direction is Direction.RECEIVED
        and bundle.kind is BundleKind.APPLICATIONS
        and contact_id in bundle.contact_ids
    ]


def _answered(desk: Desk, bundles: list[BundleRecord]) -> list[BundleRecord]:
    """Those with an outcome at all: of a thousand bundles, few are looked at one by one."""
    known = desk.vault.applications.with_outcome()
    return [one for one in bundles if known.intersection(one.application_ids)]


def _to_answer(desk: Desk, contact_id: str) -> list[BundleRecord]:
    desk.require_relay()
    answered = _answered(desk, _bundles_of(desk, contact_id))
    bundles = [one for one in answered if _news(desk, one)]
    if not bundles:
        raise NoOutcomeToSend
    return bundles


def _outcomes(desk: Desk, bundle: BundleRecord) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for id in bundle.application_ids:
        one = desk.vault.applications.find(id)
        if one is not None and one.outcome and one.bundle_id == bundle.id:
            day = one.outcome_on or ""
            found[id] = (one.outcome, day, one.reference or "", one.comment or "")
    return found


def _news(desk: Desk, bundle: BundleRecord) -> dict[str, tuple[str, ...]]:
    sent = [
        one for one in desk.vault.receipts.of_bundle(bundle.id) if one.direction is Direction.SENT
    ]
    said = _said(sent[-1]) if sent else {}
    now = _outcomes(desk, bundle)
    return {id: outcome for id, outcome in now.items() if said.get(id) != outcome}


def _said(receipt: ReceiptRecord) -> dict[str, tuple[str, ...]]:
    return {
        one["application_id"]: (one["result"], one["date"], one["reference"], one["comment"])
        for one in receipt.outcomes
    }


def _told(
    desk: Desk, contact_id: str, bundles: list[BundleRecord], outcomes: int
) -> WrittenReceipts:
    contact = desk.vault.contacts.get(contact_id)
    return WrittenReceipts(contact.name, tuple(one.number for one in bundles), outcomes)


def _together(printed: list[PrintedCodes]) -> PrintedCodes:
    import pikepdf

    from exports.bundle.paper.printing import PrintedCodes as Printed

    if len(printed) == 1:
        return printed[0]
    out = io.BytesIO()
    with pikepdf.new() as whole:
        for one in printed:
            with pikepdf.open(io.BytesIO(one.pdf)) as pages:
                whole.pages.extend(pages.pages)
        whole.save(out)
    return Printed(
        out.getvalue(),
        sum(one.pages for one in printed),
        sum(one.codes for one in printed),
        0,
    )
