"""A person is added and an application begun without a mouse: each thing by the key one expects."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.parts.row import Row
from desktop.ui.people.list_page import PeoplePage
from desktop.ui.people.person_page import PersonPage
from desktop.ui.people.profile_page import NewPersonPage
from tests.desktop.workflows.pair import make_desk
from tests.journeys.person import Person, keys
from vault.vault import VaultKind


def focused(person: Person) -> QWidget:
    person.is_at_the_window()
    person.waits_for(lambda: person.window.focusWidget() is not None)
    return person.window.focusWidget()


def press(person: Person, *pressed: Qt.Key) -> None:
    for key in pressed:
        person.bot.keyClick(focused(person), key)


def tab_to(person: Person, name: str) -> None:
    """Press Tab until something of a name has the keyboard; it is not far."""
    passed = []
    for _press in range(30):
        if name in focused(person).accessibleName():
            return
        passed.append(focused(person).accessibleName())
        press(person, Qt.Key.Key_Tab)
    raise AssertionError(passed)


def test_a_person_is_added_and_helped_by_the_keyboard_alone(person: Person, tmp_path: Path) -> None:
    person.window.open_desk(make_desk(tmp_path / "poste", VaultKind.STATION, "Centre"))
    person.page(PeoplePage)
    person.waits_for(lambda: focused(person).accessibleName() == "Ajouter une personne")
    press(person, Qt.Key.Key_Return)
    page = person.page(NewPersonPage)
    person.waits_for(lambda: page.isAncestorOf(focused(person)))
    press(person, Qt.Key.Key_Space, Qt.Key.Key_Tab)
    keys(focused(person), "Ünal-Œillet")
    press(person, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    keys(focused(person), "Zoë")
    tab_to(person, "Ajouter la personne")
    press(person, Qt.Key.Key_Enter)
    shown = person.page(PersonPage)
    person.waits_for(lambda: focused(person).accessibleName() == "Nouvelle démarche")
    assert shown.isVisible()
    person.presses(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    person.waits_for(lambda: focused(person).accessibleName() == "Chercher un formulaire")
    keys(focused(person), "domicile")
    person.waits_for(lambda: sum(row.isVisible() for row in person.window.findChildren(Row)) == 1)
    tab_to(person, "élection de domicile")
    press(person, Qt.Key.Key_Return)
    filling = person.page(FillingPage)
    # Through every section to the last, the keyboard is never left nowhere.
    for _section in filling.steps._buttons:
        person.waits_for(lambda: filling.isAncestorOf(focused(person)))
        person.presses(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert filling.section == "review"
    person.waits_for(lambda: filling.isAncestorOf(focused(person)))
    person.presses(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    person.page(PersonPage)
