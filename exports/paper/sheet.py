"""The sheet of a filling: every section and answer of any form, well set on A4."""

from __future__ import annotations

from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from exports.paper.code import PageCode
from exports.paper.page import (
    BODY,
    HEADING,
    INK,
    INNER_WIDTH,
    LABEL,
    LINE,
    SMALL,
    TITLE,
    said,
    tick_box,
    typeset,
)
from forms.definition import Form, Group, Kind, Node, Question, Repeat, Worth
from forms.filling import Filling
from forms.values import display

_NBSP = "\u00a0"
_NOTICES = {
    Worth.OFFICIAL: (
        f"Fiche de préparation. Ce n’est pas le formulaire officiel{_NBSP}: elle aide à le "
        "remplir, et ne le remplace pas."
    ),
    Worth.LETTER: "Réponses qui composent la lettre. C’est la lettre, signée, qui est envoyée.",
    Worth.PREPARATION: (
        f"Fiche de préparation. Ce n’est pas un formulaire officiel{_NBSP}: elle aide à remplir "
        "celui de l’organisme."
    ),
}
_LABEL_WIDTH = 62 * mm


def render_sheet(
    filling: Filling,
    *,
    application_id: str,
    person_name: str,
    place: str,
    printed_on: date,
) -> bytes:
    """Set the answers of a filling as a PDF, in the form's order.

    Args:
        filling: the answers; those not relevant are left out, those missing shown « — ».
        application_id: what the code at the foot names.
        person_name: whom it is for; empty when nobody is named.
        place: the establishment.
        printed_on: the day.
    """
    form = filling.form
    story: list[Flowable] = [said(form.title, TITLE)]
    under = " · ".join(part for part in (form.number, person_name, place) if part)
    if under:
        story.append(said(under, BODY))
    story += [Spacer(0, 6), _notice(_NOTICES[form.worth])]
    for node in form.children:
        story += _node(filling, node, node.path)
    story += _documents(filling)
    story.append(_SignatureBox())
    return typeset(
        form.title,
        story,
        foot=f"{form.title} · imprimé le {printed_on.strftime('%d/%m/%Y')}",
        code=lambda page: PageCode("A", application_id, form.id, form.version, page),
    )


def _node(filling: Filling, node: Node, path: str) -> list[Flowable]:
    if isinstance(node, Question):
        row = _row(filling, node, path)
        return [row] if row is not None else []
    if isinstance(node, Repeat):
        story: list[Flowable] = []
        for number in range(1, filling.count(path) + 1):
            block = _children(filling, node, f"{path}[{number}]")
            story += _headed(f"{node.label} {number}", block)
        return story
    return _headed(node.label, _children(filling, node, path))


def _children(filling: Filling, node: Group | Repeat, path: str) -> list[Flowable]:
    story: list[Flowable] = []
    for child in node.children:
        story += _node(filling, child, f"{path}/{child.name}")
    return story


def _headed(label: str, block: list[Flowable]) -> list[Flowable]:
    if not block or not label:
        return block
    # A heading never stays alone at the foot of a page.
    return [KeepTogether([said(label, HEADING), block[0]]), *block[1:]]


def _row(filling: Filling, question: Question, path: str) -> Flowable | None:
    if not filling.state(path).relevant or not question.label:
        return None
    if question.kind is Kind.NOTE:
        return said(question.label, SMALL)
    text = display(question, filling.value(path)) or "—"
    if len(text) > 300:
        # A table's row cannot break over two pages: a long answer stands under its question.
        return _Long([said(question.label, LABEL), said(text), Spacer(0, 5)])
    row = Table(
        [[said(question.label, LABEL), said(text)]],
        colWidths=[_LABEL_WIDTH, INNER_WIDTH - _LABEL_WIDTH],
    )
    row.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
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
        _TickLine(request.label + ("" if filling.is_required(request) else " (si possible)"))
        for request in requests
    ]
    return [KeepTogether([said("Pièces à joindre", HEADING), *items])]


def _notice(text: str) -> Flowable:
    box = Table([[said(text, BODY)]], colWidths=[INNER_WIDTH])
    box.setStyle(
        [
            ("BOX", (0, 0), (-1, -1), 0.8, INK),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ]
    )
    return box


class _Long(Flowable):
    """A question over its long answer, which may break over pages."""

    def __init__(self, parts: list[Flowable]) -> None:
        super().__init__()
        self._parts = parts

    def split(self, _: float, __: float) -> list[Flowable]:
        """Hand the parts over to the page one by one."""
        return self._parts

    def wrap(self, _: float, __: float) -> tuple[float, float]:
        """Ask for more height than any page has, so that it is always split."""
        return (INNER_WIDTH, 1e6)

    def draw(self) -> None:
        """Draw nothing: the parts are drawn instead."""


class _TickLine(Flowable):
    """A box to tick and what it stands for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = said(text)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room it takes."""
        _, tall = self._text.wrap(width - 18, height)
        self.width, self.height = width, tall + 6
        return self.width, self.height

    def draw(self) -> None:
        """Draw the box, then the text."""
        tick_box(self.canv, 0, self.height - 14, 10)
        self._text.drawOn(self.canv, 18, 3)


class _SignatureBox(Flowable):
    """Place, date and signature, kept on one page."""

    _HEIGHT = 34 * mm

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        """The room it takes."""
        self.width, self.height = width, self._HEIGHT + 14
        return self.width, self.height

    def draw(self) -> None:
        """Draw the box and its labels."""
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        canvas.rect(0, 0, self.width, self._HEIGHT)
        canvas.setFillColor(INK)
        canvas.setFont("FiraGO", 10)
        dots = "." * 40
        canvas.drawString(8, self._HEIGHT - 16, f"Fait à {dots} le {'.' * 26}")
        canvas.drawString(8, self._HEIGHT - 34, f"Signature{_NBSP}:")
        canvas.restoreState()


def foot_of(form: Form) -> str:
    """What the foot of a form's pages says: its title, and its number where it has one."""
    return f"{form.title} · {form.number}" if form.number else form.title
