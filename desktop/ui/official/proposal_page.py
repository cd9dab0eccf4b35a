"""A form proposed from a PDF: its questions beside its pages, to be corrected, then kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.field import LineField
from desktop.ui.parts.text import text
from desktop.ui.parts.tick import Tick
from desktop.ui.theme import scale_of
from desktop.workflows.filling.states import Tone
from desktop.workflows.official.proposals import add_proposed_form, propose_form
from exports.paper.proposal.adjusting import (
    dropped,
    kept,
    kinds_for,
    linked,
    profile_keys_for,
    renamed,
    retyped,
    with_question,
)
from exports.paper.proposal.model import Proposal, ProposedQuestion
from forms.definition import Kind
from forms.profile import PROFILE_KEYS

_KIND_WORDS = {
    Kind.TEXT: "un texte",
    Kind.DATE: "une date",
    Kind.INTEGER: "un nombre entier",
    Kind.DECIMAL: "un montant",
    Kind.SELECT_ONE: "une réponse au choix",
    Kind.SELECT_MULTIPLE: "plusieurs réponses au choix",
    Kind.ACKNOWLEDGE: "une case à cocher",
}
_SCALE = 1.2
_LIST_WIDTH = 420
_LEAST_PICTURE = 240
_BESIDE_FROM = 760
_AROUND = 90
"""What stands around the list and the page: margins, spacing, scroll bar."""


class ProposalPage(Page):
    """State: the PDF, the proposal as adjusted so far, the question being looked at."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self._file = Path(record)
        self.pdf = self._file.read_bytes()
        self.proposal: Proposal | None = None
        self._pictures: dict[int, QPixmap] = {}
        self._filling_editor = False
        self._beside = True
        self._heading = text("Lecture du PDF…", "page")
        self._said = text("", "soft")
        self.list = QListWidget()
        self.list.setAccessibleName("Questions proposées")
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._choose)
        self._editor = self._make_editor()
        self._page = QLabel()
        self._page.setProperty("role", "paper")
        self._page.setAccessibleName("Page du PDF")
        self._add = writing_button("Ajouter au catalogue", self.add, Weight.PRIMARY)
        self._add.setEnabled(False)
        holder, layout = column()
        layout.addWidget(self._heading)
        layout.addWidget(self._said)
        self.title = LineField("Titre du formulaire")
        self.title.answered.connect(self._retitle)
        layout.addWidget(self.title)
        layout.addLayout(in_line(self._add, button("Abandonner", self.escape)))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(20)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self._editor)
        left.addWidget(self.list, 1)
        self._row.addWidget(self._left)
        self._row.addWidget(self._page, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        workplace.in_background(lambda: propose_form(self.desk, self.pdf), self._show)

    def first_focus(self) -> QWidget | None:
        """The list of questions."""
        return self.list

    def escape(self) -> None:
        """Back to the catalogue; nothing is kept."""
        self.workplace.go(Place.FORMS)

    def arrange(self, width: float) -> None:
        """The questions beside their page, or over it on a narrow screen."""
        self._beside = width >= _BESIDE_FROM
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if self._beside else QBoxLayout.Direction.TopToBottom
        )
        room = round(_LIST_WIDTH * scale_of(self))
        self._left.setMinimumWidth(room if self._beside else 0)
        self._left.setMaximumWidth(room if self._beside else 16_777_215)
        question = self._looked_at()
        if question is not None and question.page in self._pictures:
            self._put(question)

    def add(self) -> None:
        """Put the form in the catalogue, with its PDF."""
        proposal = self.proposal
        if proposal is None:
            return
        desk, pdf = self.desk, self.pdf

        def added(_: str) -> None:
            self.workplace.go(Place.FORMS)
            self.workplace.say(
                f"«\u00a0{proposal.title}\u00a0» est dans le catalogue. Relisez une démarche "
                "imprimée avant de vous en servir.",
                Tone.GOOD,
            )

        self.workplace.in_background(lambda: add_proposed_form(desk, proposal, pdf), added)

    def change(self, question: ProposedQuestion) -> None:
        """Keep a changed question."""
        if self.proposal is None:
            return
        place = self.list.currentRow()
        self.proposal = with_question(self.proposal, place, question)
        self.list.item(place).setText(_line(question))
        self._fill_editor(question)

    def _make_editor(self) -> Card:
        card = Card("La question choisie")
        self.label = LineField("Question", width=_LIST_WIDTH - 60)
        self.label.answered.connect(lambda typed: self._with(lambda one: renamed(one, typed)))
        self.kind = ChoiceList()
        self.kind.setAccessibleName("On y répond par")
        self.kind.activated.connect(
            lambda _: self._with(lambda one: retyped(one, self.kind.currentData()))
        )
        self.profile = ChoiceList()
        self.profile.setAccessibleName("Reprise de la fiche")
        self.profile.activated.connect(
            lambda _: self._with(lambda one: linked(one, self.profile.currentData() or None))
        )
        self.asked = Tick("Poser cette question")
        self.asked.clicked.connect(
            lambda wanted: self._with(lambda one: kept(one) if wanted else dropped(one))
        )
        card.add(self.label)
        card.add(text("On y répond par", "strong"))
        card.add(self.kind)
        card.add(text("Reprise de la fiche", "strong"))
        card.add(self.profile)
        card.add(self.asked)
        card.setEnabled(False)
        return card

    def _show(self, proposal: Proposal) -> None:
        self.proposal = proposal
        asked = len(proposal.asked)
        pages = f"ses {proposal.pages} pages" if proposal.pages > 1 else "sa page"
        self._heading.setText("Proposition de formulaire")
        self._said.setText(
            f"Ce PDF n’est pas dans le catalogue. Questions lues sur {pages}\u00a0: {asked}. "
            "Relisez-les, corrigez ce qui doit l’être, puis ajoutez le formulaire."
        )
        self.title.show_text(proposal.title)
        for question in proposal.questions:
            self.list.addItem(_line(question))
        self._add.setEnabled(asked > 0)
        self._editor.setEnabled(True)
        self.list.setCurrentRow(0)

    def _retitle(self, typed: str) -> None:
        if self.proposal is not None and typed.strip():
            self.proposal = replace(self.proposal, title=" ".join(typed.split()))

    def _choose(self, row: int) -> None:
        if self.proposal is None or row < 0:
            return
        question = self.proposal.questions[row]
        self._fill_editor(question)
        self._draw(question)

    def _looked_at(self) -> ProposedQuestion | None:
        row = self.list.currentRow()
        return self.proposal.questions[row] if self.proposal is not None and row >= 0 else None

    def _with(self, change: object) -> None:
        if self.proposal is None or self._filling_editor or not callable(change):
            return
        question = self.proposal.questions[self.list.currentRow()]
        self.change(change(question))

    def _fill_editor(self, question: ProposedQuestion) -> None:
        self._filling_editor = True
        self.label.show_text(question.label)
        self.kind.clear()
        for kind in kinds_for(question):
            self.kind.addItem(_KIND_WORDS[kind], kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(question.kind)))
        self.profile.clear()
        self.profile.addItem("Rien", "")
        for key in profile_keys_for(question):
            known = PROFILE_KEYS[key]
            self.profile.addItem(f"{known.section.value}\u00a0: {known.label}", key)
        self.profile.setCurrentIndex(max(0, self.profile.findData(question.profile or "")))
        self.asked.setChecked(question.dropped is None)
        self._filling_editor = False

    def _draw(self, question: ProposedQuestion) -> None:
        number = question.page
        if number in self._pictures:
            self._put(question)
            return
        from desktop.ui.printing.printer import image
        from exports.paper.foreign import render_page

        pdf = self.pdf

        def drawn(page: object) -> None:
            self._pictures[number] = QPixmap.fromImage(image(page))  # type: ignore[arg-type]  # a PageImage
            self._put(question)

        self.workplace.in_background(lambda: render_page(pdf, number - 1, scale=_SCALE), drawn)

    def _put(self, question: ProposedQuestion) -> None:
        picture = QPixmap(self._pictures[question.page])
        painter = QPainter(picture)
        painter.setPen(QPen(QColor("#b3440d"), 3))
        for spot in question.spots:
            if spot.page == question.page:
                rect = spot.rect
                painter.drawRect(
                    QRectF(
                        rect.left * _SCALE - 3,
                        picture.height() - rect.top * _SCALE - 3,
                        (rect.right - rect.left) * _SCALE + 6,
                        (rect.top - rect.bottom) * _SCALE + 6,
                    )
                )
        painter.end()
        taken = self._left.width() if self._beside else 0
        room = max(_LEAST_PICTURE, self.width() - taken - _AROUND)
        if picture.width() > room:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        self._page.setPixmap(picture)
        self._page.setAccessibleName(f"Page {question.page} du PDF")


def _line(question: ProposedQuestion) -> str:
    told = f"p.\u00a0{question.page} · {question.label} — {_KIND_WORDS[question.kind]}"
    if question.dropped is not None:
        return f"{told} — non posée"
    if question.profile is not None:
        told += f" — fiche\u00a0: {PROFILE_KEYS[question.profile].label}"
    return told
