"""Two stations and one relay, by files: sent, opened together, shared out, answered, taken in."""

from __future__ import annotations

from pathlib import Path

from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.page import Place
from desktop.ui.relay.inbox_page import InboxPage
from desktop.ui.relay.receipts_page import ReceiptsPage
from desktop.workflows.desk import Desk
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.start.opening import unlock
from tests.desktop.workflows.pair import PASSPHRASE, introduce, make_desk
from tests.journeys.person import Person
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

STATIONS = {
    "Maison d’arrêt de Brest": ("Ünal-Œillet", "Kervella"),
    "Centre de Ploemeur": ("Da Silva",),
}


def prepares(station: Desk, name: str) -> str:
    person = add_person(station, {"identite.nom_naissance": name, "identite.prenoms": "Zoë"})
    return start_application(station, person, "election-de-domicile")


def sends(person: Person, file: Path) -> None:
    person.workplace.go(Place.EXCHANGES)
    page = person.page(ExchangesPage)
    for box in page.applications.values():
        box.setChecked(True)
    person.workplace.banner.put_away()
    page.send_to(file)
    person.hears("vous pouvez retirer la clé")


def test_two_stations_and_one_relay_by_file(person: Person, tmp_path: Path) -> None:
    relay = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP du Finistère")
    folder = tmp_path / "cle"
    folder.mkdir()
    sent: dict[str, list[str]] = {}
    for place, names in STATIONS.items():
        station = make_desk(tmp_path / place, VaultKind.STATION, place)
        introduce(station, relay, tmp_path)
        sent[place] = []
        person.window.open_desk(station)
        for name in names:
            sent[place].append(prepares(station, name))
            sends(person, folder / f"{name}.liasse")
        person.window.lock()

    person.window.open_desk(relay)
    person.page(InboxPage).receive_folder(folder)
    person.hears("3\u00a0liasses reçues")
    for name in ("ÜNAL", "KERVELLA", "DA SILVA"):
        person.opens(name)
        person.click("Indiquer l’issue…")
        person.click("Déposée en ligne")
        person.hears("L’issue est enregistrée")
        person.workplace.banner.put_away()
    person.workplace.go(Place.RECEIPTS)
    for contact in relay.vault.contacts.all():
        page = person.page(ReceiptsPage)
        person.workplace.banner.put_away()
        page.write_station(contact.id, tmp_path / f"{contact.name}.accuse")
        person.hears(f"Les accusés pour {contact.name} sont écrits")
    person.window.lock()

    for place, applications in sent.items():
        station = unlock(tmp_path / place, PASSPHRASE)
        person.window.open_desk(station)
        person.workplace.go(Place.EXCHANGES)
        person.page(ExchangesPage).take_receipt(tmp_path / f"{place}.accuse")
        person.hears("déposée en ligne")
        for application in applications:
            kept = station.vault.applications.get(application)
            assert kept.state is ApplicationState.FILED
        assert station.vault.verify().ok
        person.window.lock()
