"""Blank copies kept by name, and the key that seals their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vault.records.blank_copies import PAPER_KEY_SIZE
from vault.records.people import Person
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault


def test_a_copy_is_found_by_its_name(vault: Vault, zoe: Person) -> None:
    kept = vault.blank_copies.add(
        "8XK4-9Q2M-7TRD", "rsa", "3", person_id=zoe.id, application_id=None, sidecar="{}"
    )
    assert vault.blank_copies.find("8XK4-9Q2M-7TRD") == kept
    assert vault.blank_copies.of_person(zoe.id) == [kept]
    assert vault.blank_copies.find("8XK4-9Q2M-7TRE") is None


def test_a_copy_for_anybody_stays_and_one_for_a_person_goes(vault: Vault, zoe: Person) -> None:
    for name, person in (("ZZZZ", None), ("YYYY", zoe.id)):
        vault.blank_copies.add(
            name, "rsa", "3", person_id=person, application_id=None, sidecar="{}"
        )
    vault.people.delete(zoe.id)
    assert vault.blank_copies.find("YYYY") is None
    assert vault.blank_copies.find("ZZZZ") is not None


def test_the_key_is_drawn_once(closed: ClosedVault) -> None:
    vault = closed.open()
    key = vault.blank_copies.key()
    assert len(key) == PAPER_KEY_SIZE
    assert vault.blank_copies.key() == key
    vault.lock()
    vault = closed.open()
    assert vault.blank_copies.key() == key
    vault.lock()
