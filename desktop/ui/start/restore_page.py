"""Putting a backup back: the backup, a new folder, a passphrase or the recovery sheet."""

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

_RESTORE = "Reprendre la sauvegarde"


class RestorePage(StartFrame):
    """State: the backup and the folder chosen, and what was typed."""

    def __init__(
        self, *, on_opened: Callable[[Desk], object], on_back: Callable[[], object]
    ) -> None:
        super().__init__(
            "Reprendre une sauvegarde",
            "La sauvegarde n’est pas modifiée. Un nouveau coffre est fait à partir d’elle.",
        )
        self._on_opened = on_opened
        self._backup: Path | None = None
        self._accepted = ("", "")
        self._folder: Path | None = None
        self._said_backup = text("Aucune sauvegarde choisie.", "soft")
        self._choose = button("Choisir la sauvegarde…", self._choose_backup)
        self.card.body.addLayout(in_line(self._choose))
        self.card.add(self._said_backup)
        self._said_folder = text("Aucun dossier choisi.", "soft")
        self.card.body.addLayout(
            in_line(button("Choisir où mettre le coffre…", self._choose_folder))
        )
        self.card.add(self._said_folder)
        self.secret = TextField(
            "Phrase de passe, ou clé de secours",
            hint="Une phrase de passe de ce jour-là, ou les quatre lignes de la feuille.",
        )
        self.card.add(self.secret)
        self._restore = button(_RESTORE, self.restore, Weight.PRIMARY)
        self._back = button("Revenir", on_back)
        self.card.body.addLayout(in_line(self._restore, self._back))
        self.progress = ProgressCard(stop_words="Arrêter la reprise")
        self.card.add(self.progress)

    def first_focus(self) -> QWidget:
        """The choice of the backup."""
        return self._choose

    def choose_backup(self, place: Path) -> None:
        """Take the latest backup of a folder, or the folder itself when it is one."""
        from desktop.workflows.dates import long_day
        from desktop.workflows.settings.backups import find_backups

        self._restore.setText(_RESTORE)
        found = find_backups(place)
        if not found:
            self._backup = None
            self._said_backup.setText("Ce dossier ne contient pas de sauvegarde complète.")
            return
        self._backup = found[0].folder
        self._said_backup.setText(
            f"Sauvegarde du {long_day(found[0].made_at.date())}\u00a0: {found[0].folder.name}"
        )

    def choose_folder(self, folder: Path) -> None:
        """Where the new vault goes."""
        self._folder = folder
        self._said_folder.setText(f"Le coffre sera dans {folder}")

    def restore(self) -> None:
        """Copy, check all of it, and open; what the vault of this PC has more is told first."""
        backup, folder = self._backup, self._folder
        typed = self.secret.input.toPlainText().strip()
        if backup is None or folder is None or not typed:
            self.secret.show_notes(
                FieldNotes(error="Choisissez la sauvegarde et le dossier, puis écrivez la phrase.")
            )
            return
        self._wait(True)
        self.secret.show_notes(FieldNotes())
        if self._accepted == (str(backup), typed):
            self._copy(backup, folder, typed)
            return
        self._accepted = ("", "")
        self.progress.begin("Comparaison avec le coffre de ce PC…")

        def compare() -> str:
            from desktop.workflows.settings.backups import what_it_lacks

            lacks = what_it_lacks(backup, typed)
            self.progress.tell(0.0)
            return lacks

        def compared(lacks: str) -> None:
            if not lacks:
                self._copy(backup, folder, typed)
                return
            self._wait(False)
            self.progress.end()
            self._accepted = (str(backup), typed)
            self._restore.setText("Reprendre quand même")
            self.secret.show_notes(FieldNotes(warning=lacks))

        in_background(self, compare, then=compared, otherwise=self._failed)

    def _copy(self, backup: Path, folder: Path, typed: str) -> None:
        self.progress.begin("Copie de la sauvegarde, puis vérification…")

        def restore() -> Desk:
            from desktop.workflows.settings.backups import restore_backup

            return restore_backup(backup, folder, typed, self.progress.tell)

        in_background(self, restore, then=self._opened, otherwise=self._failed)

    def _opened(self, desk: Desk) -> None:
        self.secret.input.clear()
        self.progress.end()
        self._on_opened(desk)

    def _failed(self, error: Exception) -> None:
        from desktop.workflows.sentences import KNOWN_ERRORS, sentence

        self._wait(False)
        self.progress.end()
        if not isinstance(error, KNOWN_ERRORS):
            raise error
        self.secret.show_notes(FieldNotes(error=sentence(error)))

    def _wait(self, waiting: bool) -> None:
        # Stopped, not left: a vault that opened for a page gone would stay open.
        for widget in (self._restore, self._back):
            widget.setEnabled(not waiting)

    def _choose_backup(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choisir la clé ou la sauvegarde")
        if chosen:
            self.choose_backup(Path(chosen))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choisir où mettre le coffre")
        if chosen:
            self.choose_folder(Path(chosen) / "coffre")
