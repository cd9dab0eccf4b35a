"""A blank form for the cell: large boxes for a pen, combs for dates and numbers, plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from exports.paper.code import PageCode
from exports.paper.condition import condition_in_words
from exports.paper.fonts import Style
from exports.paper.lettering import (
    BAND,
    BODY,
    CONDITION,
    HEADING,
    INK,
    LABEL,
    NBSP,
    NOTICE,
    OVERLINE,
    SMALL,
    STRONG,
    SUBHEADING,
    TITLE,
    said,
)
from exports.paper.numbering import Section, is_asked, question_numbers, sections
from exports.paper.page import INNER_WIDTH, grid, typeset
from exports.paper.pen import (
    CELL_HEIGHT,
    CELL_WIDTH,
    TICK,
    Choices,
    Comb,
    DottedLine,
    Drawn,
    SignatureBox,
    TickLine,
    WritingBox,
)
from exports.paper.sheet import foot_of
from forms.definition import YES, Form, Kind, Node, Question, Repeat, Worth
from forms.wording import without_answers

ROOM_FOR_REPEATS = 3
"""How many times a repeat is printed; a family that has more writes on plain paper."""

_COMBS: Mapping[str, tuple[int, ...]] = {
    "nir": (1, 2, 2, 2, 3, 3, 2),
    "iban": (4, 4, 4, 4, 4, 4, 3),
    "siret": (3, 3, 3, 5),
    "fiscal_number": (13,),
    "phone": (2, 2, 2, 2, 2),
    "postal_code": (5,),
    "elector_number": (9,),
    "prison_number": (8,),
    "caf_number": (8,),
    "agdref": (10,),
}
_EXAMPLE = 42 * mm
_DEFAULT_DIGITS = 6
_MULTILINE_ROOM = 5
_UPPER_BOUND = re.compile(r"\.\s*<=?\s*(\d+)\b")


def render_blank(form: Form, *, copy_id: str) -> bytes:
    """Set a form to be filled by pen.

    Args:
        form: the definition.
        copy_id: what the code at the foot of each page names.
    """
    numbers = question_numbers(form)
    story: list[Flowable] = [
        said("À REMPLIR AU STYLO", OVERLINE),
        said(form.title, TITLE),
        said(_worth(form), NOTICE),
        Spacer(0, 8),
        _instructions(),
        Spacer(0, 3),
        DottedLine("À rendre à", "avant le"),
    ]
    for section in sections(form):
        story += _section(form, section, numbers)
    story += [*_documents(form), Spacer(0, 10), KeepTogether([SignatureBox()])]
    return typeset(
        form.title,
        story,
        foot=foot_of(form),
        head=form.title,
        mark=f"Exemplaire {copy_id}" if copy_id else "",
        code=lambda page: PageCode("V", copy_id, form.id, form.version, page),
    )


def _worth(form: Form) -> str:
    if form.worth is Worth.LETTER:
        return "Vos réponses servent à écrire la lettre. Vous la signez ensuite."
    number = f" ({form.number})" if form.number else ""
    return (
        f"Ce n’est pas le formulaire officiel{number}. Vos réponses servent à le remplir. "
        "Vous le signez ensuite."
    )


def _instructions() -> Flowable:
    lines = [
        said("Écrivez au stylo noir ou bleu, en lettres majuscules.", BODY),
        said("Mettez un seul chiffre dans chaque petite case.", BODY),
        said("Pour choisir, faites une croix dans la case.", BODY),
        said("Vous ne savez pas répondre ? Laissez vide, nous en parlerons.", BODY),
        said("Le signe * marque les réponses nécessaires.", BODY),
    ]
    return grid(
        [[lines, _Example()]],
        [INNER_WIDTH - _EXAMPLE, _EXAMPLE],
        [
            ("BACKGROUND", (0, 0), (-1, -1), BAND),
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
    )


class _Example(Drawn):
    """How it is done: a box crossed, and figures in their cells."""

    _HEIGHT = 52.0

    def _measure(self, _: float) -> float:
        return self._HEIGHT

    def _draw(self, canvas: Canvas) -> None:
        canvas.setFillColor(white)
        top = self._HEIGHT - TICK - 2
        cells = [CELL_WIDTH * (number + (number > 1) * 0.5) for number in range(4)]
        canvas.rect(0, top, TICK, TICK, fill=1)
        for left in cells:
            canvas.rect(left, 1, CELL_WIDTH, CELL_HEIGHT, fill=1)
        canvas.setFillColor(INK)
        canvas.setFont(Style.REGULAR.value, 11)
        canvas.drawString(TICK + 7, top + 3, "Oui")
        canvas.setFont(Style.ITALIC.value, 17)
        for left, figure in zip(cells, "1203", strict=True):
            canvas.drawCentredString(left + CELL_WIDTH / 2, 8, figure)
        # Two strokes that pass the box a little, as a hand makes them.
        canvas.setLineWidth(1.4)
        canvas.line(-2, top - 1, TICK + 2, top + TICK + 2)
        canvas.line(-1, top + TICK + 1, TICK + 1, top - 2)


def _section(form: Form, section: Section, numbers: Mapping[str, str]) -> list[Flowable]:
    head: list[Flowable] = [_band(f"{section.number}.{NBSP}{NBSP}{section.label}")]
    blocks: list[list[Flowable]] = []
    for node in section.nodes:
        if not isinstance(node, Question):
            head += _explained(form, node, numbers)
        blocks += _blocks(form, node, numbers)
    return _kept(head, blocks)


def _blocks(form: Form, node: Node, numbers: Mapping[str, str]) -> list[list[Flowable]]:
    """What must not be parted by the end of a page, block by block."""
    if isinstance(node, Question):
        block = _question(form, node, numbers)
        return [block] if block else []
    if isinstance(node, Repeat):
        blocks = []
        for turn in range(1, ROOM_FOR_REPEATS + 1):
            inner = _inner(form, node, numbers)
            if inner:
                title = said(f"{node.label}, n°{NBSP}{turn}", SUBHEADING)
                blocks += [[Spacer(0, 5), title, *inner[0]], *inner[1:]]
        more = f"S’il y en a plus de {ROOM_FOR_REPEATS}, écrivez la suite sur une feuille."
        return [*blocks, [Spacer(0, 4), said(more, SMALL)]] if blocks else []
    return _inner(form, node, numbers)


def _inner(form: Form, node: Node, numbers: Mapping[str, str]) -> list[list[Flowable]]:
    assert not isinstance(node, Question)
    blocks: list[list[Flowable]] = []
    for child in node.children:
        inner = _blocks(form, child, numbers)
        if inner and not isinstance(child, Question):
            head: list[Flowable] = [said(child.label, SUBHEADING)] if child.label else []
            inner[0] = [*head, *_explained(form, child, numbers), *inner[0]]
        blocks += inner
    return blocks


def _kept(head: list[Flowable], blocks: list[list[Flowable]]) -> list[Flowable]:
    if not blocks:
        return []
    first, *others = blocks
    # A heading never stays alone at the foot of a page.
    return [KeepTogether([*head, *first]), *(KeepTogether(block) for block in others)]


def _band(label: str) -> Flowable:
    return grid(
        [[said(label, HEADING)]],
        [INNER_WIDTH],
        [
            ("BACKGROUND", (0, 0), (-1, -1), BAND),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ],
        space_before=12,
        space_after=2,
    )


def _explained(form: Form, node: Node, numbers: Mapping[str, str]) -> list[Flowable]:
    condition = condition_in_words(form, node.relevant.text, numbers)
    story: list[Flowable] = [said(condition, CONDITION)] if condition else []
    return [*story, said(node.hint, SMALL)] if node.hint else story


def _question(form: Form, question: Question, numbers: Mapping[str, str]) -> list[Flowable]:
    words = without_answers(question.label)
    if question.kind is Kind.NOTE and words:
        return [Spacer(0, 6), said(words, LABEL)]
    if not is_asked(question):
        return []
    star = f"{NBSP}*" if question.required.text == YES.text else ""
    label = f"{numbers[question.path]}{NBSP}{NBSP}{words}{star}"
    story: list[Flowable] = [Spacer(0, 8), said(label, STRONG)]
    story += _explained(form, question, numbers)
    if question.kind is Kind.SELECT_MULTIPLE:
        story.append(said("Plusieurs réponses possibles.", SMALL))
    if question.kind is Kind.RANK:
        story.append(said("Écrivez 1 devant la première, 2 devant la deuxième, etc.", SMALL))
    if question.kind.attached:
        return [*story, said("À joindre.", SMALL)]
    return [*story, Spacer(0, 4), _room(question)]


def _room(question: Question) -> Flowable:
    if question.choices:
        return Choices([choice.label for choice in question.choices])
    if question.kind is Kind.ACKNOWLEDGE:
        return Choices(["Oui"])
    if question.kind is Kind.DATE:
        return Comb((2, 2, 4), ("jour", "mois", "année"))
    if question.kind is Kind.INTEGER:
        return Comb((_digits(question),))
    if question.kind in (Kind.DECIMAL, Kind.RANGE):
        return Comb((6, 2), ("avant la virgule", "après"))
    if question.kind is Kind.TIME:
        return Comb((2, 2), ("heures", "minutes"))
    if question.kind is Kind.DATETIME:
        return Comb((2, 2, 4, 2, 2), ("jour", "mois", "année", "heures", "minutes"))
    if question.check is not None and question.check in _COMBS:
        return Comb(_COMBS[question.check])
    return WritingBox(_MULTILINE_ROOM if "multiline" in question.appearance else 1)


def _digits(question: Question) -> int:
    bounds = _UPPER_BOUND.findall(question.constraint.text) if question.constraint else []
    return max((len(bound) for bound in bounds), default=_DEFAULT_DIGITS)


def _documents(form: Form) -> list[Flowable]:
    if not form.documents:
        return []
    lines = [TickLine(request.label, request.note) for request in form.documents]
    return [
        CondPageBreak(40 * mm),
        _band("Pièces à joindre, si vous les avez"),
        Spacer(0, 5),
        *lines,
    ]
