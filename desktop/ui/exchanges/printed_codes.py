"""Pages of codes ready to print: how many, what may be lost, printed or saved from memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.page import Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.text import text
from desktop.ui.printing.told import sent_to
from desktop.workflows.codes.bundles import save_codes
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.journal import note_sheet_printed

if TYPE_CHECKING:
    from exports.bundle.paper.printing import PrintedCodes

N = "\u00a0"
_NOW = f"Imprimez les pages avant de quitter cet écran, à taille réelle (100{N}%)."


class PrintedCodesCard(Card):
    """State: the pages, in memory only until they are printed; hidden while there are none."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__("Pages à imprimer")
        self.body.setSpacing(10)
        self._workplace = workplace
        self._title = ""
        self.printed: PrintedCodes | None = None
        self._said = text("")
        self.add(self._said)
        self._worth = text("", "soft")
        self.add(self._worth)
        holder = QWidget()
        flow = FlowLayout(holder)
        self.print = button("Imprimer les pages", self._print, Weight.PRIMARY)
        flow.addWidget(self.print)
        self.keep = button("Enregistrer le PDF…", self._choose)
        flow.addWidget(self.keep)
        self.add(holder)
        self.hide()

    def show_form(self, title: str, printed: PrintedCodes) -> None:
        """Show a form that carries its own code: it is in clear, and is only printed."""
        self.show_codes(title, printed)
        self._worth.setText(f"Le formulaire est en clair, le code est chiffré. {_NOW}")
        self.keep.hide()

    def show_codes(self, title: str, printed: PrintedCodes) -> None:
        """Show what is ready."""
        self._title, self.printed = title, printed
        self._worth.setText(f"Le contenu est chiffré. {_NOW}")
        self.keep.show()
        pages = f"{printed.pages}{N}page{'s' if printed.pages > 1 else ''}"
        codes = f"{printed.codes}{N}code{'s' if printed.codes > 1 else ''}"
        loss = f", dont {printed.spare} peuvent rester illisibles" if printed.spare else ""
        self._said.setText(f"{title}{N}: {pages}, {codes}{loss}.")
        self.show()
        self.print.setFocus()

    def save(self, file: Path) -> None:
        """Write the pages as a PDF where the user chose."""
        printed = self.printed
        if printed is None:
            return

        def write() -> bool:
            save_codes(printed, file)
            return True

        if self._workplace.attempt(write):
            self._workplace.say("Les pages sont enregistrées.", Tone.GOOD)

    def _print(self) -> None:
        from desktop.ui.printing.printer import print_pdf

        if self.printed is None:
            return
        pdf, title, pages = self.printed.pdf, self._title, self.printed.pages
        printer = self._workplace.attempt(
            lambda: print_pdf(self, pdf, title=title, single_sided=True)
        )
        if printer is not None:
            desk = self._workplace.desk
            self._workplace.attempt(
                lambda: note_sheet_printed(desk, title, pages=pages, printer=printer)
            )
            self._workplace.say(*sent_to(printer))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer les pages", "codes.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.save(Path(chosen))
