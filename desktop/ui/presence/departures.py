"""What every system says in the same words: the user has gone, or is about to."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal


class Departure(Enum):
    """Why the PC is left."""

    SESSION_LOCKED = "session_locked"
    USER_SWITCHED = "user_switched"
    SUSPENDED = "suspended"
    LID_CLOSED = "lid_closed"
    SHUT_DOWN = "shut_down"


class Presence(QObject):
    """Tells when the PC is left; where the system cannot say, it never does.

    `left` carries a `Departure`. Whoever listens has done their work when `emit` returns: a system
    that waits for us before it sleeps is let go only then.
    """

    left = Signal(object)

    def stop(self) -> None:
        """Listen no more."""
