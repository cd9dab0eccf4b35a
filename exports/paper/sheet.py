"""The sheet of a filling: every section and answer of any form, well set on A4."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table

from exports.paper.code import PageCode
from exports.paper.lettering import (
    BAND,
    BODY,
    HEADING,
    LABEL,
    LINE,
    NBSP,
    NOTICE,
    OVERLINE,
    PLACEHOLDER,
    SMALL,
    STRONG,
    SUBHEADING,
    TITLE,
    said,
    unprintable,
)
from exports.paper.numbering import sections
from exports.paper.page import INNER_WIDTH, typeset
from exports.paper.pen import SignatureBox, TickLine
from forms.definition import Form, Kind, Node, Question, Repeat, Worth
from forms.filling import Filling, ProblemKind
from forms.values import display

_LABEL_WIDTH = 64 * mm
# A table's row cannot break over two pages: a longer answer stands under its question.
_LONGEST_IN_A_ROW = 320
_MOST_LINES_IN_A_ROW = 6
_NOBODY = "—"


def render_sheet(
    filling: Filling,
    *,
    application_id: str,
    person_name: str,
    place: str,
    printed_on: date,
    birth_date: date | None = None,
    prison_number: str = "",
) -> bytes:
    """Set the answers of a filling as a PDF, in the form's order.

    Args:
        filling: the answers; those not relevant are left out, those missing shown « — ».
        application_id: what the code at the foot names.
        person_name: whom it is for; empty when nobody is named.
        place: the establishment.
        printed_on: the day.
        birth_date: the person's, where known.
        prison_number: the person's, where known.
    """
    form = filling.form
    person = {
        "Personne": person_name,
        "Date de naissance": birth_date.strftime("%d/%m/%Y") if birth_date else "",
        "Numéro d’écrou": prison_number,
        "Établissement": place,
        "Imprimé le": printed_on.strftime("%d/%m/%Y"),
    }
    story: list[Flowable] = [
        said(_OVERLINES[form.worth], OVERLINE),
        said(form.title, TITLE),
        *([said(form.number, BODY)] if form.number else []),
        Spacer(0, 7),
        _person_band({label: value for label, value in person.items() if value}),
        Spacer(0, 7),
        said(worth_in_words(form), NOTICE),
        *(said(text, LABEL) for text in _notices(filling)),
    ]
    relevant = {section.path: section.relevant for section in filling.sections()}
    for section in sections(form):
        block: list[Flowable] = []
        for node in section.nodes:
            if relevant.get(node.path, True):
                block += _node(filling, node, node.path)
        story += _headed(f"{section.number}.{NBSP}{NBSP}{section.label}", HEADING, block)
    # The end stays in one piece: a signature alone on a page signs nothing.
    story.append(KeepTogether([*_documents(filling), Spacer(0, 10), SignatureBox(_RELUE)]))
    return typeset(
        form.title,
        story,
        foot=foot_of(form),
        head=" · ".join(part for part in (form.title, person_name) if part),
        mark=f"Démarche {application_id}" if application_id else "",
        code=lambda page: PageCode("A", application_id, form.id, form.version, page),
    )


def foot_of(form: Form) -> str:
    """What the foot of a form's pages says: its title, and its number where it has one."""
    return f"{form.title} · {form.number}" if form.number else form.title


def worth_in_words(form: Form) -> str:
    """What a sheet of ours is worth: it never passes for a form an office would accept."""
    if form.worth is Worth.LETTER:
        return (
            "Réponses qui composent la lettre. C’est la lettre, une fois signée, qui est envoyée."
        )
    number = f" ({form.number})" if form.number else ""
    return (
        f"Fiche de préparation{NBSP}: ce n’est pas le formulaire officiel{number}. "
        "Elle aide à le remplir."
    )


_OVERLINES = {
    Worth.OFFICIAL: "FICHE DE PRÉPARATION",
    Worth.PREPARATION: "FICHE DE PRÉPARATION",
    Worth.LETTER: "FICHE DE RÉPONSES",
}
_RELUE = "Réponses relues par la personne."


def _notices(filling: Filling) -> Iterator[str]:
    problems = filling.problems()
    missing = sum(problem.kind is ProblemKind.MISSING for problem in problems)
    wrong = len(problems) - missing
    left = [f"{missing} à compléter"] if missing else []
    left += [f"{wrong} à corriger"] if wrong else []
    if left:
        yield f"Réponses qui restent{NBSP}: {' et '.join(left)}."
    written = "".join(filling.typed(path) for path, _ in filling.questions())
    if unprintable(written):
        yield (
            f"Le signe «{NBSP}{PLACEHOLDER}{NBSP}» tient la place d’un caractère qui ne peut pas "
            f"être imprimé ici{NBSP}: complétez à la main."
        )


def _person_band(facts: dict[str, str]) -> Flowable:
    columns = len(facts) or 1
    band = Table(
        [
            [said(label, SMALL) for label in facts] or [""],
            [said(value, STRONG if number == 0 else BODY)
             for number, value in enumerate(facts.values())] or [""],
        ],
        colWidths=_shares(list(facts.values()), columns),
    )  # fmt: skip
    band.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, -1), BAND),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, 0), 6),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 0),
            ("TOPPADDING", (0, 1), (-1, 1), 1),
            ("BOTTOMPADDING", (0, 1), (-1, 1), 8),
        ]
    )
    return band


def _shares(values: list[str], columns: int) -> list[float]:
    weights = [min(max(len(value), 11), 30) for value in values] or [1] * columns
    return [INNER_WIDTH * weight / sum(weights) for weight in weights]


def _node(filling: Filling, node: Node, path: str) -> list[Flowable]:
    """The rows of a node; a group inside a section gets a smaller heading."""
    if isinstance(node, Question):
        return _row(filling, node, path)
    top = node.path.count("/") == 2
    if isinstance(node, Repeat):
        count = filling.count(path)
        if not count:
            return [_pair(node.label, _NOBODY)] if top else []
        story: list[Flowable] = []
        for number in range(1, count + 1):
            label = f"{node.label}, n°{NBSP}{number}"
            story += _headed(label, SUBHEADING, _children(filling, node, f"{path}[{number}]"))
        return story
    block = _children(filling, node, path)
    return block if top else _headed(node.label, SUBHEADING, block)


def _children(filling: Filling, node: Node, path: str) -> list[Flowable]:
    assert not isinstance(node, Question)
    story: list[Flowable] = []
    for child in node.children:
        story += _node(filling, child, f"{path}/{child.name}")
    return story


def _headed(label: str, style: object, block: list[Flowable]) -> list[Flowable]:
    if not block:
        return []
    # A heading never stays alone at the foot of a page.
    return [CondPageBreak(26 * mm), said(label, style), *block]


def _row(filling: Filling, question: Question, path: str) -> list[Flowable]:
    state = filling.state(path)
    if not state.relevant or not question.label:
        return []
    if question.kind is Kind.NOTE:
        return [said(question.label, SMALL), Spacer(0, 4)]
    answer = display(question, filling.value(path)) or filling.typed(path)
    if state.problem is not None and state.problem.kind is ProblemKind.INVALID:
        answer += f" (à corriger{NBSP}: {state.problem.message})"
    elif state.problem is not None:
        answer = f"{answer or _NOBODY} (à compléter)"
    if len(answer) > _LONGEST_IN_A_ROW or answer.count("\n") >= _MOST_LINES_IN_A_ROW:
        label = said(question.label, LABEL)
        label.keepWithNext = True
        return [Spacer(0, 4), label, said(answer), Spacer(0, 6)]
    return [_pair(question.label, answer or _NOBODY)]


def _pair(label: str, answer: str) -> Flowable:
    row = Table(
        [[said(label, LABEL), said(answer)]],
        colWidths=[_LABEL_WIDTH, INNER_WIDTH - _LABEL_WIDTH],
    )
    row.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            # The label's smaller letters stand on the line of the answer's.
            ("TOPPADDING", (0, 0), (0, 0), 3.6),
            ("TOPPADDING", (1, 0), (1, 0), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ]
    )
    return row


def _documents(filling: Filling) -> list[Flowable]:
    requests = filling.documents()
    if not requests:
        return []
    items = [
        TickLine(
            request.label + ("" if filling.is_required(request) else " (si possible)"),
            request.note,
        )
        for request in requests
    ]
    return [said("Pièces à joindre", HEADING), *items]
