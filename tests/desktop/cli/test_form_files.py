"""The terminal: forms that come from outside, go out, and are checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desktop.cli.test_commands import run, vault, written
from tests.forms.test_xlsform import workbook


@pytest.fixture(autouse=True)
def away_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("girafe lanterne octobre vinaigre\n", encoding="utf-8")
    return file


def cantine(folder: Path) -> Path:
    file = folder / "cantine.xlsx"
    file.write_bytes(
        workbook(
            survey="type | name | label\ntext | motif | Motif\ndeviceid | poste",
            settings="form_title | form_id\nAide à la cantine | cantine",
        )
    )
    return file


def test_a_workbook_becomes_a_folder_that_can_be_filled(tmp_path: Path) -> None:
    done = run("forms", "import", cantine(tmp_path), "--out", tmp_path / "formulaires")
    assert done.exit_code == 0, done.stderr
    assert "identifiant de téléphone" in done.stderr
    folder = tmp_path / "formulaires" / "cantine"
    assert "À compléter" in (folder / "guide.md").read_text("utf-8")
    assert run("forms", "check", folder).exit_code == 0
    answers = written(tmp_path, "a.json", {"motif": "l’hiver"})
    said = run("forms", "eval", folder / "form.yaml", "--answers", answers, "--json")
    assert json.loads(said.stdout)["/data/motif"]["value"] == "l’hiver"


def test_a_fault_is_told_by_sheet_row_and_column(tmp_path: Path) -> None:
    file = tmp_path / "faux.xlsx"
    file.write_bytes(workbook(survey="type | name | label\ngeopoint | ou | Où"))
    done = run("forms", "import", file)
    assert done.exit_code == 1
    said = done.stderr.replace("\u00a0", " ")
    assert "faux.xlsx, feuille survey, ligne 2, colonne « type »" in said


def test_a_form_goes_out_as_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "procuration.xlsx"
    assert run("forms", "export", "procuration-vote", "--xlsx", file).exit_code == 0
    assert run("forms", "import", file).exit_code == 0


def test_a_pack_goes_from_one_vault_to_another(tmp_path: Path, secret: Path) -> None:
    relay = vault(tmp_path, secret, "relais", "relay")
    station = vault(tmp_path, secret, "poste", "station")
    keys = ("--passphrase-file", secret)
    assert run("forms", "install", "--vault", relay, *keys, cantine(tmp_path)).exit_code == 0
    pack = tmp_path / "maj.formulaires"
    made = run("forms", "pack", "--vault", relay, *keys, "cantine", "--out", pack)
    assert made.exit_code == 0, made.stderr
    refused = run("forms", "install", "--vault", station, *keys, pack)
    assert refused.exit_code == 1
    assert "correspondant vérifié" in refused.stderr
    again = run("forms", "install", "--vault", relay, *keys, pack)
    assert again.exit_code == 1
    assert "plus récents" in again.stderr


def test_the_check_compares_mappings_with_the_pdfs_at_hand(official_dir: Path) -> None:
    done = run("forms", "check", "--official-dir", official_dir, "--json")
    assert done.exit_code == 0, done.stderr
    reports = {report["form_id"]: report for report in json.loads(done.stdout)}
    assert reports["election-de-domicile"]["mapped"] == [22, 29]
    assert all(report["unmapped"] == [] for report in reports.values())
    assert reports["mdph"]["sources"][0]["months"] >= 0
