"""Long work on the screen: what is done, how far, and the button that stops it."""

from __future__ import annotations

import contextlib
import threading

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from desktop.ui.parts.button import button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.text import text
from desktop.workflows.errors import GivenUp


class ProgressCard(Card):
    """State: the work under way, and whether it was asked to stop; hidden while there is none.

    `report`, `tell` and `go_on` are for the thread that works. When the card goes away with its
    page, the work is asked to stop.
    """

    stopped = Signal()
    _reported = Signal(int, int)
    _told = Signal(int)

    def __init__(self, *, stop_words: str = "Arrêter") -> None:
        super().__init__()
        self.body.setSpacing(10)
        self._words = text("", "strong")
        self._count = text("", "soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = button(stop_words, self.stop)
        self._stopped = threading.Event()
        for widget in (self._words, self._bar, self._count):
            self.add(widget)
        self.body.addLayout(in_line(self._stop))
        self._reported.connect(self._show)
        self._told.connect(self._show_share)
        self.destroyed.connect(self._stopped.set)
        self.hide()

    def begin(self, words: str) -> None:
        """Show that some work begins; how much of it is not known yet."""
        self._stopped.clear()
        self._words.setText(words)
        self._count.setText("")
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()
        self._stop.setFocus()

    def end(self) -> None:
        """Show that it is over."""
        self.hide()

    def stop(self) -> None:
        """Ask the work to stop; it does when it next looks."""
        self._stopped.set()
        self._stop.setEnabled(False)
        self._count.setText("Arrêt demandé…")
        self.stopped.emit()

    def report(self, done: int, total: int) -> None:
        """From the thread that works: how much is done."""
        # The page may be gone: nobody is left to tell.
        with contextlib.suppress(RuntimeError):
            self._reported.emit(done, total)

    def tell(self, done: float) -> None:
        """From the thread that works: how much is done, from 0 to 1.

        Raises:
            GivenUp: somebody asked to stop, and the work leaves nothing half done.
        """
        if not self.go_on():
            raise GivenUp
        with contextlib.suppress(RuntimeError):
            self._told.emit(round(done * 100))

    def go_on(self) -> bool:
        """From the thread that works: whether nobody asked to stop."""
        return not self._stopped.is_set()

    def _show_share(self, percent: int) -> None:
        self._bar.setRange(0, 100)
        self._bar.setValue(percent)
        if self.go_on():
            self._count.setText(f"{percent}\u00a0%")

    def _show(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        if self.go_on():
            self._count.setText(f"{done} sur {total}")
