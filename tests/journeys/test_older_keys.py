"""Keys from before post-quantum ones: a question before they are mixed, a button to renew them."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QFileDialog

from desktop.ui.exchanges.contacts_page import ContactsPage
from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.page import Place
from desktop.ui.relay.receipts_page import ReceiptsPage
from desktop.workflows.errors import OlderKeys
from desktop.workflows.exchanges.bundles import receive_bundle, send_bundle
from desktop.workflows.exchanges.contacts import identity_of, mark_verified, older_keys, take_card
from desktop.workflows.exchanges.receipts import record_outcome, write_receipt
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.start.opening import unlock
from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.keys import recipient_of
from exports.bundle.card import write_card
from exports.bundle.envelope import decrypt, encrypt
from exports.bundle.errors import MixedRecipients
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import ApplicationParcel, BundleContents
from exports.bundle.reader import read_bundle
from exports.bundle.receipt import OutcomeKind, read_receipt
from exports.bundle.writer import write_bundle
from tests.journeys.person import Person
from vault.age_keys import make_age_keys

VERSION_1 = Path(__file__).parents[1] / "vault" / "vaults" / "version-1"


def party(name: str, kind: str, secret: str, number: int) -> Identity:
    signing = Ed25519PrivateKey.generate()
    named = Party(
        f"4be0643f-1d98-573b-97cd-{number:012d}",
        name,
        kind,
        recipient_of(secret),
        signing.public_key().public_bytes_raw(),
    )
    return Identity(named, secret, signing.private_bytes_raw())


def older_relay() -> Identity:
    return party("SPIP", "relay", encode_bech32("age-secret-key-", os.urandom(32)).upper(), 1)


def test_older_keys_are_asked_about_before_a_bundle_is_written(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    application = start_application(
        desk, add_person(desk, {"identite.nom_naissance": "Ünal-Œillet"}), "caf-incarceration"
    )
    older, today = older_relay(), party("Mairie", "relay", make_age_keys().secret, 2)
    for one in (older, today):
        mark_verified(desk, take_card(desk, write_card(one)).id)
    assert older_keys(desk, [today.party.id]) == ()
    assert older_keys(desk, [today.party.id, older.party.id]) == ("SPIP",)
    file = tmp_path / "envoi.liasse"
    with pytest.raises(OlderKeys):
        send_bundle(desk, [application], [older.party.id], file)
    assert not file.exists()

    person.workplace.go(Place.CONTACTS)
    person.page(ContactsPage)
    person.workplace.go(Place.EXCHANGES)
    page = person.page(ExchangesPage)
    page.applications[application].setChecked(True)
    page.contacts[older.party.id].setChecked(True)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    person.click("Enregistrer la liasse…")
    assert not file.exists()
    person.click("Écrire quand même")
    person.hears("vous pouvez retirer la clé")
    assert read_bundle(file.read_bytes(), older, []).contents.applications[0].id == application


def test_older_keys_are_asked_about_before_a_receipt_is_written(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.creates_vault(tmp_path / "relais", kind="relay", office="SPIP", user="A. Morvan")
    desk = person.workplace.desk
    secret = encode_bech32("age-secret-key-", os.urandom(32)).upper()
    station = party("Centre", "station", secret, 3)
    take_card(desk, write_card(station))
    parcel = ApplicationParcel(
        "8f14e45f-ceea-467f-a0e6-000000000002", 1, "f", "1", "F", "", {}, {}, b"%PDF", ()
    )
    contents = BundleContents(
        "8f14e45f-ceea-467f-a0e6-000000000001",
        "2026-041",
        "2026-11-23T14:32:00+01:00",
        (parcel,),
        "",
    )
    with pytest.raises(MixedRecipients):
        write_bundle(contents, station, [identity_of(desk).party])
    bundle = tmp_path / "envoi.liasse"
    bundle.write_bytes(write_bundle(contents, station, [identity_of(desk).party], mixed=True))
    receive_bundle(desk, bundle)
    record_outcome(desk, parcel.id, OutcomeKind.FILED_BY_POST, on=date(2026, 11, 24))
    file = tmp_path / "retour.accuse"
    with pytest.raises(OlderKeys):
        write_receipt(desk, contents.id, file)

    person.workplace.go(Place.RECEIPTS)
    person.page(ReceiptsPage)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    person.click("Enregistrer l’accusé…")
    assert not file.exists()
    person.click("Écrire quand même")
    person.hears("est écrit")
    (outcome,) = read_receipt(file.read_bytes(), station, []).contents.outcomes
    assert outcome.application_id == parcel.id


def test_an_older_vault_renews_its_keys_and_still_opens_what_it_was_sent(
    tmp_path: Path, person: Person
) -> None:
    folder = tmp_path / "coffre"
    shutil.copytree(VERSION_1, folder)
    desk = unlock(folder, "quatre mots tirés au sort")
    before = identity_of(desk)
    sent = encrypt(b"content", [before.party.recipient])
    # Keys of one kind are not mixed, be it the older.
    older = older_relay()
    take_card(desk, write_card(older))
    assert older_keys(desk, [older.party.id]) == ()
    today = party("Mairie", "relay", make_age_keys().secret, 2)
    take_card(desk, write_card(today))
    assert older_keys(desk, [today.party.id]) == (desk.vault.place,)
    desk.vault.lock()

    person.window.show_unlock(folder)
    person.unlocks("quatre mots tirés au sort")
    person.workplace.go(Place.CONTACTS)
    person.page(ContactsPage)
    person.click("Renouveler mes clés")
    person.hears("Vos clés sont renouvelées")
    desk = person.workplace.desk
    after = identity_of(desk)
    assert after.party.recipient.startswith("age1pq1")
    assert after.party.verify_key == before.party.verify_key
    assert decrypt(sent, after.age_secrets) == b"content"
    assert older_keys(desk, [today.party.id]) == ()
