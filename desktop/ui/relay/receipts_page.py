"""The receipts of a relay: those of a station together, or one a bundle, on a file or on paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.exchanges.older_keys import OlderKeysQuestion
from desktop.ui.exchanges.printed_codes import PrintedCodesCard
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.text import text
from desktop.ui.relay.station_card import StationCard
from desktop.workflows.exchanges.bundles import BundleRow, list_bundles
from desktop.workflows.exchanges.contacts import older_keys
from desktop.workflows.exchanges.receipts import (
    WrittenReceipt,
    older_keys_of_receipt,
    proposed_receipt_name,
    write_receipt,
)
from desktop.workflows.filling.states import Tone
from desktop.workflows.relay.station_receipts import (
    WrittenReceipts,
    print_station_receipts,
    proposed_receipts_name,
    stations_to_answer,
    write_station_receipts,
)

if TYPE_CHECKING:
    from exports.bundle.paper.printing import PrintedCodes

_WIDTH = 760


_AT_ONCE = 40


class ReceiptsPage(Page):
    """State: how many of the bundles received are shown, each with its receipt."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        self._first: QWidget | None = None
        holder, layout = column()
        layout.addWidget(text("Accusés", "page"))
        self._older = OlderKeysQuestion(workplace)
        self._older.setMaximumWidth(_WIDTH)
        layout.addWidget(self._older)
        self.printed = PrintedCodesCard(workplace)
        self.printed.setMaximumWidth(_WIDTH)
        layout.addWidget(self.printed)
        for row in stations_to_answer(self.desk):
            station = StationCard(
                row,
                on_file=self._ask_station,
                on_paper=self.print_station,
                on_lines=partial(self.print_station, typed=True),
            )
            station.setMaximumWidth(_WIDTH)
            self._first = self._first or station.file
            layout.addWidget(station)
        bundles = list_bundles(self.desk)
        if not bundles:
            begin = button("Ouvrir la réception", lambda: workplace.go(Place.INBOX), Weight.PRIMARY)
            layout.addWidget(
                EmptyPage("Un accusé répond à une liasse. Aucune liasse n’est encore reçue.", begin)
            )
            self._first = begin
        self._waiting = list(bundles)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(layout.spacing())
        layout.addLayout(self._cards)
        self._more = button("Afficher la suite", self._show_more)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_more()
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first receipt to prepare."""
        return self._first

    def write(self, bundle_id: str, file: Path, *, with_older_keys: bool = False) -> None:
        """Write a receipt where the user chose."""
        desk = self.desk
        self.workplace.in_background(
            lambda: write_receipt(desk, bundle_id, file, with_older_keys=with_older_keys),
            self._written,
        )

    def write_station(self, contact_id: str, file: Path, *, with_older_keys: bool = False) -> None:
        """Write all the receipts of a station where the user chose."""
        desk = self.desk
        self.workplace.in_background(
            lambda: write_station_receipts(desk, contact_id, file, with_older_keys=with_older_keys),
            self._station_written,
        )

    def print_station(self, contact_id: str, *, typed: bool = False) -> None:
        """Set all the receipts of a station as pages of one code each."""
        desk = self.desk
        self.workplace.in_background(
            lambda: print_station_receipts(desk, contact_id, typed=typed), self._station_printed
        )

    def _show_more(self) -> None:
        # A card a bundle: a thousand at once would take seconds to lay out.
        shown, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for bundle in shown:
            card = self._bundle(bundle)
            card.setMaximumWidth(_WIDTH)
            self._cards.addWidget(card)
        left = len(self._waiting)
        self._more.setText(f"Afficher la suite ({left} liasse{'s' if left > 1 else ''})")
        self._more.setVisible(bool(left))

    def _ask_station(self, contact_id: str) -> None:
        self._older.ask(
            older_keys(self.desk, [contact_id]),
            lambda mixed: self._choose_for_station(contact_id, with_older_keys=mixed),
        )

    def _choose_for_station(self, contact_id: str, *, with_older_keys: bool) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer les accusés", proposed_receipts_name(self.desk), "Accusé (*.accuse)"
        )
        if chosen:
            self.write_station(contact_id, Path(chosen), with_older_keys=with_older_keys)

    def _station_written(self, written: WrittenReceipts) -> None:
        self.workplace.go(Place.RECEIPTS)
        self.workplace.say(_told(written, "écrits"), Tone.GOOD)

    def _station_printed(self, done: tuple[WrittenReceipts, PrintedCodes]) -> None:
        written, printed = done
        self.workplace.go(Place.RECEIPTS)
        page = self.workplace.page
        if isinstance(page, ReceiptsPage):
            page.printed.show_codes(f"Accusés pour {written.name}", printed)
        self.workplace.say(_told(written, "prêts à imprimer"), Tone.GOOD)

    def _bundle(self, bundle: BundleRow) -> Card:
        card = Card()
        state = (
            chip("Accusé préparé", Tone.GOOD) if bundle.answered else chip("À préparer", Tone.CARE)
        )
        card.add(text(f"Liasse n°\u00a0{bundle.number} — {bundle.contact}", "heading"))
        card.body.addLayout(in_line(state))
        plural = "s" if bundle.applications > 1 else ""
        card.add(text(f"{bundle.applications} démarche{plural}, reçue {bundle.when}", "soft"))
        prepare = writing_button("Enregistrer l’accusé…", lambda: self._ask(bundle.id))
        card.body.addLayout(in_line(prepare))
        self._first = self._first or prepare
        return card

    def _ask(self, bundle_id: str) -> None:
        self._older.ask(
            older_keys_of_receipt(self.desk, bundle_id),
            lambda mixed: self._choose(bundle_id, with_older_keys=mixed),
        )

    def _choose(self, bundle_id: str, *, with_older_keys: bool) -> None:
        name = proposed_receipt_name(self.desk, bundle_id)
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer l’accusé", name, "Accusé (*.accuse)"
        )
        if chosen:
            self.write(bundle_id, Path(chosen), with_older_keys=with_older_keys)

    def _written(self, written: WrittenReceipt) -> None:
        self.workplace.go(Place.RECEIPTS)
        plural = "s" if written.outcomes > 1 else ""
        self.workplace.say(
            f"L’accusé de la liasse n°\u00a0{written.number} est écrit "
            f"({written.outcomes} issue{plural}).",
            Tone.GOOD,
        )


def _told(written: WrittenReceipts, what: str) -> str:
    plural = "s" if written.outcomes > 1 else ""
    return (
        f"Les accusés pour {written.name} sont {what} ({written.outcomes} issue{plural}, "
        f"{len(written.bundles)} liasse{'s' if len(written.bundles) > 1 else ''})."
    )
