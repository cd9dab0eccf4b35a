"""What changed in a form since the draft was begun, said once at the top of its sections."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.parts.button import button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.text import text
from desktop.ui.theme import QUESTION_WIDTH
from desktop.workflows.filling.open_application import FormUpdate


class UpdateCard(Card):
    """The changes of one new version, until they are read."""

    def __init__(self, update: FormUpdate, on_read: Callable[[], object]) -> None:
        super().__init__("Ce formulaire a changé")
        self.setMaximumWidth(QUESTION_WIDTH + 60)
        self.add(
            text(
                f"La démarche s’ouvre avec la version {update.version}. Vos réponses ont suivi. "
                "Celles qui n’ont plus de place sont gardées, à l’étape "
                "«\u00a0Relire et imprimer\u00a0».",
                "soft",
            )
        )
        for change in update.changes:
            self.add(text(f"•\u2002{change}"))
        self.body.addLayout(in_line(button("J’ai lu", on_read)))
