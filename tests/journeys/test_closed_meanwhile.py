"""Somebody opens the vault and closes the window before it is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QPushButton

from desktop.ui.start.unlock import Unlock
from desktop.workflows.start.opening import lock, unlock
from tests.journeys.person import PASSPHRASE, Person


def test_a_vault_whose_window_was_closed_meanwhile_is_closed_too(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "poste"
    person.creates_vault(folder, kind="station", office="Centre", user="C. Le Goff")
    person.window.lock()
    page = person.sees(Unlock)
    person.unlocks()
    person.window.close()
    assert QThreadPool.globalInstance().waitForDone(20_000)
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    person.waits_for(buttons["Ouverture…"].isEnabled)
    assert person.window.centralWidget() is page
    assert person.window.desk is None
    lock(unlock(folder, PASSPHRASE))
