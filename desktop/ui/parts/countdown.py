"""The countdown before an idle vault locks: a sentence over the page, that moves nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.idleness import WARNING
from desktop.ui.parts.text import text
from desktop.ui.parts.voice import say_aloud
from desktop.ui.theme import scale_of

_WIDTH, _TOP, _MARGIN = 640, 8, 16
# A voice that counts every second says nothing any more.
_SPOKEN = frozenset({WARNING, 10})


class Countdown(QFrame):
    """State: the seconds left; hidden while there is time."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("role", "countdown")
        # A click there is a click: it says that somebody is back, and reaches what is under it.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(2)
        self._time = text("", "heading")
        self._stay = text(
            "Pour continuer, appuyez sur une touche ou cliquez. Votre texte est gardé."
        )
        column.addWidget(self._time)
        column.addWidget(self._stay)
        self.hide()

    def show_seconds(self, seconds: int) -> None:
        """Say how long is left."""
        plural = "s" if seconds > 1 else ""
        self._time.setText(f"Le coffre se verrouille dans {seconds}\u00a0seconde{plural}.")
        self.setAccessibleName(self.sentence)
        first = self.isHidden()
        self.show()
        self.place()
        self.raise_()
        if first or seconds in _SPOKEN:
            # Here, not above: nobody is warned before a vault is open.
            say_aloud(self, self.sentence, at_once=True)

    @property
    def sentence(self) -> str:
        """What it says, whether it is shown or not."""
        return f"{self._time.text()} {self._stay.text()}"

    def place(self) -> None:
        """Stand in the middle of the top of the window."""
        over = self.parentWidget()
        assert over is not None, "a countdown stands over a window"
        width = min(round(_WIDTH * scale_of(self)), over.width() - 2 * _MARGIN)
        self.setFixedWidth(width)
        self.setFixedHeight(self.heightForWidth(width))
        self.move((over.width() - width) // 2, _TOP)
