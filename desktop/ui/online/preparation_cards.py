"""What would be sent, what the portal may drop without a word, what is left for the browser."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.text import text
from exports.online.preparation import LeftLine, Preparation, SentLine

N = "\u00a0"


class SentCard(Card):
    """Every value that leaves, as it leaves."""

    def __init__(self, told: Preparation, *, heading: str = "Sera envoyé") -> None:
        count = len(told.sent)
        plural = "s" if count > 1 else ""
        super().__init__(f"{heading}{N}: {count} réponse{plural}")
        if not told.sent:
            self.add(text("Aucune réponse ne va dans un champ de cette démarche.", "soft"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for number, one in enumerate(told.sent):
            grid.addWidget(text(_place(one), "soft"), 2 * number, 0)
            grid.addWidget(text(one.text, "strong"), 2 * number, 1)
            grid.addWidget(rule(), 2 * number + 1, 0, 1, 2)
        self.body.addLayout(grid)


class DoubtCard(Card):
    """What the portal may drop and say nothing of; to be looked at in the browser."""

    def __init__(self, doubtful: tuple[SentLine, ...]) -> None:
        super().__init__("Le portail peut écarter sans le dire")
        self.add(text("Vérifiez ces champs dans le navigateur, avant de déposer.", "soft"))
        for one in doubtful:
            self.add(text(f"•{N}{_place(one)}{N}: {one.may_drop}.", "warning"))


class LeftCard(Card):
    """What a person fills in the browser, and what they join there."""

    def __init__(self, left: tuple[LeftLine, ...], to_join: tuple[str, ...]) -> None:
        super().__init__("À remplir ou à joindre dans le navigateur")
        for one in left:
            needed = " (obligatoire)" if one.required else ""
            self.add(text(f"•{N}{_place(one)}{needed}{N}: {one.why}."))
        if to_join:
            self.add(text("Pièces de la démarche, à joindre à la main", "strong"))
            for name in to_join:
                self.add(text(f"•{N}{name}"))
        if not left and not to_join:
            self.add(text("Rien.", "soft"))


def _place(one: SentLine | LeftLine) -> str:
    return f"{one.section}, {one.label}" if one.section else one.label
