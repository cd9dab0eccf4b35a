"""One application at the relay: answers to read and copy, papers, and its outcome."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.page import Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import line, text
from desktop.ui.relay.outcome_form import OutcomeForm
from desktop.workflows.documents import document_content, save_document
from desktop.workflows.reading import AnswerLine, read_application
from desktop.workflows.receipts import take_up
from desktop.workflows.states import Tone
from vault.documents import Document


class ApplicationView(Card):
    """State: the application looked at, and the outcome being written."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(tight=True)
        self._workplace = workplace
        self._read = read_application(workplace.desk, record)
        holder, layout = column(margins=(18, 18, 18, 18))
        layout.setSpacing(12)
        layout.addWidget(text(self._read.title, "page"))
        layout.addLayout(in_line(chip(self._read.chip, self._read.tone)))
        layout.addWidget(text(self._read.summary, "soft"))
        if self._read.outcome:
            layout.addWidget(text(f"Issue\u00a0: {self._read.outcome}", "strong"))
        self.outcome = OutcomeForm(workplace, record)
        self.outcome.hide()
        buttons = [button("Indiquer l’issue…", self._show_outcome, Weight.PRIMARY)]
        if self._read.form_document is not None:
            buttons.append(button("Imprimer", self.print_form))
        layout.addLayout(in_line(*buttons))
        layout.addWidget(self.outcome)
        if self._read.documents:
            layout.addWidget(self._documents(self._read.documents))
        layout.addLayout(self._answers(self._read.lines))
        layout.addStretch(1)
        holder.setObjectName("paper")
        self.body.addWidget(scrolling(holder))

    def print_form(self) -> None:
        """Print the form that came with the application, from memory."""
        document = self._read.form_document
        if document is None:
            return
        desk = self._workplace.desk
        self._workplace.in_background(lambda: document_content(desk, document.id), self._to_printer)

    def save(self, document: Document, file: Path) -> None:
        """Save a document in clear where the user chose."""

        def write() -> bool:
            save_document(self._workplace.desk, document.id, file)
            return True

        if self._workplace.attempt(write):
            self._workplace.say(
                "La pièce est enregistrée en clair. Effacez-la quand elle aura servi.", Tone.CARE
            )

    def _documents(self, documents: tuple[Document, ...]) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        for document in documents:
            layout.addLayout(
                in_line(
                    line(document.name),
                    button(
                        "Enregistrer la pièce…",
                        partial(self._choose, document),
                        Weight.LINK,
                    ),
                )
            )
        return holder

    def _answers(self, lines: tuple[AnswerLine, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        row, section = 0, ""
        for answer in lines:
            if answer.section != section:
                section = answer.section
                grid.addWidget(text(section, "heading"), row, 0, 1, 3)
                row += 1
            label = text(answer.label, "soft")
            value = text(answer.text, "strong")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
            if answer.answered:
                copy = button("Copier", partial(self._copy, answer), Weight.LINK)
                copy.setAccessibleName(f"Copier {answer.label}")
                grid.addWidget(copy, row, 2)
            grid.addWidget(rule(), row + 1, 0, 1, 3)
            row += 2
        return grid

    def _copy(self, answer: AnswerLine) -> None:
        QApplication.clipboard().setText(answer.text)
        self._workplace.say(f"Copié\u00a0: {answer.label}.", Tone.GOOD)
        self._workplace.attempt(lambda: take_up(self._workplace.desk, self._read.id))

    def _show_outcome(self) -> None:
        self.outcome.show()
        self.outcome.result.target.setFocus()

    def _choose(self, document: Document) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Enregistrer la pièce", document.name)
        if chosen:
            self.save(document, Path(chosen))

    def _to_printer(self, pdf: bytes) -> None:
        from desktop.ui.printing.printer import print_pdf

        print_pdf(self, pdf, title=self._read.title, single_sided=False)
