"""Blank forms for the cell: for anybody, or with what is known already printed in its boxes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.names import full_name
from forms.catalogue import Catalogue
from forms.definition import Form, Question, Repeat, walk
from forms.filling import Filling
from forms.values import Value
from vault.records.blank_copies import BlankCopy
from vault.records.journal import Action
from vault.records.people import Person

if TYPE_CHECKING:
    from exports.paper.blank.geometry import BlankGeometry

# Crockford's letters: none is taken for another when a copy's name is read aloud.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 3, 4


@dataclass(frozen=True)
class BlankPaper:
    """A blank copy ready to print, held in memory only.

    Attributes:
        title: the form's title, for the window and the print queue.
        copy_id: what the code on each page names, and what a person may read aloud.
        geometry: where its boxes lie.
        person_id, application_id: whom and what it is for; None for anybody.
    """

    title: str
    copy_id: str
    pdf: bytes
    geometry: BlankGeometry
    person_id: str | None = None
    application_id: str | None = None

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.geometry.pages


@dataclass(frozen=True)
class BlankPage:
    """A page that this vault printed, as its code tells."""

    copy: BlankCopy
    geometry: BlankGeometry
    page: int


def new_copy_id() -> str:
    """A new name for a copy: « 8XK4-9Q2M-7TRD », 60 random bits."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


def prepare_blank(desk: Desk, form_id: str, *, language: str = "") -> BlankPaper:
    """A blank form for anybody, with a second language under the French where one is given.

    Raises:
        UnknownForm: the catalogue has no such form.
        UnknownLanguage: the form is not translated into it.
    """
    return _blank(desk, desk.catalogue.form(form_id), language=language)


def prepare_blank_for_person(
    desk: Desk, form_id: str, person_id: str, *, language: str = ""
) -> BlankPaper:
    """A blank form with what a person's profile tells printed in it; nothing is begun.

    Raises:
        UnknownForm: the catalogue has no such form.
        UnknownLanguage: the form is not translated into it.
        RecordNotFound: the vault has no such person.
    """
    form, person = desk.catalogue.form(form_id), desk.vault.people.get(person_id)
    filling = Filling(form, profile=person.profile, today=desk.today())
    return _blank(desk, form, printed=_known(filling, person), person=person, language=language)


def prepare_blank_for_application(
    desk: Desk, application_id: str, *, language: str = ""
) -> BlankPaper:
    """An application as far as it is filled, the rest open for a pen.

    Raises:
        RecordNotFound: the vault has no such application.
        UnknownLanguage: the form is not translated into it.
    """
    application = desk.vault.applications.get(application_id)
    person = desk.vault.people.get(application.person_id)
    filling = filling_of(desk, application, person)
    return _blank(
        desk,
        filling.form,
        printed=_answered(filling),
        person=person,
        application_id=application_id,
        language=language,
    )


def help_sheet_of(catalogue: Catalogue, form_id: str, *, language: str) -> bytes:
    """The sheet that explains a form in a language: what is asked, what a signature means.

    Raises:
        UnknownForm: the catalogue has no such form.
        UnknownLanguage: the form is not translated into it.
    """
    from exports.paper.blank.help_sheet import render_help_sheet

    return render_help_sheet(catalogue.form(form_id), catalogue.guide(form_id), language=language)


def record_blank_print(
    desk: Desk, paper: BlankPaper, *, printer: str, pages: int | None = None
) -> None:
    """Keep where the boxes of a copy lie; note that it, or `pages` of it, went to a printer."""
    desk.require_writer()
    printed = paper.pages if pages is None else pages
    with desk.vault.transaction():
        _keep(desk, paper)
        desk.vault.journal.add(
            Action.BLANK_PRINTED,
            person_id=paper.person_id,
            application_id=paper.application_id,
            detail={"title": paper.title, "pages": str(printed), "printer": printer},
        )


def save_blank(desk: Desk, paper: BlankPaper, file: Path) -> None:
    """Write a copy where the user asked, and keep and note it first.

    Raises:
        OSError: the file cannot be written; an older file of that name is untouched.
    """
    desk.require_writer()
    with desk.vault.transaction():
        _keep(desk, paper)
        desk.vault.journal.add(
            Action.EXPORTED_CLEAR,
            person_id=paper.person_id,
            application_id=paper.application_id,
            detail={"title": paper.title, "pages": str(paper.pages)},
        )
    write_durably(file, paper.pdf)


def find_blank(desk: Desk, code: str) -> BlankPage | None:
    """The page that a code at its foot names; None for a page that this vault never printed.

    Args:
        desk: where the page is read.
        code: the text of the code, as a scanner gives it.
    """
    from exports.paper.blank.code import parse_code
    from exports.paper.blank.geometry import read_geometry
    from exports.paper.blank.page_seal import is_sealed_by

    read = parse_code(code)
    if read is None or read.kind != "V" or not is_sealed_by(read, desk.vault.blank_copies.key()):
        return None
    copy = desk.vault.blank_copies.find(read.id)
    if copy is None:
        return None
    return BlankPage(copy, read_geometry(copy.sidecar), read.page)


def _blank(
    desk: Desk,
    form: Form,
    *,
    printed: dict[str, Value] | None = None,
    person: Person | None = None,
    application_id: str | None = None,
    language: str = "",
) -> BlankPaper:
    from exports.paper.blank.form import render_blank

    # Where its boxes lie is kept when it is printed, to read it back.
    desk.require_writer()
    copy_id = new_copy_id()
    blank = render_blank(
        form,
        copy_id=copy_id,
        key=desk.vault.blank_copies.key(),
        printed=printed,
        person_name=full_name(person) if person else "",
        language=language,
    )
    return BlankPaper(
        form.title,
        copy_id,
        blank.pdf,
        blank.geometry,
        person.id if person else None,
        application_id,
    )


def _keep(desk: Desk, paper: BlankPaper) -> None:
    desk.vault.blank_copies.add(
        paper.copy_id,
        paper.geometry.form_id,
        paper.geometry.version,
        person_id=paper.person_id,
        application_id=paper.application_id,
        sidecar=paper.geometry.to_json().decode(),
    )


def _answered(filling: Filling) -> dict[str, Value]:
    """Every answer that stands, by path."""
    return {
        path: filling.value(path)
        for path, question in filling.questions()
        if question.kind.asked and filling.state(path).relevant and filling.value(path) is not None
    }


def _known(filling: Filling, person: Person) -> dict[str, Value]:
    """The answers that the profile gives: a default is not known, and ink cannot be taken back."""
    lists = tuple(
        f"{node.path}/"
        for node in walk(filling.form.children)
        if isinstance(node, Repeat) and node.profile in person.profile
    )
    return {
        path: value
        for path, value in _answered(filling).items()
        if _is_known(filling.question(path), person, lists)
    }


def _is_known(question: Question, person: Person, lists: tuple[str, ...]) -> bool:
    if question.path.startswith(lists):
        return question.default is None
    return question.profile in person.profile
