"""A vault of hundreds: lists that show their first lines, then more, and leave nobody out."""

from __future__ import annotations

from pathlib import Path

from desktop.ui.applications.list_page import ApplicationsPage
from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.page import Place
from desktop.ui.parts.growing_list import AT_ONCE, GrowingList
from desktop.workflows.filling.applications import set_state, start_application
from desktop.workflows.people.profiles import add_person
from tests.desktop.workflows.pair import make_desk
from tests.journeys.person import Person
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

MANY = 510


def test_nobody_is_left_out_of_long_lists(person: Person, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "poste", VaultKind.STATION, "Centre")
    with desk.vault.transaction():
        for number in range(MANY):
            name = f"Nom {number:04d}"
            record = add_person(desk, {"identite.nom_naissance": name, "identite.prenoms": "Zoë"})
            started = start_application(desk, record, "lettre-libre")
            if not number:
                # The one that was changed the longest ago is the one that must leave.
                set_state(desk, started, ApplicationState.READY)
    person.window.open_desk(desk)

    person.workplace.go(Place.EXCHANGES)
    exchanges = person.page(ExchangesPage)
    ticked = [box for box in exchanges.applications.values() if box.isChecked()]
    assert [box.accessibleName() for box in ticked] == ["NOM 0000 Zoë — Lettre libre"]
    assert len(exchanges.applications) < 30

    person.workplace.go(Place.APPLICATIONS)
    (shown,) = person.page(ApplicationsPage).findChildren(GrowingList)
    assert len(shown.lines) == AT_ONCE
    person.click(f"Afficher la suite (encore\u00a0{MANY - AT_ONCE})")
    assert len(shown.lines) == 2 * AT_ONCE
    person.is_at_the_window()
    person.waits_for(lambda: shown.lines[AT_ONCE].hasFocus())
    while len(shown.lines) < MANY:
        shown.grow()
    assert shown.more.isHidden()
    assert any("NOM 0000" in line.accessibleName() for line in shown.lines)
    person.window.lock()
