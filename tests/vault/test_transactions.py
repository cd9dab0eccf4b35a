"""Together or not at all, nested, and from several threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from vault.errors import RecordExists
from vault.records.journal import Action
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault


class Interrupted(Exception):
    """Something else went wrong."""


def add(vault: Vault, name: str) -> str:
    return vault.people.add(family_name=name, given_names="Yann").id


def names(vault: Vault) -> list[str]:
    return [person.family_name for person in vault.people.all()]


def test_what_fails_leaves_nothing(vault: Vault) -> None:
    lines = len(vault.journal.recent(100))
    with pytest.raises(Interrupted), vault.transaction():
        add(vault, "Kervella")
        vault.journal.add(Action.PERSON_ADDED)
        raise Interrupted
    assert names(vault) == []
    assert len(vault.journal.recent(100)) == lines
    assert vault.search("kervella") == []
    assert vault.verify().ok


def test_an_inner_failure_leaves_the_outer_part(vault: Vault) -> None:
    with vault.transaction():
        add(vault, "Kervella")
        with pytest.raises(Interrupted), vault.transaction():
            add(vault, "Mercier")
            raise Interrupted
        add(vault, "Silva")
    assert names(vault) == ["Kervella", "Silva"]


def test_an_outer_failure_takes_the_inner_part_along(vault: Vault) -> None:
    with pytest.raises(Interrupted), vault.transaction():
        with vault.transaction():
            add(vault, "Kervella")
        raise Interrupted
    assert names(vault) == []


def test_a_refused_record_does_not_end_the_transaction(vault: Vault) -> None:
    with vault.transaction():
        known = add(vault, "Kervella")
        with pytest.raises(RecordExists):
            vault.people.add(id=known, family_name="Mercier", given_names="Anne")
        add(vault, "Silva")
    assert names(vault) == ["Kervella", "Silva"]
    assert vault.people.get(known).family_name == "Kervella"


def test_threads_take_turns(closed: ClosedVault) -> None:
    vault = closed.open()

    def work(number: int) -> None:
        with vault.transaction():
            add(vault, f"Personne {number:03}")
            vault.journal.add(Action.PERSON_ADDED, detail={"number": str(number)})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(60)))
    assert names(vault) == [f"Personne {number:03}" for number in range(60)]
    assert vault.journal.first_break() is None
    vault.lock()
