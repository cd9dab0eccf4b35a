"""A banner: one sentence over the page, that can be put away."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.text import text
from desktop.ui.parts.voice import say_aloud
from desktop.workflows.filling.states import Tone

_SIGNS = {Tone.BAD: "Attention", Tone.CARE: "À savoir", Tone.GOOD: "C’est fait"}


class Banner(QFrame):
    """State: one sentence at a time, hidden when there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        self._sign = text("", "strong")
        self._sign.setWordWrap(False)
        self._words = text("")
        self._close = button("Fermer le message", self.put_away, Weight.LINK)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._close)
        self.hide()

    def say(self, sentence: str, tone: Tone) -> None:
        """Show a sentence; colour comes with a word."""
        self.setProperty("tone", tone.value)
        self._sign.setText(_SIGNS.get(tone, ""))
        self._words.setText(sentence)
        self.setAccessibleName(f"{self._sign.text()} {sentence}".strip())
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        say_aloud(self, self.accessibleName(), at_once=tone is Tone.BAD)

    def put_away(self) -> None:
        """Hide it."""
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty when hidden."""
        return "" if self.isHidden() else self._words.text()
