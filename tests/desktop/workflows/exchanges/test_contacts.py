"""Keys that change: a card signed by the key that was compared is taken in one step, others not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.workflows.desk import Desk
from desktop.workflows.errors import OlderCard
from desktop.workflows.exchanges.bundles import receive_bundle
from desktop.workflows.exchanges.contacts import (
    identity_of,
    import_card,
    list_contacts,
    mark_verified,
    revoke_contact,
    take_card,
)
from desktop.workflows.history import lines_of
from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.keys import recipient_of
from exports.bundle.card import write_card
from exports.bundle.identity import Identity
from exports.bundle.reader import read_bundle
from exports.bundle.receipt import OutcomeKind
from tests.desktop.workflows.exchanging import Exchange, application_of
from tests.vectors.spoiling import identity
from vault.age_keys import make_age_keys
from vault.vault import VaultKind


@pytest.fixture
def station(tmp_path: Path) -> Desk:
    return Exchange(tmp_path).vault("poste", VaultKind.STATION)


def with_keys(one: Identity, secret: str) -> Identity:
    """The same contact with other encryption keys, its older ones kept to read."""
    party = replace(one.party, recipient=recipient_of(secret))
    return replace(one, party=party, age_secret=secret, former_age_secrets=one.age_secrets)


def test_new_keys_signed_by_the_compared_one_are_taken_in_one_step(station: Desk) -> None:
    relay = identity(9, "SPIP", "relay", hybrid=True)
    take_card(station, write_card(relay))
    mark_verified(station, relay.party.id)
    renewed = with_keys(relay, make_age_keys().secret)
    row = take_card(station, write_card(renewed))
    assert row.verified
    assert station.vault.contacts.get(relay.party.id).age_recipient == renewed.party.recipient
    told = [line.what for line in lines_of(station.vault.journal.recent(1), 1)]
    assert told == ["Nouvelle carte de SPIP, signée par lui"]
    # Somebody shows the card with the keys given up since: perhaps because they were stolen.
    with pytest.raises(OlderCard):
        take_card(station, write_card(relay))
    weaker = with_keys(relay, encode_bech32("age-secret-key-", os.urandom(32)).upper())
    with pytest.raises(OlderCard):
        take_card(station, write_card(weaker))
    assert station.vault.contacts.get(relay.party.id).age_recipient == renewed.party.recipient


def test_another_signing_key_is_compared_again(station: Desk) -> None:
    relay = identity(9, "SPIP", "relay", hybrid=True)
    take_card(station, write_card(relay))
    mark_verified(station, relay.party.id)
    last = "2026-11-20T10:00:00+01:00"
    contact = station.vault.contacts.get(relay.party.id)
    station.vault.contacts.save(replace(contact, last_exchange_at=last))
    other = identity(9, "SPIP volé", "relay", hybrid=True)
    row = take_card(station, write_card(other))
    assert (row.verified, row.keys_changed, row.last_exchange) == (False, True, last)
    told = [line.what for line in lines_of(station.vault.journal.recent(1), 1)]
    assert told == ["Autres clés de SPIP volé, à comparer"]
    # It was somebody else's: the card of before is taken again, and compared again.
    row = take_card(station, write_card(relay))
    assert (row.verified, row.keys_changed) == (False, True)
    assert not mark_verified(station, relay.party.id).keys_changed


def test_a_revoked_contact_comes_back_with_another_signing_key_alone(station: Desk) -> None:
    relay = identity(9, "SPIP", "relay", hybrid=True)
    take_card(station, write_card(relay))
    mark_verified(station, relay.party.id)
    assert revoke_contact(station, relay.party.id).revoked
    assert take_card(station, write_card(with_keys(relay, make_age_keys().secret))).revoked
    rebuilt = identity(9, "SPIP refait", "relay", hybrid=True)
    row = take_card(station, write_card(rebuilt))
    assert (row.revoked, row.verified) == (False, False)


def test_several_open_it_the_sender_too_and_the_last_exchange_is_known(tmp_path: Path) -> None:
    exchange = Exchange(tmp_path)
    station = exchange.vault("poste", VaultKind.STATION)
    relays = [exchange.vault(name, VaultKind.RELAY) for name in ("CCAS", "SPIP")]
    for relay in relays:
        exchange.acquaint(station, relay)
    assert {row.last_exchange for row in list_contacts(station)} == {None}
    data = exchange.send(station, application_of(station), *relays).read_bytes()
    for desk in (station, *relays):
        assert len(read_bundle(data, identity_of(desk), []).contents.applications) == 1
    assert None not in {row.last_exchange for row in list_contacts(station)}
    card = tmp_path / "x.carte"
    card.write_bytes(write_card(identity_of(relays[0])))
    assert import_card(station, card).verified


def test_a_receipt_is_an_exchange_too(tmp_path: Path) -> None:
    exchange = Exchange(tmp_path)
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application = application_of(station)
    receive_bundle(relay, exchange.send(station, application, relay))
    contact = relay.vault.contacts.get(station.vault.id)
    relay.vault.contacts.save(replace(contact, last_exchange_at=None))
    exchange.answer(relay, application, OutcomeKind.REFUSED)
    (row,) = list_contacts(relay)
    assert row.last_exchange is not None
