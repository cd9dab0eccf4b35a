"""A quiet line over a list: something is to be erased, and where to see it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.page import Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.text import text
from desktop.workflows.retention.rules import due_count


class DueNotice(QWidget):
    """Hidden until something is found to be due."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._words = text("", "soft")
        row.addWidget(self._words, 1)
        row.addWidget(
            button("Voir ce qui est à effacer", lambda: workplace.go(Place.TO_ERASE), Weight.LINK)
        )
        self.hide()
        desk = workplace.desk
        workplace.in_background(lambda: due_count(desk), self._show)

    def _show(self, due: str) -> None:
        if due:
            self._words.setText(f"À effacer, d’après les durées de conservation\u00a0: {due}.")
            self.show()
