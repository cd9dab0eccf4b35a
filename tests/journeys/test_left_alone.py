"""The user leaves mid-sentence: the vault locks by itself, and the sentence is there after."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.filling.documents_view import DocumentsView
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.page import Place
from desktop.ui.parts.field import LineField
from desktop.ui.people.profile_page import NewPersonPage, ProfilePage
from desktop.ui.presence.departures import Departure, Presence
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.start.unlock import Unlock
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.start.idleness import idle_minutes
from tests.journeys.person import PASSPHRASE, Person
from vault.errors import VaultFolderUnwritable
from vault.records.applications import Applications

SECTION, TELEPHONE = "/data/contact", "/data/contact/telephone"
MAIL = "/data/contact/courriel"
BIRTH = "naissance.date"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def leaves(person: Person, minutes: float) -> None:
    """Nobody touches the PC for some minutes."""
    clock = Clock()
    person.window.idleness.clock = clock
    person.window.watch_idleness()
    clock.now += 60 * minutes
    person.window.idleness.look()


def opens_an_application(person: Person, folder: Path) -> str:
    person.creates_vault(folder, kind="station", office="Centre de Brest", user="C. Le Goff")
    desk = person.workplace.desk
    record = add_person(desk, {"identite.nom_naissance": "Kervella", "identite.prenoms": "Yann"})
    application = start_application(desk, record, "election-de-domicile")
    person.workplace.go(Place.FILLING, application)
    person.page(FillingPage)
    return record


def line(person: Person, path: str) -> LineField:
    field = person.section(SECTION).fields[path]
    assert isinstance(field, LineField)
    return field


def is_back(person: Person, path: str) -> LineField:
    """The question one was at, with the keyboard."""
    page = person.page(FillingPage)
    person.is_at_the_window()
    field = page.questions()[path]
    assert isinstance(field, LineField)
    person.waits_for(field.input.hasFocus)
    return field


def test_left_in_the_middle_of_a_word(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    field = line(person, TELEPHONE)
    person.begins(field, "06 12 34")
    field.input.setCursorPosition(5)

    leaves(person, 4.6)
    assert person.window.countdown.isVisible()
    assert "24\u00a0secondes" in person.window.countdown.sentence
    leaves(person, 5)
    person.sees(Unlock)
    assert person.window.countdown.isHidden()
    assert person.window.desk is None

    person.unlocks()
    back = is_back(person, TELEPHONE)
    assert back.input.text() == "06 12 34"
    assert back.input.cursorPosition() == 5
    assert person.page(FillingPage).section == SECTION


def test_a_key_keeps_the_vault_open(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    leaves(person, 4.9)
    handle = person.window.windowHandle()
    assert handle is not None
    no_modifier = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, no_modifier))
    assert person.window.countdown.isHidden()
    person.window.idleness.look()
    assert person.window.desk is not None


def test_the_question_that_was_only_looked_at(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    person.begins(line(person, MAIL), "")
    leaves(person, 5)
    person.unlocks()
    is_back(person, MAIL)


def test_a_date_begun_in_a_profile_is_no_fact_and_comes_back(
    person: Person, tmp_path: Path
) -> None:
    record = opens_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.PROFILE, record)
    page = person.page(ProfilePage)
    person.begins(page.fields[BIRTH], "31 1")
    leaves(person, 5)
    person.unlocks()
    page = person.page(ProfilePage)
    assert page.fields[BIRTH].words() == "31 1"
    assert page.fields[BIRTH].notes.error


def test_a_person_not_added_yet_comes_back(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.NEW_PERSON)
    page = person.page(NewPersonPage)
    person.type_in(page.fields["identite.nom_naissance"], "Ünal")
    person.begins(page.fields["identite.prenoms"], "Zo")
    leaves(person, 5)
    person.unlocks()
    page = person.page(NewPersonPage)
    assert page.fields["identite.nom_naissance"].words() == "Ünal"
    assert page.fields["identite.prenoms"].words() == "Zo"
    person.click("Ajouter la personne")
    person.waits_for(lambda: person.workplace.place is Place.PERSON)


def test_a_person_being_added_waits_while_something_else_is_done(
    person: Person, tmp_path: Path
) -> None:
    opens_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.NEW_PERSON)
    page = person.page(NewPersonPage)
    person.type_in(page.fields["identite.nom_naissance"], "Ünal")
    person.type_in(page.fields[BIRTH], "31 02 1985")
    person.workplace.go(Place.APPLICATIONS)
    person.window.lock()
    person.unlocks()
    person.workplace.go(Place.NEW_PERSON)
    page = person.page(NewPersonPage)
    assert page.fields["identite.nom_naissance"].words() == "Ünal"
    assert page.fields[BIRTH].words() == "31 02 1985"
    assert page.fields[BIRTH].notes.error
    person.type_in(page.fields["identite.prenoms"], "Zoë")
    person.click("Ajouter la personne")
    person.waits_for(lambda: person.workplace.place is Place.PERSON)
    person.workplace.go(Place.NEW_PERSON)
    assert not any(field.words() for field in person.page(NewPersonPage).fields.values())


def test_what_was_ticked_comes_back(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.EXCHANGES)
    (box,) = person.page(ExchangesPage).applications.values()
    box.click()
    ticked = box.isChecked()
    leaves(person, 5)
    person.unlocks()
    (box,) = person.page(ExchangesPage).applications.values()
    assert box.isChecked() is ticked


def test_a_word_the_vault_cannot_write_comes_back(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens_an_application(person, tmp_path / "poste")
    field = line(person, TELEPHONE)
    person.begins(field, "06 12 34")
    desk = person.workplace.desk

    def full(*_: object, **__: object) -> None:
        raise VaultFolderUnwritable

    with monkeypatch.context() as broken:
        broken.setattr(Applications, "save_answers", full)
        broken.setattr(type(desk.vault.settings), "set", full)
        leaves(person, 5)
        person.sees(Unlock)
    assert desk.vault.locked
    sealed = b"".join(person.window._sealed.values())
    assert sealed.startswith(b"age-encryption.org/v1")
    assert b"06 12 34" not in sealed
    person.unlocks()
    assert is_back(person, TELEPHONE).input.text() == "06 12 34"
    assert person.page(FillingPage).application.filling.typed(TELEPHONE) == "06 12 34"


def test_what_was_set_aside_is_erased_once_back(person: Person, tmp_path: Path) -> None:
    record = opens_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.PROFILE, record)
    person.begins(person.page(ProfilePage).fields[BIRTH], "31 1")
    leaves(person, 5)
    person.unlocks()
    person.page(ProfilePage)
    assert person.workplace.desk.vault.settings.get("interruption", None) == {}


@pytest.mark.parametrize("departure", list(Departure))
def test_the_system_says_that_the_pc_is_left(
    person: Person, tmp_path: Path, departure: Departure
) -> None:
    opens_an_application(person, tmp_path / "poste")
    presence = Presence(person.window)
    person.window.watch_presence(presence)
    desk = person.workplace.desk
    presence.left.emit(departure)
    # The system may sleep as soon as this returns.
    assert desk.vault.locked
    assert isinstance(person.window.centralWidget(), Unlock)
    presence.left.emit(departure)
    person.unlocks()
    person.page(FillingPage)


def test_locked_means_that_nothing_is_left(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    page = person.page(FillingPage)
    desk = person.workplace.desk
    key = desk.vault._custody.key
    gone = [weakref.ref(one) for one in (page, page.application, page.application.filling)]
    person.window.lock()
    assert desk.vault.locked
    assert key.wiped
    del page, desk
    person.waits_for(lambda: [one for one in gone if one() is not None] == [])
    assert gc.isenabled() is False, "the program collects by itself, between two events"


def test_a_dialog_over_the_window_is_closed(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    page = person.page(FillingPage)
    page.show_section("documents")
    assert isinstance(page.view, DocumentsView)
    seen: list[QDialog] = []

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.append(dialog)
        person.window.lock()

    QTimer.singleShot(200, leave)
    # Returns only when the dialog has gone.
    page.view._choose(None)
    assert seen
    assert QApplication.activeModalWidget() is None
    person.sees(Unlock)
    person.unlocks()
    person.page(FillingPage)


def test_a_vault_opened_for_somebody_gone_meanwhile_locks_again(
    person: Person, tmp_path: Path
) -> None:
    opens_an_application(person, tmp_path / "poste")
    person.window.lock()
    page = person.sees(Unlock)
    page.passphrase.input.setText(PASSPHRASE)
    page.open()
    person.window.lock()
    assert page.passphrase.text() == ""
    person.waits_for(page._open.isEnabled)
    assert person.window.desk is None
    person.unlocks()
    person.page(FillingPage)


def test_the_idle_time_is_chosen_in_the_settings(person: Person, tmp_path: Path) -> None:
    opens_an_application(person, tmp_path / "poste")
    person.workplace.go(Place.SETTINGS)
    page = person.page(SettingsPage)
    assert page.idle.words() == "5"
    page.idle.choose("15")
    person.hears("15\u00a0minutes")
    assert idle_minutes(person.workplace.desk) == 15
    leaves(person, 14)
    assert person.window.desk is not None
    leaves(person, 15)
    person.sees(Unlock)
