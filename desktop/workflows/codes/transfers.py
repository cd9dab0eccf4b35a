"""A person’s file that leaves as pages of codes, and its receipt that comes back the same way."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.codes.bundles import print_bundle
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.receipts import proposed_receipt_name
from desktop.workflows.telling import Told, say_nothing
from desktop.workflows.transfers.arrivals import confirm_arrival
from desktop.workflows.transfers.sending import SentTransfer, proposed_transfer_name, send_person

if TYPE_CHECKING:
    from exports.bundle.paper.printing import PrintedCodes


def send_person_on_paper(
    desk: Desk,
    person_id: str,
    contact_id: str,
    *,
    with_older_keys: bool = False,
    progress: Told = say_nothing,
) -> tuple[SentTransfer, PrintedCodes]:
    """Set a person's file as pages of codes; nothing is noted where it does not fit.

    Raises:
        TooLongForPaper: it would fill too many pages, with its documents.
        WorkflowError, BundleError, OSError: as `transfers.send_person`.
    """
    from exports.bundle.paper.cutting import longest_file
    from exports.bundle.paper.errors import TooLongForPaper

    desk.require_writer()
    desk.require_station()
    if sum(one.size for one in desk.vault.documents.of_person(person_id)) > longest_file():
        raise TooLongForPaper
    # Encrypted as it will be printed: nothing in clear touches the disk.
    with tempfile.TemporaryDirectory() as folder, desk.vault.transaction():
        file = Path(folder) / proposed_transfer_name(desk)
        sent = send_person(
            desk, person_id, contact_id, file, with_older_keys=with_older_keys, progress=progress
        )
        return sent, print_bundle(desk, file, printer="papier")


def confirm_on_paper(
    desk: Desk, bundle_id: str, *, with_older_keys: bool = False
) -> tuple[str, PrintedCodes]:
    """Set the receipt of a transfer as a page of codes; the name of the station it is for.

    Raises:
        WorkflowError, OSError: as `transfer_arrivals.confirm_arrival`.
    """
    desk.require_writer()
    with tempfile.TemporaryDirectory() as folder, desk.vault.transaction():
        file = Path(folder) / proposed_receipt_name(desk, bundle_id)
        name = confirm_arrival(desk, bundle_id, file, with_older_keys=with_older_keys)
        return name, print_bundle(desk, file, printer="papier")
