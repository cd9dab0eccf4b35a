"""The applications, those that wait for this desk first."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.growing_list import GrowingList
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.ui.retention.due_notice import DueNotice
from desktop.workflows.filling.applications import count_applications, list_applications
from desktop.workflows.filling.states import WAITING_HERE
from vault.records.applications import ApplicationState


class ApplicationsPage(Page):
    """Every application of the vault, in two lists."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        self._first: QWidget | None = None
        layout.addWidget(text("Démarches", "page"))
        groups = (
            ("À faire ici", WAITING_HERE),
            ("En attente ou terminées", frozenset(ApplicationState) - WAITING_HERE),
        )
        held = [
            (heading, states, count)
            for heading, states in groups
            if (count := count_applications(self.desk, states))
        ]
        if not held:
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
        for heading, states, count in held:
            layout.addWidget(text(heading, "heading"))
            card = Card(tight=True)
            rows = GrowingList(count, partial(self._rows, states))
            self._first = self._first or rows.lines[0]
            card.add(rows)
            layout.addWidget(card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first application."""
        return self._first

    def _rows(self, states: frozenset[ApplicationState], offset: int, limit: int) -> list[Row]:
        place = Place.INBOX if self.desk.is_relay else Place.FILLING
        return [
            Row(
                row.person,
                f"{row.title} · {row.subtitle}" if row.subtitle else row.title,
                chip=chip(row.chip, row.tone),
                aside=row.when,
                on_open=partial(self.workplace.go, place, row.id),
            )
            for row in list_applications(self.desk, states=states, limit=limit, offset=offset)
        ]
