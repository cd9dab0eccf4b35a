"""A list that shows its first lines, and more when asked: as quick with thousands as with ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import rule

AT_ONCE = 40


class GrowingList(QWidget):
    """State: how many lines are shown."""

    def __init__(
        self,
        total: int,
        load: Callable[[int, int], Sequence[QWidget]],
        *,
        at_once: int = AT_ONCE,
        ruled: bool = True,
    ) -> None:
        """Show the first lines.

        Args:
            total: how many there are.
            load: makes the lines from a place on, so many at most.
            at_once: how many are shown each time.
            ruled: whether a thin line stands between two.
        """
        super().__init__()
        self._total, self._load = total, load
        self._at_once, self._ruled = at_once, ruled
        self.lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0 if ruled else 6)
        self.more = button("", self.grow, Weight.LINK)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._put()

    def grow(self) -> None:
        """Show more lines; the keyboard goes to the first of them."""
        before = len(self.lines)
        self._put()
        if len(self.lines) > before:
            line = self.lines[before]
            takes = [line, *line.findChildren(QWidget)]
            first = next(
                (one for one in takes if one.focusPolicy() & Qt.FocusPolicy.TabFocus), line
            )
            # Once it is shown: a hidden widget takes no focus.
            QTimer.singleShot(0, first, lambda: first.setFocus(Qt.FocusReason.OtherFocusReason))

    def _put(self) -> None:
        for line in self._load(len(self.lines), self._at_once):
            if self.lines and self._ruled:
                self._column.insertWidget(self._column.count() - 1, rule())
            self._column.insertWidget(self._column.count() - 1, line)
            self.lines.append(line)
        left = self._total - len(self.lines)
        self.more.setText(f"Afficher la suite (encore\u00a0{left})")
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(left > 0)
