"""The list of sections beside a form: done, current, to do, in signs and in words."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

_LINE = 24
"""Characters of a label on one line, at any zoom."""
_SIGNS = ("!", "•", "✓", "\u2007")
_HAIR = "\u200a"
_AROUND = 16
"""Pixels of padding and border above and below."""


@dataclass(frozen=True)
class Step:
    """One section.

    Attributes:
        done: whether nothing in it is missing nor wrong, and something is answered.
        wrong: whether an answer in it is wrong.
    """

    key: str
    label: str
    done: bool
    wrong: bool


class _StepButton(QPushButton):
    """State: its sign. As tall as the lines of its label, which Qt's style sheets leave out."""

    def __init__(self) -> None:
        super().__init__()
        self._sign, self._words = "", ""

    def put(self, sign: str, words: str) -> None:
        """Show a sign, then words that begin where those of every other button do."""
        self._sign, self._words = sign, words
        # In fractions of a pixel: a hair’s width is little more than one.
        advance = QFontMetricsF(self.font()).horizontalAdvance
        missing = max(advance(one) for one in _SIGNS) - advance(sign)
        pad = _HAIR * round(missing / max(0.5, advance(_HAIR)))
        self.setText(f"{sign}{pad}\u2002{words}")

    def changeEvent(self, event: QEvent) -> None:
        """Align again at another zoom."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._words:
            self.put(self._sign, self._words)

    def sizeHint(self) -> QSize:
        """As wide as usual, and as tall as its lines need."""
        usual = super().sizeHint()
        more = self.text().count("\n") * self.fontMetrics().lineSpacing()
        one = self.fontMetrics().lineSpacing() + _AROUND
        return QSize(usual.width(), max(usual.height(), one + more))


class StepList(QWidget):
    """State: the sections as a vertical list; one is current."""

    def __init__(self, on_choose: Callable[[str], object]) -> None:
        super().__init__()
        self._on_choose = on_choose
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._buttons: dict[str, _StepButton] = {}
        # Never squeezed: where the list is long, it scrolls.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Rubriques du formulaire")

    def show_steps(self, steps: tuple[Step, ...], current: str) -> None:
        """Show the sections; the buttons that are there already are kept, focus included."""
        if [step.key for step in steps] != list(self._buttons):
            self._rebuild(steps)
        for step in steps:
            made = self._buttons[step.key]
            is_current = step.key == current
            sign, words = _sign(step, is_current)
            # A button does not wrap by itself: a long label takes two lines.
            label = textwrap.fill(step.label, _LINE, subsequent_indent="\u2002\u2002")
            made.put(sign, label)
            made.setAccessibleName(f"{step.label}, {words}")
            made.setChecked(is_current)

    def _rebuild(self, steps: tuple[Step, ...]) -> None:
        for made in self._buttons.values():
            self._column.removeWidget(made)
            made.deleteLater()
        self._buttons = {}
        for step in steps:
            made = _StepButton()
            made.setProperty("kind", "step")
            made.setCheckable(True)
            made.setAutoDefault(True)
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            made.clicked.connect(partial(self._on_choose, step.key))
            self._column.addWidget(made)
            self._buttons[step.key] = made


def _sign(step: Step, current: bool) -> tuple[str, str]:
    if step.wrong:
        return "!", "une réponse est à corriger"
    if current:
        return "•", "rubrique en cours"
    if step.done:
        return "✓", "complète"
    return "\u2007", "à remplir"
