"""Reading an application without changing it: its answers in words, its documents, its story."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.workflows.dates import long_day, stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.outcomes import OUTCOME_WORDS
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.filling.states import STATE_TONES, STATE_WORDS, Tone
from desktop.workflows.history import HistoryLine, history_of_application
from desktop.workflows.names import full_name
from desktop.workflows.relay.arrivals import FORM_DOCUMENT
from exports.bundle.receipt import OutcomeKind
from forms.definition import Kind
from forms.filling import Filling
from forms.guide import Guide
from forms.values import display
from vault.records.applications import ApplicationState
from vault.records.documents import Document


@dataclass(frozen=True)
class AnswerLine:
    """One answer in words, under its section.

    Attributes:
        text: as displayed, « — » when the question has no answer.
    """

    path: str
    section: str
    label: str
    text: str
    answered: bool


@dataclass(frozen=True)
class ReadApplication:
    """All that is read of one application."""

    id: str
    title: str
    person: str
    summary: str
    state: ApplicationState
    chip: str
    tone: Tone
    bundle_id: str | None
    outcome: str
    lines: tuple[AnswerLine, ...]
    documents: tuple[Document, ...]
    form_document: Document | None
    history: tuple[HistoryLine, ...]
    guide: Guide | None


def read_application(desk: Desk, application_id: str) -> ReadApplication:
    """Gather an application as a reader needs it, in the form's order.

    Raises:
        RecordNotFound: the vault has no such application.
        DefinitionError: the definition kept with it is damaged.
    """
    vault = desk.vault
    application = vault.applications.get(application_id)
    person = vault.people.get(application.person_id)
    filling = filling_of(desk, application, person)
    documents = vault.documents.of_application(application_id)
    joined = tuple(one for one in documents if one.request_name != FORM_DOCUMENT)
    form_document = next((one for one in documents if one.request_name == FORM_DOCUMENT), None)
    count = len(joined)
    return ReadApplication(
        id=application.id,
        title=application.form_title,
        person=full_name(person),
        summary=(
            f"{full_name(person)} · {count or 'aucune'} pièce{'s' if count > 1 else ''} · "
            f"{'reçue' if desk.is_relay else 'commencée'} le "
            f"{long_day(stored_day(application.created_at))}"
        ),
        state=application.state,
        chip=STATE_WORDS[application.state],
        tone=STATE_TONES[application.state],
        bundle_id=application.bundle_id,
        outcome=(OUTCOME_WORDS[OutcomeKind(application.outcome)] if application.outcome else ""),
        lines=answer_lines(filling),
        documents=joined,
        form_document=form_document,
        history=history_of_application(desk, application_id),
        guide=_guide(desk, application.form_id),
    )


def answer_lines(filling: Filling) -> tuple[AnswerLine, ...]:
    """The relevant questions of a filling with their answers in words, in the form's order."""
    sections = filling.sections()
    lines = []
    for path, question in filling.questions():
        if question.kind is Kind.NOTE or not question.kind.shown or not question.label:
            continue
        if not filling.state(path).relevant:
            continue
        text = display(question, filling.value(path))
        section = next((one.label for one in sections if _within(path, one.path)), "")
        lines.append(AnswerLine(path, section, question.label, text or "—", bool(text)))
    return tuple(lines)


def _within(path: str, section: str) -> bool:
    return path.startswith((f"{section}/", f"{section}["))


def _guide(desk: Desk, form_id: str) -> Guide | None:
    # A relay may receive a form that its own catalogue does not have.
    if any(entry.id == form_id for entry in desk.catalogue.entries()):
        return desk.catalogue.guide(form_id)
    return None
