"""What a slip leaves out and this vault adds; and the receipt that is typed by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop.workflows.desk import Desk
from desktop.workflows.errors import NoSuchSentApplication
from desktop.workflows.exchanges.outcomes import OUTCOME_WORDS, apply_outcome
from desktop.workflows.names import full_name
from desktop.workflows.printing.papers import Heading, paper_of_filling
from exports.bundle.identity import Party
from exports.bundle.manifest import BundleContents
from exports.bundle.receipt import Outcome
from forms.filling import Filling
from vault.records.applications import Application
from vault.records.bundles import Direction


@dataclass(frozen=True)
class TypedOutcome:
    """What a typed receipt says, to be confirmed before it is kept.

    Attributes:
        line: « Zoë ÜNAL-ŒILLET, Élection de domicile : déposée en ligne le 24/11/2026, … ».
    """

    application_id: str
    line: str


def filled_from_catalogue(desk: Desk, contents: BundleContents, sender: Party) -> BundleContents:
    """A slip's contents with the form of this catalogue, and the paper set anew from the answers.

    Raises:
        UnknownForm: the catalogue does not have the form.
        PaperError: the official PDF kept in the vault cannot be filled.
    """
    (parcel,) = contents.applications
    form = desk.catalogue.form(parcel.form_id)
    person = parcel.person
    name = f"{person.get('given_names', '')} {person.get('family_name', '').upper()}".strip()
    paper = paper_of_filling(
        desk.catalogue,
        Filling(form, parcel.answers, today=desk.today()),
        official_pdf=desk.vault.official_pdfs.get(form.id),
        application_id=parcel.id,
        heading=Heading(
            name,
            _day(person.get("birth_date", "")),
            person.get("prison_number", ""),
            sender.name,
            desk.today(),
        ),
    )
    whole = replace(parcel, form_definition=form.text, pdf=paper.pdf)
    return replace(contents, applications=(whole,))


def preview_typed_receipt(desk: Desk, text: str) -> TypedOutcome:
    """What a typed line says, in words, for the user to confirm: nothing proves who wrote it.

    Raises:
        NotAStation: the vault is a relay's.
        SlipMistyped: it is no such line, or was mistyped.
        NoSuchSentApplication: no application sent from here has this identifier, or two have.
    """
    application, outcome = _typed(desk, text)
    person = desk.vault.people.get(application.person_id)
    day = date.fromisoformat(outcome.date).strftime("%d/%m/%Y")
    reference = f", référence {outcome.reference}" if outcome.reference else ""
    words = OUTCOME_WORDS[outcome.result].lower()
    line = f"{full_name(person)}, {application.form_title} : {words} le {day}{reference}"
    return TypedOutcome(application.id, line)


def take_typed_receipt(desk: Desk, text: str) -> str:
    """Note the outcome that a typed line gives; says it in one line, raises as the preview.

    The same line twice changes nothing and says so.
    """
    desk.require_writer()
    application, outcome = _typed(desk, text)
    noted = (application.outcome, application.outcome_on, application.reference or "")
    if noted == (outcome.result.value, outcome.date, outcome.reference):
        return f"{application.form_title}\u00a0: déjà notée, rien n’a changé"
    with desk.vault.transaction():
        return apply_outcome(desk, outcome)


def _typed(desk: Desk, text: str) -> tuple[Application, Outcome]:
    from exports.bundle.paper.typed_receipt import parse_receipt_line

    desk.require_station()
    typed = parse_receipt_line(text)
    vault = desk.vault
    sent = {
        one
        for bundle in vault.bundles.all()
        if bundle.direction is Direction.SENT
        for one in bundle.application_ids
        if one.startswith(typed.short_id)
    }
    application = vault.applications.find(sent.pop()) if len(sent) == 1 else None
    if application is None:
        raise NoSuchSentApplication
    outcome = Outcome(
        application.id,
        typed.result,
        typed.date.isoformat(),
        typed.reference,
        "Accusé tapé à la main.",
    )
    return application, outcome


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
