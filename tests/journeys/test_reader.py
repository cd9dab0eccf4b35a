"""Somebody who only reads: sees all, is told why a button is off, prints, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.ui.applications.list_page import ApplicationsPage
from desktop.ui.exchanges.contacts_page import ContactsPage
from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.official.forms_page import FormsPage
from desktop.ui.page import Page, Place
from desktop.ui.people.list_page import PeoplePage
from desktop.ui.people.person_page import PersonPage
from desktop.ui.people.profile_page import ProfilePage
from desktop.ui.settings.backups_page import BackupsPage
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.settings.users_page import UsersPage
from desktop.ui.start.unlock import Unlock
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.settings.users import READER_SAID, add_user
from tests.journeys.person import Person
from vault.key_slots.key_slot import Role
from vault.records.journal import Action

READER = "huître tambour nuage escalier"


@pytest.fixture
def reader(person: Person, tmp_path: Path) -> Iterator[tuple[Person, str, str]]:
    """A reader at the window, with a person and a draft of hers."""
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    zoe = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    draft = start_application(desk, zoe, "lettre-libre")
    add_user(desk, "M. Kerjean", Role.READER, READER)
    person.window.lock()
    person.unlocks(READER)
    person.waits_for(lambda: not isinstance(person.window.centralWidget(), Unlock))
    yield person, zoe, draft


def off(page: Page) -> dict[str, str]:
    """The buttons of a page that cannot be pressed, and why."""
    return {
        made.text(): made.toolTip()
        for made in page.findChildren(QPushButton)
        if made.isVisible() and not made.isEnabled()
    }


WRITE = "Votre accès est en lecture seule."
MANAGE = "Seul un responsable peut faire cela."
PAGES: list[tuple[Place, type[Page], dict[str, str]]] = [
    (Place.PEOPLE, PeoplePage, {"Ajouter une personne": WRITE}),
    (Place.PERSON, PersonPage, {"Nouvelle démarche": WRITE, "Effacer cette personne…": MANAGE}),
    (Place.APPLICATIONS, ApplicationsPage, {}),
    (
        Place.EXCHANGES,
        ExchangesPage,
        {"Importer un accusé…": WRITE, "Enregistrer la liasse…": WRITE},
    ),
    (
        Place.CONTACTS,
        ContactsPage,
        {"Importer une carte…": WRITE, "Enregistrer ma carte…": WRITE},
    ),
    (
        Place.FORMS,
        FormsPage,
        {"Ajouter un PDF officiel…": WRITE, "Importer un formulaire (XLSForm)…": WRITE},
    ),
    (Place.SETTINGS, SettingsPage, {"Changer la phrase de passe": WRITE}),
    (Place.BACKUPS, BackupsPage, {"Sauvegarder sur une clé…": WRITE}),
    (Place.USERS, UsersPage, {}),
]


def test_each_page_says_what_a_reader_cannot_do(reader: tuple[Person, str, str]) -> None:
    person, zoe, _ = reader
    shown = [label.text() for label in person.window.findChildren(QLabel) if label.isVisible()]
    assert READER_SAID in shown
    for place, kind, refused in PAGES:
        person.workplace.go(place, zoe if place is Place.PERSON else "")
        page = person.page(kind)
        found = off(page)
        assert refused.items() <= found.items(), place
        assert set(found.values()) <= {WRITE, MANAGE, ""}, place
        assert person.workplace.banner.sentence == "", place


def test_a_reader_looks_at_all_and_types_nothing(reader: tuple[Person, str, str]) -> None:
    person, zoe, draft = reader
    person.workplace.go(Place.PERSON, zoe)
    person.page(PersonPage)
    person.click("Voir toute la fiche")
    profile = person.page(ProfilePage)
    assert profile.fields["identite.prenoms"].words() == "Zoë"
    assert not any(field.isEnabled() for field in profile.fields.values())
    person.workplace.go(Place.FILLING, draft)
    filling = person.page(FillingPage)
    assert filling.questions()
    assert not any(field.isEnabled() for field in filling.questions().values())
    person.workplace.go(Place.PEOPLE)
    person.page(PeoplePage)
    person.presses(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    person.hears("lecture seule")
    told = {line.action for line in person.workplace.desk.vault.journal.recent(9)}
    assert {Action.PERSON_OPENED, Action.APPLICATION_OPENED} <= told


def test_a_reader_locks_and_comes_back(reader: tuple[Person, str, str]) -> None:
    person, zoe, _ = reader
    person.workplace.go(Place.PERSON, zoe)
    person.page(PersonPage)
    person.window.lock()
    person.unlocks(READER)
    person.page(PersonPage)
    assert person.workplace.banner.sentence == ""


def test_who_may_write_is_told_nothing(person: Person, tmp_path: Path) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    person.workplace.go(Place.PEOPLE)
    assert off(person.page(PeoplePage)) == {}
    shown = [label.text() for label in person.window.findChildren(QLabel)]
    assert READER_SAID not in shown
