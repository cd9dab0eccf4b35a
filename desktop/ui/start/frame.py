"""The frame of the start pages: one white card in the middle, scrolling when the screen is low."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.parts.card import Card
from desktop.ui.parts.column import scrolling
from desktop.ui.parts.text import text

_WIDTH = 560
_ALL = 1_000


class StartFrame(QWidget):
    """A heading and a card to fill; `card` holds the widgets."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.setObjectName("ground")
        inside = QWidget()
        inside.setObjectName("ground")
        middle = QVBoxLayout(inside)
        middle.setContentsMargins(24, 40, 24, 40)
        self.card = Card()
        self.card.setMaximumWidth(_WIDTH)
        self.card.setMinimumWidth(420)
        self.card.body.setContentsMargins(32, 28, 32, 28)
        self.card.body.setSpacing(14)
        self.card.add(text("Trait d’union", "soft"))
        self.card.add(text(title, "page"))
        if sentence:
            self.card.add(text(sentence, "soft"))
        middle.addStretch(1)
        # As wide as it may be: were it aligned, Qt would measure it wider than it shows it, and
        # cut the words that wrap.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card, _ALL)
        row.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))
