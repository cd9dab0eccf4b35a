"""A list of people of any length: a part at once, the rest by the keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.page import Place
from desktop.ui.parts.row import Row
from desktop.ui.people.list_page import PeoplePage
from tests.journeys.person import Person

PEOPLE = 120


def test_a_long_list_is_shown_a_part_at_a_time(
    person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Brest", user="C. Le Goff")
    vault = person.workplace.desk.vault
    with vault.transaction():
        for number in range(PEOPLE):
            vault.people.add(family_name=f"Mercier-{number:03}", given_names="Anne")
    person.workplace.go(Place.PEOPLE)
    page = person.page(PeoplePage)
    (more,) = [one for one in page.findChildren(QPushButton) if one.text() == "Afficher la suite"]
    for shown, left in ((50, "70\u00a0autres personnes"), (100, "20\u00a0autres personnes")):
        assert len(page.findChildren(Row)) == shown
        assert left in page._left.text()
        more.setFocus()
        qtbot.keyClick(more, Qt.Key.Key_Space)
        first_new = page.findChildren(Row)[shown]
        qtbot.waitUntil(first_new.hasFocus)
        assert f"MERCIER-{shown:03}" in first_new.accessibleName()
    assert len(page.findChildren(Row)) == PEOPLE
    assert more.isHidden()
    assert page._left.isHidden()
