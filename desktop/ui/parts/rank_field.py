"""A question answered by putting choices in order: a list, and buttons to move the chosen line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.ui.parts.button import button
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import Field

_NAME = Qt.ItemDataRole.UserRole


class RankField(Field):
    """State: the choices in the order given so far."""

    def __init__(
        self,
        label: str,
        choices: tuple[tuple[str, str], ...],
        *,
        hint: str = "",
        optional: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, optional=optional)
        self._choices = dict(choices)
        self.list = QListWidget()
        self.list.setAccessibleName(label)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self._label.setBuddy(self.list)
        self._column.addWidget(self.list)
        self._column.addLayout(
            in_line(
                button("Monter", lambda: self.move_chosen(-1)),
                button("Descendre", lambda: self.move_chosen(1)),
            )
        )
        for keys, places in (("Alt+Up", -1), ("Alt+Down", 1)):
            made = QShortcut(QKeySequence(keys), self.list)
            made.setContext(Qt.ShortcutContext.WidgetShortcut)
            made.activated.connect(lambda by=places: self.move_chosen(by))
        self._finish()
        self.show_text("")

    @property
    def target(self) -> QWidget:
        """The list."""
        return self.list

    def show_text(self, words: str) -> None:
        """Show the names in their order, then the choices that are not ranked yet."""
        ranked = [name for name in words.split() if name in self._choices]
        wanted = [*ranked, *(name for name in self._choices if name not in ranked)]
        if wanted != self.names():
            self.list.clear()
            for name in wanted:
                item = QListWidgetItem()
                item.setData(_NAME, name)
                self.list.addItem(item)
        for place, name in enumerate(wanted):
            number = f"{place + 1}. " if name in ranked else ""
            self.list.item(place).setText(f"{number}{self._choices[name]}")
        rows = max(1, len(wanted))
        self.list.setFixedHeight(rows * (self.list.sizeHintForRow(0) + 2) + 8 if wanted else 40)

    def words(self) -> str:
        """The names in the order shown."""
        return " ".join(self.names())

    def names(self) -> list[str]:
        """The names in the order shown."""
        return [str(self.list.item(place).data(_NAME)) for place in range(self.list.count())]

    def move_chosen(self, places: int) -> None:
        """Move the chosen line up or down, and give the whole order as the answer."""
        row = max(0, self.list.currentRow())
        to = row + places
        if not 0 <= to < self.list.count():
            return
        self.list.insertItem(to, self.list.takeItem(row))
        self.list.setCurrentRow(to)
        self.answered.emit(" ".join(self.names()))

    def _mark(self, wrong: bool) -> None:
        """The list is marked by its error's words alone."""
