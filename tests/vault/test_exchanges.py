"""Contacts, bundles, receipts, settings: what is exchanged is recognised when it comes twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vault.errors import RecordExists, RecordNotFound
from vault.records.bundles import BundleRecord, Direction
from vault.records.contacts import Contact
from vault.records.receipts import ReceiptRecord
from vault.vault import Vault

BUNDLE = BundleRecord(
    id="b1",
    number="2026-001",
    direction=Direction.SENT,
    contact_ids=("relay", "other"),
    file_name="2026-001.liasse",
    sha256="00",
    application_ids=("a1", "a2"),
    created_at="2026-11-23T10:00:00+00:00",
    imported_at=None,
)
RECEIPT = ReceiptRecord(
    id="r1",
    bundle_id="b1",
    direction=Direction.RECEIVED,
    outcomes=({"application_id": "a1", "result": "filed_online"},),
    sha256="00",
    created_at="2026-11-24T10:00:00+00:00",
)


def put(vault: Vault, id: str, name: str) -> Contact:
    return vault.contacts.put(
        id=id, name=name, kind="relay", age_recipient="age1x", verify_key=b"\1" * 32, card=b"card"
    )


def test_a_contact_is_unverified_until_said_otherwise(vault: Vault) -> None:
    contact = put(vault, "relay", "SPIP de Valmont")
    assert contact.verified_at is None
    verified = vault.contacts.save(replace(contact, verified_at="2026-11-23T10:00:00+00:00"))
    assert vault.contacts.get("relay") == verified


def test_a_new_card_must_be_verified_anew(vault: Vault) -> None:
    contact = put(vault, "relay", "SPIP de Valmont")
    vault.contacts.save(replace(contact, verified_at="2026-11-23T10:00:00+00:00"))
    put(vault, "relay", "SPIP de Valmont")
    assert vault.contacts.get("relay").verified_at is None


def test_contacts_are_listed_as_a_dictionary_would(vault: Vault) -> None:
    for name in ("Zone", "Écluse", "accueil", "Œuvre", "Ode"):
        put(vault, name, name)
    listed = [contact.name for contact in vault.contacts.all()]
    assert listed == ["accueil", "Écluse", "Ode", "Œuvre", "Zone"]
    assert vault.contacts.find("none") is None
    with pytest.raises(RecordNotFound):
        vault.contacts.get("none")


def test_the_same_bundle_twice_is_noticed(vault: Vault) -> None:
    vault.bundles.add(BUNDLE)
    with pytest.raises(RecordExists):
        vault.bundles.add(replace(BUNDLE, number="2026-002"))
    assert vault.bundles.get("b1") == BUNDLE
    assert vault.bundles.find("b2") is None
    with pytest.raises(RecordNotFound):
        vault.bundles.get("b2")


def test_bundles_are_numbered_by_the_year_they_were_sent(vault: Vault) -> None:
    vault.bundles.add(BUNDLE)
    vault.bundles.add(replace(BUNDLE, id="b2", number="2025-009"))
    vault.bundles.add(replace(BUNDLE, id="b3", direction=Direction.RECEIVED))
    assert (vault.bundles.count_sent(2026), vault.bundles.count_sent(2027)) == (1, 0)
    assert [bundle.id for bundle in vault.bundles.all()] == ["b3", "b2", "b1"]


def test_the_same_receipt_twice_is_noticed(vault: Vault) -> None:
    vault.receipts.add(RECEIPT)
    with pytest.raises(RecordExists):
        vault.receipts.add(RECEIPT)
    assert vault.receipts.find("r1") == RECEIPT
    assert vault.receipts.find("r2") is None
    assert vault.receipts.all() == [RECEIPT]


def test_settings_hold_json(vault: Vault) -> None:
    assert vault.settings.get("lieu", "rien") == "rien"
    for value in (["é", 1, None], {"a": {"b": True}}, None, ""):
        vault.settings.set("lieu", value)
        assert vault.settings.get("lieu", "rien") == value
