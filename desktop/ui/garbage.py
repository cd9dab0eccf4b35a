"""Python's garbage collection, kept on the window's thread.

Python collects on whichever thread happens to allocate. A widget freed on a worker's thread
crashes Qt, so collection is taken off the automatic and done here between two events.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 5_000


class GarbageKeeper(QObject):
    """State: a timer; as long as it lives, garbage is collected on its thread only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def finish(self) -> None:
        """Collect all that is left while Qt is still there, then let Python do as it usually does.

        Widgets that Python frees after Qt has gone would crash the program at its very end.
        """
        self._timer.stop()
        gc.collect()
        gc.enable()

    def _collect(self) -> None:
        for generation, threshold in enumerate(gc.get_threshold()):
            if threshold and gc.get_count()[generation] > threshold:
                gc.collect(generation)
