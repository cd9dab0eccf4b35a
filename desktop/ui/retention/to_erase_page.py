"""What is to be erased: who, what, since when and why; kept longer, or erased once confirmed."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.check_row import CheckRow
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.text import text
from desktop.ui.retention.erase_card import EraseCard
from desktop.ui.retention.keep_card import KeepCard
from desktop.workflows.dates import long_day
from desktop.workflows.filling.states import Tone
from desktop.workflows.retention.erasing import (
    cleaning_is_left,
    erase,
    erasure_said,
    finish_cleaning,
)
from desktop.workflows.retention.rules import DueItem, clock_doubt, due_items, erased_with

_WIDTH = 760
_MOST_SHOWN = 200
_UNDER_NAME = 30


class ToErasePage(Page):
    """State: what is due, what is chosen of it, the question being asked."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, self._layout = column()
        self._layout.addWidget(text("À effacer", "page"))
        self._back = button("Durées de conservation", lambda: workplace.go(Place.RETENTION))
        self._chosen: list[tuple[QCheckBox, DueItem]] = []
        self._asked: Card | None = None
        doubt = clock_doubt(self.desk)
        if doubt:
            self._layout.addWidget(text(doubt, "warning"))
        if cleaning_is_left(self.desk):
            self._layout.addWidget(self._cleaning())
        self._waiting = text("Le coffre est parcouru…", "soft")
        self._layout.addWidget(self._waiting)
        self._actions = QVBoxLayout()
        self._layout.addLayout(self._actions)
        self._question = QVBoxLayout()
        self._layout.addLayout(self._question)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self._layout.addLayout(self._list)
        self._layout.addLayout(in_line(self._back))
        self._layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        desk = self.desk
        workplace.in_background(lambda: due_items(desk), self._show)

    def first_focus(self) -> QWidget | None:
        """The way to the durations."""
        return self._back

    def escape(self) -> None:
        """Back to the durations."""
        self.workplace.go(Place.RETENTION)

    def _show(self, items: tuple[DueItem, ...]) -> None:
        self._waiting.hide()
        if not items:
            self._list.addWidget(
                EmptyPage("Rien n’est à effacer aujourd’hui. Rien ne s’efface tout seul.")
            )
            return
        card = Card()
        card.setMaximumWidth(_WIDTH)
        for item in items[:_MOST_SHOWN]:
            row = CheckRow(item.name)
            row.box.setAccessibleDescription(f"{item.what}. {item.why}")
            self._chosen.append((row.box, item))
            card.add(row)
            for words in (
                text(item.what),
                text(f"Depuis le {long_day(item.since)}. {item.why}", "soft"),
            ):
                words.setContentsMargins(_UNDER_NAME, 0, 0, 0)
                card.add(words)
            card.add(rule())
        hidden = len(items) - _MOST_SHOWN
        if hidden > 0:
            card.add(text(f"Et {hidden} autres, une fois ceux-ci traités.", "soft"))
        self._list.addWidget(card)
        if not self.desk.vault.session.is_responsible:
            self._actions.addWidget(
                text("Seul un responsable efface ou garde plus longtemps.", "soft")
            )
            return
        actions = QWidget()
        flow = FlowLayout(actions)
        for action in (
            button("Effacer ce qui est coché…", self._ask_erase, Weight.DANGER),
            button("Garder plus longtemps…", self._ask_keep),
            button("Tout cocher", self._choose_all, Weight.LINK),
        ):
            flow.addWidget(action)
        self._actions.addWidget(actions)

    def _choose_all(self) -> None:
        for box, _ in self._chosen:
            box.setChecked(True)

    def _items(self) -> list[DueItem]:
        items = [item for box, item in self._chosen if box.isChecked()]
        if not items:
            self.workplace.say("Cochez d’abord au moins une ligne.", Tone.CARE)
        return items

    def _ask_erase(self) -> None:
        items = self._items()
        people, alone = erased_with(items)
        said = self.workplace.attempt(lambda: erasure_said(self.desk, people, alone))
        if not items or said is None:
            return
        desk = self.desk
        card = EraseCard(
            self.workplace,
            said,
            lambda progress: erase(desk, people, alone, progress=progress),
            lambda: self._done("C’est effacé, dans le coffre et dans son fichier."),
        )
        self._ask(card)
        card.confirm.setFocus()

    def _ask_keep(self) -> None:
        items = self._items()
        if items:
            card = KeepCard(
                self.workplace, items, lambda: self._done("C’est gardé plus longtemps.")
            )
            self._ask(card)
            card.reason.target.setFocus()

    def _ask(self, card: Card) -> None:
        if self._asked is not None:
            self._asked.deleteLater()
        self._asked = card
        card.setMaximumWidth(_WIDTH)
        self._question.addWidget(card)

    def _done(self, sentence: str) -> None:
        self.workplace.go(Place.TO_ERASE)
        self.workplace.say(sentence, Tone.GOOD)

    def _cleaning(self) -> Card:
        card = Card("Nettoyage à terminer")
        card.setMaximumWidth(_WIDTH)
        card.add(
            text(
                "Ce qui a été effacé laisse encore des traces, chiffrées, dans le fichier du "
                "coffre."
            )
        )
        desk = self.desk

        def finished(_: None) -> None:
            self._done("Le fichier du coffre est nettoyé.")

        card.body.addLayout(
            in_line(
                button(
                    "Terminer le nettoyage",
                    lambda: self.workplace.in_background(lambda: finish_cleaning(desk), finished),
                )
            )
        )
        return card
