"""A morning at the relay: a folder opened, work shared out, an application copied and answered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.everywhere.keys import EverywhereKeys, Key
from desktop.ui.page import Place
from desktop.ui.printing import printer
from desktop.ui.relay.copying_aid import CopyingAid
from desktop.ui.relay.form_page import FormPage
from desktop.ui.relay.inbox_page import InboxPage
from desktop.workflows.desk import Desk
from desktop.workflows.history import history_of_application
from desktop.workflows.relay.inbox import MINE
from desktop.workflows.start.idleness import idle_minutes
from tests.desktop.ui.test_clipboard import OwnedBoard
from tests.desktop.workflows.pair import PASSPHRASE, introduce, make_desk, send_one
from tests.journeys.person import Person
from vault.records.applications import ApplicationState
from vault.vault import VaultKind


@pytest.fixture
def relay(person: Person, tmp_path: Path) -> Desk:
    """A relay’s window, beside a folder of two bundles and a file that is none."""
    station = make_desk(tmp_path / "poste", VaultKind.STATION, "Maison d’arrêt de Brest")
    relay = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP")
    introduce(station, relay, tmp_path)
    folder = tmp_path / "liasses"
    folder.mkdir()
    for name in ("Ünal-Œillet", "Kervella"):
        send_one(station, relay, folder / f"{name}.liasse", name=name)
    station.vault.lock()
    (folder / "autre.liasse").write_bytes(b"autre chose")
    person.window.open_desk(relay)
    return relay


def opens_the_folder(person: Person, folder: Path) -> InboxPage:
    page = person.page(InboxPage)
    page.receive_folder(folder)
    person.waits_for(page.opened.isVisible)
    return page


def aid_of(person: Person) -> CopyingAid:
    return person.window.findChildren(CopyingAid)[-1]


def test_a_folder_is_opened_in_the_window(person: Person, relay: Desk, tmp_path: Path) -> None:
    page = opens_the_folder(person, tmp_path / "liasses")
    said = page.opened.findChildren(type(page.opened._said))
    assert any("2\u00a0liasses reçues (2\u00a0démarches)" in one.text() for one in said)
    assert any(one.text().startswith("autre.liasse") for one in said)
    assert page.progress.isHidden()
    person.opens("KERVELLA")
    page = person.page(InboxPage)
    assert page.view is not None
    page.view.assignment.colleague.setCurrentIndex(1)
    page.view.assignment.colleague.activated.emit(1)
    person.hears("confiée à A. Morvan")
    person.type_in(page.view.assignment.deadline, "31 12 2099")
    person.hears("À déposer avant le 31/12/2099")
    page.filters.assigned.setCurrentIndex(page.filters.assigned.findData(MINE))
    page.filters.assigned.activated.emit(1)
    assert (
        "KERVELLA"
        in relay.vault.people.get(
            relay.vault.applications.get(page.list.first).person_id
        ).family_name.upper()
    )
    # The filter is still there on coming back.
    person.workplace.go(Place.RECEIPTS)
    person.workplace.go(Place.INBOX)
    assert len(person.page(InboxPage).list._rows) == 1


def test_an_application_is_copied_by_the_keyboard_alone(
    person: Person, relay: Desk, tmp_path: Path
) -> None:
    opens_the_folder(person, tmp_path / "liasses")
    person.opens("ÜNAL")
    person.click("Assistant de recopie")
    aid = aid_of(person)
    person.waits_for(aid.isVisible)
    assert aid.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    values = [step.text for step in aid.plan.steps if step.text]
    assert len(values) >= 2
    clipboard = QApplication.clipboard()
    aid.activateWindow()
    person.waits_for(aid.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier
    person.bot.keyClick(aid, Qt.Key.Key_Right, control)
    assert clipboard.text() == values[0]
    assert aid._value.text() == values[0]
    person.bot.keyClick(aid, Qt.Key.Key_Right, control)
    assert clipboard.text() == values[1]
    person.bot.keyClick(aid, Qt.Key.Key_Left, control)
    assert clipboard.text() == values[0]
    assert len(aid.done) == 1
    assert aid.plan.steps[aid.at].text == values[0]
    # Closed and opened again, it goes on from there.
    aid.close()
    person.waits_for(lambda: not person.window.findChildren(CopyingAid))
    person.click("Assistant de recopie")
    again = aid_of(person)
    again.copy_next()
    assert clipboard.text() == values[1]
    for _ in values:
        again.copy_next()
    assert again._label.text().startswith("Tout est copié")
    # Locking takes the window away, and what it had copied.
    person.window._clipboard._board = OwnedBoard(clipboard)
    person.window._clipboard.notice()
    person.window.lock()
    person.waits_for(lambda: not person.window.findChildren(CopyingAid))
    assert clipboard.text() == ""
    person.unlocks(PASSPHRASE)
    person.page(InboxPage)


def test_who_copies_from_the_browser_is_there(person: Person, relay: Desk, tmp_path: Path) -> None:
    opens_the_folder(person, tmp_path / "liasses")
    person.opens("ÜNAL")
    person.click("Assistant de recopie")
    aid = aid_of(person)
    now = [0.0]
    person.window.idleness.clock = lambda: now[0]
    person.window.watch_idleness()
    limit = 60 * idle_minutes(relay)
    # Each key is lent by the system: no event of this program's own tells of it.
    for _ in range(3):
        now[0] += limit - 1
        aid.keys.pressed.emit(Key.CTRL_RIGHT)
        person.window.idleness.look()
        assert not relay.vault.locked
    values = [step.text for step in aid.plan.steps if step.text]
    assert QApplication.clipboard().text() == values[min(2, len(values) - 1)]
    # The PC slept: nothing is copied for whoever is there now.
    now[0] += limit + 1
    aid.keys.pressed.emit(Key.CTRL_RIGHT)
    person.waits_for(lambda: relay.vault.locked)
    assert QApplication.clipboard().text() not in values
    person.unlocks(PASSPHRASE)
    person.page(InboxPage)


def test_the_keys_of_the_copying_aid_are_given_back(
    person: Person, relay: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[EverywhereKeys] = []
    monkeypatch.setattr(EverywhereKeys, "give_back", lambda keys: given_back.append(keys))
    opens_the_folder(person, tmp_path / "liasses")
    person.opens("ÜNAL")
    person.click("Assistant de recopie")
    aid = aid_of(person)
    # Heard from another window, where the system lends them.
    aid.keys.pressed.emit(Key.CTRL_RIGHT)
    aid.keys.pressed.emit(Key.CTRL_RIGHT)
    aid.keys.pressed.emit(Key.CTRL_LEFT)
    values = [step.text for step in aid.plan.steps if step.text]
    assert QApplication.clipboard().text() == values[0]
    assert given_back == []
    aid.close()
    assert len(given_back) == 1
    person.click("Assistant de recopie")
    person.waits_for(lambda: bool(person.window.findChildren(CopyingAid)))
    person.window.lock()
    assert len(given_back) == 2


def test_the_form_is_seen_as_it_was_printed(person: Person, relay: Desk, tmp_path: Path) -> None:
    opens_the_folder(person, tmp_path / "liasses")
    person.opens("KERVELLA")
    person.click("Voir le formulaire")
    page = person.page(FormPage)
    person.waits_for(lambda: page.view.is_drawn)
    title = page.bar_title()
    assert title is not None
    assert "élection de domicile" in title[1]
    page.save(tmp_path / "formulaire.pdf")
    person.hears("enregistré en clair")
    assert (tmp_path / "formulaire.pdf").read_bytes().startswith(b"%PDF-")
    person.click("Revenir à la démarche")
    shown = person.page(InboxPage).view
    assert shown is not None
    assert "KERVELLA" in shown._read.summary


def test_the_form_is_printed_as_it_demands_and_it_is_told(
    person: Person, relay: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def print_pdf(*_: object, single_sided: bool, **__: object) -> str:
        asked.append(single_sided)
        return "Bureau"

    monkeypatch.setattr(printer, "print_pdf", print_pdf)
    opens_the_folder(person, tmp_path / "liasses")
    person.opens("KERVELLA")
    shown = person.page(InboxPage).view
    assert shown is not None
    person.click("Imprimer", within=shown)
    person.hears("Envoyé à l’imprimante")
    # The same, as if it were a proxy, which wants separate sheets.
    application = relay.vault.applications.get(shown.record)
    relay.vault.applications.save(replace(application, form_id="procuration-vote"))
    person.workplace.go(Place.FORM_PDF, shown.record)
    page = person.page(FormPage)
    person.waits_for(lambda: page.view.is_drawn)
    assert not page.wishes.both_sides.isEnabled()
    person.click("Imprimer", within=page)
    assert asked == [False, True]
    told = [line.what for line in history_of_application(relay, shown.record)]
    assert sum("impression, 2 pages, sur «\u00a0Bureau\u00a0»" in one for one in told) == 2


def test_an_outcome_takes_two_clicks(person: Person, relay: Desk, tmp_path: Path) -> None:
    page = opens_the_folder(person, tmp_path / "liasses")
    person.opens("KERVELLA")
    record = person.page(InboxPage).view
    assert record is not None
    person.click("Indiquer l’issue…")
    person.click("Envoyée par courrier")
    person.hears("envoyée par courrier")
    kept = relay.vault.applications.get(record.record)
    assert kept.state is ApplicationState.FILED
    assert kept.outcome_on == relay.today().isoformat()
    assert page is not person.workplace.page


def test_a_refusal_has_its_reason(person: Person, relay: Desk, tmp_path: Path) -> None:
    opens_the_folder(person, tmp_path / "liasses")
    person.opens("KERVELLA")
    record = person.page(InboxPage).view
    assert record is not None
    person.click("Indiquer l’issue…")
    form = record.outcome
    assert not form.reason.isVisible()
    form.result.retype("filed_online")
    assert not form.reason.isVisible()
    form.result.retype("incomplete")
    assert form.reason.isVisible()
    form.reason.retype("missing_signature")
    person.click("Enregistrer l’issue")
    person.hears("incomplète")
    kept = relay.vault.applications.get(record.record)
    assert kept.comment == "Motif\u00a0: Signature manquante."
