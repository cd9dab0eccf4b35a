"""The journal of the whole vault: who did what, when; whether its chain is whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.growing_list import GrowingList
from desktop.ui.parts.text import text
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.journal import (
    SHOWN_LINES,
    JournalLine,
    export_journal,
    journal_break,
    recent_lines,
)

_WIDTH = 760


class JournalPage(Page):
    """The last lines, the latest first."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        layout.addWidget(text("Journal", "page"))
        self._said = text("La chaîne du journal est vérifiée…", "soft")
        layout.addWidget(self._said)
        self._back = button("Revenir aux réglages", self.escape)
        layout.addWidget(
            flowing(self._back, button("Exporter le journal (en clair)…", self._choose))
        )
        card = Card()
        card.setMaximumWidth(_WIDTH)
        told = recent_lines(self.desk)
        card.add(
            GrowingList(
                len(told), lambda begin, many: [_line(one) for one in told[begin : begin + many]]
            )
        )
        layout.addWidget(card)
        if len(told) == SHOWN_LINES:
            layout.addWidget(
                text(f"Les {SHOWN_LINES} dernières lignes. L’export les contient toutes.", "soft")
            )
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        desk = self.desk
        workplace.in_background(lambda: journal_break(desk), self._checked)

    def first_focus(self) -> QWidget | None:
        """The way back."""
        return self._back

    def escape(self) -> None:
        """Back to the settings."""
        self.workplace.go(Place.SETTINGS)

    def export(self, file: Path) -> None:
        """Write it in clear where the user chose; the journal keeps that it was done."""
        desk = self.desk
        self.workplace.in_background(
            lambda: export_journal(desk, file),
            lambda _: self.workplace.say("Le journal est enregistré en clair.", Tone.CARE),
        )

    def _checked(self, broken: str) -> None:
        self._said.setText(broken or "La chaîne du journal est entière.")
        if not broken:
            return
        self._said.setProperty("role", "error")
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Exporter le journal", "journal.csv", "CSV (*.csv)"
        )
        if chosen:
            self.export(Path(chosen))


def _line(line: JournalLine) -> QWidget:
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(0, 8, 0, 8)
    lines.setSpacing(2)
    told = line.told
    lines.addWidget(text(f"{line.whom}\u00a0: {told.what}" if line.whom else told.what))
    lines.addWidget(text(told.when_and_who, "small"))
    return holder
