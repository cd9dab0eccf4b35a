"""The sheet of a filling: every section and answer of any form, well set on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table

from exports.paper.blank.code import PageCode
from exports.paper.blank.pen import SignatureBox, TickLine
from exports.paper.lettering.styles import (
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
    text_width,
    unprintable,
)
from exports.paper.sheets.numbering import Section, sections
from exports.paper.sheets.page import INNER_WIDTH, grid, typeset
from exports.paper.sheets.tags import Role, Tag
from forms.definition import Form, Kind, Node, Question, Repeat, Worth
from forms.filling import Filling
from forms.official_sections import OfficialSection
from forms.state import ProblemKind
from forms.values import display

_LABEL_WIDTH = 64 * mm
# A table's row cannot break over two pages: a longer answer stands under its question.
_LONGEST_IN_A_ROW = 320
_MOST_LINES_IN_A_ROW = 6
_ROWS_WITH_SIGNATURE = 3
_UNANSWERED = "—"
_WIDEST_FACT = 60 * mm
_FACT = BODY.clone("fact", fontSize=10, leading=13)
_OFFICIAL = OVERLINE.clone("official", fontSize=9.5, leading=12, spaceBefore=14)
_WHO = STRONG.clone("who", fontSize=10, leading=13)


def render_sheet(
    filling: Filling,
    *,
    application_id: str,
    person_name: str,
    place: str,
    printed_on: date,
    birth_date: date | None = None,
    prison_number: str = "",
    official_sections: Sequence[OfficialSection] = (),
) -> bytes:
    """Set the answers of a filling as a PDF, in the official form's order where it is known.

    Args:
        filling: the answers; those not relevant are left out, those missing shown « — ».
        application_id: what the code at the foot names.
        person_name: whom it is for; empty when nobody is named.
        place: the establishment.
        printed_on: the day.
        birth_date: the person's, where known.
        prison_number: the person's, where known.
        official_sections: the headings of the official form, in its order; empty for ours alone.
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
    for heading, under in _in_official_order(sections(form), official_sections):
        blocks: list[Flowable] = []
        for section in under:
            blocks += _section(filling, section)
        if heading and blocks:
            story += [CondPageBreak(34 * mm), said(heading, _OFFICIAL)]
        story += blocks
    end = [*_documents(filling), Spacer(0, 10), SignatureBox(_RELUE)]
    story.append(KeepTogether([*_take_last_rows(story), *end]))
    return typeset(
        form.title,
        story,
        foot=foot_of(form),
        head=" · ".join(part for part in (form.title, person_name) if part),
        mark=f"Démarche {application_id}" if application_id else "",
        code=lambda page: PageCode("A", application_id, form.id, form.version, page),
    )


def _in_official_order(
    ours: Sequence[Section], official: Sequence[OfficialSection]
) -> list[tuple[str, list[Section]]]:
    """Our sections under the headings of the official form; those it lacks come last."""
    if not official:
        return [("", list(ours))]
    left = list(ours)
    ordered: list[tuple[str, list[Section]]] = []
    for one in official:
        under = [section for section in ours if section.nodes[0].name in one.groups]
        under.sort(key=lambda section, names=one.groups: names.index(section.nodes[0].name))  # type: ignore[misc]  # bound now
        left = [section for section in left if section not in under]
        ordered.append((f"Sur le formulaire{NBSP}: «{NBSP}{one.heading}{NBSP}»", under))
    return [*ordered, ("Sans rubrique à ce nom sur le formulaire", left)]


def _section(filling: Filling, section: Section) -> list[Flowable]:
    relevant = {one.path: one.relevant for one in filling.sections()}
    block: list[Flowable] = []
    for node in section.nodes:
        if relevant.get(node.path, True):
            block += _node(filling, node, node.path)
    return _headed(f"{section.number}.{NBSP}{NBSP}{section.label}", HEADING, block)


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


def _take_last_rows(story: list[Flowable]) -> list[Flowable]:
    # The end stays in one piece: a signature alone on a page signs nothing.
    taken: list[Flowable] = []
    while len(taken) < _ROWS_WITH_SIGNATURE and isinstance(story[-1], Table):
        taken.insert(0, story.pop())
    if taken and getattr(story[-1], "style", None) in (HEADING, SUBHEADING):
        taken.insert(0, story.pop())
    return taken


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
    labels = [said(label, SMALL) for label in facts]
    values = [
        said(value, STRONG if label == "Personne" else BODY) for label, value in facts.items()
    ]
    return grid(
        [labels, values],
        _shares(facts),
        [
            ("BACKGROUND", (0, 0), (-1, -1), BAND),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, 0), 6),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 0),
            ("TOPPADDING", (0, 1), (-1, 1), 1),
            ("BOTTOMPADDING", (0, 1), (-1, 1), 8),
        ],
    )


def _shares(facts: dict[str, str]) -> list[float]:
    wanted = [
        min(max(text_width(label, SMALL), text_width(value, _FACT)), _WIDEST_FACT) + 14
        for label, value in facts.items()
    ]
    return [INNER_WIDTH * width / sum(wanted) for width in wanted]


def _node(filling: Filling, node: Node, path: str) -> list[Flowable]:
    """The rows of a node; a group inside a section gets a smaller heading."""
    if isinstance(node, Question):
        return _row(filling, node, path)
    top = node.path.count("/") == 2
    if isinstance(node, Repeat):
        count = filling.count(path)
        if not count:
            return [_pair(node.label, _UNANSWERED)] if top else []
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
    question = filling.question(path)
    if question.kind is Kind.NOTE:
        return [said(question.label, SMALL), Spacer(0, 4)]
    answer = display(question, filling.value(path)) or filling.typed(path)
    if state.problem is not None and state.problem.kind is ProblemKind.INVALID:
        answer += f" (à corriger{NBSP}: {state.problem.message})"
    elif state.problem is not None:
        answer = f"{answer or _UNANSWERED} (à compléter)"
    if len(answer) > _LONGEST_IN_A_ROW or answer.count("\n") >= _MOST_LINES_IN_A_ROW:
        return [
            CondPageBreak(26 * mm),
            Spacer(0, 4),
            said(question.label, LABEL),
            said(answer),
            Spacer(0, 6),
        ]
    return [_pair(question.label, answer or _UNANSWERED)]


def _pair(label: str, answer: str) -> Flowable:
    return grid(
        [[said(label, LABEL), said(answer)]],
        [_LABEL_WIDTH, INNER_WIDTH - _LABEL_WIDTH],
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            # The label's smaller letters stand on the line of the answer's.
            ("TOPPADDING", (0, 0), (0, 0), 3.6),
            ("TOPPADDING", (1, 0), (1, 0), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ],
    )


def _documents(filling: Filling) -> list[Flowable]:
    requests = filling.documents()
    if not requests:
        return []
    whole = Tag(Role.LIST)
    items = [
        TickLine(
            request.label + ("" if filling.is_required(request) else " (si possible)"),
            request.note,
            items=whole,
        )
        for request in requests
    ]
    return [said("Pièces à joindre", HEADING), *items]
