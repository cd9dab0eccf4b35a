"""Printing a recovery sheet, then reading two groups back from it, the key out of sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.field import FieldNotes, LineField, on_return
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.text import text
from desktop.ui.work import in_background
from desktop.workflows.desk import Desk
from desktop.workflows.sentences import KNOWN_ERRORS, sentence
from desktop.workflows.settings.journal import note_sheet_printed
from desktop.workflows.start.recovery_sheet import Group, groups_to_ask, read_back, recovery_sheet
from vault.key_slots.recovery import RecoveryKey


class SheetSteps(QWidget):
    """State: a key just drawn, and the two groups asked back."""

    def __init__(
        self, desk: Desk, recovery: RecoveryKey, *, done_words: str, on_done: Callable[[], object]
    ) -> None:
        """Show the key.

        Args:
            desk: the open vault.
            recovery: the key in force, shown this once.
            done_words: what the last button says.
            on_done: called once the sheet was read back.
        """
        super().__init__()
        self._desk = desk
        self._recovery = recovery
        self._on_done = on_done
        self._shown = self._key_step()
        self._asked = QWidget()
        self._questions = _column(self._asked)
        self.fields: dict[Group, LineField] = {}
        self._finish = button(done_words, self.finish, Weight.PRIMARY)
        self._again = button("Revoir la clé", self.show_key)
        self._problem = text("", "error")
        # A button without a parent would keep the key after its page is gone.
        for part in (self._finish, self._again, self._problem):
            part.setParent(self)
            part.hide()
        steps = _column(self)
        steps.addWidget(self._shown)
        steps.addWidget(self._asked)
        self.show_key()

    def first_focus(self) -> QWidget:
        """The print button, or the first group asked."""
        if self._shown.isVisibleTo(self):
            return self._print
        return next(iter(self.fields.values())).input

    def show_key(self) -> None:
        """Show the key, to be printed or copied by hand."""
        self._asked.hide()
        self._shown.show()
        self._print.setFocus()

    def ask(self) -> None:
        """Hide the key, and ask two groups back."""
        while (item := self._questions.takeAt(0)) is not None:
            self._let_go(item.widget())
        self.fields = {group: LineField(group.said) for group in groups_to_ask()}
        self._questions.addWidget(
            text(
                "Lisez sur la feuille, et recopiez ces deux groupes de quatre caractères. "
                "Majuscules ou minuscules\u00a0: c’est pareil."
            )
        )
        for field in self.fields.values():
            on_return(field, self.finish)
            self._questions.addWidget(field)
        self._problem.setText("")
        self._problem.hide()
        self._questions.addWidget(self._problem)
        self._questions.addWidget(flowing(self._finish, self._again))
        self._finish.show()
        self._again.show()
        self._shown.hide()
        self._asked.show()
        self.first_focus().setFocus()

    def finish(self) -> None:
        """Go on once both groups are right."""
        typed = {group: field.text() for group, field in self.fields.items()}
        try:
            wrong = read_back(self._desk, self._recovery, typed)
        except KNOWN_ERRORS as error:
            self._problem.setText(sentence(error))
            self._problem.show()
            return
        for group, field in self.fields.items():
            missed = (
                f"Ce n’est pas ce qui est écrit ligne {group.line}, groupe {group.number}. "
                "Vérifiez caractère par caractère."
            )
            field.show_notes(FieldNotes(error=missed if group in wrong else ""))
        if wrong:
            self.fields[wrong[0]].input.setFocus()
            return
        self._on_done()

    def print_sheet(self) -> None:
        """Print through the system’s dialog, from memory."""
        desk, recovery = self._desk, self._recovery
        in_background(
            self,
            lambda: recovery_sheet(desk, recovery),
            then=self._send_to_printer,
            otherwise=self._failed,
        )

    def _key_step(self) -> QWidget:
        step = QWidget()
        layout = _column(step)
        for line in self._recovery.lines():
            layout.addWidget(text(line, "key"))
        self._printed = text("", "soft")
        layout.addWidget(self._printed)
        self._printed.hide()
        self._print = button("Imprimer la feuille de secours", self.print_sheet, Weight.PRIMARY)
        layout.addWidget(flowing(self._print, button("J’ai la feuille en main", self.ask)))
        layout.addWidget(
            text("Sans imprimante, recopiez les quatre lignes à la main, espaces compris.", "small")
        )
        return step

    def _send_to_printer(self, pdf: bytes) -> None:
        from desktop.ui.printing.printer import print_pdf

        if self._desk.vault.locked:
            return
        try:
            title = "Feuille de secours"
            printer = print_pdf(self, pdf, title=title, single_sided=True)
            if printer is not None:
                note_sheet_printed(self._desk, title, pages=1, printer=printer)
        except KNOWN_ERRORS as error:
            self._failed(error)
            return
        self._printed.setText(
            "La feuille n’est pas partie à l’imprimante."
            if printer is None
            else f"La feuille est partie à l’imprimante «\u00a0{printer}\u00a0»."
        )
        self._printed.show()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KNOWN_ERRORS):
            raise error
        self._printed.setText(sentence(error))
        self._printed.show()

    def _let_go(self, widget: QWidget | None) -> None:
        if widget is None or widget is self._problem:
            return
        # The buttons are kept; their row is not.
        for kept in (self._finish, self._again):
            kept.setParent(self)
        widget.deleteLater()


def _column(holder: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    return layout
