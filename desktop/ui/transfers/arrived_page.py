"""A person's file that was taken: the receipt to give back, the person to see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.exchanges.older_keys import OlderKeysQuestion
from desktop.ui.exchanges.printed_codes import PrintedCodesCard
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.text import text
from desktop.workflows.codes.transfers import confirm_on_paper
from desktop.workflows.exchanges.receipts import older_keys_of_receipt, proposed_receipt_name
from desktop.workflows.filling.states import Tone
from desktop.workflows.transfers.arrivals import confirm_arrival

if TYPE_CHECKING:
    from exports.bundle.paper.printing import PrintedCodes

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
        paper = button("Imprimer l’accusé…", self._ask_to_print)
        see = button("Voir la fiche", lambda: workplace.go(Place.PERSON, self._person_id))
        card.add(flowing(self._save, paper, see))
        layout.addWidget(card)
        self.printed = PrintedCodesCard(workplace)
        self.printed.setMaximumWidth(_WIDTH)
        layout.addWidget(self.printed)
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

    def print_receipt(self, with_older_keys: bool) -> None:
        """Set the receipt as a page of codes, ready to print."""
        desk, bundle_id = self.desk, self._bundle_id
        self.workplace.in_background(
            lambda: confirm_on_paper(desk, bundle_id, with_older_keys=with_older_keys),
            self._to_print,
        )

    def _to_print(self, made: tuple[str, PrintedCodes]) -> None:
        name, printed = made
        self.printed.show_codes(f"Accusé pour {name}", printed)
        self.workplace.say(f"L’accusé pour «\u00a0{name}\u00a0» est prêt à imprimer.", Tone.GOOD)

    def _ask_to_print(self) -> None:
        self._older.ask(older_keys_of_receipt(self.desk, self._bundle_id), self.print_receipt)

    def _ask(self) -> None:
        self._older.ask(older_keys_of_receipt(self.desk, self._bundle_id), self._choose)

    def _choose(self, with_older_keys: bool) -> None:
        name = proposed_receipt_name(self.desk, self._bundle_id)
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer l’accusé", name, "Accusé (*.accuse)"
        )
        if chosen:
            self.save_receipt(Path(chosen), with_older_keys=with_older_keys)
