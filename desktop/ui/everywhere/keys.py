"""Two keys lent by the system while something needs them; this one is lent none."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal


class Key(Enum):
    """What can be asked for: `Ctrl` with an arrow; the value is the sign of X11 (`keysymdef.h`)."""

    CTRL_LEFT = 0xFF51
    CTRL_RIGHT = 0xFF53


class EverywhereKeys(QObject):
    """State: which keys the system lends. A key lent reaches no other program meanwhile."""

    pressed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lent: frozenset[Key] = frozenset()

    def give_back(self) -> None:
        """Hear them no more; what has no system to give them back to does nothing."""
        self.lent = frozenset()
