"""Repairing a damaged vault: a new folder, a passphrase, and what came over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import FieldNotes, TextField
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.ui.start.frame import StartFrame
from desktop.ui.work import in_background

if TYPE_CHECKING:
    from desktop.workflows.desk import Desk
    from desktop.workflows.settings.repairs import RepairedVault


class RepairPage(StartFrame):
    """State: the folder chosen, what was typed, and the repair under way."""

    def __init__(
        self,
        damaged: Path,
        *,
        on_opened: Callable[[Desk], object],
        on_back: Callable[[], object],
    ) -> None:
        super().__init__(
            "Réparer le coffre",
            "Ce qui peut encore être lu est copié dans un nouveau coffre, dans le dossier que vous "
            "choisissez. Le coffre abîmé n’est pas modifié\u00a0: gardez-le. Une sauvegarde "
            "récente vaut mieux qu’une réparation.",
        )
        self._damaged = damaged
        self._on_opened = on_opened
        self._folder: Path | None = None
        self.card.add(text(f"Coffre abîmé\u00a0: {damaged}", "small"))
        self._choose = button("Choisir le dossier…", self._choose_folder)
        self.card.body.addLayout(in_line(self._choose))
        self._said_folder = text("Aucun dossier choisi.", "soft")
        self.card.add(self._said_folder)
        self.secret = TextField(
            "Phrase de passe, ou clé de secours",
            hint="Votre phrase de passe, ou les quatre lignes de la feuille.",
        )
        self.card.add(self.secret)
        self._repair = button("Réparer", self.repair, Weight.PRIMARY)
        self._back = button("Revenir", on_back)
        self.card.body.addLayout(in_line(self._repair, self._back))
        self.progress = ProgressCard(stop_words="Arrêter la réparation")
        self.card.add(self.progress)

    def first_focus(self) -> QWidget:
        """The choice of the folder."""
        return self._choose

    def choose_folder(self, folder: Path) -> None:
        """Where the new vault goes."""
        self._folder = folder
        self._said_folder.setText(f"Le coffre sera dans {folder}")

    def repair(self) -> None:
        """Copy what can be read, and open it."""
        folder, typed = self._folder, self.secret.input.toPlainText().strip()
        if folder is None or not typed:
            self.secret.show_notes(
                FieldNotes(error="Choisissez le dossier, puis écrivez la phrase de passe.")
            )
            return
        self._wait(True)
        self.secret.show_notes(FieldNotes())
        self.progress.begin("Réparation du coffre…")

        def repair() -> RepairedVault:
            from desktop.workflows.settings.repairs import repair_vault

            return repair_vault(self._damaged, folder, typed, self.progress.tell)

        in_background(self, repair, then=self._repaired, otherwise=self._failed)

    def _repaired(self, repaired: RepairedVault) -> None:
        self.secret.input.clear()
        self.progress.end()
        self._on_opened(repaired.desk)

    def _failed(self, error: Exception) -> None:
        from desktop.workflows.sentences import KNOWN_ERRORS, sentence

        self._wait(False)
        self.progress.end()
        if not isinstance(error, KNOWN_ERRORS):
            raise error
        self.secret.show_notes(FieldNotes(error=sentence(error)))

    def _wait(self, waiting: bool) -> None:
        # Stopped, not left: a vault that opened for a page gone would stay open.
        for widget in (self._repair, self._back):
            widget.setEnabled(not waiting)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choisir où mettre le nouveau coffre")
        if chosen:
            self.choose_folder(Path(chosen) / "coffre")
