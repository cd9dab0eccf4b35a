"""The dialogs that Qt draws itself speak French from end to end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QFileIconProvider, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.app import make_application

ENGLISH = ("look", "file", "files", "folder", "directory", "open", "save", "cancel", "choose")


@pytest.mark.parametrize(
    "mode", [QFileDialog.FileMode.ExistingFile, QFileDialog.FileMode.Directory]
)
def test_a_file_is_chosen_in_french(
    qtbot: QtBot, tmp_path: Path, mode: QFileDialog.FileMode
) -> None:
    make_application()
    dialog = QFileDialog(None, "Choisir la pièce", str(tmp_path), "Pièces (*.pdf)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    qtbot.addWidget(dialog)
    said = [one.text() for one in dialog.findChildren(QLabel) if one.text()]
    said += [one.text() for one in dialog.findChildren(QAbstractButton)]
    english = [
        words
        for words in said
        if any(word in words.lower().replace("&", "").split() for word in ENGLISH)
    ]
    assert "&Regarder dans\u00a0:" in said
    assert english == []


def test_a_folder_is_called_one(qtbot: QtBot, tmp_path: Path) -> None:
    make_application()
    assert QFileIconProvider().type(QFileInfo(str(tmp_path))) == "Dossier"
