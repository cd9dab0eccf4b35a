"""The journal: in order, about whom, and every tampering located."""

from __future__ import annotations

from itertools import pairwise

import pytest

from vault.errors import RecordNotFound
from vault.records.journal import Action, Entry
from vault.records.people import Person
from vault.vault import Vault


@pytest.fixture
def lines(vault: Vault, zoe: Person) -> list[Entry]:
    """Ten lines after those of creation and opening."""
    return [
        vault.journal.add(
            Action.PRINTED, person_id=zoe.id, application_id=f"a{number % 2}", detail={"n": "é"}
        )
        for number in range(10)
    ]


def test_lines_follow_one_another(vault: Vault, lines: list[Entry]) -> None:
    assert [line.seq for line in lines] == list(range(lines[0].seq, lines[0].seq + 10))
    for before, after in pairwise(lines):
        assert after.previous == before.hash
    assert vault.journal.recent(10) == lines[::-1]
    assert vault.journal.recent(1000)[-1].previous == "0" * 64
    assert vault.journal.first_break() is None


def test_lines_are_found_by_what_they_are_about(
    vault: Vault, zoe: Person, lines: list[Entry]
) -> None:
    assert vault.journal.of_person(zoe.id) == lines
    assert vault.journal.of_application("a1") == lines[1::2]
    assert vault.journal.of_person("nobody") == []


def test_lines_stay_when_the_person_goes(vault: Vault, zoe: Person, lines: list[Entry]) -> None:
    vault.people.delete(zoe.id)
    with pytest.raises(RecordNotFound):
        vault.people.get(zoe.id)
    assert vault.journal.of_person(zoe.id) == lines
    assert vault.journal.first_break() is None


TAMPERINGS = {
    "moment": "UPDATE journal SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 8",
    "user": "UPDATE journal SET user = 'Yann KERVELLA' WHERE seq = 8",
    "user's identifier": "UPDATE journal SET user_id = 'u9' WHERE seq = 8",
    "user's identifier removed": "UPDATE journal SET user_id = NULL WHERE seq = 8",
    "action": "UPDATE journal SET action = 'person_added' WHERE seq = 8",
    "unknown action": "UPDATE journal SET action = 'nothing' WHERE seq = 8",
    "person": "UPDATE journal SET person_id = NULL WHERE seq = 8",
    "application": "UPDATE journal SET application_id = 'a9' WHERE seq = 8",
    "detail": "UPDATE journal SET detail = '{}' WHERE seq = 8",
    "detail that is no JSON": "UPDATE journal SET detail = '{' WHERE seq = 8",
    "hash": "UPDATE journal SET hash = previous WHERE seq = 8",
    "line removed": "DELETE FROM journal WHERE seq = 8",
    "line moved": "UPDATE journal SET seq = 800 WHERE seq = 8",
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_located(vault: Vault, lines: list[Entry], tampering: str) -> None:
    vault.journal._store.run(TAMPERINGS[tampering])
    assert vault.journal.first_break() == 8
    assert vault.verify().problems == ("Journal rompu à la ligne 8.",)


def test_lines_cut_from_the_end_are_missed(vault: Vault, lines: list[Entry]) -> None:
    vault.journal._store.run("DELETE FROM journal WHERE seq >= 8")
    assert vault.journal.first_break() == 8


def test_a_line_added_outside_the_chain_is_seen(vault: Vault, lines: list[Entry]) -> None:
    last = lines[-1].seq
    vault.journal._store.run(
        "INSERT INTO journal SELECT ?, at, user, action, person_id, application_id, detail,"
        " previous, hash, user_id, NULL FROM journal WHERE seq = ?",
        (last + 1, last),
    )
    assert vault.journal.first_break() == last + 1
    assert vault.journal.add(Action.PRINTED).seq == last + 2
    assert vault.journal.first_break() == last + 1


def test_the_user_is_whoever_opened(vault: Vault, lines: list[Entry]) -> None:
    assert {line.user for line in lines} == {vault.user}
