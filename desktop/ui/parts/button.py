"""Buttons: verbs with their object; one primary a page."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


class Weight(Enum):
    """How much a button stands out."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    LINK = "link"


def button(
    words: str, action: Callable[[], object], weight: Weight = Weight.SECONDARY
) -> QPushButton:
    """A button that does one thing."""
    made = QPushButton(words)
    made.setProperty("kind", weight.value)
    made.setAccessibleName(words)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda: action())
    return made
