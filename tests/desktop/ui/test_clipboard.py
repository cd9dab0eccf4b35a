"""The clipboard is emptied of what was copied here, and of nothing else."""

from __future__ import annotations

from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.clipboard import LASTS, ClipboardKeeper, SystemBoard

COPY, SELECTION = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection


class FakeBoard:
    def __init__(self) -> None:
        self.held = {COPY: "", SELECTION: ""}
        self.ours = {COPY: False, SELECTION: False}

    def put(self, mode: QClipboard.Mode, words: str, *, ours: bool) -> None:
        self.held[mode], self.ours[mode] = words, ours

    def text(self, mode: QClipboard.Mode) -> str:
        return self.held[mode]

    def clear(self, mode: QClipboard.Mode) -> None:
        self.held[mode] = ""

    def owns(self, mode: QClipboard.Mode) -> bool:
        return self.ours[mode]


def keeper(board: FakeBoard) -> ClipboardKeeper:
    return ClipboardKeeper(QApplication.clipboard(), board=board)


def test_what_was_copied_here_goes(qtbot: QtBot) -> None:
    board = FakeBoard()
    made = keeper(board)
    board.put(COPY, "Kervella", ours=True)
    board.put(SELECTION, "Yann", ours=True)
    made.clear()
    assert board.held == {COPY: "", SELECTION: ""}


def test_what_was_copied_elsewhere_stays(qtbot: QtBot) -> None:
    board = FakeBoard()
    made = keeper(board)
    board.put(COPY, "Kervella", ours=True)
    made.notice()
    board.put(COPY, "une autre fenêtre", ours=False)
    made.notice()
    made.clear()
    assert board.held[COPY] == "une autre fenêtre"


def test_what_a_clipboard_manager_took_over_goes(qtbot: QtBot) -> None:
    board = FakeBoard()
    made = keeper(board)
    board.put(COPY, "Kervella", ours=True)
    made.notice()
    board.put(COPY, "Kervella", ours=False)
    made.clear()
    assert board.held[COPY] == ""


def test_what_is_copied_to_be_pasted_goes_after_half_a_minute(qtbot: QtBot) -> None:
    clipboard = QApplication.clipboard()
    made = ClipboardKeeper(clipboard, board=OwnedBoard(clipboard))
    made.copy("Kervella")
    assert clipboard.text() == "Kervella"
    assert clipboard.mimeData().data("x-kde-passwordManagerHint") == b"secret"
    assert made.timer.isActive()
    assert made.timer.interval() == LASTS == 30_000
    made.timer.timeout.emit()
    assert clipboard.text() == ""
    assert not made.timer.isActive()


def test_what_somebody_copied_meanwhile_stays(qtbot: QtBot) -> None:
    board = FakeBoard()
    made = keeper(board)
    made.copy("Kervella")
    board.put(COPY, "une autre fenêtre", ours=False)
    made.timer.timeout.emit()
    assert board.held[COPY] == "une autre fenêtre"


class OwnedBoard(SystemBoard):
    """The system's clipboard; a screenless Qt does not know whose text it holds."""

    def owns(self, mode: QClipboard.Mode) -> bool:
        return mode is COPY


def test_the_system_s_own_clipboard(qtbot: QtBot) -> None:
    clipboard = QApplication.clipboard()
    made = ClipboardKeeper(clipboard, board=OwnedBoard(clipboard))
    clipboard.setText("Kervella")
    made.clear()
    assert clipboard.text() == ""
