"""The catalogue under its headings, with a line that narrows it as one types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.search_line import SearchLine
from desktop.ui.parts.text import text
from desktop.workflows.desk import Desk
from desktop.workflows.filling.applications import FormEntry, FormHeading, find_forms


class FormList(QWidget):
    """State: what was typed, and the forms that answer to it."""

    def __init__(
        self, desk: Desk, block: Callable[[FormHeading, tuple[FormEntry, ...]], QWidget]
    ) -> None:
        """Show the catalogue.

        Args:
            desk: whose catalogue.
            block: makes what stands under a heading.
        """
        super().__init__()
        self._desk = desk
        self._block = block
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.search = SearchLine(
            ("Chercher un formulaire, une lettre, un numéro", "Chercher un formulaire"),
            name="Chercher un formulaire",
            widest=460,
        )
        self.search.textChanged.connect(self.show_forms)
        column.addWidget(self.search)
        self._found = QVBoxLayout()
        self._found.setSpacing(12)
        column.addLayout(self._found)
        self.show_forms()

    def show_forms(self) -> None:
        """Show the forms that answer to what is typed."""
        while (item := self._found.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        forms = find_forms(self._desk, self.search.text())
        for heading in FormHeading:
            under = tuple(form for form in forms if form.heading is heading)
            if under:
                self._found.addWidget(text(heading.value, "heading"))
                self._found.addWidget(self._block(heading, under))
        if not forms:
            self._found.addWidget(
                text("Aucun formulaire ne répond à ces mots. Essayez-en d’autres.", "soft")
            )
