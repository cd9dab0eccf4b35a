"""Applications: starting one, listing them, moving one from state to state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from desktop.workflows.dates import short_day, stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.filling.states import STATE_TONES, STATE_WORDS, WAITING_HERE, Tone
from desktop.workflows.names import sorted_name
from forms.catalogue import Entry
from forms.definition import Worth
from forms.filling import Filling
from vault.records.applications import Application, ApplicationState
from vault.records.journal import Action
from vault.records.search import fold


@dataclass(frozen=True)
class ApplicationRow:
    """One application in a list.

    Attributes:
        subtitle: form number, organisation or bundle, in words.
        person: « ÜNAL-ŒILLET Zoë ».
        chip: the state in words, with progress for a draft (« Brouillon 11/26 »).
        when: the last change or the deadline, in words.
    """

    id: str
    person_id: str
    person: str
    title: str
    subtitle: str
    state: ApplicationState
    chip: str
    tone: Tone
    when: str


class FormHeading(Enum):
    """Under which heading the catalogue shows a form, in their order."""

    FORMS = "Formulaires"
    LETTERS = "Lettres"
    LOCAL = "Ajoutés sur ce poste"


@dataclass(frozen=True)
class FormEntry:
    """One form of the catalogue, as proposed for a new application.

    Attributes:
        languages: those it is translated into.
    """

    id: str
    title: str
    number: str
    summary: str
    worth: str
    heading: FormHeading
    languages: tuple[str, ...] = ()


WORTH_WORDS: dict[Worth, str] = {
    Worth.OFFICIAL: "formulaire officiel rempli",
    Worth.LETTER: "lettre envoyée telle quelle",
    Worth.PREPARATION: "fiche de préparation",
}


def list_forms(desk: Desk) -> tuple[FormEntry, ...]:
    """The forms of the catalogue, in alphabetical order of their titles."""
    return tuple(
        FormEntry(
            entry.id,
            entry.title,
            entry.number,
            entry.summary,
            WORTH_WORDS[entry.worth],
            _heading(entry),
            entry.languages,
        )
        for entry in desk.catalogue.entries()
    )


def find_forms(desk: Desk, typed: str) -> tuple[FormEntry, ...]:
    """The forms whose title, number or summary hold each word typed; accents do not count."""
    words = fold(typed).split()
    return tuple(
        entry
        for entry in list_forms(desk)
        if all(word in fold(f"{entry.title} {entry.number} {entry.summary}") for word in words)
    )


def _heading(entry: Entry) -> FormHeading:
    if entry.local:
        return FormHeading.LOCAL
    return FormHeading.LETTERS if entry.worth is Worth.LETTER else FormHeading.FORMS


def start_application(desk: Desk, person_id: str, form_id: str) -> str:
    """Start an application for a person, prefilled from their profile; return its identifier.

    Raises:
        NotAStation: the vault is a relay's.
        UnknownForm: the catalogue has no such form.
        RecordNotFound: the vault has no such person.
    """
    desk.require_station()
    vault = desk.vault
    form = desk.catalogue.form(form_id)
    with vault.transaction():
        person = vault.people.get(person_id)
        filling = Filling(form, profile=person.profile, today=desk.today())
        application = vault.applications.add(
            person_id=person_id,
            form_id=form.id,
            form_version=form.version,
            form_title=form.title,
            answers=filling.answers(),
        )
        # The definition it begins with: a later version is compared with it.
        vault.forms.remember(form.id, form.version, {"form.yaml": form.text})
        vault.journal.add(
            Action.APPLICATION_STARTED,
            person_id=person_id,
            application_id=application.id,
            detail={"title": form.title},
        )
    return application.id


def set_state(desk: Desk, application_id: str, state: ApplicationState) -> None:
    """Move an application to a state and note it in the journal; the same state does nothing."""
    vault = desk.vault
    with vault.transaction():
        application = vault.applications.get(application_id)
        if application.state is state:
            return
        vault.applications.save(replace(application, state=state))
        vault.journal.add(
            Action.STATE_CHANGED,
            person_id=application.person_id,
            application_id=application_id,
            detail={"title": application.form_title, "state": STATE_WORDS[state]},
        )


def rows_of_person(desk: Desk, person_id: str) -> tuple[ApplicationRow, ...]:
    """A person's applications, the last changed first."""
    return _rows(desk, desk.vault.applications.of_person(person_id))


def list_applications(
    desk: Desk,
    *,
    states: Iterable[ApplicationState] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[ApplicationRow, ...]:
    """The applications of the vault in some states (all when None), the last changed first.

    Args:
        desk: whose.
        states: those wanted.
        limit: how many at most; None for all.
        offset: how many of the first to leave out.
    """
    return _rows(desk, desk.vault.applications.all(states=states, limit=limit, offset=offset))


def applications_of(desk: Desk, ids: Iterable[str]) -> tuple[ApplicationRow, ...]:
    """Some applications, in the order of their identifiers; those that are gone are left out."""
    found = (desk.vault.applications.find(one) for one in ids)
    return _rows(desk, [one for one in found if one is not None])


def count_applications(desk: Desk, states: Iterable[ApplicationState]) -> int:
    """How many applications of the vault are in some states."""
    counts = desk.vault.applications.counts_by_state()
    return sum(counts.get(state, 0) for state in states)


def waiting_here(desk: Desk) -> int:
    """How many applications wait for a step of this desk."""
    return count_applications(desk, WAITING_HERE)


def _rows(desk: Desk, applications: Iterable[Application]) -> tuple[ApplicationRow, ...]:
    names: dict[str, str] = {}
    numbers = {entry.id: entry.number for entry in desk.catalogue.entries()}
    rows = []
    for application in applications:
        if application.person_id not in names:
            names[application.person_id] = sorted_name(desk.vault.people.get(application.person_id))
        rows.append(
            ApplicationRow(
                id=application.id,
                person_id=application.person_id,
                person=names[application.person_id],
                title=application.form_title,
                subtitle=_subtitle(desk, application, numbers.get(application.form_id, "")),
                state=application.state,
                chip=_chip(application),
                tone=STATE_TONES[application.state],
                when=_when(application, desk.today()),
            )
        )
    return tuple(rows)


def _subtitle(desk: Desk, application: Application, number: str) -> str:
    if application.reference:
        return f"référence {application.reference}"
    if application.state is ApplicationState.INCOMPLETE and application.comment:
        return application.comment
    if application.bundle_id:
        bundle = desk.vault.bundles.get(application.bundle_id)
        return f"liasse n°\u00a0{bundle.number}"
    return " · ".join(part for part in (number, application.organisation) if part)


def _chip(application: Application) -> str:
    word = STATE_WORDS[application.state]
    if application.state is ApplicationState.DRAFT and application.total:
        return f"{word} {application.answered}/{application.total}"
    return word


def _when(application: Application, today: date) -> str:
    if application.deadline and application.state in WAITING_HERE:
        return f"avant le {short_day(date.fromisoformat(application.deadline), today=today)}"
    return short_day(stored_day(application.updated_at), today=today)
