"""The disk is full, the stick locked or pulled, another window open: said, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.page import Place
from desktop.ui.settings.backups_page import BackupsPage
from desktop.ui.settings.journal_page import JournalPage
from desktop.ui.start.unlock import Unlock
from desktop.ui.window import Window
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.contacts import mark_verified, take_card
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.filling.states import EDITABLE
from desktop.workflows.people.profiles import add_person
from desktop.workflows.settings.backups import backup_state
from exports.bundle.card import write_card
from tests.desktop.workflows.carrying import keep_scans
from tests.desktop.workflows.exchanging import application_of
from tests.journeys.clock import set_clock
from tests.journeys.person import PASSPHRASE, Person
from tests.journeys.stick import Stick, plugged_in
from tests.journeys.test_older_keys import party
from vault.age_keys import make_age_keys

PHONE, MAIL = "/data/contact/telephone", "/data/contact/courriel"


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    with plugged_in(tmp_path / "cle", 8) as stick:
        yield stick


def begins_an_application(person: Person, folder: Path) -> str:
    person.creates_vault(folder, kind="station", office="Centre de Brest", user="C. Le Goff")
    desk = person.workplace.desk
    record = add_person(desk, {"identite.nom_naissance": "Mercier", "identite.prenoms": "Anne"})
    application = start_application(desk, record, "election-de-domicile")
    person.workplace.go(Place.FILLING, application)
    person.section("/data/contact")
    return application


def typed(desk: Desk, application: str, path: str) -> str:
    return open_application(desk, application).filling.typed(path).replace("\u00a0", " ")


def ready_to_send(desk: Desk, scans: int) -> str:
    relay = party("SPIP", "relay", make_age_keys().secret, 1)
    mark_verified(desk, take_card(desk, write_card(relay)).id)
    application = application_of(desk)
    keep_scans(desk, application, scans)
    return application


def asks_to_send(person: Person, application: str, file: Path) -> ExchangesPage:
    person.workplace.go(Place.EXCHANGES)
    page = person.page(ExchangesPage)
    page.applications[application].setChecked(True)
    for box in page.contacts.values():
        box.setChecked(True)
    page.send_to(file)
    return page


def test_answers_typed_on_a_full_disk_are_said_and_kept_once_there_is_room(
    person: Person, stick: Stick
) -> None:
    application = begins_an_application(person, stick.folder / "coffre")
    person.answer(PHONE, "06 11 22 33 44")
    desk = person.workplace.desk
    stick.fill()
    # Until the log cannot grow any more: some answers may still find room in it.
    number = 0
    while "plus de place" not in person.workplace.banner.sentence:
        number += 1
        assert number < 400
        person.answer(MAIL, f"anne{number}@exemple.fr")
    assert "Ce qui était enregistré est gardé" in person.workplace.banner.sentence
    assert typed(desk, application, PHONE) == "06 11 22 33 44"
    assert typed(desk, application, MAIL) in ("", f"anne{number - 1}@exemple.fr")
    view = person.section("/data/contact")
    stick.make_room()
    person.answer(MAIL, "anne@exemple.fr")
    assert not view.fields[MAIL].notes.error
    assert typed(desk, application, MAIL) == "anne@exemple.fr"
    person.window.lock()
    person.unlocks()
    desk = person.workplace.desk
    assert typed(desk, application, PHONE) == "06 11 22 33 44"
    assert typed(desk, application, MAIL) == "anne@exemple.fr"
    assert desk.vault.verify().ok


def test_a_full_stick_takes_no_half_backup(person: Person, tmp_path: Path, stick: Stick) -> None:
    begins_an_application(person, tmp_path / "poste")
    stick.fill(leaving=100_000)
    person.workplace.go(Place.BACKUPS)
    person.page(BackupsPage).make(stick.folder)
    person.hears("Il n’y a plus de place")
    assert [file.name for file in stick.folder.iterdir()] == ["ballast"]
    stick.make_room()
    person.page(BackupsPage).make(stick.folder)
    person.hears("Sauvegarde faite et relue")
    assert person.workplace.desk.vault.verify().ok


def test_a_full_stick_takes_no_half_bundle(person: Person, tmp_path: Path, stick: Stick) -> None:
    begins_an_application(person, tmp_path / "poste")
    desk = person.workplace.desk
    application = ready_to_send(desk, 4)
    stick.fill(leaving=50_000)
    page = asks_to_send(person, application, stick.folder / "envoi.liasse")
    person.hears("Il n’y a plus de place")
    assert [file.name for file in stick.folder.iterdir()] == ["ballast"]
    assert desk.vault.applications.get(application).state in EDITABLE
    stick.make_room()
    page.send_to(stick.folder / "envoi.liasse")
    person.hears("vous pouvez retirer la clé")


def test_a_stick_locked_against_writing_is_told_as_such(
    person: Person, tmp_path: Path, stick: Stick
) -> None:
    begins_an_application(person, tmp_path / "poste")
    desk = person.workplace.desk
    application = ready_to_send(desk, 1)
    stick.lock_writing()
    person.workplace.go(Place.BACKUPS)
    person.page(BackupsPage).make(stick.folder)
    person.hears("en lecture seule")
    asks_to_send(person, application, stick.folder / "envoi.liasse")
    person.hears("en lecture seule")
    assert desk.vault.applications.get(application).state in EDITABLE
    person.workplace.go(Place.JOURNAL)
    person.page(JournalPage).export(stick.folder / "journal.csv")
    person.hears("en lecture seule")


def test_a_stick_pulled_while_a_bundle_is_written_leaves_it_to_be_sent(
    person: Person, tmp_path: Path, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins_an_application(person, tmp_path / "poste")
    desk = person.workplace.desk
    application = ready_to_send(desk, 6)
    pulled: list[float] = []

    def pull(done: float) -> None:
        if done and not pulled:
            stick.pull()
            pulled.append(done)

    person.workplace.go(Place.EXCHANGES)
    page = person.page(ExchangesPage)
    told = page.progress.tell

    def tell(done: float) -> None:
        pull(done)
        told(done)

    monkeypatch.setattr(page.progress, "tell", tell)
    page.applications[application].setChecked(True)
    for box in page.contacts.values():
        box.setChecked(True)
    page.send_to(stick.folder / "envoi.liasse")
    person.hears("n’est plus là")
    assert pulled
    assert desk.vault.applications.get(application).state in EDITABLE
    assert desk.vault.verify().ok


def test_a_vault_on_a_stick_that_was_pulled_comes_back_with_every_answer(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "cle" / "coffre"
    folder.parent.mkdir()
    application = begins_an_application(person, folder)
    person.answer(PHONE, "06 11 22 33 44")
    away = tmp_path / "ailleurs"
    folder.parent.rename(away)
    person.window.lock()
    page = person.sees(Unlock)
    person.type_in(page.passphrase, PASSPHRASE)
    person.click("Ouvrir le coffre")
    person.waits_for(lambda: bool(page.passphrase.notes.error))
    assert "dossier" in page.passphrase.notes.error
    away.rename(folder.parent)
    person.unlocks()
    assert typed(person.workplace.desk, application, PHONE) == "06 11 22 33 44"
    assert person.workplace.desk.vault.verify().ok


def test_a_second_window_on_the_same_vault_is_refused_without_harm(
    person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "poste"
    application = begins_an_application(person, folder)
    window = Window(folder)
    qtbot.addWidget(window)
    window.show()
    other = Person(window, qtbot)
    page = other.sees(Unlock)
    page.passphrase.input.setText(PASSPHRASE)
    page.open()
    other.waits_for(lambda: "déjà ouvert dans une autre fenêtre" in page.passphrase.notes.error)
    person.answer(PHONE, "06 11 22 33 44")
    assert typed(person.workplace.desk, application, PHONE) == "06 11 22 33 44"
    person.window.lock()
    page.open()
    assert typed(other.workplace.desk, application, PHONE) == "06 11 22 33 44"
    window.close()


def test_a_clock_set_back_loses_and_hides_nothing(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = begins_an_application(person, tmp_path / "poste")
    person.answer(PHONE, "06 11 22 33 44")
    person.workplace.go(Place.BACKUPS)
    person.page(BackupsPage).make(tmp_path / "sauvegardes")
    person.hears("Sauvegarde faite et relue")
    # The battery of the mainboard is flat: the PC believes it is twelve years ago.
    set_clock(monkeypatch, datetime.now().astimezone() - timedelta(days=12 * 365))
    person.window.lock()
    person.unlocks()
    person.workplace.go(Place.FILLING, application)
    person.page(FillingPage)
    person.section("/data/contact")
    person.answer(MAIL, "anne@exemple.fr")
    desk = person.workplace.desk
    assert typed(desk, application, PHONE) == "06 11 22 33 44"
    assert typed(desk, application, MAIL) == "anne@exemple.fr"
    assert desk.vault.verify().ok
    last, before = desk.vault.journal.recent(2)
    assert last.seq == before.seq + 1
    # How old the last backup is cannot be told any more.
    assert backup_state(desk).due
    assert "vérifiez l’horloge" in person.workplace.banner.sentence
    person.workplace.go(Place.BACKUPS)
    person.page(BackupsPage).make(tmp_path / "sauvegardes")
    person.hears("Sauvegarde faite et relue")
    assert not backup_state(desk).due
    assert len(list((tmp_path / "sauvegardes").iterdir())) == 2
