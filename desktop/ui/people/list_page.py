"""The people helped, in alphabetical order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.ui.retention.due_notice import DueNotice
from desktop.workflows.people.profiles import count_people, list_people

_SHOWN_AT_ONCE = 50
"""Two screens: a list of hundreds takes a third of the time that unlocking does."""


class PeoplePage(Page):
    """The first page of a station."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        self._first: QWidget | None = None
        add = writing_button("Ajouter une personne", self._add, Weight.PRIMARY)
        layout.addWidget(text("Personnes", "page"))
        if not count_people(self.desk):
            layout.addWidget(
                EmptyPage(
                    "Chaque personne aidée a sa fiche\u00a0: ce qu’on y écrit une fois sert à "
                    "toutes ses démarches.",
                    add,
                )
            )
            self._first = add
        else:
            # Made where they are shown: a button without a parent would keep its page, and all
            # that it holds, after the vault is locked.
            self._card = Card(tight=True)
            self._shown = 0
            self._more = button("Afficher la suite", self._show_next, Weight.LINK)
            self._left = text("", "soft")
            layout.addLayout(in_line(add))
            layout.addWidget(DueNotice(workplace))
            layout.addWidget(self._card)
            layout.addLayout(in_line(self._more, self._left))
            self._first = self._add_rows()[0]
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first person, or the button that adds one."""
        return self._first

    def _show_next(self) -> None:
        """Add the next people to the list, and go to the first of them."""
        rows = self._add_rows()
        if rows:
            # Once it is shown.
            QTimer.singleShot(0, rows[0].setFocus)

    def _add_rows(self) -> list[Row]:
        people = list_people(self.desk, limit=_SHOWN_AT_ONCE, offset=self._shown)
        rows = []
        for person in people:
            if self._shown:
                self._card.add(rule())
            row = Row(
                person.title,
                person.subtitle,
                on_open=partial(self.workplace.go, Place.PERSON, person.id),
            )
            self._card.add(row)
            self._shown += 1
            rows.append(row)
        left = count_people(self.desk) - self._shown
        self._more.setVisible(left > 0)
        self._left.setVisible(left > 0)
        plural = "s" if left > 1 else ""
        self._left.setText(
            f"{left}\u00a0autre{plural} personne{plural}\u00a0; pour en trouver une, cherchez son"
            " nom (Ctrl\u00a0K)."
        )
        return rows

    def _add(self) -> None:
        self.workplace.go(Place.NEW_PERSON)
