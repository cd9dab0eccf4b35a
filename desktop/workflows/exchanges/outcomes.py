"""What a receipt says of one application, taken in at the station: applied, or only noted."""

from __future__ import annotations

from dataclasses import replace

from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.reasons import reason_in
from desktop.workflows.exchanges.standing import latest_words, standing
from exports.bundle.receipt import Outcome, OutcomeKind, ReceiptContents
from vault.records.applications import ApplicationState
from vault.records.bundles import BundleRecord
from vault.records.journal import Action
from vault.records.receipts import ReceiptRecord

OUTCOME_WORDS: dict[OutcomeKind, str] = {
    OutcomeKind.FILED_ONLINE: "Déposée en ligne",
    OutcomeKind.FILED_BY_POST: "Envoyée par courrier",
    OutcomeKind.REFUSED: "Refusée par l’organisme",
    OutcomeKind.INCOMPLETE: "Incomplète, à compléter",
}

STATES: dict[OutcomeKind, ApplicationState] = {
    OutcomeKind.FILED_ONLINE: ApplicationState.FILED,
    OutcomeKind.FILED_BY_POST: ApplicationState.FILED,
    OutcomeKind.REFUSED: ApplicationState.REFUSED,
    OutcomeKind.INCOMPLETE: ApplicationState.INCOMPLETE,
}


def take_outcome(desk: Desk, bundle: BundleRecord, receipt: ReceiptRecord, outcome: Outcome) -> str:
    """Take one outcome of a receipt just kept; says in one line what came of it.

    It changes the application only if it is the one that counts: see `standing`.
    """
    desk.require_writer()
    vault = desk.vault
    application = vault.applications.get(outcome.application_id)
    if application.bundle_id != bundle.id:
        return _set_aside(desk, bundle, outcome, "version remplacée depuis, l’état ne change pas")
    receipts = vault.receipts.of_bundle(bundle.id)
    counts = standing(receipts, outcome.application_id)
    words = latest_words(receipts, outcome.application_id)
    if words[receipt.contact_id][0].id != receipt.id:
        said = "accusé plus ancien que celui déjà reçu, l’état ne change pas"
        return _set_aside(desk, bundle, outcome, said)
    if counts is None or counts[0].id == receipt.id:
        contact = vault.contacts.find(receipt.contact_id or "")
        return apply_outcome(desk, outcome, by=contact.name if contact else "")
    kept = OUTCOME_WORDS[OutcomeKind(counts[1]["result"])].lower()
    return _set_aside(desk, bundle, outcome, f"un autre relais répond «\u00a0{kept}\u00a0», gardé")


def note_receipt_again(desk: Desk, bundle: BundleRecord, contents: ReceiptContents) -> None:
    """Note, once, that a receipt already here was presented again."""
    desk.require_writer()
    said = "accusé présenté à nouveau, rien n’a changé"
    for outcome in contents.outcomes:
        lines = desk.vault.journal.of_application(outcome.application_id)
        if not any(line.detail.get("said") == said for line in lines):
            _set_aside(desk, bundle, outcome, said)


def note_arrived(desk: Desk, bundle: BundleRecord) -> str:
    """Note at the sender that the person of a transfer arrived; says it in one line."""
    desk.require_writer()
    contact = desk.vault.contacts.find(bundle.contact_ids[0])
    place = contact.name if contact is not None else ""
    desk.vault.journal.add(
        Action.TRANSFER_CONFIRMED,
        person_id=bundle.person_id,
        detail={"number": bundle.number, "to": place},
    )
    return f"le dossier est arrivé à «\u00a0{place}\u00a0»"


def apply_outcome(desk: Desk, outcome: Outcome, *, by: str = "") -> str:
    """Note at the station what became of an application; says it in one line.

    Args:
        desk: the station.
        outcome: what became of it.
        by: the relay that says so, where it is known.
    """
    desk.require_writer()
    vault = desk.vault
    application = vault.applications.get(outcome.application_id)
    vault.applications.save(
        replace(
            application,
            state=STATES[outcome.result],
            reference=outcome.reference or application.reference,
            comment=outcome.comment or None,
            outcome=outcome.result.value,
            outcome_on=outcome.date,
        )
    )
    words = OUTCOME_WORDS[outcome.result]
    reason = reason_in(outcome.comment)
    vault.journal.add(
        Action.RECEIPT_IMPORTED,
        person_id=application.person_id,
        application_id=application.id,
        detail={
            "title": application.form_title,
            "outcome": words.lower(),
            "from": by,
            **({"reason": reason.value} if reason else {}),
        },
    )
    reference = f", référence {outcome.reference}" if outcome.reference else ""
    return f"{application.form_title} : {words.lower()}{reference}"


def _set_aside(desk: Desk, bundle: BundleRecord, outcome: Outcome, said: str) -> str:
    application = desk.vault.applications.find(outcome.application_id)
    if application is None:
        return said
    words = OUTCOME_WORDS[outcome.result].lower()
    desk.vault.journal.add(
        Action.RECEIPT_SET_ASIDE,
        person_id=application.person_id,
        application_id=application.id,
        detail={
            "title": application.form_title,
            "number": bundle.number,
            "outcome": words,
            "said": said,
        },
    )
    return f"{application.form_title}\u00a0: {words} ({said})"
