"""Work that takes more than a tenth of a second, done outside the window's thread."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot


class _Messenger(QObject):
    """Brings a result back to the window's thread."""

    done = Signal(object)
    failed = Signal(object)


class _Task(QRunnable):
    """One function to run, and the messenger it answers through."""

    def __init__(self, function: Callable[[], Any], messenger: _Messenger) -> None:
        super().__init__()
        self._function = function
        self._messenger = messenger
        self.setAutoDelete(True)

    @Slot()
    def run(self) -> None:
        """Run the function; whatever it raises is handed over, never lost."""
        try:
            answer, result = self._messenger.done, self._function()
        except Exception as error:  # noqa: BLE001 - handed to the window's thread, which judges it
            answer, result = self._messenger.failed, error
        # The window may have closed meanwhile: nobody is left to answer to.
        with contextlib.suppress(RuntimeError):
            answer.emit(result)


def in_background(
    parent: QObject,
    function: Callable[[], Any],
    *,
    then: Callable[[Any], None],
    otherwise: Callable[[Exception], None],
) -> None:
    """Run a function on another thread, then answer on the window's.

    Args:
        parent: what must still be there for the answer to be given.
        function: the work; it touches no widget.
        then: given what the function returned.
        otherwise: given what it raised.
    """
    messenger = _Messenger(parent)

    def finish() -> None:
        messenger.deleteLater()

    messenger.done.connect(then)
    messenger.failed.connect(otherwise)
    messenger.done.connect(finish)
    messenger.failed.connect(finish)
    QThreadPool.globalInstance().start(_Task(function, messenger))
