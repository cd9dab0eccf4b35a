"""Start-up to the unlock window, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable

from tests.benchmarks.measuring import ratio, say, side_by_side

_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""


def measure() -> None:
    """Time both programs, whole."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": home}
        # Compiled modules are kept, as they are on a user's PC.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def program(*arguments: str) -> Callable[[], object]:
            return lambda: subprocess.run(
                [sys.executable, *arguments], env=environment, check=True, capture_output=True
            )

        ours = program("-m", "desktop.ui.app", "--vault", home, "--quit-when-shown")
        ours()
        mine, bare = side_by_side(ours, program("-c", _BARE), runs=9)
    say("start-up to unlock window / bare PySide6 window", ratio(mine, bare), "≤ 1.3")
