"""A person's file that arrives: who they are, whether they are here already, what differs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QRadioButton, QVBoxLayout

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.ui.parts.tick import Dot
from desktop.ui.transfers.side_by_side import SideBySide
from desktop.workflows.filling.states import Tone
from desktop.workflows.retention.erasing import counted
from desktop.workflows.transfers.arrivals import KeptPerson, keep_arrival
from desktop.workflows.transfers.comparison import (
    Arrival,
    ArrivingDifference,
    Candidate,
    differences,
    preview_arrival,
)

_WIDTH = 760
_BESIDE_FROM = 560
_NEW = ""


class ArrivalPage(Page):
    """State: the file, what it says, who it is taken for, what is chosen where they differ."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self._file = Path(record)
        self.people: dict[str, QRadioButton] = {}
        self.choices: list[SideBySide] = []
        self._beside = True
        holder, self._layout = column()
        self._layout.addWidget(text("Recevoir un dossier", "page"))
        self.progress = ProgressCard()
        self.progress.setMaximumWidth(_WIDTH)
        self._layout.addWidget(self.progress)
        self._differing = Card("Ce qui diffère")
        self._layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        self._verify()

    def arrange(self, width: float) -> None:
        """What differs side by side, or one under the other on a narrow screen."""
        self._beside = width >= _BESIDE_FROM
        for choice in self.choices:
            choice.arrange(beside=self._beside)

    def escape(self) -> None:
        """Back to the exchanges."""
        self.workplace.go(Place.EXCHANGES)

    def keep(self) -> None:
        """Take the file in, as it was chosen."""
        desk, file, progress = self.desk, self._file, self.progress
        into = next((key for key, radio in self.people.items() if radio.isChecked()), _NEW)
        taken = frozenset(choice.key for choice in self.choices if choice.takes_there)
        progress.begin("Enregistrement du dossier dans le coffre…")
        self.workplace.in_background(
            lambda: keep_arrival(
                desk, file, into=into or None, taken=taken, progress=progress.tell
            ),
            self._kept,
            failed=progress.end,
        )

    def _verify(self) -> None:
        desk, file, progress = self.desk, self._file, self.progress
        progress.begin("Vérification du dossier…")
        self.workplace.in_background(
            lambda: preview_arrival(desk, file, progress=progress.tell),
            self._show,
            failed=progress.end,
        )

    def _show(self, arrival: Arrival) -> None:
        self.progress.end()
        place = self._layout.count() - 1
        for card in (self._who(arrival), self._candidates(arrival), self._differing):
            card.setMaximumWidth(_WIDTH)
            self._layout.insertWidget(place, card)
            place += 1
        self._differing.hide()
        keep = button("Prendre le dossier", self.keep, Weight.PRIMARY)
        self._layout.insertLayout(place, in_line(keep, button("Ne pas le prendre", self.escape)))
        first = next(iter(self.people.values()))
        first.setFocus()
        self._choose(next(iter(self.people)))

    def _who(self, arrival: Arrival) -> Card:
        card = Card(arrival.name)
        card.add(text(arrival.subtitle, "soft"))
        sender = text(f"Dossier n°\u00a0{arrival.number}, de «\u00a0{arrival.sender}\u00a0»")
        state = (
            chip("Vérifié", Tone.GOOD)
            if arrival.sender_verified
            else chip("Empreinte à comparer", Tone.CARE)
        )
        card.body.addLayout(in_line(sender, state, stretch=False))
        for one in arrival.lines:
            card.add(text(one))
        documents = f"{counted(arrival.documents, 'pièce')} et l’" if arrival.documents else "L’"
        card.add(text(f"{documents}historique de là-bas.", "soft"))
        card.add(
            text("Le numéro d’écrou est celui de l’autre établissement\u00a0: à vérifier.", "soft")
        )
        if arrival.already:
            card.add(text("Ce dossier a déjà été pris. Rien ne changera.", "warning"))
        return card

    def _candidates(self, arrival: Arrival) -> Card:
        card = Card("Cette personne est-elle déjà ici\u00a0?")
        for candidate in (*arrival.candidates, Candidate(_NEW, "", "")):
            words = f"Oui\u00a0: {candidate.title}" if candidate.person_id else "Non, l’ajouter"
            radio = Dot(words)
            radio.setAccessibleName(f"{words} {candidate.subtitle}".strip())
            radio.clicked.connect(partial(self._choose, candidate.person_id))
            self.people[candidate.person_id] = radio
            card.add(radio)
            if candidate.subtitle:
                card.add(text(candidate.subtitle, "soft"))
        next(iter(self.people.values())).setChecked(True)
        return card

    def _choose(self, person_id: str) -> None:
        self._show_differing(())
        if person_id:
            desk, file = self.desk, self._file
            self.workplace.in_background(
                lambda: differences(desk, file, person_id), self._show_differing
            )

    def _show_differing(self, found: tuple[ArrivingDifference, ...]) -> None:
        for choice in self.choices:
            self._differing.body.removeWidget(choice)
            choice.deleteLater()
        self.choices = [SideBySide(one) for one in found]
        for choice in self.choices:
            choice.arrange(beside=self._beside)
            self._differing.add(choice)
        self._differing.setVisible(bool(found))

    def _kept(self, kept: KeptPerson) -> None:
        self.progress.end()
        self.workplace.go(Place.ARRIVED, kept.bundle_id)
        if not kept.new:
            self.workplace.say("Ce dossier était déjà pris. Rien n’a changé.", Tone.ACCENT)
            return
        how = "réuni avec la fiche d’ici" if kept.merged else "ajouté aux personnes d’ici"
        self.workplace.say(f"Le dossier est pris, {how}.", Tone.GOOD)
