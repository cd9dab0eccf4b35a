"""How long things are kept: rules, each one’s day, what is listed; the clock decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.errors import NoReason, NotLater
from desktop.workflows.filling.applications import set_state, start_application
from desktop.workflows.months import months_after, months_before, months_between
from desktop.workflows.people.profiles import add_person, person_page
from desktop.workflows.retention.erasing import erase
from desktop.workflows.retention.rules import (
    RetentionRules,
    application_retention_said,
    choose_rules,
    clock_doubt,
    due_count,
    due_items,
    erased_with,
    keep_longer,
    retention_rules,
)
from vault.errors import NotResponsible
from vault.key_slots.key_slot import Role
from vault.records.applications import ApplicationState
from vault.records.journal import Action
from vault.vault import Vault, VaultKind

PASSPHRASE = "quatre mots tirés au sort"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Maison d’arrêt de Valmont",
        user="C. Le Goff",
        passphrase=PASSPHRASE,
    )
    yield desk_of(vault)
    vault.lock()


def on(desk: Desk, day: date) -> Desk:
    """The same desk on another day."""
    return replace(desk, now=lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def somebody(desk: Desk, name: str) -> str:
    return add_person(desk, {"identite.nom_naissance": name, "identite.prenoms": "Lou"})


def closed(desk: Desk, person: str, day: str) -> str:
    """An application of theirs that was closed on a day."""
    id = start_application(desk, person, "election-de-domicile")
    application = desk.vault.applications.get(id)
    desk.vault.applications.save(
        replace(application, state=ApplicationState.ACCEPTED, outcome_on=day)
    )
    return id


def listed(desk: Desk) -> list[tuple[str, str]]:
    return [(item.name, item.since.isoformat()) for item in due_items(desk)]


def test_a_person_falls_due_with_their_last_application(desk: Desk) -> None:
    person = somebody(desk, "Kervella")
    closed(desk, person, "2025-02-28")
    closed(desk, person, "2025-08-31")
    assert listed(on(desk, date(2026, 2, 27))) == []
    (item,) = due_items(on(desk, date(2026, 2, 28)))
    assert (item.application_id is None, item.what) == (False, "Demande d’élection de domicile")
    assert listed(on(desk, date(2026, 8, 30))) == [("KERVELLA Lou", "2026-02-28")]
    (item,) = due_items(on(desk, date(2026, 8, 31)))
    assert (item.application_id, item.what) == (None, "La personne et ses 2\u00a0démarches")
    assert item.why == "Dernière démarche close depuis plus de 12\u00a0mois."
    assert due_count(on(desk, date(2026, 8, 31))) == "1\u00a0personne"


def test_nobody_falls_due_while_something_is_under_way(desk: Desk) -> None:
    person = somebody(desk, "Kervella")
    old = closed(desk, person, "2001-01-01")
    start_application(desk, person, "election-de-domicile")
    (item,) = due_items(desk)
    assert item.application_id == old
    assert person_page(desk, person).kept == "Gardée tant qu’une démarche est en cours."


def test_who_has_no_application_falls_due_after_the_last_change(desk: Desk) -> None:
    somebody(desk, "Kervella")
    today = desk.today()
    later = months_after(today, 12)
    assert listed(on(desk, months_before(later, 1))) == []
    assert listed(on(desk, later)) == [("KERVELLA Lou", later.isoformat())]


def test_an_application_closes_by_its_state_and_opens_again(desk: Desk) -> None:
    id = start_application(desk, somebody(desk, "Kervella"), "election-de-domicile")
    assert desk.vault.applications.get(id).closed_on is None
    assert application_retention_said(desk, id) == ""
    set_state(desk, id, ApplicationState.CLOSED)
    ended = desk.vault.applications.get(id).closed_on
    assert ended == datetime.now(UTC).date().isoformat()
    assert application_retention_said(desk, id).startswith("À effacer à partir du ")
    set_state(desk, id, ApplicationState.INCOMPLETE)
    assert desk.vault.applications.get(id).closed_on is None


def test_the_rules_are_a_responsable_s(desk: Desk) -> None:
    assert retention_rules(desk) == RetentionRules(12, 12)
    closed(desk, somebody(desk, "Kervella"), "2026-01-31")
    choose_rules(desk, RetentionRules(3, 6))
    assert listed(on(desk, date(2026, 4, 30))) == [("KERVELLA Lou", "2026-04-30")]
    (line,) = desk.vault.journal.recent(1)
    assert (line.action, line.detail) == (
        Action.RETENTION_CHANGED,
        {"closed": "3", "unused": "6"},
    )
    with pytest.raises(ValueError, match="duration"):
        choose_rules(desk, RetentionRules(0, 12))


def test_who_is_no_responsable_changes_nothing(desk: Desk) -> None:
    person = somebody(desk, "Kervella")
    closed(desk, person, "2001-01-31")
    desk.vault.users.add("Yann", Role.WORKER, "une phrase de passe à lui")
    desk.vault.lock()
    other = desk_of(Vault.unlock(desk.vault.folder, "une phrase de passe à lui"))
    items = due_items(other)
    assert len(items) == 1
    with pytest.raises(NotResponsible):
        choose_rules(other, RetentionRules(3, 3))
    with pytest.raises(NotResponsible):
        keep_longer(other, items, date(2099, 1, 1), "un recours")
    with pytest.raises(NotResponsible):
        erase(other, [person])
    assert due_items(other) == items
    other.vault.lock()


def test_what_is_kept_longer_says_why(desk: Desk) -> None:
    person = somebody(desk, "Kervella")
    one = closed(desk, person, "2001-01-31")
    today = on(desk, date(2026, 6, 1))
    items = due_items(today)
    with pytest.raises(NoReason):
        keep_longer(today, items, date(2027, 1, 1), "  ")
    with pytest.raises(NotLater):
        keep_longer(today, items, date(2026, 6, 1), "un recours")
    assert due_items(today) == items
    keep_longer(today, items, date(2027, 1, 1), "un recours")
    assert due_items(today) == ()
    said = "À effacer à partir du 1er\u00a0janvier 2027. Gardée plus longtemps\u00a0: un recours"
    assert person_page(today, person).kept == said
    assert application_retention_said(today, one) == said
    assert listed(on(desk, date(2027, 1, 1))) == [("KERVELLA Lou", "2027-01-01")]
    line = desk.vault.journal.of_person(person)[-1]
    assert (line.action, line.detail) == (Action.RETENTION_POSTPONED, {"until": "2027-01-01"})


def test_several_are_erased_at_once_and_nothing_else(desk: Desk) -> None:
    gone, stays = somebody(desk, "Kervella"), somebody(desk, "Ünal")
    closed(desk, gone, "2001-01-31")
    alone = closed(desk, stays, "2001-01-31")
    kept = start_application(desk, stays, "election-de-domicile")
    people, applications = erased_with(due_items(desk))
    assert (people, applications) == ([gone], [alone])
    erase(desk, people, applications)
    assert desk.vault.people.find(gone) is None
    assert [one.id for one in desk.vault.applications.of_person(stays)] == [kept]
    assert due_items(desk) == ()
    assert desk.vault.verify().ok


def test_the_clock_alone_neither_erases_nor_hides_in_silence(desk: Desk) -> None:
    person = somebody(desk, "Kervella")
    closed(desk, person, "2001-01-31")
    reopened(desk)
    set_back = on(desk, date(1999, 1, 1))
    assert due_items(set_back) == due_items(desk) != ()
    assert "Réglez la date" in clock_doubt(set_back)
    forward = on(desk, date(2090, 1, 1))
    assert "l’horloge a été avancée" in clock_doubt(forward)
    assert desk.vault.people.find(person) is not None
    assert clock_doubt(desk) == ""
    assert len(due_items(desk)) == 1


def reopened(desk: Desk) -> None:
    """As if the vault had been locked and opened again: the clock is told by earlier sessions."""
    desk.vault.journal.add(Action.LOCKED)
    desk.vault.journal.add(Action.UNLOCKED)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_are_counted_as_people_do(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and months_after(later, 0) == later)
    assert 0 <= (day - months_before(later, months)).days <= 3
    assert len(list(months_between(day, later))) == months + 1
