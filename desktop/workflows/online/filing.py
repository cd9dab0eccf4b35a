"""Filing online at a relay: prepare, show, send once.

The portal creates a draft at each request it receives, and says nothing of what it drops. So what
leaves is shown before; the vault notes the attempt before and after; and an attempt that ended
without a clear answer is never repeated without the user's word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.receipts import take_up
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.online.errors import (
    DraftAlreadySent,
    ExampleProcedure,
    FilingUndecided,
    NoOnlineFiling,
    ProcedureClosed,
)
from desktop.workflows.online.procedures import (
    kept_schema,
    network_permission,
    online_filing,
)
from desktop.workflows.online.records import (
    Attempt,
    FilingRecord,
    SentDraft,
    filing_record,
    keep_record,
    note_filing,
)
from desktop.workflows.relay.arrivals import FORM_DOCUMENT
from exports.online.client import PrefillClient
from exports.online.dossier import DossierState, Draft
from exports.online.errors import OnlineError, OutcomeUnknown
from exports.online.permission import NetworkPermission, Portal
from exports.online.preparation import Preparation, prepare
from forms.online import OnlineStatus, Procedure
from vault.records.journal import Action

N = "\u00a0"


@dataclass(frozen=True)
class PreparedFiling:
    """What would be sent for an application, to be shown before.

    Attributes:
        status: whether the procedure is an example, to verify, or verified.
        legal_basis: the address of the law that the procedure names; empty where it names none.
        schema_read_on: the day the procedure was last read, ISO 8601; empty if never.
        to_join: the documents of the application: no file can be sent, a person joins them.
        record: what was done before, if anything.
    """

    application_id: str
    title: str
    procedure: Procedure
    status: OnlineStatus
    preparation: Preparation
    schema_read_on: str
    to_join: tuple[str, ...]
    record: FilingRecord | None
    legal_basis: str = ""


def prepare_filing(desk: Desk, application_id: str) -> PreparedFiling:
    """Prepare an application's draft; nothing is sent and no network is used.

    Raises:
        NotARelay: the vault is a station's.
        RecordNotFound: the vault has no such application.
        NoOnlineFiling: no procedure is known for its form.
        ProcedureClosed: its description says that it takes no drafts.
        DefinitionError: the mapping or the definition has a fault.
    """
    desk.require_relay()
    vault = desk.vault
    application = vault.applications.get(application_id)
    filing = online_filing(desk, application.form_id)
    if filing.procedure is None:
        raise NoOnlineFiling
    kept = kept_schema(desk, application.form_id)
    if kept is not None and not kept.schema.open:
        raise ProcedureClosed
    filling = filling_of(desk, application, vault.people.get(application.person_id))
    documents = vault.documents.of_application(application_id)
    return PreparedFiling(
        application_id,
        application.form_title,
        filing.procedure,
        filing.status,
        prepare(filing.procedure, filling, kept.schema if kept else None),
        kept.read_on if kept else "",
        tuple(one.name for one in documents if one.request_name != FORM_DOCUMENT),
        filing_record(desk, application_id),
        kept.schema.legal_basis if kept else "",
    )


def client_of(
    desk: Desk, prepared: PreparedFiling, permission: NetworkPermission | None = None
) -> PrefillClient:
    """The client by which a prepared filing leaves.

    Raises:
        NotARelay: the vault is a station's.
        ExampleProcedure: the procedure is invented, and no practice portal is permitted.
        AddressNotAllowed: its address is on no permitted portal.
    """
    desk.require_relay()
    permission = permission or network_permission(desk)
    return PrefillClient(permission, portal_of(desk, prepared, permission))


def portal_of(
    desk: Desk, prepared: PreparedFiling, permission: NetworkPermission | None = None
) -> Portal:
    """The portal of a prepared filing; raises as `client_of`."""
    desk.require_relay()
    permission = permission or network_permission(desk)
    if prepared.status is not OnlineStatus.EXAMPLE:
        return permission.portal_of(prepared.procedure.address)
    practice = next((one for one in permission.portals if one.practice), None)
    if practice is None:
        raise ExampleProcedure
    return practice


def send_filing(
    desk: Desk, prepared: PreparedFiling, client: PrefillClient, *, decided: bool = False
) -> SentDraft:
    """Send what was shown, once.

    Args:
        desk: the relay.
        prepared: what was shown.
        client: of `client_of`.
        decided: the user was asked, and creates a draft although one exists or may exist.

    Raises:
        NotARelay: the vault is a station's.
        FilingUndecided: an earlier attempt has no known end, and `decided` is False.
        DraftAlreadySent: a draft is there, and `decided` is False.
        ExampleProcedure: the procedure is invented, and this is no practice portal.
        OutcomeUnknown: it left and no clear answer came; the record says so.
        OnlineError: nothing was created.
    """
    desk.require_writer()
    desk.require_relay()
    _refuse_elsewhere(prepared, client.portal)
    record = _begin(desk, prepared, client.portal, decided=decided)
    try:
        draft = client.create(prepared.preparation.number, prepared.preparation.payload)
    except OutcomeUnknown:
        _end(desk, prepared, replace(record, attempt=Attempt.UNKNOWN), "sans réponse claire")
        raise
    except OnlineError:
        _end(desk, prepared, replace(record, attempt=Attempt.NOT_SENT), "rien n’a été créé")
        raise
    except BaseException:
        # Interrupted by the user or by the system: what left is not known.
        _end(desk, prepared, replace(record, attempt=Attempt.UNKNOWN), "interrompu")
        raise
    return _keep_draft(desk, prepared, record, draft)


def _refuse_elsewhere(prepared: PreparedFiling, portal: Portal) -> None:
    if prepared.status is OnlineStatus.EXAMPLE and not portal.practice:
        raise ExampleProcedure


def _begin(desk: Desk, prepared: PreparedFiling, portal: Portal, *, decided: bool) -> FilingRecord:
    # On the device before anything leaves: a power cut during the request is found again. Looked
    # at and written in one transaction: two clicks never send twice.
    with desk.vault.transaction():
        before = filing_record(desk, prepared.application_id)
        if before is not None and not decided:
            if before.undecided:
                raise FilingUndecided
            draft = before.draft
            if draft is not None and draft.state is not DossierState.GONE:
                raise DraftAlreadySent(draft.number)
        record = FilingRecord(
            prepared.application_id,
            portal.address,
            prepared.preparation.number,
            Attempt.SENDING,
            desk.now().isoformat(timespec="seconds"),
            _earlier(before, portal.address, prepared.preparation.number),
        )
        keep_record(desk, record)
        count = len(prepared.preparation.sent)
        note_filing(desk, prepared.application_id, Action.DRAFT_SENDING, f"{count} réponses")
    return record


def _earlier(before: FilingRecord | None, portal: str, number: int) -> tuple[SentDraft, ...]:
    same = before is not None and (before.portal, before.procedure) == (portal, number)
    return before.drafts if before is not None and same else ()


def _end(desk: Desk, prepared: PreparedFiling, record: FilingRecord, said: str) -> None:
    with desk.vault.transaction():
        keep_record(desk, record)
        note_filing(desk, prepared.application_id, Action.DRAFT_ENDED, said)


def _keep_draft(
    desk: Desk, prepared: PreparedFiling, record: FilingRecord, draft: Draft
) -> SentDraft:
    created = desk.now().isoformat(timespec="seconds")
    sent = SentDraft(draft.number, draft.token, draft.url, created)
    kept = replace(record, attempt=Attempt.SENT, drafts=(sent, *record.drafts))
    with desk.vault.transaction():
        _end(desk, prepared, kept, f"brouillon n°{N}{draft.number} créé")
        take_up(desk, prepared.application_id)
    return sent
