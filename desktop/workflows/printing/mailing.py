"""What goes with applications sent by post: covering slip, envelope, labels, list of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.errors import NobodyToWriteTo
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.names import full_name
from desktop.workflows.printing.papers import ADDRESS_TOO_LONG
from vault.records.applications import Application
from vault.records.documents import Document
from vault.records.journal import Action

if TYPE_CHECKING:
    from exports.paper.mail.joined import ListedApplication, ListedDocument
    from forms.definition import DocumentRequest
    from forms.filling import Filling

_REFERENCE = 8


@dataclass(frozen=True)
class MailPaper:
    """A paper that goes with applications, held in memory only.

    Attributes:
        title: what it is, for the print queue and the journal; it names nobody.
        pages: how many.
        applications: those it is about, by identifier.
        problem: what is to be seen before it is printed, in French; empty for nothing.
    """

    title: str
    pdf: bytes
    pages: int
    applications: tuple[str, ...]
    problem: str = ""


def recipient_of(desk: Desk, application_id: str) -> tuple[str, ...]:
    """The address that an application’s letter is written to; nothing where it is no letter."""
    from forms.letter import compose

    application = desk.vault.applications.get(application_id)
    template = desk.catalogue.letter(application.form_id)
    if template is None:
        return ()
    return _lines(compose(template, _filling(desk, application)).recipient)


def prepare_covering_slip(
    desk: Desk, application_ids: Sequence[str], recipient: Sequence[str]
) -> MailPaper:
    """The covering slip of an envelope that holds some applications.

    Raises:
        NobodyToWriteTo: no address is given.
        RecordNotFound: the vault lacks one of the applications.
    """
    from exports.paper.mail.address_blocks import holds_in_window
    from exports.paper.mail.covering_slip import render_covering_slip

    address = _required(recipient)
    pdf = render_covering_slip(
        [_listed(desk, one) for one in application_ids],
        sender=(desk.vault.place,),
        recipient=address,
        sent_on=desk.today(),
    )
    paper = _paper("Bordereau d’envoi", pdf, application_ids)
    return paper if holds_in_window(address) else replace(paper, problem=ADDRESS_TOO_LONG)


def prepare_checklist(desk: Desk, application_ids: Sequence[str]) -> MailPaper:
    """The documents of some applications, each with its state; raises `RecordNotFound`."""
    from exports.paper.mail.checklist import render_checklist

    listed = [_listed(desk, one) for one in application_ids]
    pdf = render_checklist(listed, place=desk.vault.place, printed_on=desk.today())
    return _paper("Liste des pièces", pdf, application_ids)


def prepare_envelope(
    desk: Desk,
    application_ids: Sequence[str],
    recipient: Sequence[str],
    *,
    envelope: str = "DL",
    with_sender: bool = False,
) -> MailPaper:
    """An envelope to print on.

    Args:
        desk: who sends.
        application_ids: what it will hold, for the journal.
        recipient: the lines of the address.
        envelope: the name of a format of `exports.paper.mail.envelopes`.
        with_sender: whether the office is named outside, which tells where the letter is from.

    Raises:
        NobodyToWriteTo: no address is given.
    """
    from exports.paper.mail.envelope import render_envelope
    from exports.paper.mail.envelopes import FORMATS

    chosen = next(one for one in FORMATS if one.name == envelope)
    sender = (desk.vault.place,) if with_sender else ()
    pdf = render_envelope(chosen, _required(recipient), sender=sender)
    return _paper(f"Enveloppe {chosen.name}", pdf, application_ids)


def prepare_labels(
    desk: Desk,
    application_ids: Sequence[str],
    recipient: Sequence[str] = (),
    *,
    sheet: str,
    first: int = 1,
) -> MailPaper:
    """A label for each place that some applications go to.

    Args:
        desk: where the applications are.
        application_ids: those that leave.
        recipient: the address of those that are no letters.
        sheet: the name of a sheet of `exports.paper.mail.labels`.
        first: the first label still on the sheet, from 1.

    Raises:
        NobodyToWriteTo: an application has no address.
    """
    from exports.paper.mail.labels import SHEETS, render_labels

    chosen = next(one for one in SHEETS if one.name == sheet)
    written = [recipient_of(desk, one) or _required(recipient) for one in application_ids]
    pdf = render_labels(chosen, list(dict.fromkeys(written)), first=first)
    return _paper("Étiquettes", pdf, application_ids)


def record_mail_print(
    desk: Desk, paper: MailPaper, *, printer: str, pages: int | None = None
) -> None:
    """Note that a paper, or `pages` of it, went to a printer, for each application in it."""
    printed = paper.pages if pages is None else pages
    _note(desk, paper, Action.PRINTED, {"pages": str(printed), "printer": printer})


def save_mail_paper(desk: Desk, paper: MailPaper, file: Path) -> None:
    """Write a paper in clear where the user asked, and note it in the journal first.

    Raises:
        OSError: the file cannot be written; an older file of that name is untouched.
    """
    _note(desk, paper, Action.EXPORTED_CLEAR, {})
    write_durably(file, paper.pdf)


def _note(desk: Desk, paper: MailPaper, action: Action, detail: dict[str, str]) -> None:
    with desk.vault.transaction():
        for one in paper.applications:
            desk.vault.journal.add(
                action,
                person_id=desk.vault.applications.get(one).person_id,
                application_id=one,
                detail={"title": paper.title, "pages": str(paper.pages), **detail},
            )


def _paper(title: str, pdf: bytes, application_ids: Sequence[str]) -> MailPaper:
    from exports.paper.render import page_count

    return MailPaper(title, pdf, page_count(pdf), tuple(application_ids))


def _required(recipient: Sequence[str]) -> tuple[str, ...]:
    lines = _lines(recipient)
    if not lines:
        raise NobodyToWriteTo
    return lines


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def _filling(desk: Desk, application: Application) -> Filling:
    return filling_of(desk, application, desk.vault.people.get(application.person_id))


def _listed(desk: Desk, application_id: str) -> ListedApplication:
    from exports.paper.mail.joined import ListedApplication

    application = desk.vault.applications.get(application_id)
    person = desk.vault.people.get(application.person_id)
    filling = filling_of(desk, application, person)
    joined = desk.vault.documents.of_application(application_id)
    number = filling.form.number
    return ListedApplication(
        f"{application.form_title} · {number}" if number else application.form_title,
        full_name(person),
        application.reference or application_id[:_REFERENCE].upper(),
        (*_asked(filling, joined), *_others(filling, joined)),
    )


def _asked(filling: Filling, joined: Sequence[Document]) -> list[ListedDocument]:
    """The documents that the form asks for, then those that these answers dispense with."""
    from exports.paper.mail.joined import DocumentState, ListedDocument

    def listed(request: DocumentRequest) -> ListedDocument:
        answers = [one for one in joined if one.request_name == request.name]
        if answers:
            return ListedDocument(
                request.label, DocumentState.JOINED, request.note, _pages(answers)
            )
        needed = filling.is_required(request)
        state = DocumentState.TO_ASK if needed else DocumentState.IF_POSSIBLE
        return ListedDocument(request.label, state, request.note)

    asked = filling.documents()
    names = {request.name for request in asked}
    return [
        *(listed(request) for request in asked),
        *(
            ListedDocument(request.label, DocumentState.EXEMPT)
            for request in filling.form.documents
            if request.name not in names
        ),
    ]


def _others(filling: Filling, joined: Sequence[Document]) -> list[ListedDocument]:
    from exports.paper.mail.joined import DocumentState, ListedDocument

    names = {request.name for request in filling.documents()}
    return [
        ListedDocument(f"Autre pièce : {one.name}", DocumentState.JOINED, pages=one.pages)
        for one in joined
        if one.request_name not in names
    ]


def _pages(documents: Sequence[Document]) -> int | None:
    known = [one.pages for one in documents]
    return sum(one or 0 for one in known) if all(known) else None
