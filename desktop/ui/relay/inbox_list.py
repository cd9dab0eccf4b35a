"""The list of the relay's inbox: some rows at a time, however many there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.button import button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.chip import chip
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.workflows.relay.inbox import InboxRow

_AT_ONCE = 40


class InboxList(QWidget):
    """State: the rows that pass the filter, how many of them are shown, which is looked at."""

    def __init__(self, on_open: Callable[[str], object]) -> None:
        super().__init__()
        self._on_open = on_open
        self._rows: tuple[InboxRow, ...] = ()
        self._shown: dict[str, Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        self._card = Card(tight=True)
        self._more = button("Afficher la suite", self._show_more)

    def show_rows(self, rows: tuple[InboxRow, ...], chosen: str) -> None:
        """Show the first rows, and the one that is looked at."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows, self._shown = rows, {}
        self._card = Card(tight=True)
        self._more = button("Afficher la suite", self._show_more)
        self._column.addWidget(self._card)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        if not rows:
            self._card.body.setContentsMargins(18, 18, 18, 18)
            self._card.add(text("Aucune démarche ne correspond à ces filtres.", "soft"))
        self._show_more()
        self.mark(chosen)

    def mark(self, chosen: str) -> None:
        """Show which row is looked at."""
        for key, row in self._shown.items():
            row.setChecked(key == chosen)

    @property
    def first(self) -> str:
        """The first application shown; empty for none."""
        return self._rows[0].id if self._rows else ""

    def _show_more(self) -> None:
        begin = len(self._shown)
        for number, one in enumerate(self._rows[begin : begin + _AT_ONCE], start=begin):
            if number:
                self._card.add(rule())
            self._shown[one.id] = self._row(one)
            self._card.add(self._shown[one.id])
        left = len(self._rows) - len(self._shown)
        self._more.setVisible(left > 0)
        plural = "s" if left > 1 else ""
        self._more.setText(f"Afficher la suite ({left} démarche{plural})")

    def _row(self, one: InboxRow) -> Row:
        lines = [one.title, one.subtitle]
        if one.due:
            lines.append(f"Échéance\u00a0: {one.due}")
        if one.assigned:
            lines.append(f"Confiée à {one.assigned}")
        made = Row(
            one.person,
            "\n".join(line for line in lines if line),
            chip=chip(one.chip, one.tone),
            on_open=partial(self._on_open, one.id),
        )
        made.setCheckable(True)
        return made
