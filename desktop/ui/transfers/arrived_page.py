"""A person's file that was taken: the receipt to give back, the person to see."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.exchanges.older_keys import OlderKeysQuestion
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import text
from desktop.workflows.receipts import older_keys_of_receipt, proposed_receipt_name
from desktop.workflows.states import Tone
from desktop.workflows.transfer_arrivals import confirm_arrival

_WIDTH = 680


class ArrivedPage(Page):
    """The receipt of one transfer."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        bundle = self.desk.vault.bundles.get(record)
        self._bundle_id, self._person_id = bundle.id, bundle.person_id or ""
        holder, layout = column()
        layout.addWidget(text("Dossier reçu", "page"))
        card = Card("Répondre à l’autre poste")
        card.setMaximumWidth(_WIDTH)
        card.add(
            text(
                "L’accusé dit à l’autre poste que le dossier est bien arrivé. Il pourra alors "
                "l’effacer de chez lui."
            )
        )
        self._save = button("Enregistrer l’accusé…", self._ask, Weight.PRIMARY)
        see = button("Voir la fiche", lambda: workplace.go(Place.PERSON, self._person_id))
        card.body.addLayout(in_line(self._save, see))
        layout.addWidget(card)
        self._older = OlderKeysQuestion(workplace)
        self._older.setMaximumWidth(_WIDTH)
        layout.addWidget(self._older)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The button that writes the receipt."""
        return self._save

    def escape(self) -> None:
        """Back to the exchanges."""
        self.workplace.go(Place.EXCHANGES)

    def save_receipt(self, file: Path, *, with_older_keys: bool = False) -> None:
        """Write the receipt where the user chose."""
        name = self.workplace.attempt(
            lambda: confirm_arrival(
                self.desk, self._bundle_id, file, with_older_keys=with_older_keys
            )
        )
        if name is not None:
            self.workplace.say(
                f"L’accusé pour «\u00a0{name}\u00a0» est écrit\u00a0: vous pouvez retirer la clé.",
                Tone.GOOD,
            )

    def _ask(self) -> None:
        self._older.ask(older_keys_of_receipt(self.desk, self._bundle_id), self._choose)

    def _choose(self, with_older_keys: bool) -> None:
        name = proposed_receipt_name(self.desk, self._bundle_id)
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer l’accusé", name, "Accusé (*.accuse)"
        )
        if chosen:
            self.save_receipt(Path(chosen), with_older_keys=with_older_keys)
