"""Keys that an X11 display lends, on a display of the test's own: pressed by no window of ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.ui.everywhere.keys import Key
from desktop.ui.everywhere.xcb import XcbKeys


@pytest.fixture
def display() -> Iterator[str]:
    """A display that nobody sees."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("Xvfb and xdotool are not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        # Without -noreset it begins anew, deaf for a moment, each time its last client leaves.
        ["Xvfb", "-displayfd", str(writing), "-noreset", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        server.wait()
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    server.terminate()
    server.wait()


def press(display: str, key: str) -> None:
    subprocess.run(["xdotool", "key", key], env={**os.environ, "DISPLAY": display}, check=True)


def lends(display: str) -> bool:
    keys = XcbKeys(display=display)
    lent = keys.lent == set(Key)
    keys.give_back()
    return lent


def test_keys_are_heard_whatever_has_the_focus(qtbot: QtBot, display: str) -> None:
    keys = XcbKeys(display=display)
    heard: list[Key] = []
    keys.pressed.connect(heard.append)
    assert keys.lent == set(Key)
    for one in ("ctrl+Right", "Right", "ctrl+shift+Right", "ctrl+Left"):
        press(display, one)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [Key.CTRL_RIGHT, Key.CTRL_LEFT]
    # Another program that asks is refused, and left in peace.
    other = XcbKeys(display=display)
    assert other.lent == frozenset()
    other.give_back()
    keys.give_back()
    keys.give_back()
    # Given back, they are lent to the next; and deleted with what holds them.
    holder = QObject()
    XcbKeys(display=display, parent=holder)
    del holder
    qtbot.waitUntil(lambda: lends(display))


def test_without_a_display_it_says_so(qtbot: QtBot) -> None:
    with pytest.raises(OSError, match="display"):
        XcbKeys(display=":987654")
