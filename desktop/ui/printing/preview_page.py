"""Seeing the paper of an application as it will be printed; printing it, or saving it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import text
from desktop.workflows.papers import (
    PAPER_WORDS,
    Paper,
    PaperKind,
    prepare_paper,
    record_print,
    save_paper,
)
from desktop.workflows.states import Tone

_SCALES = (0.8, 1.0, 1.3, 1.7, 2.2)


class PreviewPage(Page):
    """State: the paper, held in memory only, and the zoom."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self._application_id = record
        self.paper: Paper | None = None
        self._zoom = 1
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
        holder, layout = column()
        layout.addWidget(self._title)
        layout.addWidget(self._kind)
        layout.addWidget(self._sides)
        layout.addLayout(
            in_line(
                self._print,
                self._save,
                button("Agrandir", lambda: self._scale(1)),
                button("Réduire", lambda: self._scale(-1)),
                button("Revenir aux réponses", self.escape),
            )
        )
        layout.addWidget(self._problems)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(16)
        layout.addLayout(self._pages)
        layout.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        workplace.in_background(lambda: prepare_paper(self.desk, record), self._show)

    @property
    def is_drawn(self) -> bool:
        """Whether the pages are on the screen."""
        return self._pages.count() > 0

    def first_focus(self) -> QWidget | None:
        """The print button."""
        return self._print

    def print_paper(self) -> None:
        """Print through the system's dialog, from memory; the journal keeps that it was done."""
        if self.paper is None:
            return
        from desktop.ui.printing.printer import print_pdf

        paper = self.paper
        printer = print_pdf(self, paper.pdf, title=paper.title, single_sided=paper.single_sided)
        if printer is not None:
            self.workplace.attempt(
                lambda: record_print(self.desk, self._application_id, paper, printer=printer)
            )
            self.workplace.say(f"Envoyé à l’imprimante «\u00a0{printer}\u00a0».", Tone.GOOD)

    def save_to(self, file: Path) -> None:
        """Save the paper in clear where the user chose; the journal keeps that it was done."""
        paper = self.paper
        if paper is None:
            return

        def save() -> bool:
            save_paper(self.desk, self._application_id, paper, file)
            return True

        if self.workplace.attempt(save):
            self.workplace.say(
                "Le PDF est enregistré en clair. Effacez-le quand il aura servi.", Tone.CARE
            )

    def escape(self) -> None:
        """Back to the answers."""
        self.workplace.go(Place.FILLING, self._application_id)

    def _show(self, paper: Paper) -> None:
        self.paper = paper
        self._title.setText(paper.title)
        plural = "s" if paper.pages > 1 else ""
        self._kind.setText(f"{PAPER_WORDS[paper.kind]} {paper.pages} page{plural}.")
        sendable = paper.kind in (PaperKind.OFFICIAL, PaperKind.LETTER)
        self._kind.setProperty("role", "soft" if sendable else "warning")
        self._kind.style().unpolish(self._kind)
        self._kind.style().polish(self._kind)
        self._sides.setText("À imprimer sur des feuilles séparées, jamais en recto verso.")
        self._sides.setVisible(paper.single_sided)
        for problem in paper.problems:
            self._problems.add(text(problem, "error"))
        self._problems.setVisible(bool(paper.problems))
        for one in self._actions:
            one.setEnabled(True)
        self._print.setFocus()
        self._draw()

    def _draw(self) -> None:
        paper, scale = self.paper, _SCALES[self._zoom]
        if paper is None:
            return
        from exports.paper.render import render_page

        self.workplace.in_background(
            lambda: [render_page(paper.pdf, one, scale=scale * 1.3) for one in range(paper.pages)],
            self._put_pages,
        )

    def _put_pages(self, pages: list[object]) -> None:
        from desktop.ui.printing.printer import image

        while (item := self._pages.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for number, page in enumerate(pages, start=1):
            label = QLabel()
            label.setPixmap(QPixmap.fromImage(image(page)))  # type: ignore[arg-type]  # a PageImage
            label.setAccessibleName(f"Page {number} sur {len(pages)}")
            label.setProperty("role", "paper")
            self._pages.addWidget(label, 0, Qt.AlignmentFlag.AlignLeft)

    def _scale(self, steps: int) -> None:
        self._zoom = max(0, min(self._zoom + steps, len(_SCALES) - 1))
        self._draw()

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer le PDF", "formulaire.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))
