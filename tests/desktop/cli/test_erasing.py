"""The terminal lists what is due, and erases what it is told to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desktop.cli import main
from desktop.workflows.desk import desk_of
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from vault.records.applications import ApplicationState
from vault.vault import Vault, VaultKind

PASSPHRASE = "girafe lanterne octobre vinaigre"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with Lou Kervella, long due, and Zoë Ünal, who is not."""
    monkeypatch.setenv("TRAITDUNION_PASSPHRASE", PASSPHRASE)
    vault, _ = Vault.create(
        tmp_path / "poste",
        kind=VaultKind.STATION,
        place="Centre",
        user="C. Le Goff",
        passphrase=PASSPHRASE,
    )
    desk = desk_of(vault)
    for name in ("Kervella", "Ünal"):
        person = add_person(desk, {"identite.nom_naissance": name, "identite.prenoms": "Lou"})
        id = start_application(desk, person, "election-de-domicile")
        if name == "Kervella":
            ended = replace(
                vault.applications.get(id), state=ApplicationState.CLOSED, outcome_on="2020-05-04"
            )
            vault.applications.save(ended)
    vault.lock()
    return tmp_path / "poste"


def run(folder: Path, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(
        main, ["vault", arguments[0], "--vault", str(folder), *arguments[1:]], input=typed
    )


def due(folder: Path) -> list[str]:
    return [one["name"] for one in json.loads(run(folder, "due", "--json").stdout)]


def test_what_is_due_is_listed_then_erased(folder: Path) -> None:
    assert due(folder) == ["KERVELLA Lou"]
    refused = run(folder, "erase", "--due", typed="n\n")
    assert (refused.exit_code, "Rien n’a été effacé." in refused.stderr) == (1, True)
    assert due(folder) == ["KERVELLA Lou"]
    done = run(folder, "erase", "--due", "--yes")
    assert (done.exit_code, "C’est effacé" in done.stdout) == (0, True)
    assert "sauvegardes" in done.stderr
    assert due(folder) == []
    vault = Vault.unlock(folder, PASSPHRASE)
    assert [person.family_name for person in vault.people.all()] == ["Ünal"]
    vault.lock()


def test_who_was_erased_since_a_backup_is_erased_again(folder: Path, tmp_path: Path) -> None:
    vault = Vault.unlock(folder, PASSPHRASE)
    backup = vault.backups.make(tmp_path / "cle")
    vault.lock()
    assert run(folder, "erase", "--due", "--yes").exit_code == 0
    back = Vault.restore(backup.folder, tmp_path / "repris", PASSPHRASE)
    assert back.people.count() == 2
    back.lock()
    done = run(tmp_path / "repris", "erase", "--erased-in", str(folder), "--yes")
    assert (done.exit_code, "Effacer 1\u00a0personne" in done.stderr) == (0, True)
    back = Vault.unlock(tmp_path / "repris", PASSPHRASE)
    assert [person.family_name for person in back.people.all()] == ["Ünal"]
    back.lock()


def test_who_is_not_there_is_told(folder: Path) -> None:
    done = run(folder, "erase", "--person", "nobody", "--yes")
    assert (done.exit_code, "n’est plus dans le coffre" in done.stderr) == (1, True)


def test_nothing_to_erase_cleans_the_file(folder: Path) -> None:
    done = run(folder, "erase")
    assert (done.exit_code, "nettoyé" in done.stdout) == (0, True)
