"""A state in words; colour only underlines it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.ui.parts.text import Words
from desktop.workflows.filling.states import Tone


def chip(words: str, tone: Tone) -> QLabel:
    """A state in words, on the colour of its tone."""
    label = Words(words)
    label.setProperty("role", "chip")
    label.setProperty("tone", tone.value)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    label.setAccessibleName(words)
    return label
