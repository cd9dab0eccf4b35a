"""A backup goes to another PC: made in the window, put back with a passphrase, then a sheet."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.ui.page import Place
from desktop.ui.settings.backups_page import BackupsPage
from desktop.ui.settings.journal_page import JournalPage
from desktop.ui.settings.users_page import UsersPage
from desktop.ui.start.restore_page import RestorePage
from desktop.workflows.people.profiles import add_person, list_people
from tests.journeys.clock import set_clock
from tests.journeys.person import PASSPHRASE, Person
from vault.key_slots.key_slot import Role
from vault.vault import Vault


@pytest.fixture
def at_work(person: Person, tmp_path: Path) -> Person:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    add_person(person.workplace.desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    return person


def makes_a_backup(person: Person, stick: Path) -> None:
    person.workplace.go(Place.BACKUPS)
    person.page(BackupsPage).make(stick)
    person.hears("Sauvegarde faite et relue")


def chooses(person: Person, backup: Path, folder: Path) -> RestorePage:
    person.window.show_restore()
    page = person.sees(RestorePage)
    page.choose_backup(backup)
    page.choose_folder(folder)
    return page


def test_the_sheet_alone_puts_it_back_on_a_new_pc(
    at_work: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = at_work.workplace.desk.vault.users.renew_recovery().lines()
    makes_a_backup(at_work, tmp_path / "cle")
    at_work.window.lock()
    # The PC was stolen: another knows nothing, and only the sheet is at hand.
    shutil.rmtree(tmp_path / "poste")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "autre"))
    page = chooses(at_work, tmp_path / "cle", tmp_path / "neuf")
    page.secret.input.setPlainText("\n".join(lines).lower())
    page.restore()
    desk = at_work.workplace.desk
    assert [one.title for one in list_people(desk)] == ["ÜNAL Zoë"]
    assert desk.vault.session.by_recovery
    assert desk.vault.verify().ok


def test_a_backup_older_than_the_vault_of_this_pc_is_put_back_only_once_that_is_read(
    at_work: Person, tmp_path: Path
) -> None:
    makes_a_backup(at_work, tmp_path / "cle")
    desk = at_work.workplace.desk
    add_person(desk, {"identite.nom_naissance": "Mercier", "identite.prenoms": "Anne"})
    at_work.window.lock()
    page = chooses(at_work, tmp_path / "cle", tmp_path / "neuf")
    page.secret.input.setPlainText(PASSPHRASE)
    at_work.click("Reprendre la sauvegarde")
    at_work.waits_for(lambda: "plus ancienne" in page.secret.notes.warning)
    assert "il y manque 1\u00a0action faite depuis" in page.secret.notes.warning
    assert str(tmp_path / "poste") in page.secret.notes.warning
    assert not (tmp_path / "neuf").exists()
    at_work.click("Reprendre quand même")
    assert [one.title for one in list_people(at_work.workplace.desk)] == ["ÜNAL Zoë"]
    at_work.window.lock()
    kept = Vault.unlock(tmp_path / "poste", PASSPHRASE)
    assert [one.family_name for one in kept.people.all()] == ["Mercier", "Ünal"]
    kept.lock()


def test_whoever_opens_a_vault_not_saved_for_long_is_reminded(
    at_work: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work.window.lock()
    at_work.unlocks()
    assert "Aucune sauvegarde n’a encore été faite" in at_work.workplace.banner.sentence
    makes_a_backup(at_work, tmp_path / "cle")
    at_work.window.lock()
    at_work.unlocks()
    assert at_work.workplace.banner.sentence == ""
    set_clock(monkeypatch, datetime.now().astimezone() + timedelta(days=8))
    at_work.window.lock()
    at_work.unlocks()
    assert "Dernière sauvegarde" in at_work.workplace.banner.sentence
    assert "Réglages, «\u00a0Sauvegardes\u00a0»" in at_work.workplace.banner.sentence


def test_a_backup_is_put_back_on_a_new_pc(at_work: Person, tmp_path: Path) -> None:
    person, stick = at_work, tmp_path / "cle"
    makes_a_backup(person, stick)
    (backup,) = stick.iterdir()
    person.window.lock()
    page = chooses(person, stick, tmp_path / "neuf" / "coffre")
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


def test_an_access_is_given_and_the_journal_says_by_whom(at_work: Person, tmp_path: Path) -> None:
    person = at_work
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
    person.hears("Le journal est enregistré en clair")
    written = (tmp_path / "journal.csv").read_text("utf-8-sig")
    assert "Accès donné à A. Morvan" in written
    assert "Ünal" not in written
    person.window.lock()
    reader = Vault.unlock(tmp_path / "poste", "huître tambour nuage escalier")
    assert reader.session.role is Role.READER
    reader.lock()
