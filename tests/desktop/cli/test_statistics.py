"""The terminal counts the activity of a period, and writes it where it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desktop.cli import main
from vault.vault import Vault, VaultKind

PASSPHRASE = "girafe lanterne octobre vinaigre"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRAITDUNION_PASSPHRASE", PASSPHRASE)
    vault, _ = Vault.create(
        tmp_path / "relais",
        kind=VaultKind.RELAY,
        place="SPIP",
        user="C. Le Goff",
        passphrase=PASSPHRASE,
    )
    vault.lock()
    return tmp_path / "relais"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["stats", "--vault", str(folder), *arguments])


def test_a_period_is_counted_and_written(folder: Path, tmp_path: Path) -> None:
    files = [tmp_path / "a.csv", tmp_path / "a.pdf"]
    done = run(
        folder, "--from", "2026-01-01", "--to", "2026-03-31", "--json",
        "--csv", str(files[0]), "--pdf", str(files[1]),
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    table = json.loads(done.stdout)[0]
    assert table["columns"][:2] == ["Mois", "Reçues"]
    assert [line[0] for line in table["lines"]] == [
        "janvier 2026", "février 2026", "mars 2026", "Total",
    ]  # fmt: skip
    assert files[1].read_bytes().startswith(b"%PDF-")
    assert "Reçues" in files[0].read_text("utf-8")
    assert "Délais" in run(folder).stdout


def test_a_period_that_ends_before_it_begins_is_refused(folder: Path) -> None:
    assert run(folder, "--from", "2026-03-01", "--to", "2026-01-01").exit_code == 2
