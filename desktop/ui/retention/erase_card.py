"""Asking before erasing: what goes, what stays, one button that cannot be undone, its progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QScrollArea

from desktop.ui.page import Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.text import text
from desktop.ui.work import in_background
from desktop.workflows.retention.erasing import ErasureSaid

Progress = Callable[[float], None]

_AROUND = 40


class _Told(QObject):
    """Brings how much is done back to the window's thread."""

    done = Signal(float)


class EraseCard(Card):
    """State: what is asked, and the erasure under way if it was confirmed."""

    def __init__(
        self,
        workplace: Workplace,
        said: ErasureSaid,
        erase: Callable[[Progress], None],
        then: Callable[[], object],
    ) -> None:
        super().__init__(said.question)
        self._workplace = workplace
        self._erase = erase
        self._then = then
        for heading, lines in (("Ce qui est effacé", said.goes), ("Ce qui reste", said.stays)):
            self.add(text(heading, "strong"))
            for words in lines:
                self.add(text(f"–\u00a0{words}"))
        self.add(text("Rien ne pourra ramener ce qui est effacé.", "warning"))
        self.confirm = button("Effacer définitivement", self._begin, Weight.DANGER)
        self._leave = button("Ne pas effacer", self.hide)
        self.body.addLayout(in_line(self.confirm, self._leave))
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Avancement de l’effacement")
        self._bar.setRange(0, 100)
        self._bar.hide()
        self.add(self._bar)

    def showEvent(self, event: QShowEvent) -> None:
        """Come into sight, once there is room for it."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._come_into_sight)

    def _come_into_sight(self) -> None:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self.confirm, 0, _AROUND)
            above = above.parentWidget()

    def _begin(self) -> None:
        self._show_busy(True)
        told = _Told(self)
        told.done.connect(lambda done: self._bar.setValue(round(done * 100)))
        erase = self._erase
        in_background(
            self, lambda: erase(told.done.emit), then=self._finished, otherwise=self._failed
        )

    def _finished(self, _: None) -> None:
        if not self._workplace.desk.vault.locked:
            self._then()

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)

        def raise_again() -> None:
            raise error

        self._workplace.attempt(raise_again)

    def _show_busy(self, busy: bool) -> None:
        self.confirm.setDisabled(busy)
        self._leave.setDisabled(busy)
        self._bar.setVisible(busy)
