"""Bundles and receipts that cross, repeat or come out of order: the same end, all of it told."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.workflows.desk import Desk
from desktop.workflows.errors import (
    ApplicationOfAnother,
    ReceiptForUnknownBundle,
    RevokedContact,
)
from desktop.workflows.exchanges.bundles import (
    list_bundles,
    preview_bundle,
    receive_bundle,
    send_bundle,
)
from desktop.workflows.exchanges.contacts import revoke_contact
from desktop.workflows.exchanges.receipts import import_receipt
from desktop.workflows.filling.states import STATE_WORDS
from exports.bundle.receipt import OutcomeKind
from tests.desktop.workflows.exchanging import (
    NAME,
    Exchange,
    answered,
    application_of,
    told,
)
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

FILED, REFUSED, INCOMPLETE = (
    OutcomeKind.FILED_ONLINE,
    OutcomeKind.REFUSED,
    OutcomeKind.INCOMPLETE,
)


@pytest.fixture
def exchange(tmp_path: Path) -> Exchange:
    return Exchange(tmp_path)


def corrected(exchange: Exchange, station: Desk, relay: Desk) -> tuple[str, list[Path]]:
    """An application sent, then sent again with another answer: two bundles."""
    application = application_of(station, "Premier")
    first = exchange.send(station, application, relay)
    station.vault.applications.save(
        replace(station.vault.applications.get(application), state=ApplicationState.INCOMPLETE)
    )
    answered(station, application, "Second")
    return application, [first, exchange.send(station, application, relay)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the newer first"])
def test_the_newer_revision_stays_whichever_comes_first(
    exchange: Exchange, order: Sequence[int]
) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application, files = corrected(exchange, station, relay)
    for number in order:
        assert receive_bundle(relay, files[number]).new
    held = relay.vault.applications.get(application)
    assert (held.answers[NAME], held.revision) == ("Second", 2)
    assert held.state is ApplicationState.TO_FILE
    assert len(relay.vault.documents.of_application(application)) == 1
    history = told(relay, application)
    if order == (0, 1):
        assert any("version 2 reçue dans la liasse" in line for line in history)
    else:
        assert any("version 1, plus ancienne que la version 2" in line for line in history)
    for desk in (station, relay):
        shown = {row.number: row.superseded for row in list_bundles(desk)}
        first, second = sorted(shown)
        assert shown[first] == f"remplacée par la liasse {second}"
        assert shown[second] == ""
    assert any("(version 2)" in line for line in told(station, application))


def test_the_same_bundle_again_changes_nothing_and_is_told_once(exchange: Exchange) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application = application_of(station)
    file = exchange.send(station, application, relay)
    receive_bundle(relay, file)
    before = relay.vault.applications.get(application)
    assert preview_bundle(relay, file).already_imported
    for _ in range(2):
        assert not receive_bundle(relay, file).new
    assert relay.vault.applications.get(application) == before
    again = [line for line in told(relay, application) if "présentée à nouveau" in line]
    assert len(again) == 1


def test_another_station_takes_an_application_over_only_once_verified(exchange: Exchange) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    other = exchange.vault("autre", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    exchange.acquaint(other, relay, verified=False)
    application = application_of(station, "Sien")
    receive_bundle(relay, exchange.send(station, application, relay))
    mine = other.vault.people.add(family_name="Pris", given_names="")
    copied = station.vault.applications.get(application)
    other.vault.applications.add(
        id=application,
        person_id=mine.id,
        form_id=copied.form_id,
        form_version=copied.form_version,
        form_title=copied.form_title,
        answers={NAME: "Pris"},
        revision=1,
    )
    file = exchange.folder / "autre.liasse"
    send_bundle(other, [application], [relay.vault.id], file, to_unverified=True)
    with pytest.raises(ApplicationOfAnother):
        receive_bundle(relay, file)
    assert relay.vault.applications.get(application).answers[NAME] == "Sien"
    assert len(list_bundles(relay)) == 1
    contact = relay.vault.contacts.get(other.vault.id)
    relay.vault.contacts.save(replace(contact, verified_at="2026-11-24T09:00:00+01:00"))
    assert receive_bundle(relay, file).new
    assert relay.vault.applications.get(application).answers[NAME] == "Pris"


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_receipts_of_one_relay_end_alike_in_any_order(
    exchange: Exchange, order: Sequence[int]
) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application = application_of(station)
    receive_bundle(relay, exchange.send(station, application, relay))
    receipts = [
        exchange.answer(relay, application, outcome) for outcome in (FILED, INCOMPLETE, REFUSED)
    ]
    for number in order:
        assert import_receipt(station, receipts[number]).new
    assert station.vault.applications.get(application).state is ApplicationState.REFUSED
    history = "\n".join(told(station, application))
    assert history.count("Accusé") == 3
    assert ("plus ancien que celui déjà reçu" in history) == (order != (0, 1, 2))
    assert not import_receipt(station, receipts[0]).new
    assert "présenté à nouveau" in "\n".join(told(station, application))


@pytest.mark.parametrize("first", [0, 1], ids=["filed first", "refused first"])
def test_two_relays_that_answer_otherwise_end_alike(exchange: Exchange, first: int) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relays = [exchange.vault(name, VaultKind.RELAY) for name in ("CCAS", "SPIP")]
    for relay in relays:
        exchange.acquaint(station, relay)
    application = application_of(station)
    file = exchange.send(station, application, *relays)
    receipts = []
    for relay, outcome in zip(relays, (FILED, REFUSED), strict=True):
        receive_bundle(relay, file)
        receipts.append(exchange.answer(relay, application, outcome))
    for number in (first, 1 - first):
        assert import_receipt(station, receipts[number]).new
    held = station.vault.applications.get(application)
    assert STATE_WORDS[held.state] == "Déposée"
    history = "\n".join(told(station, application))
    assert "refusée par l’organisme" in history
    assert "déposée en ligne" in history
    if first == 0:
        assert "un autre relais répond" in history


def test_an_answer_to_a_replaced_version_is_told_and_changes_nothing(exchange: Exchange) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application = application_of(station)
    receive_bundle(relay, exchange.send(station, application, relay))
    late = exchange.answer(relay, application, REFUSED)
    exchange.send(station, application, relay)
    assert import_receipt(station, late).new
    assert station.vault.applications.get(application).state is ApplicationState.SENT
    assert any("version remplacée depuis" in line for line in told(station, application))


def test_a_receipt_for_a_bundle_never_sent_is_refused(exchange: Exchange) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    other = exchange.vault("autre", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    for desk in (station, other):
        exchange.acquaint(desk, relay)
    application = application_of(station)
    receive_bundle(relay, exchange.send(station, application, relay))
    # The vault of the station was lost; its keys live on in another.
    receipt = exchange.answer(relay, application, FILED)
    station.vault.bundles._store.run("DELETE FROM bundles")
    with pytest.raises(ReceiptForUnknownBundle):
        import_receipt(station, receipt)
    assert station.vault.applications.get(application).state is ApplicationState.SENT


def test_nothing_is_exchanged_with_a_revoked_contact(exchange: Exchange) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application = application_of(station)
    file = exchange.send(station, application, relay)
    receive_bundle(relay, file)
    receipt = exchange.answer(relay, application, FILED)
    revoke_contact(station, relay.vault.id)
    with pytest.raises(RevokedContact):
        import_receipt(station, receipt)
    with pytest.raises(RevokedContact):
        exchange.send(station, application, relay)
    assert any("préparée pour relais" in line for line in told(station, application))
    revoke_contact(relay, station.vault.id)
    with pytest.raises(RevokedContact):
        exchange.answer(relay, application, REFUSED)
