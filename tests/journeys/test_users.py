"""Several people on one PC: accesses given and taken, the recovery sheet, the vault’s key."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.ui.page import Place
from desktop.ui.parts.sheet_steps import SheetSteps
from desktop.ui.settings.recovery_cards import KeyCard, RecoveryCard
from desktop.ui.settings.users_page import UsersPage
from desktop.ui.start.first_start import FirstStart
from desktop.ui.start.recovery_page import RecoveryPage
from desktop.ui.start.unlock import Unlock
from tests.journeys.person import PASSPHRASE, Person
from tests.journeys.test_left_alone import leaves
from vault.key_slots.key_slot import Role
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault

YANN = "huître tambour nuage escalier"


def at_the_users(person: Person, folder: Path) -> UsersPage:
    person.creates_vault(folder, kind="station", office="Centre de Brest", user="C. Le Goff")
    person.workplace.go(Place.USERS)
    return person.page(UsersPage)


def shown(person: Person) -> str:
    """Every word on the screen."""
    from PySide6.QtWidgets import QLabel

    labels = person.window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_the_sheet_is_read_back_with_the_key_out_of_sight(person: Person, tmp_path: Path) -> None:
    person.window.show_first_start()
    start = person.sees(FirstStart)
    start.kind.choose("station")
    person.type_in(start.office, "Centre de Brest")
    person.type_in(start.user, "C. Le Goff")
    start.choose_folder(tmp_path / "poste")
    person.type_in(start.passphrase, PASSPHRASE)
    person.type_in(start.again, PASSPHRASE)
    person.click("Créer le coffre")
    steps = person.sees(RecoveryPage).steps
    lines = steps._recovery.lines()
    person.waits_for(lambda: all(line in shown(person) for line in lines))
    person.click("J’ai la feuille en main")
    assert not any(line in shown(person) for line in lines)
    asked = list(steps.fields)
    assert len({group.line for group in asked}) == 2
    for field in steps.fields.values():
        person.type_in(field, "0000")
    person.click("Commencer le travail")
    assert all(field.notes.error for field in steps.fields.values())
    assert person.window.desk is not None
    assert not person.window.desk.vault.users.recovery_confirmed
    person.click("Revoir la clé")
    person.reads_sheet_back(steps)
    person.click("Commencer le travail")
    assert person.workplace.desk.vault.users.recovery_confirmed


def test_left_before_the_sheet_was_read_back(person: Person, tmp_path: Path) -> None:
    person.window.show_first_start()
    start = person.sees(FirstStart)
    start.kind.choose("station")
    person.type_in(start.office, "Centre de Brest")
    person.type_in(start.user, "C. Le Goff")
    start.choose_folder(tmp_path / "poste")
    person.type_in(start.passphrase, PASSPHRASE)
    person.type_in(start.again, PASSPHRASE)
    person.click("Créer le coffre")
    printed = "\n".join(person.sees(RecoveryPage).steps._recovery.lines())
    # The key on the screen does not wait for ever.
    leaves(person, 5)
    person.sees(Unlock)
    person.waits_for(lambda: not [one for one in gc.get_objects() if type(one) is SheetSteps])
    person.unlocks()
    person.hears("n’a pas été relue")
    person.workplace.go(Place.USERS)
    (card,) = person.page(UsersPage).findChildren(RecoveryCard)
    card.typed.input.setPlainText("\n".join(RecoveryKey.generate().lines()))
    person.click("Relire cette feuille")
    assert "n’ouvre pas ce coffre" in card.typed.notes.error
    card.typed.input.setPlainText(printed.lower())
    person.click("Relire cette feuille")
    person.hears("elle ouvre ce coffre")
    person.window.lock()
    person.unlocks()
    assert person.workplace.banner.sentence == ""


def test_an_access_given_and_taken_away(person: Person, tmp_path: Path) -> None:
    page = at_the_users(person, tmp_path / "poste")
    person.type_in(page.name, "Yann Kervella")
    page.role.choose(Role.READER.value)
    person.type_in(page.passphrase, YANN)
    person.click("Donner l’accès")
    person.hears("Yann Kervella peut ouvrir le coffre.")
    person.click("Retirer l’accès…")
    person.click("Garder l’accès")
    assert len(person.workplace.desk.vault.users.all()) == 2
    person.click("Retirer l’accès…")
    person.click("Retirer l’accès de Yann Kervella")
    person.hears("n’a plus d’accès")
    assert len(person.workplace.desk.vault.users.all()) == 1


@pytest.mark.parametrize("words", ["Refaire la feuille de secours", "Changer la clé du coffre"])
def test_a_new_sheet_is_read_back_before_the_old_one_is_destroyed(
    person: Person, tmp_path: Path, words: str
) -> None:
    page = at_the_users(person, tmp_path / "poste")
    person.click(words)
    person.waits_for(lambda: bool(page.findChildren(SheetSteps)))
    (steps,) = page.findChildren(SheetSteps)
    sheet = steps._recovery
    assert not person.workplace.desk.vault.users.recovery_confirmed
    person.reads_sheet_back(steps)
    person.click("Terminer")
    person.hears("Détruisez l’ancienne")
    person.window.lock()
    Vault.unlock_with_recovery(tmp_path / "poste", sheet).lock()


def test_a_change_of_key_is_stopped(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_the_users(person, tmp_path / "poste")
    before = (tmp_path / "poste" / "vault.keys").read_bytes()
    (card,) = page.findChildren(KeyCard)
    change = card.change
    # Asked to stop before the first page is copied: what is copied next is given up.
    monkeypatch.setattr(card.progress, "begin", lambda _: card.progress.stop())
    change()
    person.hears("Vous avez arrêté")
    assert (tmp_path / "poste" / "vault.keys").read_bytes() == before
    assert card.findChildren(QPushButton)[0].isEnabled()
