"""An empty page teaches: one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.ui.parts.card import Card
from desktop.ui.parts.text import text


class EmptyPage(Card):
    """One sentence that says what this place is for, and the button that begins."""

    def __init__(self, sentence: str, begin: QPushButton | None = None) -> None:
        super().__init__()
        self.body.setContentsMargins(24, 24, 24, 24)
        self.body.setSpacing(16)
        self.body.addWidget(text(sentence))
        if begin is not None:
            self.body.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)
