"""Interrupted every five minutes: lock, close, wrong passphrase; the work is where it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.page import Place
from desktop.ui.start.unlock import Unlock
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from tests.journeys.person import Person

TELEPHONE = "/data/contact/telephone"


def opens_an_application(person: Person, folder: Path) -> str:
    person.creates_vault(folder, kind="station", office="Centre de Brest", user="C. Le Goff")
    desk = person.workplace.desk
    record = add_person(desk, {"identite.nom_naissance": "Kervella", "identite.prenoms": "Yann"})
    application = start_application(desk, record, "election-de-domicile")
    person.workplace.go(Place.FILLING, application)
    return application


def test_locking_in_the_middle_of_a_word_keeps_it(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    view = person.section("/data/contact")
    field = view.fields[TELEPHONE]
    person.begins(field, "06 12 34")
    person.presses(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    person.sees(Unlock)
    person.unlocks()
    page = person.page(FillingPage)
    assert page.section == "/data/contact"
    assert page.application.filling.typed(TELEPHONE) == "06 12 34"


def test_a_wrong_passphrase_says_so_and_opens_nothing(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    person.window.lock()
    page = person.sees(Unlock)
    person.unlocks("ce n’est pas elle")
    person.waits_for(lambda: "n’ouvre pas le coffre" in page.passphrase.notes.error)
    assert person.window.desk is None
    person.unlocks()
    person.page(FillingPage)


def test_the_search_opens_what_is_found(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.PEOPLE)
    bar = person.workplace.top_bar
    person.is_at_the_window()
    bar.search.setFocus()
    person.bot.keyClicks(bar.search, "kerv domi")
    assert bar.found.count() == 1
    person.bot.keyClick(bar.search, Qt.Key.Key_Return)
    person.page(FillingPage)


def test_the_keyboard_goes_from_section_to_section(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    page = person.page(FillingPage)
    first = page.section
    person.presses(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    person.waits_for(lambda: page.section != first)
    person.presses(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    person.waits_for(lambda: page.section == first)
