"""The system's dialog for a printer, without what the program could not follow."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QGroupBox, QWidget

_Option = QAbstractPrintDialog.PrintDialogOption
# A file is an export, which the journal tells first; pages are chosen before this dialog.
_LEFT_OUT = (_Option.PrintToFile, _Option.PrintPageRange)
# Qt's own dialog, on Linux, shows these whatever its options say.
_PAGE_RANGE = "gbPrintRange"


class PrinterDialog(QPrintDialog):
    """State: the printer it was given, changed as the user chooses."""

    def __init__(self, printer: QPrinter, parent: QWidget | None = None) -> None:
        super().__init__(printer, parent)
        self.setWindowTitle("Imprimer")
        for option in _LEFT_OUT:
            self.setOption(option, False)

    def showEvent(self, event: QShowEvent) -> None:
        """Show it without its own page range."""
        super().showEvent(event)
        shown = self.findChild(QGroupBox, _PAGE_RANGE)
        if shown is not None:
            shown.hide()
