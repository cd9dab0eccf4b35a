"""How long nobody has touched the keyboard or the mouse of an open vault."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

WARNING = 30
"""The seconds before the end during which the user is warned."""

_TICK = 1_000

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


def seconds_of_this_pc() -> float:
    """A clock that no change of the day moves, and that goes on while the PC sleeps."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    # Elsewhere (Windows) the monotonic clock counts the sleep already.
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Idleness(QObject):
    """State: when the program was last touched, and how long it may be left.

    Any key or click keeps it open. Moving the mouse does too until the warning; from then on
    it takes more than a table that shakes.

    It listens to the system's windows, where each touch comes in once: to listen to all that Qt
    says to every widget makes a page a third slower to show.
    """

    warned = Signal(int)
    """The whole seconds left, each second of the warning."""
    touched = Signal()
    """Somebody is there again, after a warning."""
    ended = Signal()
    """Nobody came."""

    def __init__(
        self,
        application: QGuiApplication,
        *,
        clock: Callable[[], float] = seconds_of_this_pc,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.clock = clock
        self._limit = 0.0
        self._last = 0.0
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.look)
        # A dialog is a window of its own, known once it has the keyboard.
        application.focusWindowChanged.connect(self._follow)

    @property
    def is_watched(self) -> bool:
        """Whether time is being counted."""
        return self._timer.isActive()

    def start(self, limit: float) -> None:
        """Count from now.

        Args:
            limit: the seconds after which it ends.
        """
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)
        self._limit, self._last, self._warning = limit, self.clock(), False
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)
        self._warning = False

    def look(self) -> None:
        """Look at the clock: warn, or end."""
        left = self._limit - (self.clock() - self._last)
        if left <= 0:
            self.stop()
            self.ended.emit()
        elif left <= WARNING:
            self._warning = True
            self.warned.emit(-int(-left // 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice a touch, and let it go on to whom it is for."""
        kind = event.type()
        if kind in _TOUCHES or (kind == QEvent.Type.MouseMove and not self._warning):
            return self.touch()
        return False

    @property
    def late(self) -> bool:
        """Whether the time is over: what should have ended has not been told yet."""
        return self.clock() - self._last >= self._limit

    def touch(self) -> bool:
        """Somebody is there; a key lent to another window's user says so without any event here.

        Returns:
            Whether it comes too late: what should have ended has ended now.
        """
        if self.late:
            # The PC slept, say: whoever touches it now is not known to be who left it.
            self.look()
            return True
        self._last = self.clock()
        if self._warning:
            self._warning = False
            self.touched.emit()
        return False

    def _follow(self, window: QWindow | None) -> None:
        if window is not None and self.is_watched:
            window.installEventFilter(self)
