"""Buttons: verbs with their object; one primary a page."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from forms.french import bound_numbers


class Weight(Enum):
    """How much a button stands out."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    LINK = "link"


class Right(Enum):
    """What an access must allow for a button to be pressed; the value is why it cannot be."""

    WRITE = "Votre accès est en lecture seule."
    MANAGE = "Seul un responsable peut faire cela."


RIGHTS = "rights"
"""The property by which the window of an open vault says what its user may do."""


class GuardedButton(QPushButton):
    """State: whether the window it stands in lets its user do this; it says why not."""

    def __init__(self, words: str, right: Right) -> None:
        super().__init__(words)
        self._right = right
        self._refused = False

    def showEvent(self, event: QShowEvent) -> None:
        """Look up what the user may do, once the window is known."""
        rights = _rights_around(self)
        self._refused = rights is not None and self._right not in rights
        if self._refused:
            super().setEnabled(False)
            self.setToolTip(self._right.value)
            self.setAccessibleDescription(self._right.value)
        super().showEvent(event)

    def setEnabled(self, enabled: bool) -> None:
        """Stay disabled where it is refused, whatever the page thinks."""
        super().setEnabled(enabled and not self._refused)


def button(
    words: str, action: Callable[[], object], weight: Weight = Weight.SECONDARY
) -> QPushButton:
    """A button that does one thing."""
    return _dressed(QPushButton(words), action, weight)


def writing_button(
    words: str, action: Callable[[], object], weight: Weight = Weight.SECONDARY
) -> QPushButton:
    """A button that changes something: who only reads cannot press it, and is told why."""
    return _dressed(GuardedButton(words, Right.WRITE), action, weight)


def managing_button(
    words: str, action: Callable[[], object], weight: Weight = Weight.SECONDARY
) -> QPushButton:
    """A button for a responsable; others cannot press it, and are told why."""
    return _dressed(GuardedButton(words, Right.MANAGE), action, weight)


def weigh(made: QPushButton, weight: Weight) -> None:
    """Let a button stand out more, or less."""
    made.setProperty("kind", weight.value)
    made.style().unpolish(made)
    made.style().polish(made)


def _dressed(made: QPushButton, action: Callable[[], object], weight: Weight) -> QPushButton:
    made.setText(bound_numbers(made.text()))
    made.setProperty("kind", weight.value)
    # Return presses it too: outside of a dialog Qt knows the space bar alone.
    made.setAutoDefault(True)
    made.setAccessibleName(made.text())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda: action())
    return made


def _rights_around(widget: QWidget) -> frozenset[Right] | None:
    place: QWidget | None = widget
    while place is not None:
        rights = place.property(RIGHTS)
        if isinstance(rights, frozenset):
            return rights
        place = place.parentWidget()
    return None
