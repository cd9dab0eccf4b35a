"""Sending a bundle on paper alone: encrypted, set as codes, and noted as sent, in one step."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.codes.bundles import print_application, print_bundle
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.bundles import proposed_file_name, send_bundle
from desktop.workflows.telling import Told, say_nothing

if TYPE_CHECKING:
    from exports.bundle.paper.printing import PrintedCodes


@dataclass(frozen=True)
class SentOnPaper:
    """A bundle that leaves as pages."""

    number: str
    applications: int
    recipients: tuple[str, ...]
    printed: PrintedCodes


def send_form_on_paper(
    desk: Desk, application_id: str, contact_id: str, *, to_unverified: bool = False
) -> SentOnPaper:
    """Set one application on paper with its « code relais »: the form itself is the bundle.

    Its documents stay on paper, and the form's words in clear, as on any form.

    Raises:
        TooLongForForm: the answers do not fit: send the whole bundle on paper instead.
        WorkflowError, PaperError: as `paper_bundles.print_application`.
    """
    from exports.bundle.paper.printing import PrintedCodes
    from exports.paper.render import page_count

    made = print_application(
        desk, application_id, contact_id, to_unverified=to_unverified, printer="papier"
    )
    name = desk.vault.contacts.get(contact_id).name
    printed = PrintedCodes(made.pdf, page_count(made.pdf), made.codes, 0)
    return SentOnPaper(made.number, 1, (name,), printed)


def send_on_paper(
    desk: Desk,
    application_ids: Sequence[str],
    contact_ids: Sequence[str],
    *,
    to_unverified: bool = False,
    with_older_keys: bool = False,
    progress: Told = say_nothing,
) -> SentOnPaper:
    """Set applications as pages of codes for contacts; nothing is noted where they do not fit.

    Raises:
        TooLongForPaper: it would fill too many pages; leave documents out.
        WorkflowError, BundleError, OSError: as `bundles.send_bundle`.
    """
    from exports.bundle.paper.cutting import longest_file
    from exports.bundle.paper.errors import TooLongForPaper

    desk.require_writer()
    desk.require_station()
    documents = [one for id in application_ids for one in desk.vault.documents.of_application(id)]
    if sum(one.size for one in documents) > longest_file():
        raise TooLongForPaper
    # Encrypted as it will be printed: nothing in clear touches the disk.
    with tempfile.TemporaryDirectory() as folder, desk.vault.transaction():
        file = Path(folder) / proposed_file_name(desk)
        sent = send_bundle(
            desk,
            application_ids,
            contact_ids,
            file,
            to_unverified=to_unverified,
            with_older_keys=with_older_keys,
            progress=progress,
        )
        printed = print_bundle(desk, file, printer="papier")
    return SentOnPaper(sent.number, sent.applications, sent.recipients, printed)
