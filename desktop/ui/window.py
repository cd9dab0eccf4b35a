"""The main window: the start, an unlock, or an open vault; zoom and lock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop.ui.start.unlock import Unlock
from desktop.ui.theme import DARK, LIGHT, ZOOM_STEPS, Tokens, palette, style_sheet
from desktop.workflows.places import known_vaults

if TYPE_CHECKING:
    from desktop.workflows.desk import Desk
    from desktop.workflows.opening import CreatedVault

TITLE = "Trait d’union"


class Window(QMainWindow):
    """State: what is shown, the zoom, the colours."""

    def __init__(self, vault_folder: Path | None = None, *, tokens: Tokens = LIGHT) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(960, 600)
        self.resize(1280, 800)
        self.desk: Desk | None = None
        self._tokens = tokens
        self._zoom = 0
        self._folder = vault_folder
        for keys, action in self._actions().items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self.show_start()

    def show_start(self) -> None:
        """Show the unlock page of the last vault, or the first start when there is none."""
        known = known_vaults()
        folder = self._folder or (known[0] if known else None)
        if folder is None:
            self.show_first_start()
        else:
            self.show_unlock(folder)

    def show_first_start(self) -> None:
        """Ask what this PC is and make its vault."""
        from desktop.ui.start.first_start import FirstStart

        self._show(FirstStart(on_created=self._created, on_other=self._choose_other))

    def show_unlock(self, folder: Path) -> None:
        """Ask the passphrase of a vault."""
        self._folder = folder
        self._show(
            Unlock(
                folder,
                on_opened=self.open_desk,
                on_other=self._choose_other,
                on_create=self.show_first_start,
            )
        )

    def open_desk(self, desk: Desk) -> None:
        """Show an open vault, where the work stopped."""
        from desktop.ui.workplace import OpenWorkplace

        self.desk = desk
        self._folder = desk.vault.folder
        workplace = OpenWorkplace(desk, on_lock=self.lock)
        self._show(workplace)
        workplace.resume()

    def lock(self) -> None:
        """Keep what is being typed, close the vault, hide everything behind the unlock page."""
        if self.desk is None:
            return
        from desktop.workflows.opening import lock

        self._leave_field()
        desk, self.desk = self.desk, None
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        folder = desk.vault.folder
        lock(desk)
        self.show_unlock(folder)

    def zoom(self, steps: int) -> None:
        """Make everything larger or smaller by so many steps; 0 for the usual size."""
        self._zoom = max(0, min(self._zoom + steps, len(ZOOM_STEPS) - 1)) if steps else 0
        self._restyle()

    def use_tokens(self, tokens: Tokens) -> None:
        """Change the colours."""
        self._tokens = tokens
        self._restyle()

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are used."""
        return self._tokens is DARK

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed and close the vault before the window goes."""
        if self.desk is not None:
            from desktop.workflows.opening import lock

            self._leave_field()
            desk, self.desk = self.desk, None
            lock(desk)
        super().closeEvent(event)

    def _created(self, created: CreatedVault) -> None:
        from desktop.ui.start.recovery_page import RecoveryPage

        self._folder = created.desk.vault.folder
        self.desk = created.desk
        self._show(RecoveryPage(created, on_done=lambda: self.open_desk(created.desk)))

    def _choose_other(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self, "Choisir le dossier du coffre")
        if chosen:
            self.show_unlock(Path(chosen))

    def _show(self, widget: QWidget) -> None:
        self.setCentralWidget(widget)
        self._restyle()
        focus = getattr(widget, "first_focus", None)
        if callable(focus):
            QTimer.singleShot(0, lambda: focus().setFocus())

    def _restyle(self) -> None:
        QApplication.setPalette(palette(self._tokens))
        relay = self.desk is not None and self.desk.is_relay
        self.setStyleSheet(style_sheet(self._tokens, zoom=ZOOM_STEPS[self._zoom], relay=relay))

    def _leave_field(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def _actions(self) -> dict[str, Callable[[], object]]:
        return {
            "Ctrl++": lambda: self.zoom(1),
            "Ctrl+=": lambda: self.zoom(1),
            "Ctrl+-": lambda: self.zoom(-1),
            "Ctrl+0": lambda: self.zoom(0),
            "Ctrl+L": self.lock,
        }
