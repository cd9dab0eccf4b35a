"""One difference between here and what arrives: both shown side by side, one chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from desktop.ui.parts.text import text
from desktop.ui.parts.tick import Dot
from desktop.workflows.transfers.comparison import ArrivingDifference


class SideBySide(QWidget):
    """State: which of the two is chosen; what is here, until somebody says otherwise."""

    def __init__(self, difference: ArrivingDifference) -> None:
        super().__init__()
        self.key = difference.key
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        column.addWidget(text(difference.label, "strong"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(24)
        self._group = QButtonGroup(self)
        self.here = self._side("Garder ici", difference.label, difference.here_text)
        self.there = self._side("Prendre du dossier", difference.label, difference.there_text)
        self.here.setChecked(True)
        column.addLayout(self._row)

    @property
    def takes_there(self) -> bool:
        """Whether what arrives is chosen."""
        return self.there.isChecked()

    def arrange(self, *, beside: bool) -> None:
        """Side by side, or one under the other on a narrow screen."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _side(self, words: str, label: str, value: str) -> QRadioButton:
        side = QVBoxLayout()
        side.setSpacing(2)
        radio = Dot(words)
        radio.setAccessibleName(f"{label}\u00a0: {words}, {value}")
        self._group.addButton(radio)
        side.addWidget(radio)
        side.addWidget(text(value))
        self._row.addLayout(side, 1)
        return radio
