"""The list of sections beside a form: done, current, to do, in signs and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget


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


class StepList(QWidget):
    """State: the sections as a vertical list; one is current."""

    def __init__(self, on_choose: Callable[[str], object]) -> None:
        super().__init__()
        self._on_choose = on_choose
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._buttons: dict[str, QPushButton] = {}
        self.setAccessibleName("Rubriques du formulaire")

    def show_steps(self, steps: tuple[Step, ...], current: str) -> None:
        """Show the sections; the buttons that are there already are kept, focus included."""
        if [step.key for step in steps] != list(self._buttons):
            self._rebuild(steps)
        for step in steps:
            made = self._buttons[step.key]
            is_current = step.key == current
            sign, words = _sign(step, is_current)
            made.setText(f"{sign}\u2002{step.label}")
            made.setAccessibleName(f"{step.label}, {words}")
            made.setChecked(is_current)

    def _rebuild(self, steps: tuple[Step, ...]) -> None:
        for made in self._buttons.values():
            self._column.removeWidget(made)
            made.deleteLater()
        self._buttons = {}
        for step in steps:
            made = QPushButton()
            made.setProperty("kind", "step")
            made.setCheckable(True)
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
