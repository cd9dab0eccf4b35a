"""Start-up to the unlock window, against a bare PySide6 window: each until it is shown."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.measuring import at_most, ratio, say

_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
def say():
    print("shown", flush=True)
    application.quit()
QTimer.singleShot(0, say)
application.exec()
"""
_ROUNDS = 11


def measure() -> None:
    """Time both programs until their event loop turns behind a shown window."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": home}
        # Compiled modules are kept, as they are on a user's PC.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        ours = ["-m", "desktop.ui.app", "--vault", home, "--quit-when-shown"]
        _until_it_says(ours, environment)
        mine, bare = [], []
        for _ in range(_ROUNDS):
            mine.append(_until_it_says(ours, environment))
            bare.append(_until_it_says(["-c", _BARE], environment))
    shown, theirs = statistics.median(mine), statistics.median(bare)
    say(
        "start-up to unlock window / bare PySide6",
        ratio(shown, theirs),
        at_most(shown / theirs, 1.3),
    )


def _until_it_says(arguments: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        taken = time.perf_counter() - begun
    if not said:
        raise RuntimeError("the program ended before it showed a window")
    return taken
