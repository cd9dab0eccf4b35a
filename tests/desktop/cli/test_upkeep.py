"""The terminal against loss, and for accesses: backup, restore, users."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desktop.cli.test_commands import PASSPHRASE, run, vault
from vault.key_slots.key_slot import Role
from vault.vault import Vault

OTHER = "huître tambour nuage escalier"


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return file


@pytest.fixture
def other(tmp_path: Path) -> Path:
    file = tmp_path / "other"
    file.write_text(OTHER + "\n", encoding="utf-8")
    return file


def test_a_backup_is_made_and_put_back(tmp_path: Path, secret: Path) -> None:
    place = vault(tmp_path, secret, "poste", "station")
    made = run(
        "vault", "backup", "--vault", place, "--passphrase-file", secret, "--to", tmp_path / "cle"
    )
    assert made.exit_code == 0, made.stderr
    (backup,) = (tmp_path / "cle").iterdir()
    back = run(
        "vault", "restore", "--from", backup, "--vault", tmp_path / "neuf",
        "--passphrase-file", secret,
    )  # fmt: skip
    assert back.exit_code == 0, back.stderr
    assert run("vault", "verify", "--vault", tmp_path / "neuf", "--passphrase-file", secret).stdout
    again = run(
        "vault", "restore", "--from", backup, "--vault", tmp_path / "neuf",
        "--passphrase-file", secret,
    )  # fmt: skip
    assert again.exit_code == 1
    assert "contient déjà un coffre" in again.stderr


def test_a_sound_vault_is_repaired_whole_with_the_recovery_sheet(
    tmp_path: Path, secret: Path
) -> None:
    folder = tmp_path / "poste"
    from vault.vault import VaultKind

    made, recovery = Vault.create(
        folder, kind=VaultKind.STATION, place="Brest", user="C. Le Goff", passphrase=PASSPHRASE
    )
    made.lock()
    sheet = tmp_path / "feuille.txt"
    sheet.write_text("\n".join(recovery.lines()), encoding="utf-8")
    done = run(
        "vault", "repair", "--vault", folder, "--out", tmp_path / "neuf", "--recovery-file", sheet
    )
    assert done.exit_code == 0, done.stderr
    assert "Repris" in done.stdout
    Vault.unlock(tmp_path / "neuf", PASSPHRASE).lock()


def test_accesses_are_given_changed_and_taken_away(
    tmp_path: Path, secret: Path, other: Path
) -> None:
    place = vault(tmp_path, secret, "poste", "station")
    common = ("--vault", place, "--passphrase-file", secret)
    given = run(
        "vault", "users", "add", *common, "--name", "A. Morvan", "--role", "reader",
        "--new-passphrase-file", other,
    )  # fmt: skip
    assert given.exit_code == 0, given.stderr
    listed = json.loads(run("vault", "users", "list", *common, "--json").stdout)
    assert [(one["name"], one["role"]) for one in listed] == [
        ("C. Le Goff", "responsible"),
        ("A. Morvan", "reader"),
    ]
    assert run(
        "vault", "users", "role", *common, "--name", "A. Morvan", "--role", "worker"
    ).exit_code == 0  # fmt: skip
    opened = Vault.unlock(place, OTHER)
    assert opened.session.role is Role.WORKER
    opened.lock()
    weak = tmp_path / "weak"
    weak.write_text("bonjour1\n", encoding="utf-8")
    refused = run(
        "vault", "users", "passphrase", *common, "--name", "A. Morvan",
        "--new-passphrase-file", weak,
    )  # fmt: skip
    assert refused.exit_code == 1
    assert "trop facile" in refused.stderr
    assert run("vault", "users", "remove", *common, "--name", "A. Morvan").exit_code == 0
    unknown = run("vault", "users", "remove", *common, "--name", "A. Morvan")
    assert unknown.exit_code == 1
    assert "Personne ne s’appelle" in unknown.stderr
    last = run("vault", "users", "remove", *common, "--name", "C. Le Goff")
    assert last.exit_code == 1
    assert "un responsable au moins" in last.stderr
