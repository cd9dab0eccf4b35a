"""The memory of a program whose vault is locked, read by another one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.key_slots import keyfile
from vault.key_slots.accesses import open_with_recovery
from vault.key_slots.recovery import RecoveryKey

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read through /proc")

WORKER = """
import sys
from pathlib import Path
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault
vault = Vault.unlock_with_recovery(Path(sys.argv[1]), RecoveryKey(bytes.fromhex(sys.argv[2])))
# SQLite reads the names; Python sees their number.
vault._store.row("SELECT count(*) FROM people WHERE family_name || given_names > 'A'")
print("open", flush=True)
sys.stdin.readline()
vault.lock()
print("locked", flush=True)
sys.stdin.readline()
"""
NAME = "Kervella-Œillet"


def found_in(process: int, secrets: dict[str, bytes]) -> dict[str, int]:
    """How often each secret is in the writable memory of a process."""
    counts = dict.fromkeys(secrets, 0)
    places = Path(f"/proc/{process}/maps").read_text("utf-8").splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for place in places:
            mapped = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", place)
            if mapped is None or "[v" in place:
                continue
            begin, end = (int(part, 16) for part in mapped.groups())
            memory.seek(begin)
            content = memory.read(end - begin)
            for name, secret in secrets.items():
                counts[name] += content.count(secret)
    return counts


def test_neither_the_key_nor_what_it_opened_is_in_memory_once_locked(closed: ClosedVault) -> None:
    vault = closed.open()
    vault.people.add(family_name=NAME, given_names="Yann")
    vault.lock()
    recovery = RecoveryKey(closed.recovery.secret)
    key = bytes(open_with_recovery(keyfile.read_key_file(closed.folder), recovery).data_key)
    secrets = {
        "key": key,
        "spelled": key.hex().encode(),
        "SPELLED": key.hex().upper().encode(),
        "name": NAME.encode(),
    }
    command = [sys.executable, "-c", WORKER, str(closed.folder), closed.recovery.secret.hex()]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stdout.readline() == "open\n"
        try:
            held = found_in(worker.pid, secrets)
        except PermissionError:
            worker.kill()
            pytest.skip("only root may read another program’s memory")
        worker.stdin.write("\n")
        worker.stdin.flush()
        assert worker.stdout.readline() == "locked\n"
        left = found_in(worker.pid, secrets)
        worker.stdin.write("\n")
        worker.stdin.flush()
    assert held["key"]
    assert held["name"]
    assert left == dict.fromkeys(secrets, 0)
