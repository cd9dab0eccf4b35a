"""The head of a blank form: what it is, what it is worth, and how to write on it."""

from __future__ import annotations

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from exports.paper.blank.pen import CELL_HEIGHT, CELL_WIDTH, TICK, DottedLine, Drawn
from exports.paper.blank.second_language import notices, under, under_phrase
from exports.paper.lettering.fonts import Style
from exports.paper.lettering.styles import BAND, BODY, INK, NOTICE, OVERLINE, STRONG, TITLE, said
from exports.paper.sheets.page import INNER_WIDTH, grid
from exports.paper.sheets.phrases import (
    CROSS,
    FOR_LETTER,
    GIVE_BACK,
    KNOWN,
    LEAVE_EMPTY,
    NOT_OFFICIAL,
    ONE_DIGIT,
    STAR,
    WRITE,
    YOU,
)
from exports.paper.sheets.tags import pictured
from forms.definition import Form, Question, Worth, walk

_EXAMPLE = 42 * mm


def blank_head(form: Form, *, person_name: str, prefilled: bool) -> list[Flowable]:
    """What the first page begins with: the title, what it is worth, how to write on it.

    Args:
        form: the definition.
        person_name: whom the copy is for; empty for anybody.
        prefilled: whether answers are printed already.
    """
    return [
        said("À REMPLIR AU STYLO", OVERLINE),
        said(form.title, TITLE),
        *under(form, "form_title"),
        *([said(person_name, STRONG)] if person_name else []),
        said(_worth(form), NOTICE),
        *under_phrase(form, FOR_LETTER if form.worth is Worth.LETTER else NOT_OFFICIAL),
        *notices(form),
        Spacer(0, 6),
        _instructions(form, prefilled),
        Spacer(0, 3),
        DottedLine("À rendre à", "avant le"),
        *under_phrase(form, GIVE_BACK),
    ]


def _worth(form: Form) -> str:
    if form.worth is Worth.LETTER:
        return FOR_LETTER
    number = f" ({form.number})" if form.number else ""
    return (
        f"Ce n’est pas le formulaire officiel{number}. Vos réponses servent à le remplir. "
        "Vous le signez ensuite."
    )


def _instructions(form: Form, prefilled: bool) -> Flowable:
    lines: list[Flowable] = []
    told = [WRITE, ONE_DIGIT, CROSS, LEAVE_EMPTY, STAR]
    if _speaks_of_the_person(form):
        told.append(YOU)
    if prefilled:
        told.append(KNOWN)
    for words in told:
        lines += [said(words, BODY), *under_phrase(form, words)]
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


def _speaks_of_the_person(form: Form) -> bool:
    """Whether what is read on the paper says « la personne » to whoever holds the pen."""
    things = [*walk(form.children), *form.documents]
    choices = [one for node in things if isinstance(node, Question) for one in node.choices]
    labels = [one.label for one in (*things, *choices)]
    return any("la personne" in label.casefold() for label in labels)


class _Example(Drawn):
    """How it is done: a box crossed, and figures in their cells."""

    _HEIGHT = 52.0

    def _measure(self, _: float) -> float:
        return self._HEIGHT

    def _draw(self, canvas: Canvas) -> None:
        told = "Exemple : une case cochée, et quatre chiffres dans quatre cases."
        with pictured(canvas, told, self.width, self.height):
            self._draw_example(canvas)

    def _draw_example(self, canvas: Canvas) -> None:
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
