"""A relay files online in the window: linked, shown, sent once, followed; a station never.

The portal is the contract server: it behaves as the facts say, unkind parts included.
"""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.ui.online.mapping_page import MappingPage
from desktop.ui.online.online_page import OnlinePage
from desktop.ui.online.portals_page import PortalsPage
from desktop.ui.page import Place
from desktop.ui.relay.inbox_page import InboxPage
from desktop.ui.relay.receipts_page import ReceiptsPage
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.bundles import receive_bundle
from desktop.workflows.exchanges.receipts import import_receipt
from desktop.workflows.online import procedures as online_procedures
from desktop.workflows.online.records import Attempt, filing_record
from exports.online.dossier import DossierState
from exports.online.practice.portal import Reply
from tests.contracts.conftest import FORM, Contract, contract
from tests.desktop.workflows.pair import introduce, make_desk, send_one
from tests.journeys.person import Person
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

__all__ = ["contract"]
N = "\u00a0"


@pytest.fixture
def station(tmp_path: Path) -> Desk:
    return make_desk(tmp_path / "poste", VaultKind.STATION, "Maison d’arrêt de Brest")


@pytest.fixture
def relay(
    station: Desk, tmp_path: Path, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """A relay with one application, that may reach the contract server alone."""
    made = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP")
    relay = replace(made, now=contract.clock.now)
    introduce(station, relay, tmp_path)
    send_one(station, relay, tmp_path / "envoi.liasse")
    receive_bundle(relay, tmp_path / "envoi.liasse")
    monkeypatch.setattr(online_procedures, "PORTALS", (contract.server.portal,))
    return relay


@pytest.fixture
def application(relay: Desk) -> str:
    (one,) = relay.vault.applications.all()
    return one.id


def texts(page: Any) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def settled(person: Person) -> OnlinePage:
    """The page once the portal has answered."""
    person.waits_for(
        lambda: (
            isinstance(person.workplace.page, OnlinePage)
            and person.workplace.page.progress.isHidden()
        )
    )
    return person.page(OnlinePage)


def test_an_application_is_filed_online(
    person: Person,
    station: Desk,
    relay: Desk,
    application: str,
    contract: Contract,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []

    def opens(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opens)
    person.window.open_desk(relay)
    person.page(InboxPage)
    person.click("Déposer en ligne…")
    person.page(OnlinePage)
    person.click("Relier les champs…")
    mapping = person.page(MappingPage)
    person.type_in(mapping.address, contract.address())
    person.click("Lire cette adresse")
    person.waits_for(lambda: bool(mapping.rows))
    assert mapping.rows["Q2hhbXAtMTAwNA"].link().question == "telephone"
    assert mapping.rows["genre"].link().pairs == {"mme": "Mme", "m": "M."}
    assert mapping.rows["Q2hhbXAtMTAwMg"].link().question == "lieu_naissance"
    mapping.rows["Q2hhbXAtMTAxMA"].choose("")
    person.click("Enregistrer les liens")
    person.hears("Les liens sont gardés")
    page = settled(person)
    shown = texts(page)
    assert "Sera envoyé" in shown
    assert "Ünal-Œillet" in shown
    assert "Pièce d’identité (obligatoire)" in shown
    assert "seulement si la démarche s’adresse à des particuliers" in shown
    assert contract.posts == 0
    assert page.prepared is not None
    told = page.prepared.preparation.payload
    assert "Cadre juridique, selon le portail" in shown
    assert "le navigateur la garde dans son historique" in shown
    assert "peut être coupé" not in shown

    person.click("Créer le brouillon sur le portail")
    person.hears("Le brouillon n°")
    assert contract.posts == 1
    (token,) = contract.portal.tokens
    assert contract.portal.kept(token) == told
    page = settled(person)
    assert "à reprendre dans les 5" in texts(page)
    person.click("Ouvrir dans le navigateur")
    (address,) = opened
    assert address.startswith(f"{contract.server.portal.address}/commencer/")
    assert token in address

    contract.clock.forward(days=1, hours=20)
    page.minute.timeout.emit()
    assert f"à reprendre dans les 3{N}jours et 4{N}heures" in texts(page)
    contract.portal.visit(token, "collègue")
    contract.portal.move(token, DossierState.EN_CONSTRUCTION)
    person.workplace.go(Place.INBOX)
    person.click("Suivre les dossiers en ligne (1)")
    person.hears(f"1{N}dossier suivi, dont 1 a changé")
    person.click("Déposer en ligne…")
    settled(person)
    person.click("Demander où il en est")
    person.hears("déposé")
    settled(person)
    person.click("Noter cette issue")
    person.hears("L’issue est notée")
    kept = relay.vault.applications.get(application)
    assert kept.state is ApplicationState.FILED
    assert contract.posts == 1

    person.workplace.go(Place.RECEIPTS)
    receipt = tmp_path / "retour.accuse"
    person.page(ReceiptsPage).write(relay.vault.bundles.all()[0].id, receipt)
    person.hears("est écrit")
    import_receipt(station, receipt)
    assert station.vault.applications.get(application).reference == kept.reference


def test_a_link_too_long_is_said_before_it_is_opened(
    person: Person,
    relay: Desk,
    application: str,
    contract: Contract,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []

    def opens(url: QUrl) -> bool:
        opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opens)
    kept = relay.vault.applications.get(application)
    relay.vault.applications.save_answers(
        application,
        {**kept.answers, "/data/identite/nom": "Ünal " * 200},
        position="",
        answered=1,
        total=1,
    )
    person.window.open_desk(relay)
    person.workplace.go(Place.ONLINE, application)
    page = person.page(OnlinePage)
    assert "Au-delà de 2\u00a0000, le portail prévient qu’il peut être coupé" in texts(page)
    person.click("Ouvrir un lien prérempli")
    (address,) = opened
    assert address.startswith(contract.address())
    assert len(address) > 2000
    # The browser alone was asked; the portal was not.
    assert contract.asked == []
    assert relay.vault.applications.get(application).state is ApplicationState.IN_PROGRESS


def test_an_unknown_end_waits_in_words(
    person: Person, relay: Desk, application: str, contract: Contract
) -> None:
    person.window.open_desk(relay)
    person.workplace.go(Place.ONLINE, application)
    person.click("Relire la démarche")
    person.hears("La démarche est relue")
    settled(person)
    contract.trouble = lambda request: Reply(502, b"") if request.method == "POST" else None
    person.click("Créer le brouillon sur le portail")
    person.hears("aucune réponse claire")
    page = settled(person)
    assert "Un envoi est resté sans réponse" in texts(page)
    contract.trouble = lambda _: None
    # Nothing is sent again but by the button that says so.
    page.send()
    person.hears("Un envoi précédent est resté sans réponse")
    settled(person)
    assert contract.posts == 1
    person.click("Créer un autre brouillon")
    person.hears("Le brouillon n°")
    settled(person)
    assert contract.posts == 2
    contract.clock.forward(days=5, minutes=1)
    person.workplace.go(Place.INBOX)
    person.workplace.go(Place.ONLINE, application)
    assert "peut-être déjà effacé" in texts(settled(person))


def test_a_closed_procedure_is_said_and_another_may_be_linked(
    person: Person, relay: Desk, application: str, contract: Contract
) -> None:
    closed = {**contract.procedure.schema, "state": "close"}
    online_procedures.keep_schema(relay, FORM, json.dumps(closed).encode())
    person.window.open_desk(relay)
    person.workplace.go(Place.ONLINE, application)
    page = person.page(OnlinePage)
    person.waits_for(lambda: "n’accepte plus de dossier" in texts(page))
    page.send()
    page.read_again()
    assert contract.asked == []
    person.click("Relier à une démarche…")
    person.page(MappingPage)


def test_a_procedure_is_read_from_a_file(
    person: Person, relay: Desk, application: str, contract: Contract, tmp_path: Path
) -> None:
    file = tmp_path / "schema.json"
    file.write_text(json.dumps(contract.procedure.schema))
    person.window.open_desk(relay)
    person.workplace.go(Place.MAPPING, application)
    page = person.page(MappingPage)
    page.read_file(file)
    person.waits_for(lambda: bool(page.rows))
    rows = page.rows["Q2hhbXAtMTAwNg"]
    assert [row.link().question for row in rows.children_rows] == [
        "nom_ayant_droit", "prenom_ayant_droit", "date_ayant_droit",
    ]  # fmt: skip
    assert contract.asked == []
    file.write_text("{}")
    page.read_file(file)
    person.hears("Ce n’est pas la description d’une démarche")


def test_an_address_that_is_not_allowed_is_refused(
    person: Person, relay: Desk, application: str
) -> None:
    person.window.open_desk(relay)
    person.workplace.go(Place.MAPPING, application)
    page = person.page(MappingPage)
    person.type_in(page.address, "https://demarches.ailleurs.fr/commencer/x")
    page.read_address()
    person.hears("n’est pas sur la liste des portails permis")
    person.workplace.go(Place.PORTALS)
    portals = person.page(PortalsPage)
    person.type_in(portals.address, "http://ailleurs.fr")
    portals.add()
    person.hears("Ce n’est pas l’adresse d’un portail")
    person.type_in(portals.address, "https://demarches.ailleurs.fr/commencer/x")
    portals.add()
    person.hears("https://demarches.ailleurs.fr est permise")
    permission = online_procedures.network_permission(relay)
    found = permission.portal_of("https://demarches.ailleurs.fr/commencer/x")
    assert found.host == "demarches.ailleurs.fr"
    person.click("Retirer cette adresse")
    person.hears("n’est plus permise")


def test_a_station_s_window_has_none_of_it_and_opens_no_socket(
    person: Person, station: Desk, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def no_socket(*_: Any, **__: Any) -> None:
        opened.append("socket")
        raise AssertionError("a station opened a socket")

    for name in ("socket", "create_connection", "create_server", "getaddrinfo", "socketpair"):
        monkeypatch.setattr(socket, name, no_socket)
    monkeypatch.delitem(sys.modules, "httpx", raising=False)
    person.window.open_desk(station)
    here = person.workplace.place
    for place in (Place.ONLINE, Place.MAPPING, Place.PORTALS, Place.INBOX):
        person.workplace.banner.put_away()
        person.workplace.go(place, "x")
        assert "poste hors ligne" in person.workplace.banner.sentence
        assert person.workplace.place is here
    person.workplace.go(Place.SETTINGS)
    shown = [button.accessibleName() for button in person.window.findChildren(QPushButton)]
    assert any("Sauvegardes" in name for name in shown)
    assert not any("Portails" in name for name in shown)
    assert opened == []
    assert "httpx" not in sys.modules


def test_what_was_being_sent_when_the_vault_locked_is_undecided(
    person: Person, relay: Desk, application: str, contract: Contract
) -> None:
    person.window.open_desk(relay)
    person.workplace.go(Place.ONLINE, application)
    person.click("Relire la démarche")
    person.hears("La démarche est relue")
    page = settled(person)

    def lock_meanwhile(request: Any) -> None:
        if request.method == "POST":
            relay.vault.lock()

    contract.trouble = lock_meanwhile
    page.send()
    person.waits_for(lambda: contract.posts == 1 and relay.vault.locked)
    person.window.lock()
    person.unlocks("girafe lanterne octobre")
    desk = person.workplace.desk
    record = filing_record(desk, application)
    assert record is not None
    assert record.attempt is Attempt.SENDING
    assert "Un envoi est resté sans réponse" in texts(settled(person))
