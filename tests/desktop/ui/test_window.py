"""The window on a small screen, as an old laptop has: nothing of it is out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from pytestqt.qtbot import QtBot

from desktop.ui.app import make_application
from desktop.ui.window import Window


@pytest.mark.parametrize(
    ("screen", "whole"),
    [((1366, 768), True), ((1024, 640), True), ((1280, 800), True), ((1920, 1080), False)],
)
def test_it_takes_the_whole_of_a_screen_that_is_small(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    screen: tuple[int, int],
    whole: bool,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(*screen))
    make_application()
    window = Window()
    qtbot.addWidget(window)
    window.fit_screen()
    assert window.isMaximized() is whole
    assert window.width() <= screen[0]
    assert window.height() <= screen[1]
