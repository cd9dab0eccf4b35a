"""A line to search in, whose example shortens where there is no room for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.theme import scale_of

_AROUND = 40
"""What the line holds beside its words at 100 %: padding, border, the button that clears it."""


class SearchLine(QLineEdit):
    """State: what is typed; what may be searched is said in as many words as fit."""

    def __init__(self, examples: tuple[str, ...], *, name: str, widest: int) -> None:
        """Make the line.

        Args:
            examples: what may be searched, from the longest words to the shortest.
            name: what it is, for a screen reader.
            widest: its greatest width in pixels at 100 %.
        """
        super().__init__()
        self._examples = examples
        self._widest = widest
        self.setAccessibleName(name)
        self.setAccessibleDescription(examples[0])
        self.setClearButtonEnabled(True)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what fits."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Say what fits at another zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        scale = scale_of(self)
        self.setMaximumWidth(round(self._widest * scale))
        room = self.width() - _AROUND * scale
        advance = self.fontMetrics().horizontalAdvance
        self.setPlaceholderText(
            next((one for one in self._examples if advance(one) <= room), self._examples[-1])
        )
