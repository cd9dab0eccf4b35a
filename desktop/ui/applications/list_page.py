"""The applications, those that wait for this desk first."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.ui.retention.due_notice import DueNotice
from desktop.workflows.applications import ApplicationRow, list_applications
from desktop.workflows.states import WAITING_HERE


class ApplicationsPage(Page):
    """Every application of the vault, in two lists."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        self._first: QWidget | None = None
        layout.addWidget(text("Démarches", "page"))
        rows = list_applications(self.desk)
        waiting = [row for row in rows if row.state in WAITING_HERE]
        others = [row for row in rows if row.state not in WAITING_HERE]
        if not rows:
            relay = self.desk.is_relay
            begin = button(
                "Ouvrir la réception" if relay else "Choisir une personne",
                lambda: workplace.go(Place.INBOX if relay else Place.PEOPLE),
                Weight.PRIMARY,
            )
            sentence = (
                "Les démarches arrivent dans les liasses des postes hors ligne."
                if relay
                else "Une démarche commence depuis la page d’une personne."
            )
            layout.addWidget(EmptyPage(sentence, begin))
            self._first = begin
        elif self.desk.is_relay:
            layout.addWidget(DueNotice(workplace))
        for heading, group in (("À faire ici", waiting), ("En attente ou terminées", others)):
            if group:
                layout.addWidget(text(heading, "heading"))
                layout.addWidget(self._card(group))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first application."""
        return self._first

    def _card(self, rows: list[ApplicationRow]) -> Card:
        card = Card(tight=True)
        place = Place.INBOX if self.desk.is_relay else Place.FILLING
        for number, row in enumerate(rows):
            if number:
                card.add(rule())
            made = Row(
                row.person,
                f"{row.title} · {row.subtitle}" if row.subtitle else row.title,
                chip=chip(row.chip, row.tone),
                aside=row.when,
                on_open=partial(self.workplace.go, place, row.id),
            )
            card.add(made)
            self._first = self._first or made
        return card
