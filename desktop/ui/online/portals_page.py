"""The portals that this relay may reach: those of the program, and those added here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.field import Field, LineField, on_return
from desktop.ui.parts.text import text
from desktop.workflows.filling.states import Tone
from desktop.workflows.online.portals import added_portals, allow_portal, remove_portal
from desktop.workflows.online.procedures import PORTALS
from exports.online.permission import Portal

N = "\u00a0"
_WIDTH = 680


class PortalsPage(Page):
    """State: the address being typed."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        self.desk.require_relay()
        holder, layout = column()
        layout.addWidget(text("Portails permis", "page"))
        layout.addWidget(
            text(
                "Ce relais n’ouvre aucune autre adresse, et seulement en HTTPS. Le serveur "
                "mandataire (proxy) réglé sur ce poste est utilisé.",
                "soft",
            )
        )
        card = Card("Adresses")
        card.body.setSpacing(10)
        for one in PORTALS:
            card.add(text(one.address, "strong"))
            card.body.addLayout(in_line(chip("Prévue par le programme", Tone.GOOD)))
            card.add(text("Adresse lue en janvier 2026.", "soft"))
        for one in added_portals(self.desk):
            card.add(text(one.address, "strong"))
            remove = writing_button(
                "Retirer cette adresse", partial(self._remove, one), Weight.LINK
            )
            remove.setAccessibleName(f"Retirer {one.address}")
            card.body.addLayout(in_line(chip("Ajoutée ici", Tone.CARE), remove))
        self.address = LineField(
            "Ajouter un portail",
            hint="Un portail du même logiciel (Démarche numérique), par exemple celui d’un "
            "département. Vérifiez l’adresse auprès de l’organisme.",
            width=520,
        )
        on_return(self.address, self.add)
        adding = Card("Ajouter")
        adding.body.setSpacing(10)
        adding.add(self.address)
        adding.body.addLayout(
            in_line(
                writing_button("Permettre cette adresse", self.add, Weight.PRIMARY),
                button("Revenir aux réglages", self.escape),
            )
        )
        for one_card in (card, adding):
            one_card.setMaximumWidth(_WIDTH)
            layout.addWidget(one_card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The address."""
        return self.address.target

    def questions(self) -> Mapping[str, Field]:
        """The address, being typed."""
        return {"address": self.address}

    def escape(self) -> None:
        """Back to the settings."""
        self.workplace.go(Place.SETTINGS)

    def add(self) -> None:
        """Let the relay reach the address typed."""
        portal: Portal | None = self.workplace.attempt(
            lambda: allow_portal(self.desk, self.address.text())
        )
        if portal is not None:
            self.workplace.go(Place.PORTALS)
            self.workplace.say(f"{portal.address} est permise.", Tone.GOOD)

    def _remove(self, portal: Portal) -> None:
        def remove() -> bool:
            remove_portal(self.desk, portal)
            return True

        if self.workplace.attempt(remove):
            self.workplace.go(Place.PORTALS)
            self.workplace.say(f"{portal.address} n’est plus permise.", Tone.GOOD)
