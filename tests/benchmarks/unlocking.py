"""The window that unlocks by itself: `python -m tests.benchmarks.unlocking FOLDER PASSPHRASE`.

It types the passphrase into the unlock page as soon as that is shown, and changes the window’s
title once the list behind it is painted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.ui.app import make_application
from desktop.ui.start.unlock import Unlock
from desktop.ui.window import Window
from desktop.ui.workplace import OpenWorkplace

OPEN = "coffre-ouvert"


def main() -> None:
    """Unlock, then wait to be ended."""
    application = make_application()
    window = Window(Path(sys.argv[1]))
    window.show()

    def type_in() -> None:
        page = window.centralWidget()
        assert isinstance(page, Unlock)
        page.passphrase.input.setText(sys.argv[2])
        page.open()
        look()

    def look() -> None:
        if isinstance(window.centralWidget(), OpenWorkplace):
            application.processEvents()
            window.repaint()
            window.setWindowTitle(OPEN)
        else:
            QTimer.singleShot(2, look)

    QTimer.singleShot(0, type_in)
    application.exec()


if __name__ == "__main__":
    main()
