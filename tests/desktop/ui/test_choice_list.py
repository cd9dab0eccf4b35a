"""A list that opens shows the whole of what is chosen, where nothing narrows it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.theme import LIGHT, ZOOM_STEPS, style_sheet


@pytest.mark.parametrize("zoom", [ZOOM_STEPS[0], ZOOM_STEPS[-1]])
@pytest.mark.parametrize("words", ["Toutes les pages", "Page 12 sur 31", "DL"])
def test_what_is_chosen_is_shown_whole(qtbot: QtBot, words: str, zoom: float) -> None:
    shown = ChoiceList()
    qtbot.addWidget(shown)
    shown.setStyleSheet(style_sheet(LIGHT, zoom=zoom, relay=False))
    shown.addItem(words)
    shown.show()
    shown.resize(shown.sizeHint())
    assert shown._shown() == shown.currentText()
