"""A card: one subject on paper white, with or without a heading."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.parts.column import BoundedColumn
from desktop.ui.parts.text import text


class Card(QFrame):
    """A white frame with a heading; `body` is its layout."""

    def __init__(self, heading: str = "", *, tight: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.body: QVBoxLayout = BoundedColumn(self)
        margin = 2 if tight else 18
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(0 if tight else 6)
        if heading:
            self.body.addWidget(text(heading, "heading"))
            self.setAccessibleName(heading)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        self.body.addWidget(widget)


def rule() -> QFrame:
    """A thin line between two rows."""
    frame = QFrame()
    frame.setProperty("role", "rule")
    return frame
