"""The paper of an application: the official form filled, the letter, or a preparation sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.errors import OfficialFormNotRecognised
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.filling.states import STATE_WORDS
from desktop.workflows.names import full_name
from desktop.workflows.official.official_forms import is_print_of
from desktop.workflows.printing.letter_lines import LetterLines, letter_lines
from forms.catalogue import Catalogue
from forms.definition import Worth
from forms.filling import Filling
from forms.official import OfficialMapping
from forms.official_rows import without_row
from vault.records.applications import ApplicationState
from vault.records.journal import Action
from vault.records.people import Person

if TYPE_CHECKING:
    from exports.paper.official.filling import FilledPdf


class PaperKind(Enum):
    """What a paper is worth in front of an office."""

    OFFICIAL = "official"
    SUPERSEDED = "superseded"
    LETTER = "letter"
    SHEET = "sheet"


PAPER_WORDS: dict[PaperKind, str] = {
    PaperKind.OFFICIAL: "Formulaire officiel rempli : à signer et à envoyer.",
    PaperKind.SUPERSEDED: (
        "Formulaire officiel rempli, d’une ancienne version : à vérifier avant de l’envoyer."
    ),
    PaperKind.LETTER: "Lettre à envoyer telle quelle, après signature.",
    PaperKind.SHEET: (
        "Fiche de préparation : elle aide à remplir le formulaire officiel, "
        "mais ne le remplace pas."
    ),
}


ADDRESS_TOO_LONG = (
    "L’adresse du destinataire est trop longue pour la fenêtre d’une enveloppe. Raccourcissez-la "
    "(six lignes, de 38\u00a0signes au plus), ou prenez une enveloppe sans fenêtre."
)


@dataclass(frozen=True)
class Paper:
    """A paper ready to print, held in memory only.

    Attributes:
        kind: what it is worth.
        title: the form's title, for the window and the print queue.
        pdf: the pages.
        pages: how many.
        single_sided: whether the form demands separate sheets.
        problems: what did not fit or is not visible, one French sentence each.
        continued: which answers go on, on a sheet behind the form; one French sentence each.
        filled: how the official form was filled, where it is one.
    """

    kind: PaperKind
    title: str
    pdf: bytes
    pages: int
    single_sided: bool
    problems: tuple[str, ...]
    continued: tuple[str, ...] = ()
    filled: FilledPdf | None = None


@dataclass(frozen=True)
class Heading:
    """Whom a sheet is for, where and when it is printed; empty where nobody is named."""

    person_name: str
    birth_date: date | None
    prison_number: str
    place: str
    printed_on: date


def heading_of(desk: Desk, person: Person) -> Heading:
    """The heading of a person's sheets, printed today at this desk."""
    return Heading(
        full_name(person),
        date.fromisoformat(person.birth_date) if person.birth_date else None,
        person.prison_number or "",
        desk.vault.place,
        desk.today(),
    )


def prepare_paper(desk: Desk, application_id: str) -> Paper:
    """Set an application on paper: the best paper that can be made of it now.

    The official form where its PDF was added, a letter where the form is one, else the
    preparation sheet.

    Raises:
        RecordNotFound: the vault has no such application.
        PaperError: the official PDF kept in the vault cannot be filled.
    """
    application = desk.vault.applications.get(application_id)
    person = desk.vault.people.get(application.person_id)
    return paper_of_filling(
        desk.catalogue,
        filling_of(desk, application, person),
        official_pdf=desk.vault.official_pdfs.get(application.form_id),
        application_id=application_id,
        heading=heading_of(desk, person),
        lines=letter_lines(desk),
    )


def paper_of_filling(
    catalogue: Catalogue,
    filling: Filling,
    *,
    official_pdf: bytes | None,
    application_id: str,
    heading: Heading,
    lines: LetterLines = LetterLines.RAGGED,
) -> Paper:
    """Set a filling on paper, without any vault.

    Args:
        catalogue: where the form's official mapping and letter are.
        filling: the answers.
        official_pdf: the official form, where the user has it.
        application_id: what the code at the foot of the page names.
        heading: whom it is for, on a preparation sheet.
        lines: how those of a letter end.

    Raises:
        OfficialFormNotRecognised: the form is filled by position, and this PDF is another.
        PaperError: the official PDF cannot be filled.
    """
    from exports.paper.foreign import page_count

    form = filling.form
    mapping = catalogue.official(form.id)
    template = catalogue.letter(form.id)
    single_sided = False
    problems: tuple[str, ...] = ()
    continued: tuple[str, ...] = ()
    filled = None
    if mapping is not None and official_pdf is not None:
        filled = _filled(mapping, official_pdf, mapping.values(filling))
        kind = PaperKind.SUPERSEDED if mapping.superseded else PaperKind.OFFICIAL
        pdf, continued = _with_continuation(filled, mapping, filling, heading)
        problems = tuple(
            replace(problem, field=mapping.label_of(problem.field, form) or problem.field).message
            for problem in filled.problems
        )
        single_sided = mapping.single_sided
    elif form.worth is Worth.LETTER and template is not None:
        from exports.paper.mail.letterpaper import Alignment, render_letter, shows_in_window
        from forms.letter import compose

        kind = PaperKind.LETTER
        letter = compose(template, filling)
        problems = () if shows_in_window(letter) else (ADDRESS_TOO_LONG,)
        pdf = render_letter(
            letter,
            form=form,
            application_id=application_id,
            alignment=Alignment[lines.name],
        )
    else:
        from exports.paper.sheets.sheet import render_sheet

        kind = PaperKind.SHEET
        pdf = render_sheet(
            filling,
            application_id=application_id,
            person_name=heading.person_name,
            birth_date=heading.birth_date,
            prison_number=heading.prison_number,
            place=heading.place,
            printed_on=heading.printed_on,
            official_sections=mapping.sections if mapping is not None else (),
        )
    return Paper(kind, form.title, pdf, page_count(pdf), single_sided, problems, continued, filled)


def _filled(
    mapping: OfficialMapping, official_pdf: bytes, values: dict[str, str | bool]
) -> FilledPdf:
    if not mapping.boxes:
        from exports.paper.foreign import fill

        return fill(official_pdf, values, continuations=True)
    from exports.paper.foreign import fill_flat

    # A page without fields cannot tell that an answer was written on another form's line.
    if not is_print_of(mapping, official_pdf):
        raise OfficialFormNotRecognised
    return fill_flat(official_pdf, mapping.boxes, values, continuations=True)


def _with_continuation(
    filled: FilledPdf, mapping: OfficialMapping, filling: Filling, heading: Heading
) -> tuple[bytes, tuple[str, ...]]:
    """The form with, behind it, what its boxes and its rows could not hold; and what that is."""
    from exports.paper.foreign import with_continuation
    from exports.paper.official.continuation import ContinuedAnswer, render_continuation

    form = filling.form
    answers = [
        ContinuedAnswer(
            one.number, one.page, mapping.label_of(one.field, form) or one.field, one.text
        )
        for one in filled.continued
    ]
    told = [
        f"«\u00a0{one.question}\u00a0»\u00a0: trop long pour sa case, écrit en entier sur la "
        f"feuille ajoutée (suite n°\u00a0{one.number})."
        for one in answers
    ]
    pages = {one.field: one.page for one in filled.placed}
    last = max((one.number for one in answers), default=0)
    for number, left in enumerate(without_row(mapping, filling), last + 1):
        question = f"{left.label}, n°\u00a0{left.number}"
        answers.append(
            ContinuedAnswer(number, pages.get(left.after, 1), question, "\n".join(left.lines))
        )
        told.append(
            f"«\u00a0{question}\u00a0»\u00a0: le formulaire n’a plus de ligne, écrit en entier sur "
            f"la feuille ajoutée (suite n°\u00a0{number})."
        )
    if not answers:
        return filled.pdf, ()
    sheet = render_continuation(
        answers,
        title=form.title,
        number=form.number,
        person_name=heading.person_name,
        prison_number=heading.prison_number,
        place=heading.place,
        printed_on=heading.printed_on,
    )
    return with_continuation(filled.pdf, sheet), tuple(dict.fromkeys(told))


def wants_separate_sheets(desk: Desk, application_id: str) -> bool:
    """Whether the official form of an application is never printed on both sides."""
    mapping = desk.catalogue.official(desk.vault.applications.get(application_id).form_id)
    return mapping is not None and mapping.single_sided


def record_print(
    desk: Desk, application_id: str, paper: Paper, *, printer: str, pages: int | None = None
) -> None:
    """Note that a paper went to a printer; a complete draft becomes « À signer ».

    Printed in part, or by somebody who only reads, it stays a draft.

    Args:
        desk: who printed.
        application_id: whose paper it is.
        paper: what was printed.
        printer: its name.
        pages: how many were printed, where not all.
    """
    printed = paper.pages if pages is None else pages
    vault = desk.vault
    with vault.transaction():
        application = vault.applications.get(application_id)
        vault.journal.add(
            Action.PRINTED,
            person_id=application.person_id,
            application_id=application_id,
            detail={
                "title": application.form_title,
                "pages": str(printed),
                "printer": printer,
            },
        )
        whole = printed == paper.pages
        drafted = whole and application.state is ApplicationState.DRAFT
        if vault.session.may_write and drafted and _complete(desk, application_id):
            state = ApplicationState.TO_SIGN
            vault.applications.save(replace(application, state=state))
            vault.journal.add(
                Action.STATE_CHANGED,
                person_id=application.person_id,
                application_id=application_id,
                detail={"title": application.form_title, "state": STATE_WORDS[state]},
            )


def save_paper(
    desk: Desk, application_id: str, paper: Paper, file: Path, *, flat: bool = False
) -> None:
    """Write a paper in clear where the user asked, and note it in the journal first.

    Args:
        desk: where the vault is.
        application_id: whose paper it is.
        paper: what to write.
        file: where.
        flat: whether its answers become part of the page, so that nobody types over them.

    Raises:
        OSError: the file cannot be written; an older file of that name is untouched.
    """
    vault = desk.vault
    application = vault.applications.get(application_id)
    vault.journal.add(
        Action.EXPORTED_CLEAR,
        person_id=application.person_id,
        application_id=application_id,
        detail={"title": application.form_title, "pages": str(paper.pages)},
    )
    write_durably(file, flattened(paper) if flat else paper.pdf)


def flattened(paper: Paper) -> bytes:
    """A paper whose answers are part of the page."""
    from exports.paper.foreign import flatten

    return flatten(paper.pdf)


def _complete(desk: Desk, application_id: str) -> bool:
    application = desk.vault.applications.get(application_id)
    person = desk.vault.people.get(application.person_id)
    return not filling_of(desk, application, person).problems()
