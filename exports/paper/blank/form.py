"""A blank form for the cell: large boxes for a pen, combs for dates and numbers, plain words.

Beside the pages comes where each box lies on them, so that a scanned copy can be read. What is
known of a person may be printed in its boxes; the rest stays open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from exports.paper.blank.code import PageCode
from exports.paper.blank.conditions import BlankConditions
from exports.paper.blank.geometry import (
    DOCUMENTS,
    YES_CHOICE,
    BlankGeometry,
    FieldKind,
    GeometryLedger,
)
from exports.paper.blank.head import blank_head
from exports.paper.blank.page_seal import sealed
from exports.paper.blank.pen_room import Choices, SignatureRoom
from exports.paper.blank.question import room_for, set_question
from exports.paper.blank.registration import MARKS, draw_marks
from exports.paper.blank.second_language import (
    SECOND_HINT,
    heads,
    in_language,
    second,
    style_of,
    under,
    under_phrase,
)
from exports.paper.blank.told_condition import told_condition
from exports.paper.lettering.styles import (
    BAND,
    CONDITION,
    HEADING,
    LABEL,
    NBSP,
    SMALL,
    STRONG,
    SUBHEADING,
    said,
)
from exports.paper.sheets.numbering import Section, is_asked, question_numbers, sections
from exports.paper.sheets.page import HEIGHT, INNER_WIDTH, WIDTH, grid, typeset
from exports.paper.sheets.phrases import (
    DAY_MONTH_YEAR,
    JOIN_THESE,
    MORE,
    RANKED,
    SEVERAL,
    SIGN,
    TO_JOIN,
)
from exports.paper.sheets.sheet import foot_of
from forms.definition import YES, Form, Kind, Node, Question, Repeat, walk
from forms.languages import beside, translation
from forms.values import Value
from forms.wording import without_answers

ROOM_FOR_SHORT_REPEATS = 3
ROOM_FOR_LONG_REPEATS = 2
"""How many times a repeat is printed; a family that has more writes on plain paper."""

_LONGEST_SHORT_REPEAT = 6
_AIR, _LESS_AIR = 6.0, 2.5
_LATER_TOP = 20 * mm
_OCCURRENCE = re.compile(r"\[([0-9]+)\]")


@dataclass(frozen=True)
class BlankPdf:
    """A copy of a blank form: its pages, and where their boxes lie."""

    pdf: bytes
    geometry: BlankGeometry


def render_blank(
    form: Form,
    *,
    copy_id: str,
    key: bytes = b"",
    printed: Mapping[str, Value] | None = None,
    person_name: str = "",
    language: str = "",
) -> BlankPdf:
    """Set a form to be filled by pen.

    Args:
        form: the definition.
        copy_id: what the code at the foot of each page names.
        key: the vault's paper key, which seals the codes; empty outside any vault.
        printed: answers known already, by question path, repeats numbered; they are printed.
        person_name: whom the copy is for, at the head of each page; empty for anybody.
        language: a second one, under the French: one of the form's, or its code.

    Raises:
        UnknownLanguage: the form is not translated into it.
    """
    form = beside(form, language)
    known = dict(printed or {})
    made = _set(form, copy_id, key, known, person_name, _AIR)
    if _signature_stands_alone(made.geometry):
        closer = _set(form, copy_id, key, known, person_name, _LESS_AIR)
        made = min(made, closer, key=lambda one: one.geometry.pages)
    return made


def _signature_stands_alone(geometry: BlankGeometry) -> bool:
    """Whether the last page is there for the signature alone."""
    last = geometry.of_page(geometry.pages)
    return geometry.pages > 1 and [field.kind for field in last] == [FieldKind.SIGNATURE]


def _set(
    form: Form,
    copy_id: str,
    key: bytes,
    printed: Mapping[str, Value],
    person_name: str,
    air: float,
) -> BlankPdf:
    """The pages, with some points of air over each question."""
    head, aside = heads(form)
    ledger = GeometryLedger()
    story = _BlankStory(form, ledger, printed, air).told()
    pages = 0

    def code(page: int) -> PageCode:
        nonlocal pages
        pages = max(pages, page)
        return sealed(PageCode("V", copy_id, form.id, form.version, page), key)

    pdf = typeset(
        form.title,
        [*blank_head(form, person_name=person_name, prefilled=bool(printed)), *story],
        foot=foot_of(form),
        head=" · ".join(part for part in (head, person_name) if part),
        aside=aside,
        mark=f"Exemplaire {copy_id}" if copy_id else "",
        code=code,
        on_each=draw_marks,
        later_top=_LATER_TOP,
    )
    geometry = BlankGeometry(
        form.id,
        form.version,
        copy_id,
        (round(WIDTH, 2), round(HEIGHT, 2)),
        pages,
        MARKS,
        tuple(ledger.fields),
    )
    return BlankPdf(pdf, geometry)


def room_for_repeats(repeat: Repeat) -> int:
    """How many times a repeat is printed on an empty blank."""
    asked = sum(isinstance(node, Question) and is_asked(node) for node in walk(repeat.children))
    return ROOM_FOR_SHORT_REPEATS if asked <= _LONGEST_SHORT_REPEAT else ROOM_FOR_LONG_REPEATS


@dataclass(frozen=True)
class _BlankStory:
    """The questions of a copy, set one under the other."""

    form: Form
    ledger: GeometryLedger
    printed: Mapping[str, Value]
    air: float

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        return question_numbers(self.form)

    @cached_property
    def conditions(self) -> BlankConditions:
        return BlankConditions(self.form, self.numbers)

    def told(self) -> list[Flowable]:
        story: list[Flowable] = []
        for section in sections(self.form):
            story += self._section(section)
        signature = KeepTogether([*self._under(SIGN), SignatureRoom(self.ledger)])
        return [*story, *self._documents(), Spacer(0, self.air), signature]

    def _section(self, section: Section) -> list[Flowable]:
        label = f"{section.number}.{NBSP}{NBSP}{section.label}"
        head: list[Flowable] = [_band(label, under(section.nodes[0]) if section.is_node else [])]
        words = self.conditions.of_section(section)
        if words:
            head += [said(words, CONDITION), *self._condition(section.nodes[0])]
        blocks: list[list[Flowable]] = []
        if isinstance(section.nodes[0], Question):
            blocks = self._children(section.nodes, "/data", first=True)
        for node in section.nodes:
            if not isinstance(node, Question):
                head += [said(node.hint, SMALL), *under(node, "hint")] if node.hint else []
                blocks += self._node(node, "/data", first=True)
        if not blocks:
            return []
        first, *others = blocks
        # A heading never stays alone at the foot of a page.
        return [KeepTogether([*head, *first]), *(KeepTogether(block) for block in others)]

    def _node(self, node: Node, above: str, *, first: bool) -> list[list[Flowable]]:
        """What must not be parted by the end of a page, block by block."""
        assert not isinstance(node, Question)
        path = f"{above}/{node.name}"
        if not isinstance(node, Repeat):
            return self._children(node.children, path, first=first)
        blocks: list[list[Flowable]] = []
        times = max(room_for_repeats(node), self._known(path))
        for turn in range(1, times + 1):
            inner = self._children(node.children, f"{path}[{turn}]", first=first and turn == 1)
            if inner:
                title = said(f"{node.label}, n°{NBSP}{turn}", SUBHEADING)
                blocks += [[Spacer(0, 4), title, *inner[0]], *inner[1:]]
        more = [said(MORE.format(room=times), SMALL), *self._under(MORE, room=str(times))]
        return [*blocks, [Spacer(0, 3), *more]] if blocks else []

    def _children(
        self, nodes: tuple[Node, ...], above: str, *, first: bool
    ) -> list[list[Flowable]]:
        blocks: list[list[Flowable]] = []
        for node in nodes:
            words = self.conditions.of_node(node)
            explained: list[Flowable] = [said(words, CONDITION)] if words else []
            explained += self._condition(node)
            if isinstance(node, Question):
                block = self._question(node, f"{above}/{node.name}", explained, first=first)
                blocks += [block] if block else []
                continue
            inner = self._node(node, above, first=first)
            if inner:
                label = [said(node.label, SUBHEADING), *under(node)] if node.label else []
                hint = [said(node.hint, SMALL), *under(node, "hint")] if node.hint and first else []
                inner[0] = [*label, *explained, *hint, *inner[0]]
            blocks += inner
        return blocks

    def _question(
        self, question: Question, path: str, explained: list[Flowable], *, first: bool
    ) -> list[Flowable]:
        words = without_answers(question.label)
        if question.kind is Kind.NOTE and words:
            noted = [said(words, LABEL), *under(question)]
            return [Spacer(0, 4), *explained, *noted] if first else []
        if not is_asked(question):
            return []
        star = f"{NBSP}*" if question.required.text == YES.text else ""
        label = f"{self.numbers[question.path]}{NBSP}{NBSP}{words}{star}"
        told: list[Flowable] = [said(label, STRONG), *under(question)]
        before: list[Flowable] = [Spacer(0, self.air)]
        # Said for several questions, it stands over the first of them.
        if self.conditions.opens_run(question):
            before += [*explained, Spacer(0, 3)]
        else:
            told += explained
        # The second child’s questions need not be explained again.
        if question.hint and first:
            told += [said(without_answers(question.hint), SMALL), *under(question, "hint")]
        if question.kind is Kind.SELECT_MULTIPLE:
            told += [said(SEVERAL, SMALL), *self._under(SEVERAL)]
        if question.kind is Kind.RANK:
            told += [said(RANKED, SMALL), *self._under(RANKED)]
        if question.kind.attached:
            told += self._under(TO_JOIN)
        if question.kind is Kind.DATE and not question.hint:
            told += self._under(DAY_MONTH_YEAR)
        room = room_for(question, self.printed.get(path)).told(self.ledger, path)
        return [*before, *set_question(told, room)]

    def _under(self, french: str, **words: str) -> list[Flowable]:
        return under_phrase(self.form, french, **words)

    def _condition(self, node: Node) -> list[Flowable]:
        """The condition in the second language, said with each question that it is for."""
        if not self.form.languages:
            return []
        words = told_condition(self.form, node, self.numbers)
        return [second(words, in_language(SECOND_HINT, self.form.languages[0]))] if words else []

    def _known(self, path: str) -> int:
        found = (
            _OCCURRENCE.match(known, len(path)) for known in self.printed if known.startswith(path)
        )
        return max((int(match.group(1)) for match in found if match), default=0)

    def _documents(self) -> list[Flowable]:
        if not self.form.documents:
            return []
        story: list[Flowable] = [
            CondPageBreak(40 * mm),
            _band(JOIN_THESE, self._under(JOIN_THESE)),
        ]
        told_style = style_of(self.form.documents)
        for request in self.form.documents:
            room = Choices(
                {YES_CHOICE: request.label},
                note=request.note,
                seconds={YES_CHOICE: translation(request, "label")},
                second_note=translation(request, "note"),
                second_style=told_style,
            )
            story += [
                Spacer(0, self.air - 2),
                room.told(self.ledger, f"{DOCUMENTS}/{request.name}"),
            ]
        return story


def _band(label: str, told: Sequence[Flowable]) -> Flowable:
    return grid(
        [[[said(label, HEADING), *told]]],
        [INNER_WIDTH],
        [
            ("BACKGROUND", (0, 0), (-1, -1), BAND),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ],
        space_before=9,
        space_after=2,
    )
