"""An application that is here and in a transfer: put together answer by answer, or chosen whole.

Where both are drafts of the same form that never left, the answers of one side only are put
together, and each that differs is a choice. Otherwise one of the two is the application: its
answers are those that were signed or sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from desktop.workflows.desk import Desk
from desktop.workflows.filling.open_application import definition_of
from desktop.workflows.filling.reading import AnswerLine, answer_lines
from desktop.workflows.filling.states import EDITABLE
from desktop.workflows.relay.arrivals import keep_content
from exports.bundle.manifest import ApplicationParcel
from exports.bundle.transfer import Standing
from forms.definition import Form
from forms.errors import FormError
from forms.filling import Filling
from forms.reader import read_form
from vault.records.applications import Application

MOST_TOLD = 4
"""How many answers that differ are told beside a choice between whole applications."""


def goes_answer_by_answer(held: Application, parcel: ApplicationParcel, standing: Standing) -> bool:
    """Whether both are drafts, of the same form, that never left."""
    return (
        held.state in EDITABLE
        and held.state.value == standing.state
        and held.revision == 0
        and not standing.sent
        and (held.form_id, held.form_version) == (parcel.form_id, parcel.form_version)
    )


def answers_that_differ(
    desk: Desk, held: Application, parcel: ApplicationParcel
) -> tuple[tuple[AnswerLine, AnswerLine], ...]:
    """The answers that both sides have otherwise, here first, in the form's order."""
    return tuple(
        (here, there)
        for here, there in _pairs(desk, held, parcel)
        if here.answered and there.answered and here.text != there.text
    )


def told_beside(desk: Desk, held: Application, parcel: ApplicationParcel) -> tuple[str, str]:
    """The first answers that differ, a line each, to be told of here and of the transfer."""
    pairs = [pair for pair in _pairs(desk, held, parcel) if pair[0].text != pair[1].text]
    more = len(pairs) - MOST_TOLD
    last = f"… et {more} autre{'s' if more > 1 else ''}" if more > 0 else ""

    def lines(side: int) -> str:
        shown = [f"{pair[side].label}\u00a0: {pair[side].text}" for pair in pairs[:MOST_TOLD]]
        return "\n".join(filter(None, (*shown, last)))

    return lines(0), lines(1)


def put_together(
    desk: Desk, held: Application, parcel: ApplicationParcel, taken: Collection[str]
) -> None:
    """Complete a draft with the answers and documents that only the transfer has.

    Args:
        desk: the station.
        held: the draft that is here.
        parcel: the same that arrives.
        taken: paths of the questions in which the transfer is right.
    """
    desk.require_writer()
    vault = desk.vault
    answers = dict(held.answers)
    for path, value in parcel.answers.items():
        if path in taken or _is_none(answers.get(path)):
            answers[path] = value
    filling = Filling(definition_of(desk, held), answers, today=desk.today())
    progress = filling.progress()
    vault.applications.save_answers(
        held.id,
        answers,
        position=held.position,
        answered=progress.answered,
        total=progress.total,
    )
    here = {document.id for document in vault.documents.of_application(held.id)}
    for document in parcel.documents:
        if document.id not in here:
            keep_content(
                desk,
                document.content,
                person_id=held.person_id,
                application_id=held.id,
                request_name=document.request_name or None,
                name=document.name,
                media_type=document.media_type,
                id=document.id,
            )


def _pairs(
    desk: Desk, held: Application, parcel: ApplicationParcel
) -> Iterator[tuple[AnswerLine, AnswerLine]]:
    try:
        form = definition_of(desk, held)
        arriving = read_form(parcel.form_definition, file=f"{parcel.form_id}/form.yaml")
    except FormError:
        # Of a form that cannot be read here, nothing is told; one of the two is chosen anyway.
        return
    here, there = _lines(desk, form, held.answers), _lines(desk, arriving, parcel.answers)
    for path in dict.fromkeys((*here, *there)):
        one, other = here.get(path), there.get(path)
        some = one or other
        if some is not None:
            nothing = AnswerLine(path, some.section, some.label, "—", False)
            yield one or nothing, other or nothing


def _lines(desk: Desk, form: Form, answers: Mapping[str, Any]) -> dict[str, AnswerLine]:
    return {line.path: line for line in answer_lines(Filling(form, answers, today=desk.today()))}


def _is_none(value: object) -> bool:
    return value in (None, "", [])
