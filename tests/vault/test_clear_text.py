"""Nothing readable in any file of the vault's folder: open, locked, killed, or being written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

SECRETS = (
    "Ünal-Œillet",
    "ÜNAL-ŒILLET",
    "oeillet",
    "Zoë",
    "48213",
    "1985-03-12",
    "İzmir",
    "/data/identite",
    "pièce d’identité",
    "invented document",
    "Demande d’élection",
    "Valmont",
    "MERCIER",
    "AGE-SECRET-KEY",
    "SQLite format 3",
    "CREATE TABLE",
)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
SHORTEST = 5
"""Fewer bytes than this appear by chance in a megabyte of encrypted pages."""

KILLED = """
import os, signal, sys
from pathlib import Path
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault
vault = Vault.unlock_with_recovery(Path(sys.argv[1]), RecoveryKey(bytes.fromhex(sys.argv[2])))
vault.people.add(family_name="Ünal-Œillet", given_names="Zoë", prison_number="48213")
os.kill(os.getpid(), signal.SIGKILL)
"""


def readable(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What of the secrets can be read, in which file and encoding."""
    for file in folder.iterdir():
        content = file.read_bytes()
        for secret in SECRETS:
            for encoding in ENCODINGS:
                written = secret.encode(encoding, "ignore")
                if len(written) >= SHORTEST and written in content:
                    yield file.name, secret, encoding


def fill(vault: Vault) -> None:
    zoe = vault.people.add(
        family_name="Ünal-Œillet",
        given_names="Zoë",
        birth_date="1985-03-12",
        prison_number="48213",
        profile={"naissance.commune": "İzmir"},
    )
    application = vault.applications.add(
        person_id=zoe.id,
        form_id="domicile",
        form_version="1",
        form_title="Demande d’élection de domicile",
        answers={},
    )
    for number in range(50):
        vault.applications.save_answers(
            application.id,
            {"/data/identite/nom": "Ünal-Œillet " * number},
            position="/data/identite/nom",
            answered=1,
            total=9,
        )
    vault.documents.add(
        person_id=zoe.id,
        application_id=application.id,
        request_name=None,
        name="pièce d’identité.pdf",
        media_type="application/pdf",
        pages=1,
        content=b"invented document " * 5000,
    )
    vault.people.save(replace(zoe, given_names="Zoë Ömer"))


def test_nothing_is_readable_while_open_nor_once_locked(closed: ClosedVault) -> None:
    vault = closed.open()
    fill(vault)
    with vault.transaction():
        vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
        assert list(readable(closed.folder)) == []
    assert (closed.folder / "vault.db-wal").stat().st_size > 0
    assert list(readable(closed.folder)) == []
    vault.change_passphrase(closed.passphrase, "une tout autre phrase")
    vault.lock()
    assert {file.name for file in closed.folder.iterdir()} == {
        "vault.db",
        "vault.keys",
        "vault.keys.previous",
    }
    assert list(readable(closed.folder)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_is_readable_in_what_a_killed_program_leaves(closed: ClosedVault) -> None:
    subprocess.run(
        [sys.executable, "-c", KILLED, str(closed.folder), closed.recovery.secret.hex()],
        check=False,
    )
    assert (closed.folder / "vault.db-wal").stat().st_size > 0
    assert list(readable(closed.folder)) == []
    vault = closed.open()
    assert [hit.title for hit in vault.search("unal")] == ["ÜNAL-ŒILLET Zoë"]
    vault.lock()


def test_the_key_file_names_nobody(closed: ClosedVault) -> None:
    content = closed.keys.read_text(encoding="utf-8")
    assert closed.passphrase not in content
    assert closed.recovery.secret.hex() not in content


def test_the_scan_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("xx Ünal-Œillet".encode("utf-16-le"))
    assert list(readable(tmp_path)) == [("a", "Ünal-Œillet", "utf-16-le")]
