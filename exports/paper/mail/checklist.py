"""The checklist of documents: what is joined, what is still to ask for, what need not be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from exports.paper.blank.pen import DottedLine, TickLine
from exports.paper.lettering.styles import BODY, HEADING, LABEL, NBSP, OVERLINE, SMALL, TITLE, said
from exports.paper.mail.joined import DocumentState, ListedApplication, ListedDocument
from exports.paper.sheets.page import typeset
from exports.paper.sheets.tags import Role, Tag


def render_checklist(
    applications: Sequence[ListedApplication], *, place: str, printed_on: date
) -> bytes:
    """Set the documents of some applications, each with its state in words.

    Args:
        applications: those gathered for.
        place: the office.
        printed_on: the day.
    """
    story: list[Flowable] = [
        said("PIÈCES À RÉUNIR", OVERLINE),
        said("Liste des pièces", TITLE),
        said(f"{place}, le {printed_on:%d/%m/%Y}.", LABEL),
        said("Une croix dans la case dit que la pièce est déjà jointe.", SMALL),
    ]
    for application in applications:
        story += [
            CondPageBreak(40 * mm),
            said(f"{application.person} — {application.title}", HEADING),
            said(_whole(application.documents), LABEL),
            Spacer(0, 3),
        ]
        items = Tag(Role.LIST)
        for document in application.documents:
            story += _line(document, items)
    return typeset("Liste des pièces", story, foot="Liste des pièces", head="Liste des pièces")


def _line(document: ListedDocument, items: Tag) -> list[Flowable]:
    words = document.state.value
    if document.pages:
        words += f", {document.pages}{NBSP}page{'s' if document.pages > 1 else ''}"
    label = f"{document.label} — {words}"
    joined = document.state is DocumentState.JOINED
    line = TickLine(label, document.note, style=BODY, ticked=joined, items=items)
    if document.state in (DocumentState.TO_ASK, DocumentState.IF_POSSIBLE):
        return [line, DottedLine("Demandée à", "le"), Spacer(0, 6)]
    return [line, Spacer(0, 2)]


def _whole(documents: Sequence[ListedDocument]) -> str:
    if not documents:
        return "Aucune pièce n’est demandée."
    joined = sum(one.state is DocumentState.JOINED for one in documents)
    to_ask = sum(one.state is DocumentState.TO_ASK for one in documents)
    return f"{joined} jointe{'s' if joined > 1 else ''}, {to_ask} à demander."
