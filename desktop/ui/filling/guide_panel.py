"""The guide beside the questions: where to send, what detention changes, what to join."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.card import Card
from desktop.ui.parts.text import text
from forms.guide import Guide

_BESIDE = ("Où l’envoyer", "En détention", "À joindre", "Délais", "Sources")


class GuidePanel(QWidget):
    """The guide of one form, a card a heading."""

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        self.setAccessibleName("Guide du formulaire")
        for title in _BESIDE:
            section = guide.section(title)
            if section is None:
                continue
            card = Card(section.title)
            for line in section.lines:
                role = "soft" if line.to_verify or title == "Sources" else ""
                card.add(text(f"•\u00a0{line.text}" if line.item else line.text, role))
            layout.addWidget(card)
        layout.addStretch(1)
