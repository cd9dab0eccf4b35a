"""The main window: the start, an unlock, or an open vault; zoom and lock."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPixmapCache, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop.ui.clipboard import ClipboardKeeper
from desktop.ui.dialogs import close_dialogs
from desktop.ui.idleness import Idleness
from desktop.ui.parts.countdown import Countdown
from desktop.ui.presence.departures import Presence
from desktop.ui.start.unlock import Unlock
from desktop.ui.theme import TOKENS, ZOOM_STEPS, palette, style_sheet
from desktop.workflows.settings.looks import Colours, Looks, keep_looks, kept_looks
from desktop.workflows.start.places import known_vaults

if TYPE_CHECKING:
    from desktop.workflows.desk import Desk
    from desktop.workflows.start.opening import CreatedVault

TITLE = "Trait d’union"
_USUAL = QSize(1280, 800)
_FRAME = QSize(16, 48)
"""What a system draws around a window, at the most."""


class Window(QMainWindow):
    """State: what is shown, the zoom, the colours, how long nobody came."""

    def __init__(self, vault_folder: Path | None = None) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(960, 600)
        self.resize(_USUAL)
        self.desk: Desk | None = None
        self._looks = kept_looks()
        self._folder = vault_folder
        self._sealed: dict[Path, bytes] = {}
        # Most unlocks are of who was there before a lock: their access is tried first.
        self._last_users: dict[Path, str] = {}
        application = QApplication.instance()
        assert isinstance(application, QApplication), "a window is of a running program"
        self.idleness = Idleness(application, parent=self)
        self.countdown = Countdown(self)
        self.idleness.warned.connect(self.countdown.show_seconds)
        self.idleness.touched.connect(self.countdown.hide)
        self.idleness.ended.connect(self.lock)
        self._clipboard = ClipboardKeeper(QApplication.clipboard(), parent=self)
        for keys, action in self._actions().items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self.show_start()

    def fit_screen(self) -> None:
        """Take the whole of a screen too small for the usual size: what is below it is not seen."""
        room = self.screen().availableSize()
        if (_USUAL + _FRAME).boundedTo(room) != _USUAL + _FRAME:
            self.resize(_USUAL.boundedTo(room - _FRAME))
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def show_start(self) -> None:
        """Show the unlock page of the last vault, or the first start when there is none."""
        folder = self._folder or next(iter(known_vaults()), None)
        if folder is None:
            self.show_first_start()
        else:
            self.show_unlock(folder)

    def show_first_start(self) -> None:
        """Ask what this PC is and make its vault."""
        from desktop.ui.start.first_start import FirstStart

        self._show(
            FirstStart(
                on_created=self._created,
                on_other=self._choose_other,
                on_restore=self.show_restore,
            )
        )

    def show_restore(self) -> None:
        """Put a backup back into a new vault."""
        from desktop.ui.start.restore_page import RestorePage

        self._show(RestorePage(on_opened=self.open_desk, on_back=self.show_start))

    def show_repair(self, damaged: Path) -> None:
        """Bring what can be read of a damaged vault into a new one."""
        from desktop.ui.start.repair_page import RepairPage

        self._show(
            RepairPage(
                damaged,
                on_opened=self._open_repaired,
                on_back=lambda: self.show_unlock(damaged),
            )
        )

    def show_unlock(self, folder: Path) -> Unlock:
        """Ask the passphrase of a vault."""
        self._folder = folder
        page = Unlock(
            folder,
            on_opened=self.open_desk,
            on_other=self._choose_other,
            on_create=self.show_first_start,
            on_restore=self.show_restore,
            on_repair=lambda: self.show_repair(folder),
            likely_user=self._last_users.get(folder, ""),
        )
        self._show(page)
        return page

    def open_desk(self, desk: Desk) -> None:
        """Show an open vault, where the work stopped."""
        from desktop.ui.workplace import OpenWorkplace

        self.desk = desk
        self._folder = desk.vault.folder
        self._last_users[desk.vault.folder] = desk.vault.session.user_id
        copy = partial(_copy, self.idleness, self._clipboard)
        workplace = OpenWorkplace(desk, on_lock=self.lock, on_copy=copy)
        self._show(workplace)
        workplace.resume(self._sealed.pop(desk.vault.folder, None))
        workplace.tell_first()
        self.watch_idleness()

    def _open_repaired(self, desk: Desk) -> None:
        from desktop.ui.page import Place
        from desktop.ui.workplace import OpenWorkplace

        self.open_desk(desk)
        workplace = self.centralWidget()
        if isinstance(workplace, OpenWorkplace):
            workplace.go(Place.REPAIRED)

    def watch_idleness(self) -> None:
        """Count the idle time of the open vault anew, up to what its settings say."""
        from desktop.workflows.start.idleness import idle_minutes

        if self.desk is not None:
            self.idleness.start(60 * idle_minutes(self.desk))

    def watch_presence(self, presence: Presence) -> None:
        """Lock when the system says that the PC is left."""
        presence.left.connect(lambda _: self.lock())

    def lock(self) -> None:
        """Keep what is being typed, close the vault, hide everything behind the unlock page.

        When it returns, the vault's key is wiped, its database closed, and nothing of it is shown.
        """
        shown = self.centralWidget()
        if isinstance(shown, Unlock):
            shown.abandon()
        self._put_away()
        desk, self.desk = self.desk, None
        if desk is None:
            return
        self._set_aside(shown)
        page = self.show_unlock(desk.vault.folder)
        # Before the database, which may have work to finish, is closed.
        self.repaint()
        page.say_refused(self._close(desk))

    def zoom(self, steps: int) -> None:
        """Make everything larger or smaller by so many steps; 0 for the usual size."""
        zoom = max(0, min(self._looks.zoom + steps, len(ZOOM_STEPS) - 1)) if steps else 0
        self._look(replace(self._looks, zoom=zoom))

    @property
    def colours(self) -> Colours:
        """The set of colours in use."""
        return self._looks.colours

    def use_colours(self, colours: Colours) -> None:
        """Change the colours."""
        self._look(replace(self._looks, colours=colours))

    def _look(self, looks: Looks) -> None:
        self._looks = looks
        keep_looks(looks)
        self._restyle()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being typed and close the vault before the window goes."""
        shown = self.centralWidget()
        if isinstance(shown, Unlock):
            shown.abandon()
        self._put_away()
        desk, self.desk = self.desk, None
        if desk is not None:
            self._set_aside(shown)
            self._close(desk)
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the countdown in the middle."""
        super().resizeEvent(event)
        if self.countdown.isVisible():
            self.countdown.place()

    def _put_away(self) -> None:
        """What stands over the window, and what was copied from it."""
        self.idleness.stop()
        self.countdown.hide()
        close_dialogs(self)
        self._clipboard.clear()

    def _set_aside(self, shown: QWidget | None) -> None:
        from desktop.ui.interruption import set_work_aside
        from desktop.ui.workplace import OpenWorkplace

        if isinstance(shown, OpenWorkplace):
            sealed = set_work_aside(shown)
            if sealed is not None:
                self._sealed[shown.desk.vault.folder] = sealed
        if shown is not None:
            shown.destroyed.connect(_forget_pages)

    def _close(self, desk: Desk) -> str:
        """Close a vault; what to say when it could not note that it was."""
        from desktop.workflows.sentences import KNOWN_ERRORS, sentence
        from desktop.workflows.start.opening import lock

        try:
            lock(desk)
        except KNOWN_ERRORS as error:
            return sentence(error)
        return ""

    def _created(self, created: CreatedVault) -> None:
        from desktop.ui.start.recovery_page import RecoveryPage

        self._folder = created.desk.vault.folder
        self.desk = created.desk
        self._show(RecoveryPage(created, on_done=lambda: self.open_desk(created.desk)))
        self.watch_idleness()

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
        tokens = TOKENS[self._looks.colours]
        zoom = ZOOM_STEPS[min(self._looks.zoom, len(ZOOM_STEPS) - 1)]
        QApplication.setPalette(palette(tokens))
        relay = self.desk is not None and self.desk.is_relay
        self.setStyleSheet(style_sheet(tokens, zoom=zoom, relay=relay))

    def _actions(self) -> dict[str, Callable[[], object]]:
        return {
            "Ctrl++": lambda: self.zoom(1),
            "Ctrl+=": lambda: self.zoom(1),
            "Ctrl+-": lambda: self.zoom(-1),
            "Ctrl+0": lambda: self.zoom(0),
            "Ctrl+L": self.lock,
        }


def _forget_pages() -> None:
    """Let go of the pages of a vault just closed, with the answers and pictures they held.

    Python would keep them until its next collection, some seconds or minutes away.
    """
    QPixmapCache.clear()
    QTimer.singleShot(0, gc.collect)


def _copy(idleness: Idleness, clipboard: ClipboardKeeper, words: str) -> None:
    # The key may have been pressed in the browser: nothing else tells that somebody is there.
    if idleness.late:
        # Once who asks has returned: what it stands in goes away with the vault.
        QTimer.singleShot(0, idleness.look)
        return
    idleness.touch()
    clipboard.copy(words)
