"""The keys that this PC's own system lends."""

from __future__ import annotations

import logging
import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.everywhere.keys import EverywhereKeys

_log = logging.getLogger(__name__)


def system_keys(window: QWidget) -> EverywhereKeys:
    """Ask for the keys on behalf of a window; they are lent until `give_back`.

    Where the system lends none (Wayland, a screen reader that has them), the window hears them
    only while it has the focus.
    """
    try:
        if sys.platform == "win32":
            from desktop.ui.everywhere.windows import WindowsKeys

            return WindowsKeys(int(window.winId()), parent=window)
        if QGuiApplication.platformName() == "xcb":
            from desktop.ui.everywhere.xcb import XcbKeys

            return XcbKeys(parent=window)
    except (ImportError, OSError, AttributeError) as error:
        _log.info("the system lends no keys: %s", error)
    return EverywhereKeys(window)
