"""A list of choices inside a page that scrolls, and what a narrow one shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.parts.choice_fields import ChoiceField

MANY = tuple((str(number), f"Réponse {number}") for number in range(12))


@pytest.mark.parametrize("focused", [False, True])
def test_a_wheel_changes_no_answer(qtbot: QtBot, focused: bool) -> None:
    field = ChoiceField("Département", MANY)
    qtbot.addWidget(field)
    field.show_text("3")
    field.show()
    if focused:
        field.target.setFocus()
    told: list[str] = []
    field.answered.connect(told.append)
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.target, turned)
    assert field.words() == "3"
    assert told == []
    assert not turned.isAccepted()
