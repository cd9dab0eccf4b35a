"""Seeing the paper of an application as it will be printed; printing it, or saving it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.text import text
from desktop.ui.parts.tick import Tick
from desktop.ui.printing.paper_view import PaperView
from desktop.ui.printing.told import IN_CLEAR, sent_to
from desktop.ui.printing.wishes_row import SEPARATE_SHEETS, WishesRow
from desktop.workflows.printing.letter_lines import LetterLines, choose_letter_lines, letter_lines
from desktop.workflows.printing.papers import (
    PAPER_WORDS,
    Paper,
    PaperKind,
    prepare_paper,
    record_print,
    save_paper,
)
from desktop.workflows.settings.journal import note_application_opened

_LEAST_VIEW = 420
"""Pixels of a page that are seen at least, however much stands above it."""


class PreviewPage(Page):
    """State: the paper, held in memory only, and what is asked of the printer."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self._application_id = record
        note_application_opened(self.desk, record)
        self.paper: Paper | None = None
        self._title = text("Préparation du papier…", "page")
        self._kind = text("", "soft")
        self._problems = Card("À voir avant d’imprimer")
        self._problems.hide()
        self._sides = text("", "warning")
        self._sides.hide()
        self._print = button("Imprimer", self.print_paper, Weight.PRIMARY)
        self._save = button("Enregistrer le PDF…", self._choose_file)
        self._actions = [self._print, self._save]
        for one in self._actions:
            one.setEnabled(False)
        self.justified = Tick("Lignes justifiées")
        self.justified.setChecked(letter_lines(self.desk) is LetterLines.JUSTIFIED)
        self.justified.hide()
        self.justified.clicked.connect(self._choose_lines)
        self.flat = Tick("PDF enregistré sans champs à remplir")
        self.flat.setAccessibleDescription("Plus rien ne pourra y être modifié.")
        self.flat.setToolTip(self.flat.accessibleDescription())
        self.flat.hide()
        self.wishes = WishesRow(self.justified, self.flat)
        self.view = PaperView(workplace)
        self.view.setMinimumHeight(_LEAST_VIEW)
        holder, layout = column()
        layout.addWidget(self._title)
        layout.addWidget(self._kind)
        layout.addWidget(self._sides)
        layout.addWidget(
            flowing(
                self._print,
                self._save,
                button("Bordereau, enveloppe, étiquettes…", self._go_to_mailing),
                button("Revenir aux réponses", self.escape),
            )
        )
        layout.addWidget(self.wishes)
        layout.addWidget(self._problems)
        layout.addWidget(self.view, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        self._prepare()

    @property
    def is_drawn(self) -> bool:
        """Whether a page is on the screen."""
        return self.view.is_drawn

    def first_focus(self) -> QWidget | None:
        """The print button."""
        return self._print

    def print_paper(self) -> None:
        """Print through the system's dialog, from memory; the journal keeps that it was done."""
        if self.paper is None:
            return
        from desktop.ui.printing import printer as printing

        paper, wishes = self.paper, self.wishes.wishes(self.view.shown)
        printer = self.workplace.attempt(
            lambda: printing.print_pdf(
                self,
                paper.pdf,
                title=paper.title,
                single_sided=paper.single_sided,
                wishes=wishes,
            )
        )
        if printer is not None:
            pages = paper.pages if wishes.page is None else 1
            self.workplace.attempt(
                lambda: record_print(
                    self.desk, self._application_id, paper, printer=printer, pages=pages
                )
            )
            self.workplace.say(*sent_to(printer))

    def save_to(self, file: Path) -> None:
        """Save the paper in clear where the user chose; the journal keeps that it was done."""
        paper = self.paper
        if paper is None:
            return

        flat = self.flat.isChecked() and not self.flat.isHidden()

        def save() -> bool:
            save_paper(self.desk, self._application_id, paper, file, flat=flat)
            return True

        if self.workplace.attempt(save):
            self.workplace.say(*IN_CLEAR)

    def escape(self) -> None:
        """Back to the answers."""
        self.workplace.go(Place.FILLING, self._application_id)

    def _prepare(self) -> None:
        desk, record = self.desk, self._application_id
        self.workplace.in_background(lambda: prepare_paper(desk, record), self._show)

    def _show(self, paper: Paper) -> None:
        first = self.paper is None
        self.paper = paper
        self._title.setText(paper.title)
        plural = "s" if paper.pages > 1 else ""
        self._kind.setText(f"{PAPER_WORDS[paper.kind]} {paper.pages}\u00a0page{plural}.")
        sendable = paper.kind in (PaperKind.OFFICIAL, PaperKind.LETTER)
        self._kind.setProperty("role", "soft" if sendable else "warning")
        self._kind.style().unpolish(self._kind)
        self._kind.style().polish(self._kind)
        self._sides.setText(SEPARATE_SHEETS)
        self._sides.setVisible(paper.single_sided)
        self.wishes.allow_both_sides(not paper.single_sided)
        self.wishes.count_pages(paper.pages)
        self.justified.setVisible(paper.kind is PaperKind.LETTER)
        self.flat.setVisible(paper.filled is not None)
        for problem in paper.problems if first else ():
            self._problems.add(text(problem, "error"))
        for continued in paper.continued if first else ():
            self._problems.add(text(continued, "warning"))
        self._problems.setVisible(bool(paper.problems or paper.continued))
        for one in self._actions:
            one.setEnabled(True)
        if first:
            self._print.setFocus()
        self.view.show_paper(paper.pdf, paper.pages)

    def _choose_lines(self, justified: bool) -> None:
        lines = LetterLines.JUSTIFIED if justified else LetterLines.RAGGED

        def choose() -> bool:
            choose_letter_lines(self.desk, lines)
            return True

        if self.workplace.attempt(choose):
            self._prepare()
        else:
            self.justified.setChecked(not justified)

    def _go_to_mailing(self) -> None:
        self.workplace.go(Place.MAILING, self._application_id)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer le PDF", "formulaire.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))
