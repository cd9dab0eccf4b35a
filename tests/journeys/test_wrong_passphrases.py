"""Somebody guesses before a locked PC: slower and slower, and the next user is told."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from pytest import MonkeyPatch

from desktop.cli import main
from desktop.ui.page import Place
from desktop.ui.settings.journal_page import JournalPage
from desktop.ui.start.unlock import Unlock
from desktop.ui.window import Window
from tests.journeys.person import PASSPHRASE, Person
from vault.key_slots.recovery import RecoveryKey

WRONG = "une phrase qui n’ouvre rien"


def guesses(person: Person, words: str) -> Unlock:
    page = person.sees(Unlock)
    page.passphrase.input.setText(words)
    page.open()
    person.waits_for(lambda: "Ouverture" not in page._open.text())
    return page


def waited(page: Unlock) -> None:
    """The seconds go by."""
    while page._held:
        page._seconds.timeout.emit()


def test_each_guess_waits_longer_even_after_a_restart(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "poste"
    person.creates_vault(folder, kind="station", office="Centre", user="C. Le Goff")
    person.window.lock()
    for _ in range(2):
        page = guesses(person, WRONG)
        assert page._open.isEnabled()
    page = guesses(person, WRONG)
    assert page._open.text() == "Nouvel essai dans 2\u00a0s"
    waited(page)
    page = guesses(person, WRONG)
    assert page._held == 4

    # Closed and begun again, or killed: the wait is there from the first.
    again = Window(folder)
    person.bot.addWidget(again)
    page = Person(again, person.bot).sees(Unlock)
    assert "4\u00a0essais infructueux" in page._attempts.text()
    assert page._held == 4
    assert not page._open.isEnabled()

    # The recovery sheet is no way round.
    waited(page)
    page.recovery.input.setPlainText("\n".join(RecoveryKey.generate().lines()))
    page.open_with_recovery()
    person.waits_for(lambda: page._held == 8)
    again.close()

    person.window.show_unlock(folder)
    page = person.sees(Unlock)
    waited(page)
    person.unlocks()
    person.hears("5\u00a0essais infructueux depuis votre dernière session.")
    person.workplace.go(Place.JOURNAL)
    told = [label.text() for label in person.page(JournalPage).findChildren(type(page._attempts))]
    assert "5 essais infructueux avant cette ouverture" in told

    person.window.lock()
    person.unlocks()
    assert person.workplace.banner.sentence == ""


def test_a_sheet_mistyped_is_no_guess(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "poste"
    person.creates_vault(folder, kind="station", office="Centre", user="C. Le Goff")
    person.window.lock()
    page = person.sees(Unlock)
    page.recovery.input.setPlainText("C2EC 9DR8 NS09 40XX")
    page.open_with_recovery()
    person.waits_for(lambda: bool(page.recovery.notes.error))
    assert page._attempts.isHidden()


def test_the_terminal_waits_and_tells_too(
    person: Person, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    folder, waits = tmp_path / "poste", list[float]()
    person.creates_vault(folder, kind="station", office="Centre", user="C. Le Goff")
    person.window.lock()
    monkeypatch.setattr("desktop.cli.vault.time.sleep", waits.append)
    info = ["vault", "info", "--vault", str(folder)]
    for _ in range(4):
        assert CliRunner().invoke(main, info, env={"TRAITDUNION_PASSPHRASE": WRONG}).exit_code == 1
    assert waits == [2]
    opened = CliRunner().invoke(main, info, env={"TRAITDUNION_PASSPHRASE": PASSPHRASE})
    assert waits == [2, 4]
    assert opened.exit_code == 0
    assert "4\u00a0essais infructueux depuis votre dernière session." in opened.stderr
