"""What a screen reader is told of what changes away from the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.parts.banner import Banner
from desktop.ui.parts.field import FieldNotes, LineField
from desktop.ui.parts.topbar import TopBar
from desktop.workflows.filling.states import Tone


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said, in order."""
    said: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            loud = event.politeness() is QAccessible.AnnouncementPoliteness.Assertive
            said.append(event.message() + ("!" if loud else ""))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return said


def test_a_banner_is_said(qtbot: QtBot, heard: list[str]) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("La fiche est à jour.", Tone.GOOD)
    banner.say("Le disque est plein.", Tone.BAD)
    assert heard == ["C’est fait La fiche est à jour.", "Attention Le disque est plein.!"]


def test_what_is_wrong_is_said_once_with_its_question(qtbot: QtBot, heard: list[str]) -> None:
    field = LineField("Date de naissance")
    qtbot.addWidget(field)
    field.show_notes(FieldNotes(error="Cette réponse manque."))
    field.show()
    for _time in range(2):
        field.show_notes(FieldNotes(error="Le 31 février n’existe pas."))
    field.show_notes(FieldNotes())
    assert heard == ["Date de naissance\u00a0: Le 31 février n’existe pas."]


def test_a_search_says_what_it_finds_and_that_it_finds_nothing(
    qtbot: QtBot, heard: list[str]
) -> None:
    people = [("1", "KERVELLA Yann", "écrou 47 902"), ("2", "KERVERN Lou", "")]
    opened: list[str] = []
    bar = TopBar(
        examples=("Chercher",),
        user="C. Le Goff",
        on_search=lambda words: people if words == "ker" else (),
        on_found=opened.append,
        on_lock=lambda: None,
        on_menu=lambda: None,
    )
    qtbot.addWidget(bar)
    bar.show()
    bar.search.setText("kerx")
    bar.search.textEdited.emit("kerx")
    assert heard[-1] == "Rien ne commence par «\u00a0kerx\u00a0»."
    assert bar.found.isVisible()
    QTest.keyClick(bar.search, Qt.Key.Key_Return)
    assert opened == []
    bar.search.textEdited.emit("ker")
    assert heard[-1] == "2 résultats. KERVELLA Yann, écrou 47 902"
    QTest.keyClick(bar.search, Qt.Key.Key_Down)
    assert heard[-1] == "KERVERN Lou"
    QTest.keyClick(bar.search, Qt.Key.Key_Return)
    assert opened == ["2"]
