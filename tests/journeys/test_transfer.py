"""A person moves to another prison: their file goes from window to window, and is told there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.ui.exchanges.contacts_page import ContactsPage
from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.page import Place
from desktop.ui.people.person_page import PersonPage
from desktop.ui.transfers.arrival_page import ArrivalPage
from desktop.ui.transfers.arrived_page import ArrivedPage
from desktop.ui.transfers.transfer_page import TransferPage
from desktop.workflows.people.profiles import add_person, change_profile
from tests.desktop.workflows.exchanging import application_of
from tests.desktop.workflows.pair import PASSPHRASE, introduce, make_desk
from tests.journeys.person import Person
from tests.journeys.test_paper_only import reads, scanned
from vault.vault import VaultKind

VERIFY = "Les mots sont les mêmes\u00a0: marquer vérifié"


def choosing(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Whatever dialog opens next, this file is chosen."""
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(file), ""))


def test_a_person_goes_to_another_station_and_is_put_together_there(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {"brest": "Maison d’arrêt de Brest", "rennes": "Centre pénitentiaire de Rennes"}
    for name, place in places.items():
        person.creates_vault(tmp_path / name, kind="station", office=place, user="C. Le Goff")
        person.workplace.go(Place.CONTACTS)
        contacts = person.page(ContactsPage)
        contacts.save_card(tmp_path / f"{name}.carte")
        if name == "rennes":
            contacts.take(tmp_path / "brest.carte")
            person.click(VERIFY)
            own = add_person(
                person.workplace.desk,
                {
                    "identite.nom_naissance": "Ünal-Œillet",
                    "identite.prenoms": "Zoé",
                    "naissance.date": "1985-03-12",
                },
            )
        person.window.lock()

    person.window.show_unlock(tmp_path / "brest")
    person.unlocks()
    person.workplace.go(Place.CONTACTS)
    person.page(ContactsPage).take(tmp_path / "rennes.carte")
    person.click(VERIFY)
    desk = person.workplace.desk
    record = desk.vault.applications.get(application_of(desk)).person_id
    change_profile(desk, record, {"naissance.date": "1985-03-12"})
    person.workplace.go(Place.PERSON, record)
    person.page(PersonPage)
    person.click("Transférer le dossier à un autre poste…")
    person.page(TransferPage)
    file = tmp_path / "dossier.transfert"
    choosing(monkeypatch, file)
    person.click("Enregistrer le dossier…")
    person.hears("vous pouvez retirer la clé")
    person.window.lock()

    person.window.show_unlock(tmp_path / "rennes")
    person.unlocks()
    person.workplace.go(Place.EXCHANGES)
    person.page(ExchangesPage)
    person.click("Recevoir un dossier…")
    page = person.page(ArrivalPage)
    person.waits_for(lambda: bool(page.choices))
    assert set(page.people) == {own, ""}
    assert page.people[own].isChecked()
    (choice,) = page.choices
    assert choice.here.accessibleName().endswith("Garder ici, Zoé")
    choice.there.click()
    person.click("Prendre le dossier")
    person.page(ArrivedPage)
    person.hears("réuni avec la fiche d’ici")
    receipt = tmp_path / "retour.accuse"
    choosing(monkeypatch, receipt)
    person.click("Enregistrer l’accusé…")
    person.hears("vous pouvez retirer la clé")
    person.click("Voir la fiche")
    person.page(PersonPage)
    vault = person.workplace.desk.vault
    assert vault.people.get(own).given_names == "Zoë"
    assert len(vault.applications.of_person(own)) == 1
    person.window.lock()

    person.window.show_unlock(tmp_path / "brest")
    person.unlocks()
    person.workplace.go(Place.EXCHANGES)
    person.page(ExchangesPage)
    person.click("Importer un accusé…")
    person.hears("le dossier est arrivé à «\u00a0Centre pénitentiaire de Rennes\u00a0»")
    person.workplace.go(Place.TRANSFER, record)
    (row,) = person.page(TransferPage).plan.sent
    assert row.arrived


def test_the_same_passes_by_paper_alone(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = make_desk(tmp_path / "brest", VaultKind.STATION, "Brest")
    right = make_desk(tmp_path / "rennes", VaultKind.STATION, "Rennes")
    introduce(left, right, tmp_path)
    application = application_of(left)
    record = left.vault.applications.get(application).person_id
    person.window.open_desk(left)
    person.workplace.go(Place.TRANSFER, record)
    person.page(TransferPage)
    person.click("Imprimer le dossier…")
    person.hears("est prêt à imprimer")
    printed = person.page(TransferPage).printed.printed
    assert printed is not None
    person.window.lock()

    person.window.open_desk(right)
    scans = reads(person, scanned(printed.pdf, tmp_path / "aller", lost=[2]))
    assert scans.intake.complete
    choosing(monkeypatch, tmp_path / "dossier.transfert")
    person.click("Enregistrer et ouvrir le dossier…")
    arrival = person.page(ArrivalPage)
    person.waits_for(lambda: bool(arrival.people))
    person.click("Prendre le dossier")
    arrived = person.page(ArrivedPage)
    person.click("Imprimer l’accusé…")
    person.hears("est prêt à imprimer")
    answer = arrived.printed.printed
    assert answer is not None
    assert right.vault.applications.get(application).person_id == record
    person.window.lock()

    person.window.show_unlock(tmp_path / "brest")
    person.unlocks(PASSPHRASE)
    reads(person, scanned(answer.pdf, tmp_path / "retour", lost=[]))
    person.click("Prendre l’accusé")
    person.hears("le dossier est arrivé à «\u00a0Rennes\u00a0»")
    person.workplace.go(Place.TRANSFER, record)
    (row,) = person.page(TransferPage).plan.sent
    assert row.arrived
    person.click("Aller à la fiche pour l’effacer")
    person.page(PersonPage)
