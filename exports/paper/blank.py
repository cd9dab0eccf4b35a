"""A blank form for the cell: large boxes for a pen, combs for dates and numbers, plain words."""

from __future__ import annotations

import re

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from exports.paper.code import PageCode
from exports.paper.page import BODY, HEADING, INK, INNER_WIDTH, SMALL, STRONG, TITLE, said, typeset
from exports.paper.sheet import foot_of
from forms.definition import Form, Group, Kind, Node, Question, Repeat, walk

_NBSP = "\u00a0"
_CELL = 7 * mm
_LINE_HEIGHT = 10 * mm
_TICK = 5 * mm
_ROOM_FOR_REPEATS = 3
_SIMPLE = re.compile(
    r"\$\{([^}]+)\}\s*=\s*'([^']+)'|selected\(\s*\$\{([^}]+)\}\s*,\s*'([^']+)'\s*\)"
)


def render_blank(form: Form, *, copy_id: str) -> bytes:
    """Set a form to be filled by pen.

    Args:
        form: the definition.
        copy_id: what the code at the foot of each page names.
    """
    story: list[Flowable] = [
        said(form.title, TITLE),
        said(
            "Écrivez en lettres capitales, au stylo noir. Une lettre ou un chiffre par case. "
            "Cochez les cases d’une croix. Laissez vide ce que vous ne savez pas.",
            BODY,
        ),
    ]
    number = 0
    for node in form.children:
        if isinstance(node, Group | Repeat):
            number += 1
            story += _section(form, node, f"{number}. {node.label}")
        else:
            story += _question(form, node)
    return typeset(
        form.title,
        story,
        foot=foot_of(form),
        code=lambda page: PageCode("V", copy_id, form.id, form.version, page),
    )


def _section(form: Form, node: Group | Repeat, title: str) -> list[Flowable]:
    head: list[Flowable] = [said(title, HEADING)]
    condition = _in_words(form, node.relevant.text)
    if condition:
        head.append(said(condition, SMALL))
    if node.hint:
        head.append(said(node.hint, SMALL))
    blocks: list[list[Flowable]] = []
    if isinstance(node, Repeat):
        for turn in range(1, _ROOM_FOR_REPEATS + 1):
            inner: list[Flowable] = [said(f"{node.label} — n°{_NBSP}{turn}", STRONG)]
            for child in node.children:
                inner += _node(form, child)
            blocks.append(inner)
    else:
        blocks = [_node(form, child) for child in node.children]
    blocks = [block for block in blocks if block]
    if not blocks:
        return []
    return [KeepTogether([*head, *blocks[0]]), *(KeepTogether(block) for block in blocks[1:])]


def _node(form: Form, node: Node) -> list[Flowable]:
    if isinstance(node, Question):
        return _question(form, node)
    return _section(form, node, node.label)


def _question(form: Form, question: Question) -> list[Flowable]:
    if question.kind is Kind.CALCULATE or question.calculation is not None:
        return []
    story: list[Flowable] = [Spacer(0, 5), said(question.label, BODY)]
    if question.kind is Kind.NOTE:
        return story
    condition = _in_words(form, question.relevant.text)
    for text in (condition, question.hint):
        if text:
            story.append(said(text, SMALL))
    story += [Spacer(0, 2), *_boxes(question)]
    return story


def _boxes(question: Question) -> list[Flowable]:
    if question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
        return [_Choice(choice.label) for choice in question.choices]
    if question.kind is Kind.ACKNOWLEDGE:
        return [_Choice("Oui")]
    if question.kind is Kind.DATE:
        return [_Comb((2, 2, 4), ("jour", "mois", "année"))]
    if question.kind is Kind.INTEGER:
        return [_Comb((6,), ("",))]
    if question.kind is Kind.DECIMAL:
        return [_Comb((7, 2), ("euros", "centimes"))]
    widths = {"nir": (1, 2, 2, 2, 3, 3, 2), "phone": (2,) * 5, "postal_code": (5,)}
    if question.check in widths:
        groups = widths[question.check]
        return [_Comb(groups, ("",) * len(groups))]
    return [_Lines(4 if "multiline" in question.appearance else 1)]


def _in_words(form: Form, expression: str) -> str:
    match = _SIMPLE.fullmatch(expression.strip())
    if match is None:
        return ""
    name, wanted = match.group(1) or match.group(3), match.group(2) or match.group(4)
    for node in walk(form.children):
        if isinstance(node, Question) and node.name == name:
            label = next((one.label for one in node.choices if one.name == wanted), wanted)
            return (
                f"À remplir seulement si vous avez répondu «{_NBSP}{label}{_NBSP}» à la question "
                f"«{_NBSP}{node.label}{_NBSP}»."
            )
    return ""


class _Drawn(Flowable):
    """Something drawn with lines, of a known height."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self._height = height

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        """The room it takes."""
        self.width, self.height = width, self._height
        return self.width, self.height

    def _pen(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(INK)
        self.canv.setLineWidth(0.7)


class _Lines(_Drawn):
    """Lines to write on."""

    def __init__(self, count: int) -> None:
        super().__init__(count * _LINE_HEIGHT + 2)
        self._count = count

    def draw(self) -> None:
        """Draw one box a line."""
        self._pen()
        for number in range(self._count):
            top = self.height - 1 - (number + 1) * _LINE_HEIGHT
            self.canv.rect(0, top, INNER_WIDTH, _LINE_HEIGHT)


class _Comb(_Drawn):
    """Groups of cells, one character a cell."""

    def __init__(self, groups: tuple[int, ...], captions: tuple[str, ...]) -> None:
        super().__init__(_CELL + (11 if any(captions) else 2))
        self._groups = groups
        self._captions = captions

    def draw(self) -> None:
        """Draw the cells, and what each group means under it."""
        self._pen()
        x, bottom = 0.0, self.height - 1 - _CELL
        for cells, caption in zip(self._groups, self._captions, strict=True):
            for _ in range(cells):
                self.canv.rect(x, bottom, _CELL, _CELL)
                x += _CELL
            if caption:
                self.canv.setFont("FiraGO", 8)
                self.canv.drawCentredString(x - cells * _CELL / 2, bottom - 9, caption)
            x += 4 * mm


class _Choice(_Drawn):
    """A box to cross and its label."""

    def __init__(self, label: str) -> None:
        super().__init__(_TICK + 4)
        self._text = said(label)

    def draw(self) -> None:
        """Draw the box, then the label."""
        self._pen()
        self.canv.rect(0, 2, _TICK, _TICK)
        _, height = self._text.wrap(INNER_WIDTH - _TICK - 8, 100)
        self._text.drawOn(self.canv, _TICK + 8, 2 + (_TICK - height) / 2)
