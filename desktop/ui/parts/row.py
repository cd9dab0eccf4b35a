"""A row of a list: title, subtitle, state, date; activated by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.parts.text import text
from desktop.ui.theme import scale_of

_ASIDE_WIDTH = 132
_BESIDE_FROM = 360
_LEAST_HEIGHT = 44


class Row(QPushButton):
    """One line of a list, as tall as its text needs."""

    def __init__(
        self,
        title: str,
        subtitle: str,
        *,
        on_open: Callable[[], object],
        chip: QLabel | None = None,
        aside: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: on_open())
        said = [title, subtitle, chip.text() if chip else "", aside]
        self.setAccessibleName(", ".join(part for part in said if part))
        self._aside: QLabel | None = None
        self._chip = chip
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(15, 10, 15, 10)
        self._row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(_seen_through(text(title, "strong")))
        self._subtitle = text(subtitle, "soft")
        if subtitle:
            words.addWidget(_seen_through(self._subtitle))
        self._row.addLayout(words, 1)
        if chip is not None:
            self._row.addWidget(_seen_through(chip), 0, Qt.AlignmentFlag.AlignVCenter)
        if aside:
            self._aside = text(aside, "soft")
            self._row.addWidget(_seen_through(self._aside), 0, Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put state and date under the title where they would not stand beside it."""
        super().resizeEvent(event)
        scale = scale_of(self)
        beside = self.width() / scale >= _BESIDE_FROM
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        for widget in (self._chip, self._aside):
            if widget is not None:
                side = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignLeft
                self._row.setAlignment(widget, side)
        if self._aside is not None:
            self._aside.setFixedWidth(round(_ASIDE_WIDTH * scale))

    def show_subtitle(self, words: str) -> None:
        """Show another subtitle, in a row that has one."""
        self._subtitle.setText(words)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Its height depends on how its texts wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height its texts need at a width."""
        return max(_LEAST_HEIGHT, self._row.totalHeightForWidth(width))

    def sizeHint(self) -> QSize:
        """The size it would like."""
        hint = self._row.sizeHint()
        return QSize(hint.width(), max(_LEAST_HEIGHT, hint.height()))

    def minimumSizeHint(self) -> QSize:
        """The least size at which nothing is cut."""
        return QSize(120, self.heightForWidth(max(self.width(), 240)))


def _seen_through(widget: QWidget) -> QWidget:
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return widget
