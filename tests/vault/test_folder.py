"""The folder that a vault lives in: read-only, full, forbidden, used by another program."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.errors import VaultError, VaultFolderUnwritable, VaultInUse
from vault.vault import Vault, VaultKind

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="POSIX permissions and limits; Windows has its own"
)

HOLDER = """
import sys
from pathlib import Path
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault
vault = Vault.unlock_with_recovery(Path(sys.argv[1]), RecoveryKey(bytes.fromhex(sys.argv[2])))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def shared(closed: ClosedVault) -> Iterator[ClosedVault]:
    """A vault in a folder whose parents anybody may enter."""
    with tempfile.TemporaryDirectory(prefix="coffre-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for file in closed.folder.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        yield type(closed)(folder, closed.passphrase, closed.recovery)
        folder.chmod(0o755)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Permissions do not bind root: be somebody else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """As a full disk does, refuse what goes beyond."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def create(folder: Path) -> Vault:
    return Vault.create(
        folder, kind=VaultKind.STATION, place="x", user="x", passphrase="une longue phrase"
    )[0]


def test_a_read_only_vault_is_refused_and_unharmed(shared: ClosedVault) -> None:
    for file in shared.folder.iterdir():
        file.chmod(0o444)
    shared.folder.chmod(0o555)
    before = shared.database.read_bytes()
    with ordinary_user(), pytest.raises(VaultFolderUnwritable):
        shared.open()
    assert shared.database.read_bytes() == before
    assert sorted(file.name for file in shared.folder.iterdir()) == ["vault.db", "vault.keys"]


@pytest.mark.parametrize("name", ["vault.db", "vault.keys"])
def test_a_file_that_may_not_be_read_is_told_from_damage(shared: ClosedVault, name: str) -> None:
    (shared.folder / name).chmod(0)
    with ordinary_user(), pytest.raises(VaultFolderUnwritable):
        shared.open()


def test_a_forbidden_folder_is_told_from_a_missing_vault(shared: ClosedVault) -> None:
    shared.folder.chmod(0)
    with ordinary_user(), pytest.raises(VaultFolderUnwritable):
        shared.open()


def test_no_vault_is_made_in_a_read_only_folder(shared: ClosedVault) -> None:
    shared.folder.chmod(0o555)
    with ordinary_user(), pytest.raises(VaultFolderUnwritable):
        create(shared.folder / "coffre")


@pytest.mark.parametrize("size", [0, 100, 4096, 20_000, 100_000])
def test_a_disk_too_full_for_a_new_vault_is_left_as_it_was(tmp_path: Path, size: int) -> None:
    with files_no_larger_than(size), pytest.raises(VaultFolderUnwritable):
        create(tmp_path / "coffre")
    assert not (tmp_path / "coffre").exists()
    create(tmp_path / "coffre").lock()


def test_a_disk_that_fills_up_loses_nothing_acknowledged(closed: ClosedVault) -> None:
    vault = closed.open()
    kept: list[str] = []
    with files_no_larger_than(closed.database.stat().st_size + 50_000):
        with pytest.raises(VaultFolderUnwritable):
            while True:
                person = vault.people.add(family_name="Kervella" * 50, given_names="Yann")
                kept.append(person.id)
        assert kept
        assert [person.id for person in vault.people.all()] == sorted(kept)
    later = vault.people.add(family_name="Da Silva", given_names="Luís")
    vault.lock()
    vault = closed.open()
    assert {person.id for person in vault.people.all()} == {*kept, later.id}
    assert vault.verify().ok
    vault.lock()


def test_a_key_file_that_cannot_be_written_leaves_the_old_one(closed: ClosedVault) -> None:
    vault = closed.open()
    before = closed.keys.read_bytes()
    with files_no_larger_than(100), pytest.raises(VaultFolderUnwritable):
        vault.change_passphrase(closed.passphrase, "une tout autre phrase")
    vault.lock()
    assert closed.keys.read_bytes() == before
    assert not (closed.folder / "vault.keys.new").exists()
    Vault.unlock(closed.folder, closed.passphrase).lock()


def test_a_folder_gone_while_the_vault_is_open(closed: ClosedVault) -> None:
    vault = closed.open()
    for file in list(closed.folder.iterdir()):
        file.unlink()
    closed.folder.rmdir()
    try:
        vault.people.add(family_name="Kervella", given_names="Yann")
        vault.lock()
    except VaultError:
        pass
    with pytest.raises(VaultError):
        closed.open()


def test_a_second_instance_in_the_same_program_is_refused(closed: ClosedVault) -> None:
    vault = closed.open()
    with pytest.raises(VaultInUse):
        closed.open()
    vault.people.add(family_name="Kervella", given_names="Yann")
    vault.lock()
    closed.open().lock()


def test_a_second_program_is_refused_until_the_first_dies(closed: ClosedVault) -> None:
    command = [sys.executable, "-c", HOLDER, str(closed.folder), closed.recovery.secret.hex()]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(VaultInUse):
            closed.open()
        with pytest.raises(VaultInUse):
            Vault.unlock(closed.folder, closed.passphrase)
        holder.kill()
        holder.wait()
    vault = closed.open()
    assert vault.verify().ok
    vault.lock()
