"""How an online filing stands: no draft, a draft, or an attempt whose end is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import in_line
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.text import text
from desktop.workflows.dates import short_moment
from desktop.workflows.exchanges.outcomes import OUTCOME_WORDS
from desktop.workflows.filling.states import Tone
from desktop.workflows.online.followup import FollowedFiling
from desktop.workflows.online.records import FilingRecord
from exports.online.dossier import DossierState

N = "\u00a0"

_TONES = {
    DossierState.PREFILLED: Tone.CARE,
    DossierState.GONE: Tone.BAD,
    DossierState.REFUSE: Tone.BAD,
    DossierState.SANS_SUITE: Tone.BAD,
}


@dataclass(frozen=True)
class DraftSteps:
    """What can be done with a draft."""

    send_again: Callable[[], object]
    open_draft: Callable[[], object]
    follow: Callable[[], object]
    record: Callable[[], object]


class UndecidedCard(Card):
    """A sending of which nobody knows the end: only the user says whether to send another."""

    def __init__(self, record: FilingRecord, send_again: Callable[[], object]) -> None:
        super().__init__("Un envoi est resté sans réponse")
        self.body.setSpacing(10)
        at = short_moment(datetime.fromisoformat(record.started_at))
        self.add(
            text(
                f"Le {at}, un brouillon est parti et aucune réponse claire n’est venue. Il existe "
                "peut-être sur le portail, mais personne n’en a l’adresse. Il n’est pas renvoyé "
                "sans votre accord."
            )
        )
        self.add(
            text(
                f"En créer un autre est sans danger{N}: un brouillon que personne ne reprend "
                f"s’efface après 5{N}jours.",
                "soft",
            )
        )
        self.body.addLayout(in_line(button("Créer un autre brouillon", send_again, Weight.DANGER)))


class DraftCard(Card):
    """The draft that counts, its state, and what comes next."""

    def __init__(self, status: FollowedFiling, steps: DraftSteps) -> None:
        draft = status.draft
        super().__init__(f"Brouillon n°{N}{draft.number}")
        self.body.setSpacing(10)
        tone = _TONES.get(draft.state, Tone.GOOD if draft.state.submitted else Tone.ACCENT)
        self.body.addLayout(in_line(chip(_short(draft.state), tone)))
        self._said = text("")
        self.add(self._said)
        self.show_said(status.said)
        asked = draft.followed_at or draft.created_at
        self.add(text(f"Vu le {short_moment(datetime.fromisoformat(asked))}.", "soft"))
        holder = QWidget()
        flow = FlowLayout(holder)
        claimed = draft.state.claimed
        if draft.url and draft.state is not DossierState.GONE:
            weight = Weight.SECONDARY if claimed else Weight.PRIMARY
            flow.addWidget(button("Ouvrir dans le navigateur", steps.open_draft, weight))
        flow.addWidget(button("Demander où il en est", steps.follow))
        if status.new and status.outcome is not None:
            words = OUTCOME_WORDS[status.outcome.kind].lower()
            self.add(text(f"Issue à noter pour l’accusé{N}: {words}.", "strong"))
            flow.addWidget(button("Noter cette issue", steps.record, Weight.PRIMARY))
        if not claimed:
            flow.addWidget(button("Créer un autre brouillon", steps.send_again, Weight.DANGER))
        self.add(holder)
        if draft.state is DossierState.PREFILLED:
            self.add(
                text(
                    "Le premier compte qui ouvre ce brouillon en devient le propriétaire. "
                    "Ouvrez-le avec le compte qui le déposera.",
                    "soft",
                )
            )

    def show_said(self, said: str) -> None:
        """Say how it stands now: an unclaimed draft has less time left each minute."""
        self._said.setText(f"{said[:1].upper()}{said[1:]}.")


_SHORT = {
    DossierState.PREFILLED: "À reprendre",
    DossierState.BROUILLON: "Repris",
    DossierState.EN_CONSTRUCTION: "Déposé",
    DossierState.EN_INSTRUCTION: "En instruction",
    DossierState.ACCEPTE: "Accepté",
    DossierState.REFUSE: "Refusé",
    DossierState.SANS_SUITE: "Sans suite",
    DossierState.GONE: "Effacé",
}


def _short(state: DossierState) -> str:
    return _SHORT[state]
