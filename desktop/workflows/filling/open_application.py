"""Filling an application: each answer is in the vault before the call returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.workflows.desk import Desk
from desktop.workflows.errors import AlreadySent
from desktop.workflows.filling.states import EDITABLE, STATE_WORDS
from desktop.workflows.names import full_name
from desktop.workflows.people.profiles import change_profile
from desktop.workflows.settings.journal import note_edited
from forms.catalogue.shelf import whole_definition
from forms.definition import DocumentRequest, Form
from forms.errors import DefinitionError, UnknownForm
from forms.filling import Filling
from forms.guide import Guide
from forms.profile import PROFILE_KEYS
from forms.reader import read_form
from forms.state import ProfileChange
from forms.values import Value
from forms.versions import HomelessAnswer, carry, homeless_in_words
from vault.records.applications import Application, ApplicationState
from vault.records.documents import Document
from vault.records.journal import Action
from vault.records.people import Person


@dataclass(frozen=True)
class Kept:
    """What an answer did.

    Attributes:
        at: when the vault held it, in local time.
        changed: the paths whose state changed and must be shown anew.
    """

    at: datetime
    changed: frozenset[str]


@dataclass(frozen=True)
class RequestedDocument:
    """A supporting document the form asks for, and those already joined for it."""

    request: DocumentRequest
    joined: tuple[Document, ...]


@dataclass(frozen=True)
class FormUpdate:
    """That a draft opened under a newer version of its form, and what this changes."""

    version: str
    changes: tuple[str, ...]


class OpenApplication:
    """State: one application being filled, and its vault; answers go to both at once.

    `filling` is there to be read (sections, states, values). Every change goes through the
    methods here, so that nothing is ever on the screen that the vault does not hold.
    """

    def __init__(self, desk: Desk, application: Application, person: Person) -> None:
        self._desk = desk
        self._application = application
        self._person = person
        self._edit_noted = False
        self.form: Form = definition_of(desk, application)
        self.update: FormUpdate | None = None
        if application.definition is None and application.form_version != self.form.version:
            if desk.vault.session.may_write:
                self._carry()
            else:
                self.form = _form_begun_with(desk, application) or self.form
        self.filling = Filling(
            self.form, self._application.answers, profile=person.profile, today=desk.today()
        )

    @property
    def id(self) -> str:
        """The application's identifier."""
        return self._application.id

    @property
    def person_id(self) -> str:
        """The person it is for."""
        return self._application.person_id

    @property
    def person_line(self) -> str:
        """« Zoë ÜNAL-ŒILLET · écrou 48 213 »: who is being helped, above the form's title."""
        number = self._person.prison_number
        if not number:
            return full_name(self._person)
        shown = PROFILE_KEYS["ecrou.numero"].display(number)
        return f"{full_name(self._person)} · écrou\u00a0{shown}"

    @property
    def title(self) -> str:
        """« Demande d’élection de domicile — Cerfa 16029*01 »."""
        return f"{self.form.title} — {self.form.number}" if self.form.number else self.form.title

    @property
    def position(self) -> str | None:
        """The question path where the work stopped, if any."""
        return self._application.position

    @property
    def state(self) -> ApplicationState:
        """Where the application stands."""
        return self._application.state

    @property
    def guide(self) -> Guide:
        """Where to send it, what detention changes, what to join."""
        try:
            return self._desk.catalogue.guide(self.form.id)
        except UnknownForm:
            return Guide(())

    @property
    def editable(self) -> bool:
        """Whether answers may still change: not once it has left, nor for who only reads."""
        return self._application.state in EDITABLE and self._desk.vault.session.may_write

    def homeless(self) -> tuple[HomelessAnswer, ...]:
        """The answers that the form does not ask for any more, in words; the vault keeps them."""
        left = self.filling.homeless()
        if not left:
            return ()
        return homeless_in_words(left, _older_forms(self._desk, self.form.id))

    def type_in(self, path: str, text: str) -> Kept:
        """Keep what was typed, right or wrong.

        Raises:
            ReadOnlySession: the session only reads.
            AlreadySent: the application has left; nothing is changed.
            VaultError: the answer could not be written; it stays in `filling`.
        """
        return self._change(path, lambda: self.filling.type_in(path, text))

    def choose(self, path: str, value: Value) -> Kept:
        """Keep a chosen value: a choice's name, several names, `"OK"`, or None to clear.

        Raises:
            ReadOnlySession: the session only reads.
            AlreadySent: the application has left; nothing is changed.
            VaultError: the answer could not be written; it stays in `filling`.
        """
        return self._change(path, lambda: self.filling.set(path, value))

    def add_repeat(self, path: str) -> Kept:
        """Add one occurrence of a repeat, at the end."""

        def add() -> frozenset[str]:
            self.filling.add_repeat(path)
            return frozenset({path})

        return self._change(path, add)

    def remove_repeat(self, path: str, index: int) -> Kept:
        """Remove the occurrence of a repeat at a 1-based index, with its answers."""

        def remove() -> frozenset[str]:
            self.filling.remove_repeat(path, index)
            return frozenset({path})

        return self._change(path, remove)

    def go_to(self, path: str) -> None:
        """Remember the question being looked at: the work resumes there."""
        if self._desk.vault.session.may_write and path != self._application.position:
            self._save(path)

    def profile_changes(self) -> tuple[ProfileChange, ...]:
        """The facts answered here that differ from the person's profile."""
        return self.filling.profile_changes()

    def accept_profile_changes(self, keys: Iterable[str]) -> None:
        """Write the agreed facts into the person's profile."""
        wanted = set(keys)
        changes = {
            change.key: change.new for change in self.profile_changes() if change.key in wanted
        }
        change_profile(self._desk, self.person_id, changes)
        self._person = self._desk.vault.people.get(self.person_id)
        self.filling = Filling(
            self.form,
            self.filling.answers(),
            profile=self._person.profile,
            today=self._desk.today(),
        )

    def documents(self) -> tuple[RequestedDocument, ...]:
        """The documents asked for now, each with what was joined for it."""
        joined = self._desk.vault.documents.of_application(self.id)
        return tuple(
            RequestedDocument(
                request, tuple(one for one in joined if one.request_name == request.name)
            )
            for request in self.filling.documents()
        )

    def take_documents(self) -> None:
        """Answer the questions that a document answers with the names of those joined."""
        joined = self._desk.vault.documents.of_application(self.id)
        changed = False
        for path, question in list(self.filling.questions()):
            if not question.kind.attached:
                continue
            names = ", ".join(one.name for one in joined if one.request_name == path) or None
            if self.filling.value(path) != names:
                self.filling.set(path, names)
                changed = True
        if changed and self.editable:
            self._save(self.position or "")

    @property
    def asks_documents(self) -> bool:
        """Whether the form may ask for supporting documents."""
        return bool(self.form.documents) or any(
            question.kind.attached for question in self.form.questions()
        )

    def other_documents(self) -> tuple[Document, ...]:
        """The documents joined that the form does not ask for, or no longer."""
        asked = {request.name for request in self.filling.documents()}
        joined = self._desk.vault.documents.of_application(self.id)
        return tuple(one for one in joined if one.request_name not in asked)

    def _change(self, path: str, change: Callable[[], frozenset[str]]) -> Kept:
        self._desk.require_writer()
        if not self.editable:
            raise AlreadySent
        changed = change()
        with self._desk.vault.transaction():
            self._save(path)
            if not self._edit_noted:
                note_edited(self._desk, self.person_id, self.id, self._application.form_title)
        # Once it is kept: an answer that was refused is noted with the next.
        self._edit_noted = True
        return Kept(self._desk.now(), changed)

    def _carry(self) -> None:
        vault, old = self._desk.vault, self._application
        known = vault.forms.find(old.form_id, old.form_version)
        carried = carry(old.answers, self.form, _read(known.files, old.form_id) if known else None)
        self.update = FormUpdate(self.form.version, carried.changes)
        with vault.transaction():
            vault.forms.remember(self.form.id, self.form.version, {"form.yaml": self.form.text})
            self._application = vault.applications.save(
                replace(
                    old,
                    answers=carried.answers,
                    form_version=self.form.version,
                    form_title=self.form.title,
                )
            )
            vault.journal.add(
                Action.APPLICATION_CHANGED,
                person_id=old.person_id,
                application_id=old.id,
                detail={"title": self.form.title, "version": self.form.version},
            )

    def _save(self, position: str) -> None:
        progress = self.filling.progress()
        self._application = self._desk.vault.applications.save_answers(
            self.id,
            self.filling.answers(),
            position=position,
            answered=progress.answered,
            total=progress.total,
        )


def open_application(desk: Desk, application_id: str) -> OpenApplication:
    """Open an application where its work stopped.

    Raises:
        RecordNotFound: the vault has no such application.
    """
    application = desk.vault.applications.get(application_id)
    person = desk.vault.people.get(application.person_id)
    return OpenApplication(desk, application, person)


def correct_again(desk: Desk, application_id: str) -> None:
    """Take back a sent or answered application to complete it: it becomes « Incomplète »."""
    desk.require_station()
    vault = desk.vault
    with vault.transaction():
        application = vault.applications.get(application_id)
        state = ApplicationState.INCOMPLETE
        if application.state is state:
            return
        vault.applications.save(replace(application, state=state))
        vault.journal.add(
            Action.STATE_CHANGED,
            person_id=application.person_id,
            application_id=application_id,
            detail={"title": application.form_title, "state": STATE_WORDS[state]},
        )


def filling_of(desk: Desk, application: Application, person: Person) -> Filling:
    """The answers of an application, to be read; raises as `definition_of`."""
    return Filling(
        definition_of(desk, application),
        application.answers,
        profile=person.profile,
        today=desk.today(),
    )


def definition_of(desk: Desk, application: Application) -> Form:
    """The definition an application is read with: the one it was sent with, else the catalogue's.

    Raises:
        DefinitionError: the definition kept with it is damaged.
        UnknownForm: the catalogue no longer has it.
    """
    if application.definition is not None:
        return read_form(application.definition, file=f"{application.form_id}/form.yaml")
    try:
        return desk.catalogue.form(application.form_id)
    except UnknownForm:
        # A form taken away since: what was begun with it goes on with it.
        known = desk.vault.forms.find(application.form_id, application.form_version)
        if known is None:
            raise
        return _read(known.files, application.form_id)


def _read(files: Mapping[str, str], form_id: str) -> Form:
    return read_form(whole_definition(files), file=f"{form_id}/form.yaml")


def _form_begun_with(desk: Desk, application: Application) -> Form | None:
    known = desk.vault.forms.find(application.form_id, application.form_version)
    return _read(known.files, application.form_id) if known is not None else None


def _older_forms(desk: Desk, form_id: str) -> list[Form]:
    found = []
    for stored in desk.vault.forms.versions(form_id):
        try:
            found.append(_read(stored.files, form_id))
        except DefinitionError:
            # An old definition that this program no longer reads only served to name answers.
            continue
    return found
