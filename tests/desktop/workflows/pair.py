"""A station and a relay that know each other, and bundles between them."""

from __future__ import annotations

from pathlib import Path

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.exchanges.bundles import send_bundle
from desktop.workflows.exchanges.contacts import import_card, mark_verified, save_my_card
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from vault.vault import Vault, VaultKind

PASSPHRASE = "girafe lanterne octobre"


def make_desk(folder: Path, kind: VaultKind, place: str) -> Desk:
    """A new vault, open."""
    vault, _ = Vault.create(folder, kind=kind, place=place, user="A. Morvan", passphrase=PASSPHRASE)
    return desk_of(vault)


def introduce(first: Desk, second: Desk, folder: Path) -> None:
    """Let each have the other's card, compared."""
    for desk, other in ((first, second), (second, first)):
        card = folder / "carte"
        save_my_card(desk, card)
        mark_verified(other, import_card(other, card).id)


def send_one(station: Desk, relay: Desk, file: Path, *, name: str = "Ünal-Œillet") -> str:
    """Send one application of a new person in a bundle; its identifier."""
    person = add_person(station, {"identite.nom_naissance": name, "identite.prenoms": "Zoë"})
    application = start_application(station, person, "election-de-domicile")
    send_bundle(station, [application], [relay.vault.id], file)
    return application
