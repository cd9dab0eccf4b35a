"""What is kept of keys in memory and after a crash: what is achieved is shown, see the module."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.key_slots.accesses import open_with_recovery
from vault.key_slots.keyfile import read_key_file
from vault.secret_memory import SecretKey, wipe

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux’s /proc")

# It looks for the key without ever holding it: every byte of both is turned over.
SCAN = """
import sys
from pathlib import Path
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault

TURNED = bytes(255 - byte for byte in range(256))
folder, typed = Path(sys.argv[1]), sys.argv[2]
sought = [bytes.fromhex(one) for one in sys.argv[3:]]

def found():
    seen = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in list(maps):
            place, rights = line.split()[:2]
            start, end = (int(part, 16) for part in place.split("-"))
            if "w" not in rights or "[v" in line:
                continue
            while start < end:
                try:
                    memory.seek(start)
                    piece = memory.read(min(end - start, 1 << 24)).translate(TURNED)
                except OSError:
                    break
                if not piece:
                    break
                seen += sum(piece.count(one) for one in sought)
                start += len(piece)
    return seen

vault = Vault.unlock_with_recovery(folder, RecoveryKey.parse(typed))
vault.people.add(family_name="a", given_names="b")
opened = found()
vault.lock()
print(opened, found())
"""

DIES = """
import os, resource, sys
from pathlib import Path
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault

hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
vault = Vault.unlock_with_recovery(Path(sys.argv[1]), RecoveryKey.parse(sys.argv[2]))
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
import ctypes
assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0, "dumpable"
os.abort()
"""


def typed(closed: ClosedVault) -> str:
    return "\n".join(closed.recovery.lines())


def turned(secret: bytes) -> str:
    return bytes(255 - byte for byte in secret).hex()


def test_a_key_is_wiped_with_the_object_it_came_in() -> None:
    came = bytes(bytearray(range(32)))
    key = SecretKey(came)
    assert came == bytes(32)
    assert key.reveal() == bytes(range(32))
    key.wipe()
    key.wipe()
    assert key.wiped
    with pytest.raises(ValueError, match="closed"):
        key.reveal()
    assert "(…)" in repr(key)


def test_a_text_is_wiped_in_place() -> None:
    spelled = bytes(range(16)).hex()
    wipe(spelled)
    assert set(spelled) == {"0"}


@on_linux
def test_the_page_of_a_key_is_locked_in_memory() -> None:
    def locked() -> int:
        with Path("/proc/self/status").open(encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmLck"))

    before = locked()
    key = SecretKey(bytes(bytearray(32)))
    if not key.locked:
        pytest.skip("this system lets no memory be locked")
    assert locked() > before
    key.wipe()
    assert locked() == before


@on_linux
def test_a_locked_vault_leaves_no_copy_of_its_key_in_memory(closed: ClosedVault) -> None:
    key = open_with_recovery(read_key_file(closed.folder), closed.recovery).data_key
    spelled = [key, key.hex().encode(), key.hex().upper().encode()]
    scanned = subprocess.run(
        [sys.executable, "-c", SCAN, str(closed.folder), typed(closed), *map(turned, spelled)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "PermissionError" in scanned.stderr:
        # It may not even read itself: the system hides its memory from its own user.
        pytest.skip("this process may not read its own memory")
    assert scanned.returncode == 0, scanned.stderr
    opened, locked = map(int, scanned.stdout.split())
    # SQLCipher keeps what it derives from it, and the program one copy, in its own page.
    assert opened > 0
    assert locked == 0


@on_linux
def test_a_crash_leaves_no_core_dump(closed: ClosedVault) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DIES, str(closed.folder), typed(closed)],
        cwd=closed.folder.parent,
        stderr=subprocess.DEVNULL,
    ) as child:
        _, status = os.waitpid(child.pid, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not os.WCOREDUMP(status)
    assert list(closed.folder.parent.glob("*core*")) == []
