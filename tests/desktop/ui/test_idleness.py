"""An open vault that nobody touches: warned of, kept open by a touch, or ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.app import make_application
from desktop.ui.idleness import Idleness, seconds_of_this_pc
from desktop.ui.parts.countdown import Countdown

LIMIT = 120.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """An idleness over a window, and what it said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clock = Clock()
        self.widget = QLineEdit()
        qtbot.addWidget(self.widget)
        with qtbot.waitActive(self.widget):
            self.widget.show()
            self.widget.activateWindow()
        self.idleness = Idleness(make_application(), clock=self.clock)
        self.said: list[str] = []
        self.idleness.warned.connect(lambda left: self.said.append(str(left)))
        self.idleness.touched.connect(lambda: self.said.append("touched"))
        self.idleness.ended.connect(lambda: self.said.append("ended"))
        self.idleness.start(LIMIT)

    def after(self, seconds: float) -> list[str]:
        """What is said when the clock is looked at so much later."""
        self.clock.now += seconds
        self.said.clear()
        self.idleness.look()
        return self.said


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(qtbot)
    yield made
    made.idleness.stop()


def window_of(widget: QWidget) -> QWindow:
    handle = widget.windowHandle()
    assert handle is not None
    return handle


def press_key(widget: QWidget) -> None:
    """A key, as the system hands it to a window."""
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QCoreApplication.sendEvent(window_of(widget), key)


def mouse(widget: QWidget, kind: QEvent.Type) -> None:
    event = QMouseEvent(
        kind,
        QPointF(5, 5),
        QPointF(5, 5),
        Qt.MouseButton.LeftButton if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton(0),
        Qt.MouseButton.LeftButton if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton(0),
        Qt.KeyboardModifier.NoModifier,
    )
    QCoreApplication.sendEvent(window_of(widget), event)


def test_it_warns_in_the_last_thirty_seconds_then_ends(watched: Watched) -> None:
    assert watched.after(89.5) == []
    assert watched.after(0.5) == ["30"]
    assert watched.after(28.5) == ["2"]
    assert watched.after(1.5) == ["ended"]
    assert not watched.idleness.is_watched
    assert watched.after(1) == ["ended"] or not watched.idleness.is_watched


@pytest.mark.parametrize("how", ["key", "click"])
def test_any_key_or_click_keeps_it_open(watched: Watched, how: str) -> None:
    watched.after(100)
    if how == "key":
        press_key(watched.widget)
    else:
        mouse(watched.widget, QEvent.Type.MouseButtonPress)
    assert watched.said == ["20", "touched"]
    assert watched.after(89) == []


def test_the_key_that_keeps_it_open_is_typed_all_the_same(watched: Watched) -> None:
    watched.after(100)
    watched.widget.setFocus()
    press_key(watched.widget)
    assert watched.widget.text() == "a"


def test_a_mouse_that_moves_counts_until_the_warning_only(watched: Watched) -> None:
    watched.after(80)
    mouse(watched.widget, QEvent.Type.MouseMove)
    assert watched.after(80) == []
    assert watched.after(15) == ["25"]
    mouse(watched.widget, QEvent.Type.MouseMove)
    assert watched.after(1) == ["24"]


def test_a_key_in_a_dialog_counts(watched: Watched, qtbot: QtBot) -> None:
    dialog = QDialog(watched.widget)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    watched.after(100)
    press_key(dialog)
    assert "touched" in watched.said


def test_the_first_touch_after_a_sleep_does_not_open_what_should_have_locked(
    watched: Watched,
) -> None:
    watched.clock.now += 8 * 3_600
    watched.widget.setFocus()
    press_key(watched.widget)
    assert watched.said == ["ended"]
    assert watched.widget.text() == ""


def test_the_clock_goes_on() -> None:
    assert seconds_of_this_pc() <= seconds_of_this_pc()


def test_the_countdown_says_how_long_and_how_to_stay(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    countdown = Countdown(window)
    window.show()
    assert countdown.isHidden()
    countdown.show_seconds(30)
    assert countdown.isVisible()
    assert "dans 30\u00a0secondes." in countdown.accessibleName()
    assert "appuyez sur une touche ou cliquez" in countdown.accessibleName()
    countdown.show_seconds(1)
    assert "dans 1\u00a0seconde." in countdown.accessibleName()
    assert window.rect().contains(countdown.geometry())
    assert QApplication.widgetAt(window.mapToGlobal(countdown.geometry().center())) is not countdown
