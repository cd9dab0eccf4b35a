"""The question asked before a file is written with post-quantum keys and older ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.ui.page import Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.text import text


class OlderKeysQuestion(Card):
    """State: what is done when the user goes on."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__("Clés anciennes")
        self._go_on: Callable[[bool], None] = lambda _: None
        self.words = text("")
        self.add(self.words)
        self.accept = button("Écrire quand même", self._accepted, Weight.DANGER)
        self.body.addLayout(
            in_line(
                button("Voir les correspondants", lambda: workplace.go(Place.CONTACTS)),
                self.accept,
            )
        )
        self.hide()

    def ask(self, names: Sequence[str], go_on: Callable[[bool], None]) -> None:
        """Go on at once when nobody's keys are older, else when the user says so.

        Args:
            names: whose keys are older.
            go_on: told whether the file is written in spite of older keys.
        """
        if not names:
            self.hide()
            go_on(False)
            return
        whose = "\u00a0» et «\u00a0".join(names)
        self.words.setText(
            f"Les clés de «\u00a0{whose}\u00a0» sont d’une sorte ancienne. Un jour, un ordinateur "
            "quantique pourrait ouvrir une copie de ce fichier. Le plus sûr est de renouveler ces "
            "clés et d’échanger de nouveau les cartes."
        )
        self._go_on = go_on
        self.show()
        self.accept.setFocus()

    def _accepted(self) -> None:
        self.hide()
        self._go_on(True)
