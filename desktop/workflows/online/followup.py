"""A draft followed on the portal by its token, and what its state means for the receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.receipts import record_outcome
from desktop.workflows.online.errors import NotFiledYet, NothingToFollow
from desktop.workflows.online.procedures import client_for
from desktop.workflows.online.records import (
    FilingRecord,
    SentDraft,
    filing_record,
    filing_records,
    keep_record,
    note_filing,
)
from exports.bundle.receipt import OutcomeKind
from exports.online.dossier import DossierState
from exports.online.errors import (
    OnlineError,
    PortalBusy,
    PortalSilent,
    PortalUnreachable,
    ProxyUnusable,
)
from exports.online.permission import NetworkPermission
from vault.records.applications import ApplicationState
from vault.records.journal import Action

N = "\u00a0"

STATE_SAID: dict[DossierState, str] = {
    DossierState.PREFILLED: "brouillon, que personne n’a encore repris",
    DossierState.BROUILLON: "repris par un compte, pas encore déposé",
    DossierState.EN_CONSTRUCTION: "déposé",
    DossierState.EN_INSTRUCTION: "déposé, en instruction",
    DossierState.ACCEPTE: "accepté",
    DossierState.REFUSE: "refusé",
    DossierState.SANS_SUITE: "classé sans suite",
    DossierState.GONE: "inconnu du portail, sans doute effacé",
}
"""The portal's states in words."""


@dataclass(frozen=True)
class ProposedOutcome:
    """What the portal's state means for the station's receipt."""

    kind: OutcomeKind
    on: date
    reference: str
    comment: str


@dataclass(frozen=True)
class FollowedFiling:
    """How a filing stands.

    Attributes:
        said: the state in words, with the time left for an unclaimed draft.
        outcome: what may be recorded; None while nothing was submitted.
        new: whether that outcome was not recorded yet.
    """

    application_id: str
    draft: SentDraft
    said: str
    outcome: ProposedOutcome | None
    new: bool


def follow_filing(
    desk: Desk, application_id: str, permission: NetworkPermission | None = None
) -> FollowedFiling:
    """Ask the portal how an application's draft stands; needs no sign-in, only the token.

    Raises:
        NotARelay: the vault is a station's.
        NothingToFollow: no draft is known.
        AddressNotAllowed: the portal is no longer permitted.
        OnlineError: try again later; nothing is changed.
    """
    desk.require_writer()
    desk.require_relay()
    record = filing_record(desk, application_id)
    if record is None or not record.drafts:
        raise NothingToFollow
    client = client_for(desk, record.portal, permission)
    found = client.follow(record.procedure, [one.token for one in record.drafts])
    at = desk.now().isoformat(timespec="seconds")
    before = record.draft
    record = replace(
        record, drafts=tuple(one.followed(found[one.token], at) for one in record.drafts)
    )
    draft = record.draft
    assert draft is not None and before is not None, "there is a draft to follow"
    with desk.vault.transaction():
        keep_record(desk, record)
        if draft.state is not before.state:
            note_filing(desk, application_id, Action.DRAFT_FOLLOWED, STATE_SAID[draft.state])
    return _followed(desk, record, draft)


@dataclass(frozen=True)
class FollowedAll:
    """What asking for every open filing did.

    Attributes:
        asked: how many the portal answered for.
        changed: how many stand otherwise than before.
        problem: what stopped it, or why one was not answered, in French; empty for neither.
    """

    asked: int
    changed: int
    problem: str


def open_filings(desk: Desk) -> tuple[str, ...]:
    """The applications with a draft that no office has decided on, and that is not gone."""
    return tuple(
        application_id
        for application_id, record in filing_records(desk).items()
        if record.draft is not None
        and not record.draft.state.final
        and record.draft.state is not DossierState.GONE
    )


def follow_all(
    desk: Desk,
    permission: NetworkPermission | None = None,
    *,
    progress: Callable[[int, int], None] = lambda done, found: None,
    go_on: Callable[[], bool] = lambda: True,
) -> FollowedAll:
    """Ask how every open filing stands, one after another; what was answered is kept.

    Args:
        desk: the relay.
        permission: another than the relay's own, for tests.
        progress: told how many were asked, and how many there are.
        go_on: asked before each; False stops.

    Raises:
        NotARelay: the vault is a station's.
    """
    from desktop.workflows.sentences import sentence

    desk.require_writer()
    desk.require_relay()
    waiting = open_filings(desk)
    asked = changed = 0
    problem = ""
    for application_id in waiting:
        if not go_on():
            break
        progress(asked, len(waiting))
        before = filing_status(desk, application_id)
        try:
            after = follow_filing(desk, application_id, permission)
        except (PortalUnreachable, PortalSilent, PortalBusy, ProxyUnusable) as error:
            # The next would fare no better.
            return FollowedAll(asked, changed, sentence(error))
        except OnlineError as error:
            problem = sentence(error)
            continue
        asked += 1
        changed += before is None or before.draft.state is not after.draft.state
    return FollowedAll(asked, changed, problem)


def filing_status(desk: Desk, application_id: str) -> FollowedFiling | None:
    """How a filing stood when last followed, the days left counted to now; no network is used."""
    record = filing_record(desk, application_id)
    if record is None or record.draft is None:
        return None
    return _followed(desk, record, record.draft)


def record_followed(desk: Desk, application_id: str) -> ProposedOutcome:
    """Record, for the receipt, what the portal's state means; the same state twice does nothing.

    Raises:
        NotARelay: the vault is a station's.
        NothingToFollow: no draft is known.
        NotFiledYet: nobody has submitted it.
    """
    desk.require_writer()
    desk.require_relay()
    record = filing_record(desk, application_id)
    draft = record.draft if record else None
    if record is None or draft is None:
        raise NothingToFollow
    outcome = _outcome(desk, draft)
    if outcome is None:
        raise NotFiledYet
    if record.recorded == draft.state.value:
        return outcome
    with desk.vault.transaction():
        record_outcome(
            desk,
            application_id,
            outcome.kind,
            on=outcome.on,
            reference=outcome.reference,
            comment=outcome.comment,
        )
        if draft.state is DossierState.ACCEPTE:
            _accept(desk, application_id)
        keep_record(desk, replace(record, recorded=draft.state.value))
    return outcome


def _followed(desk: Desk, record: FilingRecord, draft: SentDraft) -> FollowedFiling:
    said = STATE_SAID[draft.state]
    life = draft.life(desk.now())
    if life is not None:
        said += (
            f"{N}; le portail l’a peut-être déjà effacé"
            if life.over
            else f"{N}; à reprendre dans les {life.words}"
        )
    outcome = _outcome(desk, draft)
    new = outcome is not None and record.recorded != draft.state.value
    return FollowedFiling(record.application_id, draft, said, outcome, new)


def _outcome(desk: Desk, draft: SentDraft) -> ProposedOutcome | None:
    if not draft.state.submitted:
        return None
    refused = draft.state in (DossierState.REFUSE, DossierState.SANS_SUITE)
    moment = (draft.processed_at if draft.state.final else "") or draft.submitted_at
    comment = {
        DossierState.EN_INSTRUCTION: "En instruction.",
        DossierState.ACCEPTE: "Acceptée par l’administration.",
        DossierState.SANS_SUITE: "Classée sans suite.",
    }.get(draft.state, "")
    return ProposedOutcome(
        OutcomeKind.REFUSED if refused else OutcomeKind.FILED_ONLINE,
        _day(moment) or desk.today(),
        f"dossier n°{N}{draft.number}",
        comment,
    )


def _day(moment: str) -> date | None:
    try:
        return datetime.fromisoformat(moment).astimezone().date()
    except ValueError:
        return None


def _accept(desk: Desk, application_id: str) -> None:
    from desktop.workflows.filling.applications import set_state

    set_state(desk, application_id, ApplicationState.ACCEPTED)
