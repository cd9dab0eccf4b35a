"""A damaged vault: told at opening, repaired in the window or the terminal, what is lost named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.cli import main
from desktop.ui.people.list_page import PeoplePage
from desktop.ui.settings.repaired_page import RepairedPage
from desktop.ui.start.repair_page import RepairPage
from desktop.ui.start.restore_page import RestorePage
from desktop.ui.start.unlock import Unlock
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person, list_people
from tests.journeys.person import PASSPHRASE, Person
from vault.vault import Vault

PAGE = 4096
PEOPLE = 60


def flip(database: Path, page: int) -> None:
    content = bytearray(database.read_bytes())
    content[(page - 1) * PAGE + 700] ^= 1
    database.write_bytes(content)


@pytest.fixture
def damaged(person: Person, tmp_path: Path) -> Path:
    """A vault in which the page of everybody's record is lost."""
    folder = tmp_path / "poste"
    person.creates_vault(folder, kind="station", office="Centre de Brest", user="C. Le Goff")
    desk = person.workplace.desk
    for number in range(PEOPLE):
        id = add_person(
            desk,
            {"identite.nom_naissance": f"Mercier{number:02}", "identite.prenoms": "Anne " * 30},
        )
        start_application(desk, id, "election-de-domicile")
    (root,) = (
        desk.vault.people._store.row("SELECT rootpage FROM sqlite_master WHERE name = 'people'")
        or ()
    )
    person.window.lock()
    flip(folder / "vault.db", root)
    return folder


def test_a_damaged_vault_is_repaired_in_the_window(
    person: Person, damaged: Path, tmp_path: Path
) -> None:
    before = {file.name: file.read_bytes() for file in damaged.iterdir()}
    content = (damaged / "vault.db").read_bytes()
    (damaged / "vault.db").write_bytes(content[: len(content) // 2 // PAGE * PAGE])
    person.window.show_unlock(damaged)
    page = person.sees(Unlock)
    person.type_in(page.passphrase, PASSPHRASE)
    person.click("Ouvrir le coffre")
    person.waits_for(lambda: "abîmé" in page.passphrase.notes.error)
    (damaged / "vault.db").write_bytes(before["vault.db"])
    person.click("Réparer le coffre…")
    repair = person.sees(RepairPage)
    repair.choose_folder(tmp_path / "neuf" / "coffre")
    repair.secret.input.setPlainText("ce n’est pas elle")
    person.click("Réparer")
    person.waits_for(lambda: "n’ouvre pas" in repair.secret.notes.error)
    repair.secret.input.setPlainText(PASSPHRASE)
    person.click("Réparer")
    person.page(RepairedPage)
    desk = person.workplace.desk
    assert desk.vault.folder == tmp_path / "neuf" / "coffre"
    shown = {row.title.split(" ")[0] for row in list_people(desk)}
    assert shown == {"FICHE"}
    assert desk.vault.people.count() == PEOPLE
    assert desk.vault.verify().ok
    # Locked and opened again, it is still to be read.
    person.window.lock()
    person.unlocks()
    person.page(RepairedPage)
    person.click("J’ai lu")
    person.page(PeoplePage)
    assert desk is not person.workplace.desk
    assert person.workplace.desk.vault.settings.get("repair_report", None) is None
    assert {file.name: file.read_bytes() for file in damaged.iterdir() if file.name in before} == (
        before
    )


@pytest.mark.parametrize("content", [b"", b"{}", None], ids=["empty", "noise", "gone"])
def test_a_damaged_key_file_gives_way_to_the_one_before_and_it_is_said(
    person: Person, tmp_path: Path, content: bytes | None
) -> None:
    folder = tmp_path / "poste"
    person.creates_vault(folder, kind="station", office="Centre de Brest", user="C. Le Goff")
    desk = person.workplace.desk
    add_person(desk, {"identite.nom_naissance": "Mercier", "identite.prenoms": "Anne"})
    desk.vault.change_passphrase(PASSPHRASE, PASSPHRASE)
    person.window.lock()
    if content is None:
        (folder / "vault.keys").unlink()
    else:
        (folder / "vault.keys").write_bytes(content)
    person.unlocks()
    person.hears("était abîmé. Celui d’avant a été remis à sa place. Les données sont intactes.")
    desk = person.workplace.desk
    assert [row.title for row in list_people(desk)] == ["MERCIER Anne"]
    # Work goes on: the file is sound again, and accesses can be changed.
    assert desk.vault.verify().ok
    desk.vault.change_passphrase(PASSPHRASE, PASSPHRASE)
    person.window.lock()
    person.unlocks()
    assert not person.workplace.desk.vault.session.keys_are_older


def test_a_repair_and_a_restoration_can_be_stopped(
    person: Person, damaged: Path, tmp_path: Path
) -> None:
    person.window.show_repair(damaged)
    repair = person.sees(RepairPage)
    repair.choose_folder(tmp_path / "neuf" / "coffre")
    repair.secret.input.setPlainText(PASSPHRASE)
    repair.repair()
    repair.progress.stop()
    person.waits_for(lambda: "Vous avez arrêté" in repair.secret.notes.error)
    assert not (tmp_path / "neuf" / "coffre").exists()
    person.window.show_restore()
    restore = person.sees(RestorePage)
    sound = Vault.repair(damaged, tmp_path / "repris", PASSPHRASE)[0]
    sound.backups.make(tmp_path / "cle")
    sound.lock()
    restore.choose_backup(tmp_path / "cle")
    restore.choose_folder(tmp_path / "autre" / "coffre")
    restore.secret.input.setPlainText(PASSPHRASE)
    restore.restore()
    restore.progress.stop()
    person.waits_for(lambda: "Vous avez arrêté" in restore.secret.notes.error)
    assert not (tmp_path / "autre" / "coffre").exists()
    restore.restore()
    assert person.workplace.desk.vault.folder == tmp_path / "autre" / "coffre"


def test_the_terminal_repairs_and_says_what_is_missing(
    person: Person, damaged: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    done = CliRunner().invoke(
        main,
        ["vault", "repair", "--vault", str(damaged), "--out", str(tmp_path / "neuf"),
         "--passphrase-file", str(secret), "--json"],
    )  # fmt: skip
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["kept"].startswith("Repris\u00a0: 0\u00a0personne, 60\u00a0démarches")
    assert "Fiches perdues\u00a0: Mercier00 Anne" in done.stderr
    assert "60\u00a0personnes sans fiche" in done.stderr
    repaired = Vault.unlock(tmp_path / "neuf", PASSPHRASE)
    assert repaired.applications.counts_by_state()
    repaired.lock()
