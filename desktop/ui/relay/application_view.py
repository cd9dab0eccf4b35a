"""One application at the relay: who files it, how, its outcome, its papers, its answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QMainWindow, QVBoxLayout, QWidget

from desktop.ui.page import Place, Workplace
from desktop.ui.parts.button import Weight, button, weigh, writing_button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.field import Field
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.text import text
from desktop.ui.printing.told import sent_to
from desktop.ui.relay.assignment_line import AssignmentLine
from desktop.ui.relay.filing_ways_card import FilingWaysCard
from desktop.ui.relay.outcome_form import OutcomeForm
from desktop.ui.retention.erase_application import EraseApplication
from desktop.workflows.exchanges.receipts import take_up
from desktop.workflows.filling.documents import document_content, record_form_print, save_document
from desktop.workflows.filling.reading import AnswerLine, read_application
from desktop.workflows.filling.states import Tone
from desktop.workflows.online.followup import filing_status
from desktop.workflows.printing.papers import wants_separate_sheets
from desktop.workflows.relay.filing_ways import filing_ways
from desktop.workflows.retention.rules import application_retention_said
from desktop.workflows.settings.journal import note_opened
from desktop.workflows.settings.users import may_write
from vault.records.documents import Document


class ApplicationView(Card):
    """State: the application looked at, and the outcome being written."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(tight=True)
        self.record = record
        self._workplace = workplace
        self._read = read_application(workplace.desk, record)
        application = workplace.desk.vault.applications.get(record)
        note_opened(workplace.desk, application.person_id, record)
        holder, layout = column(margins=(18, 14, 18, 18))
        layout.setSpacing(12)
        self._back = button("← Revenir à la liste", lambda: workplace.go(Place.INBOX), Weight.LINK)
        self._back.hide()
        layout.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(text(self._read.title, "page"))
        layout.addLayout(in_line(chip(self._read.chip, self._read.tone)))
        layout.addWidget(text(self._read.summary, "soft"))
        if self._read.outcome:
            layout.addWidget(text(f"Issue\u00a0: {self._read.outcome}", "strong"))
        status = filing_status(workplace.desk, record)
        if status is not None:
            layout.addWidget(text(f"Sur le portail\u00a0: {status.said}."))
        self.first = writing_button("Assistant de recopie", self.open_copying_aid, Weight.PRIMARY)
        layout.addWidget(self._actions())
        kept = application_retention_said(workplace.desk, record)
        if kept:
            layout.addWidget(text(kept, "soft"))
        self.outcome = OutcomeForm(workplace, record, on_put_away=self._put_outcome_away)
        self.outcome.hide()
        layout.addWidget(self.outcome)
        self.assignment = AssignmentLine(workplace, application)
        self.assignment.setEnabled(may_write(workplace.desk))
        layout.addWidget(self.assignment)
        if self._read.documents:
            layout.addWidget(self._documents(self._read.documents))
        layout.addLayout(self._answers(self._read.lines))
        self._ways = FilingWaysCard(filing_ways(workplace.desk, application.form_id))
        layout.addWidget(self._ways)
        layout.addWidget(EraseApplication(workplace, record))
        layout.addStretch(1)
        holder.setObjectName("paper")
        self._area = scrolling(holder)
        self.body.addWidget(self._area)

    def questions(self) -> Mapping[str, Field]:
        """Those of the outcome, and the day it is due."""
        return {**self.outcome.questions, "deadline": self.assignment.deadline}

    def show_way_back(self, *, shown: bool) -> None:
        """Whether the list is elsewhere, and needs a way back to it."""
        self._back.setVisible(shown)

    def show_guide(self) -> None:
        """Bring where and how to file into sight."""
        self._area.verticalScrollBar().setValue(self._ways.y())

    def open_copying_aid(self) -> None:
        """Open the window that hands one value after another."""
        from desktop.ui.relay.copying_aid import open_copying_aid

        window = self.window()
        over = window.centralWidget() if isinstance(window, QMainWindow) else None
        open_copying_aid(self._workplace, self.record, over or self)

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

    def _actions(self) -> QWidget:
        holder = QWidget()
        layout = FlowLayout(holder)
        online = writing_button(
            "Déposer en ligne…", partial(self._workplace.go, Place.ONLINE, self.record)
        )
        buttons = [self.first, online, writing_button("Indiquer l’issue…", self._show_outcome)]
        if self._read.form_document is not None:
            see = partial(self._workplace.go, Place.FORM_PDF, self.record)
            buttons.append(button("Voir le formulaire", see))
            buttons.append(button("Imprimer", self.print_form))
        post = partial(self._workplace.go, Place.MAILING, self.record)
        buttons.append(button("Envoyer par la poste…", post))
        for one in buttons:
            layout.addWidget(one)
        return holder

    def _documents(self, documents: tuple[Document, ...]) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(text("Pièces justificatives", "heading"))
        for document in documents:
            save = button("Enregistrer la pièce…", partial(self._choose, document), Weight.LINK)
            save.setAccessibleName(f"Enregistrer la pièce {document.name}")
            layout.addLayout(in_line(text(document.name), save))
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
        self._workplace.copy(answer.text)
        self._workplace.say(f"Copié pour 30\u00a0secondes\u00a0: {answer.label}.", Tone.GOOD)
        self._workplace.attempt(lambda: take_up(self._workplace.desk, self._read.id))

    def _show_outcome(self) -> None:
        self.outcome.show()
        self.outcome.first.setFocus()
        weigh(self.first, Weight.SECONDARY)

    def _put_outcome_away(self) -> None:
        weigh(self.first, Weight.PRIMARY)
        self.first.setFocus()

    def _choose(self, document: Document) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Enregistrer la pièce", document.name)
        if chosen:
            self.save(document, Path(chosen))

    def _to_printer(self, pdf: bytes) -> None:
        from desktop.ui.printing.printer import print_pdf
        from exports.paper.foreign import page_count

        desk, document, title = self._workplace.desk, self._read.form_document, self._read.title
        separate = wants_separate_sheets(desk, self._read.id)
        printer = self._workplace.attempt(
            lambda: print_pdf(self, pdf, title=title, single_sided=separate)
        )
        if printer is not None and document is not None:
            pages = page_count(pdf)
            self._workplace.attempt(
                lambda: record_form_print(desk, document.id, pages=pages, printer=printer)
            )
            self._workplace.say(*sent_to(printer))
