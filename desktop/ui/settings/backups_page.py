"""Backups on a stick: made while the vault is in use, read back, counted in days."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Right, Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.choice_fields import ChoiceField
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.backups import DELAYS, backup_state, make_backup, set_reminder
from desktop.workflows.settings.users import may_manage
from vault.copies.backups import Backup

_WIDTH = 680


class BackupsPage(Page):
    """State: the backup being made, if any."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        state = backup_state(self.desk)
        holder, layout = column()
        layout.addWidget(text("Sauvegardes", "page"))
        layout.addWidget(
            text(
                "Une sauvegarde est chiffrée comme le coffre. Elle s’ouvre avec les phrases de "
                "passe du jour où elle est faite, ou avec la feuille de secours.",
                "soft",
            )
        )
        card = Card("Sauvegarder sur une clé")
        card.setMaximumWidth(_WIDTH)
        card.add(text(state.said, "warning" if state.due else "soft"))
        self._make = writing_button("Sauvegarder sur une clé…", self._choose, Weight.PRIMARY)
        card.body.addLayout(in_line(self._make, button("Revenir aux réglages", self.escape)))
        self.progress = ProgressCard(stop_words="Arrêter la sauvegarde")
        card.add(self.progress)
        layout.addWidget(card)
        reminder = Card("Rappel")
        reminder.setMaximumWidth(_WIDTH)
        self.reminder = ChoiceField(
            "Rappeler la sauvegarde après",
            tuple((str(days), f"{days}\u00a0jours") for days in DELAYS),
        )
        self.reminder.show_text(str(state.delay))
        self.reminder.answered.connect(self._remind)
        self.reminder.setEnabled(may_manage(self.desk))
        reminder.add(self.reminder)
        if not may_manage(self.desk):
            reminder.add(text(f"{Right.MANAGE.value} Ce délai vaut pour tous.", "soft"))
        layout.addWidget(reminder)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The button that makes one."""
        return self._make

    def escape(self) -> None:
        """Back to the settings."""
        self.workplace.go(Place.SETTINGS)

    def make(self, place: Path) -> None:
        """Make a backup in a folder, with its progress."""
        desk, progress = self.desk, self.progress
        progress.begin("Copie du coffre, puis relecture…")
        self._make.setEnabled(False)
        self.workplace.in_background(
            lambda: make_backup(desk, place, progress.tell), self._made, failed=self._not_made
        )

    def _made(self, backup: Backup) -> None:
        self.workplace.go(Place.BACKUPS)
        size = max(1, round(backup.size / 1024 / 1024))
        self.workplace.say(
            f"Sauvegarde faite et relue\u00a0: {backup.folder.name}, {size}\u00a0Mo. Vous pouvez "
            "retirer la clé.",
            Tone.GOOD,
        )

    def _not_made(self) -> None:
        self.progress.end()
        self._make.setEnabled(True)
        self._make.setFocus()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choisir la clé ou le dossier")
        if chosen:
            self.make(Path(chosen))

    def _remind(self, chosen: str) -> None:
        def remind() -> bool:
            set_reminder(self.desk, int(chosen))
            return True

        if self.workplace.attempt(remind):
            self.workplace.say(f"La sauvegarde sera rappelée après {chosen} jours.", Tone.GOOD)
        else:
            self.reminder.show_text(str(backup_state(self.desk).delay))
