"""The rail: the five places, what waits in them, and which PC this is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from desktop.ui.parts.text import line, text


class Rail(QFrame):
    """State: the current place and the counts."""

    def __init__(
        self,
        places: Sequence[tuple[str, str]],
        *,
        on_go: Callable[[str], object],
        kind: str,
        office: str,
    ) -> None:
        """Make the rail.

        Args:
            places: key and words of each place, in order.
            on_go: given the key of the place chosen.
            kind: « Poste hors ligne » or « Poste relais ».
            office: the establishment or office.
        """
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Rubriques")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 20, 12, 20)
        column.setSpacing(4)
        brand = QHBoxLayout()
        brand.setContentsMargins(10, 0, 0, 14)
        brand.setSpacing(10)
        dash = QLabel()
        dash.setProperty("role", "dash")
        brand.addWidget(dash, 0, Qt.AlignmentFlag.AlignVCenter)
        brand.addWidget(line("Trait d’union", "brand"), 1)
        column.addLayout(brand)
        self._buttons: dict[str, QPushButton] = {}
        self._badges: dict[str, QLabel] = {}
        for key, words in places:
            made = QPushButton(words)
            made.setCheckable(True)
            made.setAutoDefault(True)
            made.setAccessibleName(words)
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            made.clicked.connect(partial(on_go, key))
            inside = QHBoxLayout(made)
            inside.setContentsMargins(0, 0, 6, 0)
            inside.addStretch(1)
            badge = QLabel()
            badge.setProperty("role", "badge")
            badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            badge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            badge.hide()
            inside.addWidget(badge, 0, Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(made)
            self._buttons[key] = made
            self._badges[key] = badge
        column.addStretch(1)
        for words in (kind, office):
            label = text(words, "small")
            label.setContentsMargins(10, 0, 4, 0)
            column.addWidget(label)

    def show_current(self, key: str) -> None:
        """Mark the place the page belongs to."""
        for name, made in self._buttons.items():
            made.setChecked(name == key)

    def show_count(self, key: str, count: int) -> None:
        """Show how many things wait in a place; nothing when none do."""
        badge = self._badges[key]
        badge.setText(str(count))
        badge.setVisible(count > 0)
        words = self._buttons[key].text()
        self._buttons[key].setAccessibleName(f"{words}, {count} en attente" if count else words)
