"""The recovery sheet: shown once, printed, and tested before the work begins."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import FieldNotes, LineField, on_return
from desktop.ui.parts.text import text
from desktop.ui.start.frame import StartFrame
from desktop.ui.work import in_background
from desktop.workflows.opening import CreatedVault, recovery_sheet

_TESTED_LINE = 2


class RecoveryPage(StartFrame):
    """State: the key of a vault just made, and whether one of its lines was typed back."""

    def __init__(self, created: CreatedVault, *, on_done: Callable[[], object]) -> None:
        super().__init__(
            "Feuille de secours",
            "Elle ouvre le coffre si la phrase de passe est oubliée. "
            "Elle n’est montrée qu’une fois\u00a0: imprimez-la et enfermez-la.",
        )
        self._created = created
        self._on_done = on_done
        self._lines = created.recovery.lines()
        for line in self._lines:
            self.card.add(text(line, "key"))
        self._print = button("Imprimer la feuille de secours", self.print_sheet, Weight.PRIMARY)
        self.card.body.addLayout(in_line(self._print))
        self.test = LineField(
            f"Recopiez la ligne {_TESTED_LINE} depuis la feuille imprimée",
            hint="C’est la preuve que la feuille se lit bien.",
        )
        on_return(self.test, self.finish)
        self.card.add(self.test)
        self.card.body.addLayout(in_line(button("Commencer le travail", self.finish)))

    def first_focus(self) -> QWidget:
        """The print button."""
        return self._print

    def print_sheet(self) -> None:
        """Print through the system's dialog, from memory."""
        in_background(
            self,
            lambda: recovery_sheet(self._created),
            then=self._send_to_printer,
            otherwise=self._failed,
        )

    def finish(self) -> None:
        """Go on once the line asked for was typed back."""
        typed = "".join(self.test.text().upper().split()).replace("-", "")
        if typed != self._lines[_TESTED_LINE - 1].replace(" ", ""):
            self.test.show_notes(
                FieldNotes(
                    error=f"Ce n’est pas la ligne {_TESTED_LINE}. Vérifiez-la caractère par "
                    "caractère."
                )
            )
            self.test.input.setFocus()
            return
        self._on_done()

    def _send_to_printer(self, pdf: bytes) -> None:
        from desktop.ui.printing.printer import print_pdf
        from desktop.workflows.sentences import KNOWN_ERRORS

        try:
            print_pdf(self, pdf, title="Feuille de secours", single_sided=True)
        except KNOWN_ERRORS as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        from desktop.workflows.sentences import sentence

        self.test.show_notes(FieldNotes(error=sentence(error)))
