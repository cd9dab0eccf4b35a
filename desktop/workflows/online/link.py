"""A prefilled link: where no draft can be created, the browser opens what was answered."""

from __future__ import annotations

from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.receipts import take_up
from desktop.workflows.online.filing import PreparedFiling, portal_of
from desktop.workflows.online.records import note_filing
from exports.online.link import PrefilledLink, prefilled_link
from exports.online.permission import NetworkPermission
from vault.records.journal import Action


def link_of(
    desk: Desk, prepared: PreparedFiling, permission: NetworkPermission | None = None
) -> PrefilledLink:
    """The link that opens a procedure with what was prepared; nothing is opened.

    Raises:
        NotARelay: the vault is a station's.
        ExampleProcedure: the procedure is invented, and no practice portal is permitted.
        AddressNotAllowed: its address is on no permitted portal.
        NothingToPrefill: no answer goes in a field of the procedure.
    """
    portal = portal_of(desk, prepared, permission)
    return prefilled_link(portal, prepared.procedure.address, prepared.preparation.payload)


def note_link(desk: Desk, prepared: PreparedFiling) -> None:
    """Note that the link is about to be opened: what it holds leaves this program.

    Raises:
        NotARelay: the vault is a station's.
    """
    desk.require_writer()
    desk.require_relay()
    count = len(prepared.preparation.sent)
    with desk.vault.transaction():
        said = f"lien ouvert dans le navigateur, {count} réponses"
        note_filing(desk, prepared.application_id, Action.DRAFT_SENDING, said)
        take_up(desk, prepared.application_id)
