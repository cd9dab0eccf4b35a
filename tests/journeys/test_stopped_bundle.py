"""A bundle of scans stopped half way from the window: nothing is left of it, nothing was sent."""

from __future__ import annotations

from pathlib import Path

from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.page import Place
from desktop.workflows.exchanges.contacts import mark_verified, take_card
from desktop.workflows.filling.states import EDITABLE
from exports.bundle.card import write_card
from tests.desktop.workflows.carrying import keep_scans
from tests.desktop.workflows.exchanging import application_of
from tests.journeys.person import Person
from tests.journeys.test_older_keys import party
from vault.age_keys import make_age_keys


def test_writing_a_bundle_can_be_stopped(person: Person, tmp_path: Path) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    relay = party("SPIP", "relay", make_age_keys().secret, 1)
    mark_verified(desk, take_card(desk, write_card(relay)).id)
    application = application_of(desk)
    keep_scans(desk, application, 30)
    stick = tmp_path / "clé"
    stick.mkdir()

    person.workplace.go(Place.EXCHANGES)
    page = person.page(ExchangesPage)
    page.applications[application].setChecked(True)
    page.contacts[relay.party.id].setChecked(True)
    page.send_to(stick / "envoi.liasse")
    person.click("Arrêter")
    person.hears("Vous avez arrêté")
    assert list(stick.iterdir()) == []
    assert desk.vault.applications.get(application).state in EDITABLE
    assert page.progress.isHidden()

    page.send_to(stick / "envoi.liasse")
    person.hears("vous pouvez retirer la clé")
    assert [file.name for file in stick.iterdir()] == ["envoi.liasse"]
