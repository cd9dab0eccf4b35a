"""A backup goes to another PC: made in the window, put back with a passphrase, then a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.page import Place
from desktop.ui.settings.backups_page import BackupsPage
from desktop.ui.settings.journal_page import JournalPage
from desktop.ui.settings.users_page import UsersPage
from desktop.ui.start.restore_page import RestorePage
from desktop.ui.window import Window
from desktop.workflows.people import add_person, list_people
from tests.journeys.person import PASSPHRASE, Person
from vault.slots import Role
from vault.vault import Vault


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Person:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    person = Person(window, qtbot)
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    add_person(person.workplace.desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    return person


def test_a_backup_is_put_back_on_a_new_pc(person: Person, tmp_path: Path) -> None:
    stick = tmp_path / "cle"
    person.workplace.go(Place.BACKUPS)
    person.page(BackupsPage).make(stick)
    person.hears("Sauvegarde faite et relue")
    (backup,) = stick.iterdir()
    person.window.lock()
    person.window.show_restore()
    page = person.sees(RestorePage)
    page.choose_backup(stick)
    page.choose_folder(tmp_path / "neuf" / "coffre")
    page.secret.input.setPlainText("une phrase qui n’ouvre rien")
    page.restore()
    person.waits_for(lambda: "n’ouvre pas" in page.secret.notes.error)
    page.secret.input.setPlainText(PASSPHRASE)
    page.restore()
    desk = person.workplace.desk
    assert desk.vault.folder == tmp_path / "neuf" / "coffre"
    assert [one.title for one in list_people(desk)] == ["ÜNAL Zoë"]
    assert backup.is_dir()
    person.window.lock()


def test_an_access_is_given_and_the_journal_says_by_whom(person: Person, tmp_path: Path) -> None:
    person.workplace.go(Place.USERS)
    page = person.page(UsersPage)
    page.name.input.setText("A. Morvan")
    page.role.choose(Role.READER.value)
    page.passphrase.input.setText("huître tambour nuage escalier")
    page.add()
    person.hears("A. Morvan peut ouvrir le coffre")
    person.workplace.go(Place.JOURNAL)
    journal = person.page(JournalPage)
    person.waits_for(lambda: "entière" in journal._said.text())
    journal.export(tmp_path / "journal.csv")
    written = (tmp_path / "journal.csv").read_text("utf-8-sig")
    assert "Accès donné à A. Morvan" in written
    assert "Ünal" not in written
    person.window.lock()
    reader = Vault.unlock(tmp_path / "poste", "huître tambour nuage escalier")
    assert reader.session.role is Role.READER
    reader.lock()
