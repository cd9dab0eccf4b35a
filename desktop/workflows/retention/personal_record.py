"""Everything held on one person, set to be read by them."""

from __future__ import annotations

from desktop.workflows.dates import long_day, short_moment, stored_day, stored_moment, written_day
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.outcomes import OUTCOME_WORDS
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.filling.reading import answer_lines
from desktop.workflows.filling.states import STATE_WORDS
from desktop.workflows.history import history_of_person
from desktop.workflows.names import full_name
from desktop.workflows.online.records import filing_record
from desktop.workflows.people.profiles import facts
from desktop.workflows.retention.rules import person_retention_said
from exports.bundle.receipt import OutcomeKind
from forms.errors import FormError
from vault.records.applications import Application
from vault.records.bundles import BundleRecord, Direction
from vault.records.people import Person

_EVERY_LINE = 1_000_000

Lines = list[tuple[str, str]]


def render_everything(desk: Desk, person_id: str) -> bytes:
    """All that is held on a person, as a PDF to be read.

    Raises:
        RecordNotFound: the vault has no such person.
    """
    from exports.paper.sheets.record import RecordPart, render_record

    vault = desk.vault
    person = vault.people.get(person_id)
    parts = [RecordPart("Fiche", tuple(_profile(desk, person)))]
    for application in vault.applications.of_person(person_id):
        parts.append(
            RecordPart(
                f"Démarche\u00a0: {application.form_title}",
                (*_standing(desk, application), *_answers(desk, application, person)),
            )
        )
    parts += [
        RecordPart("Pièces gardées", tuple(_documents(desk, person_id))),
        RecordPart("Transmissions", tuple(_exchanges(desk, person_id))),
        RecordPart("Ce qui a été fait", tuple(_history(desk, person_id))),
    ]
    return render_record(full_name(person), parts, place=vault.place, printed_on=desk.today())


def bundles_of(desk: Desk, person_id: str) -> list[tuple[BundleRecord, tuple[str, ...]]]:
    """The bundles in which something of a person left or came, and the contacts they were with."""
    theirs = {one.id for one in desk.vault.applications.of_person(person_id)}
    return [
        (bundle, tuple(_contact(desk, id) for id in bundle.contact_ids))
        for bundle in desk.vault.bundles.all()
        if bundle.person_id == person_id or theirs.intersection(bundle.application_ids)
    ]


def _profile(desk: Desk, person: Person) -> Lines:
    kept = desk.vault.retention.person(person.id)
    lines = [(fact.label, fact.text) for fact in facts(person.profile)]
    lines.append(("Fiche commencée", long_day(stored_day(person.created_at))))
    lines.append(("Conservation", person_retention_said(desk, person.id)))
    if kept is not None and kept.kept_reason:
        lines.append(("Gardée plus longtemps, parce que", kept.kept_reason))
    return lines


def _standing(desk: Desk, application: Application) -> Lines:
    users = desk.vault.users
    lines = [
        ("État", STATE_WORDS[application.state]),
        ("Commencée", long_day(stored_day(application.created_at))),
        ("Organisme", application.organisation or ""),
        ("Référence", application.reference or ""),
        ("Échéance", written_day(application.deadline)),
        (
            "Réponse",
            OUTCOME_WORDS[OutcomeKind(application.outcome)] if application.outcome else "",
        ),
        ("Réponse du", written_day(application.outcome_on)),
        ("Commentaire", application.comment or ""),
        ("Confiée à", users.get(application.assigned_to).name if application.assigned_to else ""),
        ("Envois", str(application.revision) if application.revision else ""),
        ("Close le", written_day(application.closed_on)),
    ]
    filing = filing_record(desk, application.id)
    if filing is not None:
        day = long_day(stored_day(filing.started_at))
        lines.append(("Déposée en ligne", f"{filing.portal}, le {day}"))
        lines += [("Dossier en ligne", str(draft.number)) for draft in filing.drafts]
    return [(label, words) for label, words in lines if words]


def _answers(desk: Desk, application: Application, person: Person) -> Lines:
    try:
        filling = filling_of(desk, application, person)
    except FormError:
        # The form is gone: the answers are shown as they are kept.
        return [(path, str(kept)) for path, kept in application.answers.items()]
    lines = [(line.label, line.text) for line in answer_lines(filling) if line.answered]
    left = filling.homeless()
    return [*lines, *((path, str(kept)) for path, kept in left.items())]


def _documents(desk: Desk, person_id: str) -> Lines:
    return [
        (
            one.name,
            f"{one.media_type}, {max(1, one.size // 1024)}\u00a0Ko, "
            f"gardée le {long_day(stored_day(one.created_at))}",
        )
        for one in desk.vault.documents.of_person(person_id)
    ]


def _exchanges(desk: Desk, person_id: str) -> Lines:
    said: Lines = []
    for bundle, contacts in bundles_of(desk, person_id):
        way = "préparée pour" if bundle.direction is Direction.SENT else "reçue de"
        with_whom = ", ".join(contacts) or "un correspondant inconnu"
        said.append(
            (
                short_moment(stored_moment(bundle.created_at)),
                f"Liasse {bundle.number}, {way} {with_whom}",
            )
        )
    for copy in desk.vault.blank_copies.of_person(person_id):
        said.append(
            (
                short_moment(stored_moment(copy.printed_at)),
                f"Formulaire vierge imprimé\u00a0: {copy.form_id}",
            )
        )
    return said


def _history(desk: Desk, person_id: str) -> Lines:
    told = history_of_person(desk, person_id, limit=_EVERY_LINE, looks=True)
    return [(one.when_and_who, one.what) for one in told]


def _contact(desk: Desk, id: str) -> str:
    contact = desk.vault.contacts.find(id)
    return contact.name if contact is not None else "correspondant inconnu"
