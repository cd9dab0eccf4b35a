"""Unlocking a vault: the passphrase, or the recovery sheet when it is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import FieldNotes, TextField, on_return, secret_field
from desktop.ui.parts.text import text
from desktop.ui.parts.tick import Tick
from desktop.ui.start.frame import StartFrame
from desktop.ui.work import in_background
from desktop.workflows.start.locked_state import locked_state

if TYPE_CHECKING:
    from desktop.workflows.desk import Desk

_OF_DAMAGE = ("DatabaseDamaged", "KeyFileDamaged", "KeyFileMissing")
"""By name: the vault's errors are not loaded to show this page."""


class Unlock(StartFrame):
    """State: what is typed; the vault opens on another thread."""

    def __init__(
        self,
        folder: Path,
        *,
        on_opened: Callable[[Desk], object],
        on_other: Callable[[], object],
        on_create: Callable[[], object],
        on_restore: Callable[[], object],
        on_repair: Callable[[], object],
        likely_user: str = "",
    ) -> None:
        super().__init__("Ouvrir le coffre", "")
        self._folder = folder
        self._likely_user = likely_user
        self._on_opened = on_opened
        self._abandoned = False
        self._attempts = text("", "warning")
        self._attempts.hide()
        self.card.add(self._attempts)
        self._held = 0
        self._seconds = QTimer(self)
        self._seconds.setInterval(1_000)
        self._seconds.timeout.connect(lambda: self.hold(self._held - 1))
        self.passphrase = secret_field("Phrase de passe")
        on_return(self.passphrase, self.open)
        self.card.add(self.passphrase)
        self._shown = Tick("Montrer la phrase de passe")
        self._shown.toggled.connect(self._show_letters)
        self.card.add(self._shown)
        self._open = button("Ouvrir le coffre", self.open, Weight.PRIMARY)
        self.card.body.addLayout(in_line(self._open))
        self.recovery = TextField(
            "Clé de secours",
            hint="Les quatre lignes de la feuille de secours, majuscules ou minuscules.",
        )
        self._use_recovery = button("Ouvrir avec la clé de secours", self.open_with_recovery)
        self.card.add(self.recovery)
        self.card.body.addLayout(in_line(self._use_recovery))
        self.recovery.hide()
        self._use_recovery.hide()
        self._forgotten = button("J’ai oublié la phrase de passe", self._show_recovery, Weight.LINK)
        self.card.body.addLayout(in_line(self._forgotten))
        self._repair = button("Réparer le coffre…", on_repair)
        self._restore = button("Reprendre une sauvegarde…", on_restore)
        self._repair.hide()
        self._restore.hide()
        self.card.body.addLayout(in_line(self._restore, self._repair))
        where = text(f"Coffre\u00a0: {folder}", "small")
        self.card.add(where)
        self.card.body.addLayout(
            in_line(
                button("Ouvrir un autre coffre", on_other, Weight.LINK),
                button("Créer un coffre", on_create, Weight.LINK),
                button("Reprendre une sauvegarde", on_restore, Weight.LINK),
            )
        )

        self._tell_locked_state()

    def first_focus(self) -> QWidget:
        """The passphrase."""
        return self.passphrase.input

    def abandon(self) -> None:
        """Forget what is typed, and lock again what opens from now: the PC was left meanwhile."""
        self.passphrase.input.clear()
        self.recovery.input.clear()
        self._abandoned = not self._open.isEnabled() and not self._held

    def say_refused(self, words: str) -> None:
        """Say what went wrong when the vault was closed; nothing when empty."""
        self.passphrase.show_notes(FieldNotes(warning=words))

    def tell_attempts(self, count: int) -> None:
        """Say how many tries failed since the vault was last opened; nothing for none."""
        plural = "s" if count > 1 else ""
        self._attempts.setText(
            f"{count}\u00a0essai{plural} infructueux depuis la dernière ouverture du coffre."
        )
        self._attempts.setVisible(count > 0)

    def hold(self, seconds: int) -> None:
        """Take no other try for some seconds, which the button counts."""
        self._held = max(0, seconds)
        if self._held:
            self._seconds.start()
        else:
            self._seconds.stop()
        self._wait(False)

    def open(self) -> None:
        """Open with what is typed."""
        if self._held:
            return
        typed = self.passphrase.text()
        self._wait(True)

        def unlock() -> Desk:
            # Here, not above: the vault and the forms are not loaded to show this page.
            from desktop.workflows.start.opening import unlock

            return unlock(self._folder, typed, first=self._likely_user)

        in_background(
            self,
            unlock,
            then=self._opened,
            otherwise=lambda error: self._failed(error, self.passphrase),
        )

    def open_with_recovery(self) -> None:
        """Open with the recovery sheet."""
        if self._held:
            return
        typed = self.recovery.input.toPlainText()
        self._wait(True)

        def unlock() -> Desk:
            from desktop.workflows.start.opening import unlock_with_recovery

            return unlock_with_recovery(self._folder, typed)

        in_background(
            self,
            unlock,
            then=self._opened,
            otherwise=lambda error: self._failed(error, self.recovery),
        )

    def _opened(self, desk: Desk) -> None:
        self.passphrase.input.clear()
        if self._abandoned:
            from desktop.workflows.start.opening import lock

            self._abandoned = False
            self._wait(False)
            lock(desk)
            return
        self._on_opened(desk)

    def _failed(self, error: Exception, field: TextField | object) -> None:
        from desktop.workflows.sentences import KNOWN_ERRORS, sentence

        self._abandoned = False
        self._wait(False)
        self._tell_locked_state()
        if not isinstance(error, KNOWN_ERRORS):
            raise error
        target = self.recovery if field is self.recovery else self.passphrase
        target.show_notes(FieldNotes(error=sentence(error)))
        target.target.setFocus()
        self._offer_repair(type(error).__name__)

    def _offer_repair(self, error: str) -> None:
        for offered in (self._restore, self._repair):
            offered.setVisible(error in _OF_DAMAGE)

    def _tell_locked_state(self) -> None:
        state = locked_state(self._folder)
        self.tell_attempts(state.failed)
        self.hold(state.wait)

    def _wait(self, waiting: bool) -> None:
        for widget in (self._open, self._use_recovery):
            widget.setEnabled(not waiting and not self._held)
        words = f"Nouvel essai dans {self._held}\u00a0s" if self._held else "Ouvrir le coffre"
        self._open.setText("Ouverture…" if waiting else words)
        self._open.setAccessibleName(self._open.text())

    def _show_letters(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.input.setEchoMode(mode)

    def _show_recovery(self) -> None:
        self.recovery.show()
        self._use_recovery.show()
        self._forgotten.hide()
        self.recovery.input.setFocus()
