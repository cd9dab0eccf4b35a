"""Vaults that know each other, and what goes between them as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.exchanges.bundles import send_bundle
from desktop.workflows.exchanges.contacts import import_card, mark_verified, save_my_card
from desktop.workflows.exchanges.receipts import record_outcome, write_receipt
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.history import history_of_application
from desktop.workflows.people.profiles import add_person
from exports.bundle.receipt import OutcomeKind
from vault.key_slots.kdf import Kdf
from vault.vault import Vault, VaultKind

PASSPHRASE = "girafe lanterne octobre"
NAME = "/data/identite/nom"


@dataclass(frozen=True)
class Exchange:
    """Stations and relays in one folder."""

    folder: Path

    def vault(self, name: str, kind: VaultKind) -> Desk:
        """A new vault."""
        vault, _ = Vault.create(
            self.folder / name,
            kind=kind,
            place=name,
            user="C. Le Goff",
            passphrase=PASSPHRASE,
            kdf=Kdf(),
        )
        return desk_of(vault)

    def acquaint(self, one: Desk, other: Desk, *, verified: bool = True) -> None:
        """Give each the other's card."""
        for giver, taker in ((one, other), (other, one)):
            card = self.folder / "carte"
            save_my_card(giver, card)
            contact = import_card(taker, card)
            if verified:
                mark_verified(taker, contact.id)

    def send(self, station: Desk, application: str, *relays: Desk) -> Path:
        """A bundle of one application."""
        number = len(list(self.folder.glob("*.liasse")))
        file = self.folder / f"{number}.liasse"
        send_bundle(station, [application], [relay.vault.id for relay in relays], file)
        return file

    def answer(self, relay: Desk, application: str, outcome: OutcomeKind) -> Path:
        """A receipt for the bundle an application last came in."""
        record_outcome(relay, application, outcome, on=date(2026, 11, 24))
        bundle = relay.vault.applications.get(application).bundle_id
        assert bundle is not None
        number = len(list(self.folder.glob("*.accuse")))
        file = self.folder / f"{number}.accuse"
        write_receipt(relay, bundle, file)
        return file


def application_of(station: Desk, name: str = "Ünal-Œillet") -> str:
    """An application of a new person."""
    person = add_person(station, {"identite.nom_naissance": name, "identite.prenoms": "Zoë"})
    application = start_application(station, person, "election-de-domicile")
    answered(station, application, name)
    return application


def answered(desk: Desk, application: str, name: str) -> None:
    """Type the name of an application."""
    open_application(desk, application).type_in(NAME, name)


def told(desk: Desk, application: str) -> list[str]:
    """The history of an application, the latest first."""
    return [line.what for line in history_of_application(desk, application)]
