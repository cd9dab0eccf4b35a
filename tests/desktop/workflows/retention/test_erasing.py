"""After a whole round trip, nothing in either vault names who was erased; the others are intact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.workflows.demo import people as demo_people
from desktop.workflows.demo.round_trip import run_demonstration
from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.exchanges.bundles import receive_bundle
from desktop.workflows.exchanges.receipts import import_receipt
from desktop.workflows.retention.erasing import erase, erasure_said
from desktop.workflows.start.interruption import Interruption, set_aside
from desktop.workflows.start.resume import remember_place
from desktop.workflows.statistics.monthly import activity
from vault.records.search import fold
from vault.vault import Vault


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented people, their applications sent, answered, and the answers taken in."""
    out = tmp_path_factory.mktemp("démonstration")
    run_demonstration(out, None, lambda _: None)
    return out


def opened(folder: Path) -> Desk:
    return desk_of(Vault.unlock(folder, demo_people.PASSPHRASE))


def cells(desk: Desk) -> Iterator[str]:
    """Every text of every table, the settings, the journal and the index of words included."""
    store = desk.vault._store
    for (table,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in store.rows(f"SELECT * FROM {table}"):
            for cell in row:
                yield cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


@pytest.mark.parametrize("place", ["poste", "relais"])
def test_nothing_in_the_vault_names_who_was_erased(demonstration: Path, place: str) -> None:
    desk = opened(demonstration / place)
    vault = desk.vault
    gone, *others = vault.people.all()
    applications = [one.id for one in vault.applications.of_person(gone.id)]
    ids = [gone.id, *applications, *(one.id for one in vault.documents.of_person(gone.id))]
    remember_place(desk, "person", gone.id)
    set_aside(desk, Interruption("filling", applications[0], unsaved={"/data/x": "Un secret"}))
    vault.settings.set("repair_report", {"kept": "", "missing": [f"Perdue: {gone.family_name}"]})
    left = {one.id: vault.applications.of_person(one.id) for one in others}
    before = list(cells(desk))
    assert all(any(id in cell for cell in before) for id in ids)
    said = erasure_said(desk, [gone.id])
    assert said.question == "Effacer 1\u00a0personne\u00a0?"
    erase(desk, [gone.id])
    after = list(cells(desk))
    assert [cell for cell in after if any(id in cell for id in ids)] == []
    name = fold(gone.family_name)
    assert any(name in fold(cell) for cell in before)
    assert [cell for cell in after if name in fold(cell) or "Un secret" in cell] == []
    assert {one.id: vault.applications.of_person(one.id) for one in others} == left
    assert vault.verify().ok
    activity(desk, desk.today(), desk.today())
    vault.lock()


def test_what_comes_again_from_outside_brings_nobody_back(demonstration: Path) -> None:
    (bundle,) = demonstration.glob("*.liasse")
    (receipt,) = demonstration.glob("*.accuse")
    relay, station = opened(demonstration / "relais"), opened(demonstration / "poste")
    for desk in (relay, station):
        erase(desk, [person.id for person in desk.vault.people.all()])
    assert not receive_bundle(relay, bundle).new
    assert not import_receipt(station, receipt).new
    for desk in (relay, station):
        assert desk.vault.people.count() == 0
        assert [one.outcomes for one in desk.vault.receipts.all()] == [()]
        desk.vault.lock()
