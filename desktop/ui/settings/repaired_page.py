"""After a repair: what came over from the damaged vault, and what is missing, until it was read."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import text
from desktop.workflows.settings.repairs import forget_report, repair_report

_WIDTH = 680


class RepairedPage(Page):
    """What the repair kept and what is missing."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        report = repair_report(self.desk)
        holder, layout = column()
        layout.addWidget(text("Ce que la réparation a repris", "page"))
        kept = Card("Repris")
        kept.setMaximumWidth(_WIDTH)
        kept.add(text(report.kept))
        layout.addWidget(kept)
        missing = Card("Ce qui manque")
        missing.setMaximumWidth(_WIDTH)
        for sentence in report.missing or ("Rien ne manque, à ce que l’on peut savoir.",):
            missing.add(text(sentence))
        missing.add(
            text(
                "Le coffre abîmé est resté où il était. Gardez-le tant que rien n’est vérifié. "
                "Faites maintenant une sauvegarde.",
                "soft",
            )
        )
        layout.addWidget(missing)
        self._read = button("J’ai lu", self._forget, Weight.PRIMARY)
        layout.addLayout(in_line(self._read, button("Faire une sauvegarde", self._back_up)))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget:
        """The button that says it was read."""
        return self._read

    def _forget(self) -> None:
        self.workplace.attempt(lambda: forget_report(self.desk))
        self.workplace.go(Place.INBOX if self.desk.is_relay else Place.PEOPLE)

    def _back_up(self) -> None:
        self.workplace.go(Place.BACKUPS)
