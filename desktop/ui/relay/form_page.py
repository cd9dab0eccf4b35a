"""The form that came with an application, as the station set it: seen, printed, saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.text import text
from desktop.ui.printing.paper_view import PaperView
from desktop.ui.printing.told import IN_CLEAR, sent_to
from desktop.ui.printing.wishes_row import SEPARATE_SHEETS, WishesRow
from desktop.workflows.filling.documents import document_content, record_form_print, save_document
from desktop.workflows.filling.reading import ReadApplication, read_application
from desktop.workflows.printing.papers import wants_separate_sheets

_LEAST_VIEW = 420


class FormPage(Page):
    """State: the pages, in memory only."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self.desk.require_relay()
        self._record = record
        self._read: ReadApplication = read_application(self.desk, record)
        self._pdf = b""
        self._print = button("Imprimer", self.print_paper, Weight.PRIMARY)
        self._save = button("Enregistrer le PDF…", self._choose)
        for one in (self._print, self._save):
            one.setEnabled(False)
        self.wishes = WishesRow()
        self._separate = wants_separate_sheets(self.desk, record)
        self.wishes.allow_both_sides(not self._separate)
        self.view = PaperView(workplace)
        self.view.setMinimumHeight(_LEAST_VIEW)
        holder, layout = column()
        layout.addWidget(text("Formulaire reçu", "page"))
        back = button("Revenir à la démarche", self.escape)
        layout.addWidget(flowing(self._print, self._save, back))
        if self._separate:
            layout.addWidget(text(SEPARATE_SHEETS, "warning"))
        layout.addWidget(self.wishes)
        layout.addWidget(self.view, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        document = self._read.form_document
        if document is not None:
            desk = self.desk
            workplace.in_background(lambda: _pages(document_content(desk, document.id)), self._show)

    def bar_title(self) -> tuple[str, str] | None:
        """Whose form it is, and which."""
        return self._read.person, self._read.title

    def first_focus(self) -> QWidget | None:
        """The print button."""
        return self._print

    def escape(self) -> None:
        """Back to the application."""
        self.workplace.go(Place.INBOX, self._record)

    def print_paper(self) -> None:
        """Print from memory; the journal keeps that it was done."""
        from desktop.ui.printing import printer as printing

        document = self._read.form_document
        if document is None or not self._pdf:
            return
        wishes = self.wishes.wishes(self.view.shown)
        printer = self.workplace.attempt(
            lambda: printing.print_pdf(
                self,
                self._pdf,
                title=self._read.title,
                single_sided=self._separate,
                wishes=wishes,
            )
        )
        if printer is not None:
            pages = self.view.count if wishes.page is None else 1
            self.workplace.attempt(
                lambda: record_form_print(self.desk, document.id, pages=pages, printer=printer)
            )
            self.workplace.say(*sent_to(printer))

    def save(self, file: Path) -> None:
        """Save the form in clear where the user chose."""
        document = self._read.form_document
        if document is None:
            return

        def write() -> bool:
            save_document(self.desk, document.id, file)
            return True

        if self.workplace.attempt(write):
            self.workplace.say(*IN_CLEAR)

    def _show(self, shown: tuple[bytes, int]) -> None:
        self._pdf, count = shown
        self.wishes.count_pages(count)
        self.view.show_paper(self._pdf, count)
        for one in (self._print, self._save):
            one.setEnabled(True)
        self._print.setFocus()

    def _choose(self) -> None:
        document = self._read.form_document
        name = document.name if document is not None else "formulaire.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, "Enregistrer le PDF", name, "PDF (*.pdf)")
        if chosen:
            self.save(Path(chosen))


def _pages(pdf: bytes) -> tuple[bytes, int]:
    from exports.paper.render import page_count

    return pdf, page_count(pdf)
