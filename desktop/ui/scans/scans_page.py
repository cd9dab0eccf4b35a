"""Reading printed codes back: files chosen, or the scanner's folder watched while it works."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.exchanges.told import bundle_told, receipts_told
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.field import Field
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.ui.scans.parcel_card import ParcelCard, ReadCard
from desktop.ui.scans.typed_receipt_card import TypedReceiptCard
from desktop.workflows.codes.bundles import keep_parcel, save_parcel
from desktop.workflows.codes.intake import (
    SCAN_ENDINGS,
    PaperIntake,
    ParcelProgress,
    ReadScan,
    WatchedFolder,
    read_scans,
)
from desktop.workflows.exchanges.bundles import ReceivedBundle
from desktop.workflows.exchanges.receipts import TakenReceipt
from desktop.workflows.filling.scanner import choose_scanner_folder, scanner_folder
from desktop.workflows.filling.states import Tone

_WIDTH = 720
_EVERY = 1500
"""How often the scanner's folder is looked at, in milliseconds."""


class ScansPage(Page):
    """State: the codes read so far, the files they came from, the folder being watched."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        self.intake = PaperIntake()
        self._read: list[ReadScan] = []
        self._taken: set[str] = set()
        self._busy = False
        self._watched: WatchedFolder | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(_EVERY)
        self.timer.timeout.connect(self.look)
        self.progress = ProgressCard(stop_words="Arrêter la lecture")
        self._choose_files = button("Choisir des fichiers…", self._choose, Weight.PRIMARY)
        self._watch = button("Surveiller le dossier du scanner", self.watch)
        self._watching = text("", "soft")
        self._watching.hide()
        self.typed: TypedReceiptCard | None = None
        holder, layout = column()
        layout.addWidget(text("Lire des pages numérisées", "page"))
        layout.addWidget(
            text(
                "Numérisez les pages de codes à 200\u00a0points par pouce ou plus, dans "
                "n’importe quel ordre. PDF, PNG, JPEG ou TIFF.",
                "soft",
            )
        )
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for one in (self._choose_files, self._watch, button("Revenir", self.escape)):
            flow.addWidget(one)
        layout.addWidget(buttons)
        layout.addWidget(self._watching)
        self.progress.setMaximumWidth(_WIDTH)
        layout.addWidget(self.progress)
        self._results = QVBoxLayout()
        self._results.setSpacing(16)
        layout.addLayout(self._results)
        if not self.desk.is_relay:
            self.typed = TypedReceiptCard(workplace)
            self.typed.setMaximumWidth(_WIDTH)
            layout.addWidget(self.typed)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The button that chooses files."""
        return self._choose_files

    def questions(self) -> Mapping[str, Field]:
        """The line of a receipt being typed."""
        return {"line": self.typed.line} if self.typed is not None else {}

    def escape(self) -> None:
        """Back to what came in, or to the exchanges."""
        self.workplace.go(Place.INBOX if self.desk.is_relay else Place.EXCHANGES)

    def read_files(self, files: list[Path]) -> None:
        """Read pages, off the window's thread; what was read stays when it is stopped."""
        if self._busy:
            return
        self._begin("Lecture des pages…")
        intake, progress = self.intake, self.progress
        self.workplace.in_background(
            lambda: read_scans(intake, files, progress=progress.report, go_on=progress.go_on),
            self._have_read,
            failed=self._end,
        )

    def watch(self) -> None:
        """Watch the scanner's folder, or stop."""
        if self._watched is not None:
            self._stop_watching()
            return
        folder = scanner_folder(self.desk) or self._ask_folder()
        if folder is not None:
            self.watch_folder(folder)

    def watch_folder(self, folder: Path) -> None:
        """Read each new file of a folder as the scanner finishes it."""
        self._watched = self.workplace.attempt(lambda: WatchedFolder(folder, self.intake))
        if self._watched is None:
            return
        self._watching.setText(f"Dossier surveillé\u00a0: {folder}. Numérisez les pages.")
        self._watching.show()
        self._watch.setText("Ne plus surveiller")
        self.timer.start()

    def look(self) -> None:
        """Read what the scanner has finished since the last look."""
        watched = self._watched
        if self._busy or watched is None:
            return
        self._busy = True
        self.workplace.in_background(
            lambda: tuple(watched.look()), self._have_read, failed=self._stop_watching
        )

    def take(self, one: ParcelProgress) -> None:
        """Take a bundle in at the relay, a receipt at the station; open a person's file there."""
        if self._busy:
            return
        if one.kind.name == "TRANSFER":
            self._open_transfer(one)
            return
        self._begin("Ouverture…")
        desk = self.desk

        def kept(what: ReceivedBundle | TakenReceipt) -> None:
            self._end()
            self._taken.add(one.mark)
            self._show()
            told = receipts_told((what,)) if isinstance(what, TakenReceipt) else bundle_told(what)
            self.workplace.say(*told)
            self.workplace.refresh_counts()

        self.workplace.in_background(lambda: keep_parcel(desk, one.parcel), kept, failed=self._end)

    def _open_transfer(self, one: ParcelProgress) -> None:
        def save() -> Path | None:
            self.desk.require_station()
            chosen, _ = QFileDialog.getSaveFileName(
                self, "Enregistrer le dossier", "dossier.transfert", "Dossier (*.transfert)"
            )
            if chosen:
                save_parcel(one.parcel, Path(chosen))
            return Path(chosen) if chosen else None

        file = self.workplace.attempt(save)
        if file is not None:
            self.workplace.go(Place.ARRIVAL, str(file))

    def _begin(self, words: str) -> None:
        self._busy = True
        self.progress.begin(words)

    def _end(self) -> None:
        self._busy = False
        self.progress.end()

    def _have_read(self, read: tuple[ReadScan, ...]) -> None:
        self._end()
        if not read:
            return
        self._read += read
        self._show()
        if self.intake.complete:
            self.workplace.say("Tous les codes nécessaires sont lus.", Tone.GOOD)

    def _show(self) -> None:
        while (item := self._results.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        cards = [
            ParcelCard(one, self.take, taken=one.mark in self._taken) for one in self.intake.parcels
        ]
        for card in (*cards, ReadCard(self._read)):
            card.setMaximumWidth(_WIDTH)
            self._results.addWidget(card)

    def _stop_watching(self) -> None:
        self.timer.stop()
        self._busy = False
        self._watched = None
        self._watching.hide()
        self._watch.setText("Surveiller le dossier du scanner")

    def _choose(self) -> None:
        endings = " ".join(f"*{one}" for one in SCAN_ENDINGS)
        chosen, _ = QFileDialog.getOpenFileNames(
            self, "Choisir les pages numérisées", "", f"Pages numérisées ({endings})"
        )
        if chosen:
            self.read_files([Path(one) for one in chosen])

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, "Choisir le dossier du scanner")
        if not chosen:
            return None
        folder = Path(chosen)
        self.workplace.attempt(lambda: choose_scanner_folder(self.desk, folder))
        return folder
