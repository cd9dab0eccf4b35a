"""Seeing a blank form, or the sheet that explains one, as it will be printed; printing it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.text import text
from desktop.ui.printing.paper_view import PaperView
from desktop.ui.printing.told import IN_CLEAR, sent_to
from desktop.ui.printing.wishes_row import WishesRow
from desktop.workflows.printing.blank_papers import (
    BlankPaper,
    help_sheet_of,
    prepare_blank,
    prepare_blank_for_application,
    record_blank_print,
    save_blank,
)
from desktop.workflows.settings.journal import note_sheet_printed

N = "\u00a0"
_LEAST_VIEW = 420
_NONE = "-"
_HELP = "help"


@dataclass(frozen=True)
class BlankWanted:
    """Which paper of a form is to be seen.

    Attributes:
        language: the code of a second one; empty for French alone.
        application_id: whose answers are printed in it; empty for nobody's.
        explains: whether it is the sheet that explains the form.
    """

    form_id: str
    language: str = ""
    application_id: str = ""
    explains: bool = False

    def record(self) -> str:
        """What the page is given."""
        parts = (self.form_id, self.language, self.application_id, _HELP if self.explains else "")
        return " ".join(part or _NONE for part in parts)


def wanted_in(record: str) -> BlankWanted:
    """What was asked of the page; a form that is unknown is said by whoever looks for it."""
    parts = ["" if part == _NONE else part for part in record.split(" ")]
    form_id, language, application_id, kind = (*parts, "", "", "")[:4]
    return BlankWanted(form_id, language, application_id, kind == _HELP)


class BlankPage(Page):
    """State: the pages, held in memory only, and what is asked of the printer."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        """Show the page.

        Args:
            workplace: the window around it.
            record: as `BlankWanted.record` gives it.
        """
        super().__init__(workplace)
        self._wanted = wanted_in(record)
        self.paper: BlankPaper | None = None
        self._pdf = b""
        self._name = self.desk.catalogue.form(self._wanted.form_id).title
        if self._wanted.explains:
            self._name = f"Feuille d’aide, {self._name}"
        self._kind = text("Préparation du papier…", "soft")
        self._print = button("Imprimer", self.print_paper, Weight.PRIMARY)
        self._save = button("Enregistrer le PDF…", self._choose_file)
        self._actions = [self._print] if self._wanted.explains else [self._print, self._save]
        for one in self._actions:
            one.setEnabled(False)
        self.wishes = WishesRow()
        self.view = PaperView(workplace)
        self.view.setMinimumHeight(_LEAST_VIEW)
        holder, layout = column()
        layout.addWidget(text(self._name, "page"))
        layout.addWidget(self._kind)
        layout.addWidget(flowing(*self._actions, button("Revenir", self.escape)))
        layout.addWidget(self.wishes)
        layout.addWidget(self.view, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        self._prepare()

    def first_focus(self) -> QWidget | None:
        """The print button."""
        return self._print

    def escape(self) -> None:
        """Back to the application, or to the forms."""
        if self._wanted.application_id:
            self.workplace.go(Place.FILLING, self._wanted.application_id)
        else:
            self.workplace.go(Place.FORMS)

    def print_paper(self) -> None:
        """Print from memory; the vault keeps the copy, the journal that it was printed."""
        from desktop.ui.printing import printer as printing

        if not self._pdf:
            return
        wishes = self.wishes.wishes(self.view.shown)
        printer = self.workplace.attempt(
            lambda: printing.print_pdf(
                self, self._pdf, title=self._name, single_sided=False, wishes=wishes
            )
        )
        if printer is None:
            return
        paper, pages = self.paper, self.view.count if wishes.page is None else 1
        if paper is not None:
            self.workplace.attempt(
                lambda: record_blank_print(self.desk, paper, printer=printer, pages=pages)
            )
        else:
            self.workplace.attempt(
                lambda: note_sheet_printed(self.desk, self._name, pages=pages, printer=printer)
            )
        self.workplace.say(*sent_to(printer))

    def save_to(self, file: Path) -> None:
        """Save the copy in clear where the user chose; the journal keeps that it was done."""
        paper = self.paper
        if paper is None:
            return

        def save() -> bool:
            save_blank(self.desk, paper, file)
            return True

        if self.workplace.attempt(save):
            self.workplace.say(*IN_CLEAR)

    def _prepare(self) -> None:
        desk, wanted = self.desk, self._wanted
        if wanted.explains:
            self.workplace.in_background(
                lambda: _counted(
                    help_sheet_of(desk.catalogue, wanted.form_id, language=wanted.language)
                ),
                lambda made: self._show(made[0], made[1], "À lire avant de signer"),
            )
            return

        def prepare() -> BlankPaper:
            if wanted.application_id:
                return prepare_blank_for_application(
                    desk, wanted.application_id, language=wanted.language
                )
            return prepare_blank(desk, wanted.form_id, language=wanted.language)

        self.workplace.in_background(prepare, self._show_copy)

    def _show_copy(self, paper: BlankPaper) -> None:
        self.paper = paper
        self._show(paper.pdf, paper.pages, f"À remplir au stylo, exemplaire {paper.copy_id}")

    def _show(self, pdf: bytes, pages: int, kind: str) -> None:
        self._pdf = pdf
        self._kind.setText(f"{kind}. {pages}{N}page{'s' if pages > 1 else ''}.")
        for one in self._actions:
            one.setEnabled(True)
        self._print.setFocus()
        self.wishes.count_pages(pages)
        self.view.show_paper(pdf, pages)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer le PDF", "vierge.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))


def _counted(pdf: bytes) -> tuple[bytes, int]:
    from exports.paper.render import page_count

    return pdf, page_count(pdf)
