"""What narrows the relay's list: words, state, form, station, colleague, what is due soon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.tick import Tick
from desktop.ui.theme import scale_of
from desktop.workflows.relay.inbox import Choices, InboxFilter, InboxView

_PAUSE = 250
_TWO_COLUMNS_FROM = 330


class InboxFilters(QWidget):
    """State: the filter as it is chosen; told when it changes."""

    def __init__(
        self, view: InboxView, wanted: InboxFilter, on_change: Callable[[InboxFilter], object]
    ) -> None:
        super().__init__()
        self._on_change = on_change
        self._last = wanted
        self.words = QLineEdit(wanted.words)
        self.words.setPlaceholderText("Nom, formulaire, liasse, référence")
        self.words.setAccessibleName("Chercher dans la réception")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._tell)
        self.words.textEdited.connect(lambda _: self._pause.start())
        self.words.returnPressed.connect(self._tell)
        self.state = _list("État", "État\u00a0: tous", view.states, wanted.state)
        self.assigned = _list("Attribution", "Confiée à\u00a0: tous", view.people, wanted.assigned)
        self.form = _list("Formulaire", "Formulaire\u00a0: tous", view.forms, wanted.form)
        self.station = _list("Poste", "Poste\u00a0: tous", view.stations, wanted.station)
        self.due = Tick("À échéance dans 7\u00a0jours")
        self.due.setChecked(wanted.due)
        self.due.clicked.connect(lambda _=False: self._tell())
        self._clear = button("Retirer les filtres", self.clear, Weight.LINK)
        self._clear.setVisible(not wanted.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        column.addLayout(self._grid)
        self._lists = (self.state, self.assigned, self.form, self.station)
        for one in self._lists:
            one.activated.connect(lambda _=0: self._tell())
        self._place(2)
        column.addWidget(self.due)
        column.addWidget(self._clear)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two lists side by side where there is room for their words."""
        super().resizeEvent(event)
        self._place(2 if self.width() / scale_of(self) >= _TWO_COLUMNS_FROM else 1)

    def clear(self) -> None:
        """Leave everything."""
        self.words.clear()
        for one in self._lists:
            one.setCurrentIndex(0)
        self.due.setChecked(False)
        self._tell()

    def chosen(self) -> InboxFilter:
        """The filter as it stands."""
        return InboxFilter(
            state=str(self.state.currentData()),
            form=str(self.form.currentData()),
            station=str(self.station.currentData()),
            assigned=str(self.assigned.currentData()),
            due=self.due.isChecked(),
            words=self.words.text().strip(),
        )

    def _place(self, columns: int) -> None:
        for number, one in enumerate(self._lists):
            self._grid.addWidget(one, number // columns, number % columns)

    def _tell(self) -> None:
        self._pause.stop()
        wanted = self.chosen()
        self._clear.setVisible(not wanted.empty)
        if wanted != self._last:
            self._last = wanted
            self._on_change(wanted)


def _list(name: str, everything: str, choices: Choices, chosen: str) -> ChoiceList:
    made = ChoiceList()
    made.setAccessibleName(name)
    made.addItem(everything, "")
    for key, words in choices:
        made.addItem(words, key)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    # As wide as its column, whatever the longest title.
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    made.setMinimumWidth(120)
    return made
