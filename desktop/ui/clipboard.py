"""The clipboard, so far as it holds what was copied here: it does not outlive the open vault."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

LASTS = 30_000
"""How long what is copied to be pasted elsewhere stays, in milliseconds."""

_NO_HISTORY = {
    # Windows' and KDE's clipboard histories, which would keep it and may send it away.
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\x01",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
    "x-kde-passwordManagerHint": b"secret",
}
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Board(Protocol):
    """What is asked of the system's clipboard."""

    def text(self, mode: QClipboard.Mode) -> str:
        """What it holds."""
        ...

    def clear(self, mode: QClipboard.Mode) -> None:
        """Empty it."""
        ...

    def owns(self, mode: QClipboard.Mode) -> bool:
        """Whether this program put there what it holds."""
        ...


class SystemBoard:
    """The system's clipboard, and on X11 its selection, which a mouse fills without asking."""

    def __init__(self, clipboard: QClipboard) -> None:
        self._clipboard = clipboard

    def text(self, mode: QClipboard.Mode) -> str:
        """What it holds."""
        return self._clipboard.text(mode)

    def clear(self, mode: QClipboard.Mode) -> None:
        """Empty it."""
        self._clipboard.clear(mode)

    def owns(self, mode: QClipboard.Mode) -> bool:
        """Whether this program put there what it holds."""
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()


class ClipboardKeeper(QObject):
    """State: a print of the last text copied here, for a clipboard manager may take it over.

    Then the text is no longer ours by the system's account, and is ours all the same.
    """

    def __init__(
        self, clipboard: QClipboard, *, board: Board | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._board: Board = board or SystemBoard(clipboard)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(LASTS)
        self.timer.timeout.connect(self.clear)
        self._salt = b""
        self._copied: dict[QClipboard.Mode, bytes] = {}
        clipboard.dataChanged.connect(self.notice)

    def copy(self, words: str) -> None:
        """Put a text there for half a minute, and ask that no history keep it."""
        data = QMimeData()
        data.setText(words)
        for kind, value in _NO_HISTORY.items():
            data.setData(kind, value)
        self._clipboard.setMimeData(data)
        self._copied[QClipboard.Mode.Clipboard] = self._print(words)
        self.timer.start()

    def notice(self) -> None:
        """Remember that a text was copied here, not which."""
        mode = QClipboard.Mode.Clipboard
        if self._board.owns(mode):
            self._copied[mode] = self._print(self._board.text(mode))

    def clear(self) -> None:
        """Empty the clipboard of what comes from here; what comes from elsewhere stays."""
        self.timer.stop()
        for mode in _MODES:
            copied = self._copied.pop(mode, None)
            if self._board.owns(mode) or (
                copied is not None and self._print(self._board.text(mode)) == copied
            ):
                self._board.clear(mode)

    def _print(self, words: str) -> bytes:
        # Here, not above: nothing has been copied when the first window is shown.
        import hashlib
        import secrets

        self._salt = self._salt or secrets.token_bytes(16)
        return hashlib.sha256(self._salt + words.encode("utf-8", "surrogatepass")).digest()
