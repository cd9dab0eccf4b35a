"""A box to tick whose words wrap: a long line is never cut, however large the letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from desktop.ui.parts.text import text


class CheckRow(QWidget):
    """A check box, `box`, and its words beside it; a click on the words ticks it too."""

    def __init__(self, words: str, *beside: QWidget) -> None:
        """Make the row.

        Args:
            words: what is ticked.
            beside: what stands after the words.
        """
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(words)
        self.words: QLabel = text(words)
        self.words.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        for widget in beside:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the box, or not."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.box.click()
