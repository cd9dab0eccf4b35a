"""The terminal gives a vault new keys, and its card changes with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.cli import main

PASSPHRASE = "girafe lanterne octobre vinaigre"


def test_renewed_keys_change_the_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    vault = ("--vault", str(tmp_path / "poste"), "--passphrase-file", str(secret))

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        return done.stdout

    run(
        "vault", "create", *vault, "--kind", "station", "--place", "Centre", "--user",
        "C. Le Goff", "--recovery-sheet", str(tmp_path / "sheet.pdf"),
    )  # fmt: skip
    recipient = json.loads(run("vault", "info", *vault, "--json"))["recipient"]
    words = run("card", "export", *vault, "--out", str(tmp_path / "poste.carte"))
    renewed = run("card", "renew", *vault)
    assert renewed != words
    assert renewed == run("card", "export", *vault, "--out", str(tmp_path / "nouvelle.carte"))
    assert json.loads(run("vault", "info", *vault, "--json"))["recipient"] != recipient
