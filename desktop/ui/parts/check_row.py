"""A box to tick, or a button of a group, whose words wrap: a long line is never cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QWidget,
)

from desktop.ui.parts.text import text
from desktop.ui.parts.tick import Dot, Tick


class _Row(QWidget):
    """A button and its words beside it; a click on the words is one on the button."""

    def __init__(self, button: QAbstractButton, words: str, *beside: QWidget) -> None:
        super().__init__()
        self._button = button
        button.setAccessibleName(words)
        self.words: QLabel = text(words)
        self.words.setBuddy(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        for widget in beside:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Click the button."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self._button.click()


class CheckRow(_Row):
    """A check box, `box`, and its words."""

    def __init__(self, words: str, *beside: QWidget) -> None:
        """Make the row.

        Args:
            words: what is ticked.
            beside: what stands after the words.
        """
        self.box = Tick()
        super().__init__(self.box, words, *beside)


class RadioRow(_Row):
    """A radio button, `radio`, and its words; a group of buttons keeps one chosen."""

    def __init__(self, words: str) -> None:
        self.radio = Dot()
        super().__init__(self.radio, words)
