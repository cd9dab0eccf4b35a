"""The people helped, in alphabetical order."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, writing_button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.ui.retention.due_notice import DueNotice
from desktop.workflows.people import count_people, list_people

_MOST_SHOWN = 200


class PeoplePage(Page):
    """The first page of a station."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        self._first: QWidget | None = None
        add = writing_button("Ajouter une personne", self._add, Weight.PRIMARY)
        layout.addWidget(text("Personnes", "page"))
        people = list_people(self.desk, limit=_MOST_SHOWN)
        if not people:
            layout.addWidget(
                EmptyPage(
                    "Chaque personne aidée a sa fiche\u00a0: ce qu’on y écrit une fois sert à "
                    "toutes ses démarches.",
                    add,
                )
            )
            self._first = add
        else:
            layout.addLayout(in_line(add))
            layout.addWidget(DueNotice(workplace))
            card = Card(tight=True)
            for number, person in enumerate(people):
                if number:
                    card.add(rule())
                row = Row(
                    person.title,
                    person.subtitle,
                    on_open=partial(workplace.go, Place.PERSON, person.id),
                )
                card.add(row)
                self._first = self._first or row
            layout.addWidget(card)
            hidden = count_people(self.desk) - len(people)
            if hidden > 0:
                layout.addWidget(
                    text(f"{hidden} autres personnes\u00a0: cherchez leur nom (Ctrl K).", "soft")
                )
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first person, or the button that adds one."""
        return self._first

    def _add(self) -> None:
        self.workplace.go(Place.NEW_PERSON)
