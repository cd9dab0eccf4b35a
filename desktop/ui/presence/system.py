"""The presence of this PC's own system."""

from __future__ import annotations

import logging
import sys

from PySide6.QtWidgets import QWidget

from desktop.ui.presence.departures import Presence

_log = logging.getLogger(__name__)


def system_presence(window: QWidget) -> Presence:
    """What tells that this PC is left; it lives as long as the window.

    Without what it needs (no D-Bus, a call that fails) the program works all the same, and locks
    after idle time alone.
    """
    try:
        if sys.platform == "win32":
            from desktop.ui.presence.windows import WindowsPresence

            return WindowsPresence(int(window.winId()), parent=window)
        if sys.platform == "linux":
            from desktop.ui.presence.logind import LogindPresence

            return LogindPresence(parent=window)
    except (ImportError, OSError) as error:
        _log.info("the system cannot say when the PC is left: %s", error)
    return Presence(window)
