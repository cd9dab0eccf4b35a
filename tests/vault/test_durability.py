"""The plug pulled: whatever was acknowledged is there, and the vault is sound.

SIGKILL stands for it: what the program holds is lost, what it handed to the system stays. That
the system's own cache is flushed too is `synchronous=FULL`'s part, pinned below.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from vault.errors import VaultNotFound
from vault.records.journal import Action
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

SEEDS = range(8)

# Writes for ever, and says on its output what the vault has acknowledged.
WRITER = """
import sys
from pathlib import Path
from vault.records.journal import Action
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault

vault = Vault.unlock_with_recovery(Path(sys.argv[1]), RecoveryKey(bytes.fromhex(sys.argv[2])))
application_id = sys.argv[3]
answers = vault.applications.get(application_id).answers
number = len(answers)
while True:
    answers[f"/data/question_{number}"] = f"réponse {number} " + "long " * (number % 300)
    if number % 5:
        vault.applications.save_answers(
            application_id, answers, position=None, answered=number + 1, total=10_000
        )
    else:
        with vault.transaction():
            vault.applications.save_answers(
                application_id, answers, position=None, answered=number + 1, total=10_000
            )
            vault.journal.add(
                Action.APPLICATION_CHANGED,
                application_id=application_id,
                detail={"number": str(number)},
            )
    print(number, flush=True)
    number += 1
"""

CREATOR = """
import sys
from pathlib import Path
from vault.vault import Vault, VaultKind
print("begun", flush=True)
Vault.create(
    Path(sys.argv[1]), kind=VaultKind.STATION, place="x", user="x", passphrase="une longue phrase"
)
print("made", flush=True)
"""


def write_until_killed(closed: ClosedVault, application_id: str, acknowledgements: int) -> int:
    """Kill a writer as soon as it has said so many numbers; return the last it said."""
    command = [
        sys.executable,
        "-c",
        WRITER,
        str(closed.folder),
        closed.recovery.secret.hex(),
        application_id,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        last = -1
        for _ in range(acknowledgements):
            last = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        # It may have gone on a little before it died.
        for line in writer.stdout.read().splitlines(keepends=True):
            if line.endswith("\n"):
                last = int(line)
        assert writer.wait() == -signal.SIGKILL
    return last


@pytest.mark.parametrize("seed", SEEDS)
def test_every_acknowledged_answer_survives(closed: ClosedVault, seed: int) -> None:
    chance = random.Random(seed)
    vault = closed.open()
    person = vault.people.add(family_name="Ünal-Œillet", given_names="Zoë")
    application = vault.applications.add(
        person_id=person.id, form_id="x", form_version="1", form_title="Lettre", answers={}
    )
    vault.lock()
    for _ in range(3):
        last = write_until_killed(closed, application.id, chance.randrange(1, 120))

        vault = closed.open()
        found = vault.applications.get(application.id)
        assert found.answered == len(found.answers) >= last + 1
        for number in range(last + 1):
            assert found.answers[f"/data/question_{number}"].startswith(f"réponse {number} ")
        # A transaction is there whole or not at all: each fifth answer with its journal line.
        noted = [
            int(entry.detail["number"])
            for entry in vault.journal.of_application(application.id)
            if entry.action is Action.APPLICATION_CHANGED
        ]
        assert noted == list(range(0, len(found.answers), 5))
        assert vault.verify().problems == ()
        vault.lock()


@pytest.mark.parametrize("lines", [1, 2])
def test_a_creation_killed_leaves_a_vault_or_none(closed: ClosedVault, lines: int) -> None:
    folder = closed.folder.parent / "new"
    with subprocess.Popen(
        [sys.executable, "-c", CREATOR, str(folder)], stdout=subprocess.PIPE, text=True
    ) as creator:
        assert creator.stdout is not None
        for _ in range(lines):
            creator.stdout.readline()
        creator.kill()
        creator.wait()
    try:
        vault = Vault.unlock(folder, "une longue phrase")
    except VaultNotFound:
        assert lines == 1
    else:
        assert vault.verify().ok
        vault.lock()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("locking_mode", "exclusive"),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("cipher_page_size", "4096"),
        ("cipher_hmac_algorithm", "HMAC_SHA512"),
    ],
)
def test_the_settings_durability_rests_on(vault: Vault, pragma: str, value: object) -> None:
    from vault.database.store import Store

    # Only a test looks behind the vault's door.
    store: Store = vault.people._store
    assert store.row(f"PRAGMA {pragma}") == (value,)
