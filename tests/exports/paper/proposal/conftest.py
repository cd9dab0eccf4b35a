"""Small fillable pages with print beside their boxes, and what a proposal of them is worth."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from exports.paper.official.filling import FillProblem, fill
from exports.paper.proposal.model import Proposal, ProposedQuestion
from exports.paper.proposal.proposing import propose
from exports.paper.proposal.writing import write_form
from forms.definition import Kind, Question
from forms.filling import Filling
from forms.guide import read_guide
from forms.official import check_mapping, read_official
from forms.reader import read_form
from forms.values import Value

TODAY = date(2026, 11, 23)
COMB = 1 << 24
MULTILINE = 1 << 12
RADIO = 1 << 15

Rectangle = tuple[float, float, float, float]


@dataclass
class Sheet:
    """State: a form being drawn, page by page: print first, then its boxes."""

    prints: list[list[tuple[float, float, str, int, bool]]] = field(default_factory=lambda: [[]])
    boxes: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def say(self, x: float, y: float, text: str, *, size: int = 10, bold: bool = False) -> None:
        self.prints[-1].append((x, y, text, size, bold))

    def page(self) -> None:
        self.prints.append([])

    def text(self, name: str, rect: Rectangle, **entries: Any) -> None:
        self._add(T=String(name), FT=Name.Tx, Rect=Array(rect), **entries)

    def box(self, name: str, x: float, y: float, state: str = "Oui", **entries: Any) -> None:
        self._add(
            T=String(name), FT=Name.Btn, Rect=Array((x, y, x + 10, y + 10)), on=state, **entries
        )

    def radio(self, name: str, spots: list[tuple[float, float, str]]) -> None:
        self.boxes.append((len(self.prints) - 1, {"radio": name, "spots": spots}))

    def bytes(self) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842))
        for prints in self.prints:
            for x, y, text, size, bold in prints:
                canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
            form = pdf.make_indirect(
                Dictionary(Fields=Array(), DA=String("/Helv 0 Tf 0 g"), DR=Dictionary())
            )
            pdf.Root.AcroForm = form
            for number, entries in self.boxes:
                form.Fields.append(self._field(pdf, pdf.pages[number].obj, entries))
            saved = io.BytesIO()
            pdf.save(saved)
            return saved.getvalue()

    def _add(self, **entries: Any) -> None:
        self.boxes.append((len(self.prints) - 1, entries))

    def _field(self, pdf: pikepdf.Pdf, page: Any, entries: dict[str, Any]) -> Any:
        if "/Annots" not in page:
            page.Annots = Array()
        if "radio" in entries:
            kids = []
            for x, y, state in entries["spots"]:
                kids.append(
                    self._widget(
                        pdf, page, Rect=Array((x, y, x + 10, y + 10)), AP=self._looks(pdf, state)
                    )
                )
            group = pdf.make_indirect(
                Dictionary(T=String(entries["radio"]), FT=Name.Btn, Ff=RADIO, Kids=Array(kids))
            )
            for kid in kids:
                kid.Parent = group
            return group
        told = dict(entries)
        if "on" in told:
            told["AP"] = self._looks(pdf, told.pop("on"))
        return self._widget(pdf, page, **told)

    def _widget(self, pdf: pikepdf.Pdf, page: Any, **entries: Any) -> Any:
        widget = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, **entries))
        page.Annots.append(widget)
        return widget

    def _looks(self, pdf: pikepdf.Pdf, state: str) -> Any:
        def drawing(content: bytes) -> Any:
            return pdf.make_stream(
                content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10])
            )

        looks = Dictionary(Off=drawing(b" "))
        looks[f"/{state}"] = drawing(b"0 g 2 2 6 6 re f")
        return Dictionary(N=looks)


@dataclass(frozen=True)
class Proposed:
    """What is proposed of a PDF, found by field."""

    content: bytes
    proposal: Proposal

    def of(self, name: str) -> ProposedQuestion:
        """The question that fills a field."""
        return next(
            one
            for one in self.proposal.questions
            if any(joined.field == name for joined in one.fields)
        )

    def filled(self, *, text: str = "7") -> tuple[FillProblem, ...]:
        """What cannot be written of generated answers, once the texts are read and checked."""
        return filled(self.content, self.proposal, text=text)


def filled(content: bytes, proposal: Proposal, *, text: str = "7") -> tuple[FillProblem, ...]:
    texts = write_form(proposal)
    form = read_form(texts.form, file="form.yaml")
    mapping = read_official(texts.official, file="official.yaml")
    assert [section.title for section in read_guide(texts.guide, file="guide.md").sections]
    filling = Filling(form, profile={}, today=TODAY)
    check_mapping(mapping, filling, file="official.yaml")
    for question in form.questions():
        filling.set(question.path, answer(question, text))
    values = mapping.values(filling)
    assert values
    return fill(content, values).problems


def answer(question: Question, text: str) -> Value:
    if question.kind is Kind.SELECT_ONE:
        return question.choices[-1].name
    if question.kind is Kind.SELECT_MULTIPLE:
        return tuple(choice.name for choice in question.choices)
    answers: dict[Kind, Value] = {
        Kind.TEXT: text,
        Kind.DATE: date(1985, 3, 12),
        Kind.INTEGER: 3,
        Kind.DECIMAL: 4.5,
        Kind.ACKNOWLEDGE: "OK",
    }
    return answers[question.kind]


@pytest.fixture
def sheet() -> Sheet:
    return Sheet()


@pytest.fixture
def proposed() -> Callable[[Sheet | bytes], Proposed]:
    def proposing(form: Sheet | bytes) -> Proposed:
        content = form if isinstance(form, bytes) else form.bytes()
        return Proposed(content, propose(content, today=TODAY))

    return proposing
