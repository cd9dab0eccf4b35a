"""The unlock page after wrong passphrases: how many there were, and how long to wait."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.start.unlock import Unlock


def shown(qtbot: QtBot, folder: Path) -> Unlock:
    wanted = [name for name in inspect.signature(Unlock).parameters if name.startswith("on_")]
    actions: dict[str, Any] = {name: lambda *_: None for name in wanted}
    page = Unlock(folder, **actions)
    qtbot.addWidget(page)
    page.show()
    return page


def words(page: Unlock) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_wrong_passphrases_since_the_last_opening_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(qtbot, tmp_path)
    assert "infructueux" not in words(page)
    page.tell_attempts(3)
    assert "3\u00a0essais infructueux depuis la dernière ouverture du coffre." in words(page)
    page.tell_attempts(0)
    assert "infructueux" not in words(page)


def test_the_button_counts_the_seconds_to_wait(qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(qtbot, tmp_path)
    page.hold(2)
    assert not page._open.isEnabled()
    assert page._open.accessibleName() == "Nouvel essai dans 2\u00a0s"
    page.open()
    assert page._open.text() == "Nouvel essai dans 2\u00a0s"
    page._seconds.timeout.emit()
    assert page._open.text() == "Nouvel essai dans 1\u00a0s"
    page._seconds.timeout.emit()
    assert page._open.isEnabled()
    assert page._open.text() == "Ouvrir le coffre"
    assert not page._seconds.isActive()
