"""A little of each long trial; `make soak` runs them whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.workflows.desk import desk_of
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.people.profiles import add_person
from tests.soak.__main__ import PARTS
from tests.soak.kills import missing
from tests.soak.life import FORM, PATHS, Memory
from vault.vault import Vault, VaultKind

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL and fork are of Unix")
@pytest.mark.parametrize("part", list(PARTS))
def test_a_short_trial_goes_well(part: str) -> None:
    # In a program of its own: it forks, and this one may have threads.
    ended = subprocess.run(
        [sys.executable, "-m", "tests.soak", part, "--short"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_lost_answer_would_be_seen(tmp_path: Path) -> None:
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Brest",
        user="Anne",
        passphrase="une longue phrase",
    )
    desk = desk_of(vault)
    memory = Memory([], "")
    person = add_person(desk, {"identite.nom_naissance": "Mercier", "identite.prenoms": "Anne"})
    application = start_application(desk, person, FORM)
    memory.hear("done", "person", {"id": person})
    memory.hear("done", "application", {"id": application, "person": person})
    open_application(desk, application).type_in(PATHS[0], "0198765432")
    memory.hear("done", "answer", {"id": application, "path": PATHS[0], "text": "0198765432"})
    assert list(missing(desk, memory)) == []
    memory.hear("done", "answer", {"id": application, "path": PATHS[0], "text": "0111111111"})
    assert len(list(missing(desk, memory))) == 1
    memory.hear("done", "state", {"id": application, "state": "ready"})
    memory.hear("done", "person", {"id": "somebody else"})
    assert len(list(missing(desk, memory))) == 3
    vault.lock()
