"""A card: one subject on paper white, with or without a heading."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.parts.column import BoundedColumn
from desktop.ui.parts.text import text
from desktop.ui.theme import scale_of


class Card(QFrame):
    """State: how wide it may be at 100 %. A white frame with a heading; `body` is its layout."""

    def __init__(self, heading: str = "", *, tight: bool = False) -> None:
        super().__init__()
        self._widest: int | None = None
        self.setProperty("role", "card")
        self.body: QVBoxLayout = BoundedColumn(self)
        margin = 2 if tight else 18
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(0 if tight else 6)
        if heading:
            self.body.addWidget(text(heading, "heading"))
            self.setAccessibleName(heading)

    def setMaximumWidth(self, width: int) -> None:
        """Be no wider than so many pixels at 100 %, and than as many times more when zoomed."""
        self._widest = width
        super().setMaximumWidth(round(width * scale_of(self)))

    def changeEvent(self, event: QEvent) -> None:
        """Widen with the text."""
        super().changeEvent(event)
        if self._widest and event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            super().setMaximumWidth(round(self._widest * scale_of(self)))

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        self.body.addWidget(widget)


def rule() -> QFrame:
    """A thin line between two rows."""
    frame = QFrame()
    frame.setProperty("role", "rule")
    return frame
