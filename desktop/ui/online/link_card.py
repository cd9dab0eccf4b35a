"""The other way to the portal: a prefilled link, where no draft can be created."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.parts.button import writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.text import text
from exports.online.link import LONGEST, PrefilledLink

N = "\u00a0"


class LinkCard(Card):
    """What a link costs, and how long it is."""

    def __init__(self, link: PrefilledLink, open_link: Callable[[], object]) -> None:
        super().__init__("Si le portail refuse les brouillons")
        self.body.setSpacing(8)
        self.add(
            text(
                "Un lien ouvre la démarche déjà remplie dans le navigateur. Les réponses sont "
                "alors dans l’adresse, et le navigateur la garde dans son historique. Préférez "
                "le brouillon."
            )
        )
        if link.too_long:
            self.add(
                text(
                    f"Ce lien compte {_count(len(link.address))} caractères. Au-delà de "
                    f"{_count(LONGEST)}, le portail prévient qu’il peut être coupé{N}: vérifiez "
                    "chaque champ dans le navigateur.",
                    "warning",
                )
            )
        if not link.whole:
            self.add(
                text(
                    "Une liste n’y est pas, parce qu’elle a des lignes incomplètes. "
                    "Remplissez-la dans le navigateur.",
                    "warning",
                )
            )
        self.body.addLayout(in_line(writing_button("Ouvrir un lien prérempli", open_link)))


def _count(number: int) -> str:
    return f"{number:,}".replace(",", N)
