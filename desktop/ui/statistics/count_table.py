"""A table of counts, as a card: columns side by side, or line by line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.text import line, text
from exports.paper.sheets.activity_values import ActivityTable

_COLUMN = 92
_FIRST_COLUMN = 200


class CountTable(Card):
    """State: one table, and which of its two shapes is shown."""

    def __init__(self, table: ActivityTable) -> None:
        super().__init__(table.title)
        self._needed = _FIRST_COLUMN + _COLUMN * len(table.columns)
        self._side_by_side = _columns(table)
        self._one_by_one = _lines(table)
        self.add(self._side_by_side)
        self.add(self._one_by_one)
        self.arrange(0)

    def arrange(self, width: float) -> None:
        """Take the shape that a width has room for, in pixels at 100 %."""
        self._side_by_side.setVisible(width >= self._needed)
        self._one_by_one.setVisible(width < self._needed)


def _columns(table: ActivityTable) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 2)
    for column, words in enumerate(table.columns):
        grid.addWidget(line(words, "strong"), 0, column, _side(column))
        if column:
            grid.setColumnStretch(column, 1)
    for number, words_of_line in enumerate(table.lines):
        grid.addWidget(rule(), 2 * number + 1, 0, 1, len(table.columns))
        for column, words in enumerate(words_of_line):
            said = line(words) if column else text(words)
            said.setAccessibleName(_said(table, words_of_line, column))
            grid.addWidget(said, 2 * number + 2, column, _side(column))
    return holder


def _lines(table: ActivityTable) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for words_of_line in table.lines:
        layout.addWidget(rule())
        layout.addWidget(text(words_of_line[0], "strong"))
        pairs = zip(table.columns[1:], words_of_line[1:], strict=True)
        layout.addWidget(text(" · ".join(f"{column}\u00a0: {words}" for column, words in pairs)))
    return holder


def _said(table: ActivityTable, words: tuple[str, ...], column: int) -> str:
    return f"{words[0]}, {table.columns[column]}\u00a0: {words[column]}" if column else words[0]


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag(0)
