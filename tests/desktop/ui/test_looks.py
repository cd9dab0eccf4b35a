"""The size and the colours chosen on a PC are there at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.app import make_application
from desktop.ui.window import Window
from desktop.workflows.settings.looks import Colours, Looks, keep_looks, kept_looks


def test_what_was_chosen_is_there_at_the_next_start(qtbot: QtBot) -> None:
    make_application()
    first = Window()
    qtbot.addWidget(first)
    first.zoom(2)
    first.use_colours(Colours.DARK)
    second = Window()
    qtbot.addWidget(second)
    assert second.colours is Colours.DARK
    assert second.styleSheet() == first.styleSheet()
    second.zoom(0)
    assert kept_looks() == Looks(0, Colours.DARK)


@pytest.mark.parametrize(
    "damaged", ["", "[]", '{"zoom": "x", "colours": "dark"}', '{"zoom": 1, "colours": "pink"}']
)
def test_what_cannot_be_read_is_as_usual(qtbot: QtBot, home: Path, damaged: str) -> None:
    keep_looks(Looks(1, Colours.CONTRAST))
    (file,) = home.rglob("looks.json")
    file.write_text(damaged)
    make_application()
    window = Window()
    qtbot.addWidget(window)
    assert window.colours is Colours.LIGHT
    file.write_text('{"zoom": 99, "colours": "light"}')
    largest = Window()
    qtbot.addWidget(largest)
    assert "23.0pt" in largest.styleSheet()
