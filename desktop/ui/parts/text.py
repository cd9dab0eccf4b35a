"""Texts in their role: page title, heading, body, soft, small, error."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from forms.french import bound_numbers


class Words(QLabel):
    """Plain words, never markup, spaced as French is."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)

    def setText(self, words: str) -> None:
        """Show other words."""
        super().setText(bound_numbers(words))


def text(words: str, role: str = "", *, parent: QWidget | None = None) -> QLabel:
    """A text that wraps and can be selected with the mouse.

    Args:
        words: plain text, never markup.
        role: page, heading, strong, soft, small, error, warning, profile; empty for the body.
        parent: its parent.
    """
    label = Words(words, parent)
    label.setWordWrap(True)
    label.setProperty("role", role)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def line(words: str, role: str = "", *, parent: QWidget | None = None) -> QLabel:
    """A text of one line that does not wrap."""
    label = text(words, role, parent=parent)
    label.setWordWrap(False)
    return label
