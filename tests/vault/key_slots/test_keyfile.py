"""`vault.keys`: damaged, altered, weakened, swapped, too new; and a passphrase changed."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from vault.errors import (
    KeyFileDamaged,
    KeyFileTooNew,
    PassphraseTooShort,
    VaultError,
    WrongPassphrase,
)
from vault.key_slots.kdf import Kdf
from vault.key_slots.keyfile import KeyFile, read_key_file
from vault.vault import Vault, VaultKind

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

NEW = "une tout autre phrase"
VERSION_1 = Path(__file__).parents[1] / "vaults" / "version-1"


def read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_bytes())
    return content


def forge(file: Path, content: dict[str, Any]) -> None:
    """Write a key file as somebody would who knows this program but not the data key."""
    bare = msgspec.convert({**content, "checksum": ""}, KeyFile)
    checksum = hashlib.sha256(msgspec.json.encode(bare)).digest()
    whole = msgspec.structs.replace(bare, checksum=checksum)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(whole), indent=1))
    read_key_file(file.parent)  # a good forgery: the plain checksum sees nothing


def test_every_damaged_byte_is_noticed(closed: ClosedVault) -> None:
    content = closed.keys.read_bytes()
    for place in range(len(content)):
        for bit in (0, 5, 7):
            damaged = bytearray(content)
            damaged[place] ^= 1 << bit
            closed.keys.write_bytes(damaged)
            with pytest.raises((KeyFileDamaged, KeyFileTooNew)):
                read_key_file(closed.folder)


def test_a_key_file_cut_anywhere_is_noticed(closed: ClosedVault) -> None:
    content = closed.keys.read_bytes()
    for length in range(0, len(content), 7):
        closed.keys.write_bytes(content[:length])
        with pytest.raises(KeyFileDamaged):
            read_key_file(closed.folder)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"null", id="null"),
        pytest.param(b"{}", id="no fields"),
        pytest.param(b"[" * 100_000, id="deeply nested"),
        pytest.param(b"\xff\xfe" * 10, id="not text"),
        pytest.param(random.Random(4).randbytes(4096), id="noise"),
        pytest.param(b" " * (256 * 1024 + 1), id="too large"),
    ],
)
def test_anything_else_in_its_place_is_damage(closed: ClosedVault, content: bytes) -> None:
    closed.keys.write_bytes(content)
    with pytest.raises(KeyFileDamaged):
        Vault.unlock(closed.folder, closed.passphrase)


def test_a_newer_key_file_is_refused_as_such(closed: ClosedVault) -> None:
    content = {**read(closed.keys), "version": 3, "something": "else"}
    closed.keys.write_text(json.dumps(content))
    with pytest.raises(KeyFileTooNew):
        Vault.unlock(closed.folder, closed.passphrase)


def change_slot(content: dict[str, Any], **changes: object) -> None:
    content["users"][0].update(changes)


ALTERATIONS: dict[str, tuple[Callable[[dict[str, Any]], object], type[VaultError]]] = {
    "less memory": (lambda keys: change_slot(keys, memory_kib=8 * 1024), KeyFileDamaged),
    "fewer passes": (lambda keys: change_slot(keys, passes=1), KeyFileDamaged),
    "absurd memory": (lambda keys: change_slot(keys, memory_kib=2**40), KeyFileDamaged),
    "other lanes": (lambda keys: change_slot(keys, lanes=2), WrongPassphrase),
    "more passes": (lambda keys: change_slot(keys, passes=4), WrongPassphrase),
    "another name": (lambda keys: change_slot(keys, label=_base64(b"0" * 40)), KeyFileDamaged),
    "another role": (lambda keys: change_slot(keys, role="reader"), KeyFileDamaged),
    "another identifier": (lambda keys: change_slot(keys, id="x"), WrongPassphrase),
    "another salt": (lambda keys: change_slot(keys, salt=_base64(b"0" * 16)), WrongPassphrase),
    "another pair": (lambda keys: change_slot(keys, public=_base64(b"0" * 32)), WrongPassphrase),
    "no public key": (lambda keys: change_slot(keys, public=""), WrongPassphrase),
    "no private key": (lambda keys: change_slot(keys, private=""), WrongPassphrase),
    "no data key": (lambda keys: change_slot(keys, sealed=""), KeyFileDamaged),
    "another data key": (lambda keys: change_slot(keys, sealed=_base64(b"0" * 92)), KeyFileDamaged),
    "another vault": (lambda keys: keys.update(vault_id="x"), WrongPassphrase),
    "no user": (lambda keys: keys["users"].pop(), WrongPassphrase),
    "recovery removed": (lambda keys: keys["slots"].pop(), KeyFileDamaged),
    "slot added": (lambda keys: keys["slots"].append(keys["slots"][0]), KeyFileDamaged),
    "user added": (lambda keys: keys["users"].append(keys["users"][0]), KeyFileDamaged),
    "an older revision": (lambda keys: keys.update(revision=0), KeyFileDamaged),
    "another mac": (lambda keys: keys.update(mac=_base64(b"0" * 32)), KeyFileDamaged),
}


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_a_forged_key_file_opens_nothing(closed: ClosedVault, alteration: str) -> None:
    alter, error = ALTERATIONS[alteration]
    content = read(closed.keys)
    alter(content)
    forge(closed.keys, content)
    with pytest.raises(error):
        Vault.unlock(closed.folder, closed.passphrase)


def test_a_slot_below_the_floor_is_refused_even_when_it_was_made_so(closed: ClosedVault) -> None:
    content = read(closed.keys)
    change_slot(content, memory_kib=0, passes=0, lanes=0)
    forge(closed.keys, content)
    with pytest.raises(KeyFileDamaged):
        Vault.unlock(closed.folder, closed.passphrase)


def test_a_slot_of_another_vault_with_the_same_passphrase_opens_nothing(
    closed: ClosedVault, tmp_path: Path
) -> None:
    other, _ = Vault.create(
        tmp_path / "other",
        kind=VaultKind.STATION,
        place="x",
        user="x",
        passphrase=closed.passphrase,
    )
    other.lock()
    content = read(closed.keys)
    content["users"][0] = read(tmp_path / "other" / "vault.keys")["users"][0]
    forge(closed.keys, content)
    with pytest.raises(WrongPassphrase):
        Vault.unlock(closed.folder, closed.passphrase)


OF_VERSION_1: dict[str, tuple[Callable[[dict[str, Any]], object], type[VaultError]]] = {
    "less memory": (lambda keys: keys["slots"][0].update(memory_kib=8 * 1024), KeyFileDamaged),
    "another role": (lambda keys: keys["slots"][0].update(role="reader"), WrongPassphrase),
    "another name": (lambda keys: keys["slots"][0].update(label=""), WrongPassphrase),
    "no wrapped key": (lambda keys: keys["slots"][0].update(wrapped=""), WrongPassphrase),
    "slots exchanged": (lambda keys: keys["slots"].reverse(), KeyFileDamaged),
    "recovery removed": (lambda keys: keys["slots"].pop(), KeyFileDamaged),
}


@pytest.mark.parametrize("alteration", OF_VERSION_1)
def test_a_forged_key_file_of_version_1_opens_nothing(tmp_path: Path, alteration: str) -> None:
    alter, error = OF_VERSION_1[alteration]
    folder = tmp_path / "coffre"
    shutil.copytree(VERSION_1, folder)
    content = read(folder / "vault.keys")
    alter(content)
    forge(folder / "vault.keys", content)
    with pytest.raises(error):
        Vault.unlock(folder, "quatre mots tirés au sort")


@pytest.mark.parametrize(("version", "users"), [(1, []), (2, None)])
def test_a_version_that_is_not_its_contents_is_damage(
    closed: ClosedVault, version: int, users: object
) -> None:
    content = read(closed.keys)
    content["version"] = version
    if users is None:
        del content["users"]
    with pytest.raises(KeyFileDamaged):
        forge(closed.keys, content)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(closed: ClosedVault) -> None:
    database = closed.database.read_bytes()
    before = closed.keys.read_bytes()
    vault = closed.open()
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase("pas celle-là", NEW)
    with pytest.raises(PassphraseTooShort):
        vault.change_passphrase(closed.passphrase, "court")
    assert closed.keys.read_bytes() == before
    vault.change_passphrase(closed.passphrase, NEW)
    vault.lock()

    with pytest.raises(WrongPassphrase):
        Vault.unlock(closed.folder, closed.passphrase)
    Vault.unlock(closed.folder, NEW).lock()
    closed.open().lock()
    assert (closed.folder / "vault.keys.previous").read_bytes() == before
    assert not (closed.folder / "vault.keys.new").exists()
    assert len(closed.database.read_bytes()) >= len(database)


def test_a_changed_passphrase_may_cost_more(closed: ClosedVault) -> None:
    vault = closed.open()
    vault.change_passphrase(closed.passphrase, NEW, kdf=Kdf(80 * 1024, 3, 2))
    vault.lock()
    slot = read(closed.keys)["users"][0]
    assert (slot["memory_kib"], slot["passes"], slot["lanes"]) == (80 * 1024, 3, 2)
    assert slot["role"] == "responsible"
    vault = Vault.unlock(closed.folder, NEW)
    assert vault.user == "Anne MERCIER"
    vault.lock()


def test_each_writing_is_a_new_revision_with_fresh_secrets(closed: ClosedVault) -> None:
    before = read(closed.keys)
    vault = closed.open()
    vault.change_passphrase(closed.passphrase, closed.passphrase)
    vault.lock()
    after = read(closed.keys)
    assert (before["revision"], after["revision"]) == (1, 2)
    (old,), (new,) = before["users"], after["users"]
    assert old["id"] == new["id"]
    for name in ("label", "salt", "public", "private", "sealed"):
        assert old[name] != new[name]
    assert before["slots"] == after["slots"]


def test_the_key_files_of_another_vault_are_not_rewritten(
    closed: ClosedVault, template: ClosedVault, tmp_path: Path
) -> None:
    other, _ = Vault.create(
        tmp_path / "other",
        kind=VaultKind.STATION,
        place="x",
        user="x",
        passphrase=closed.passphrase,
    )
    (tmp_path / "other" / "vault.keys").write_bytes(template.keys.read_bytes())
    with pytest.raises(KeyFileDamaged):
        other.change_passphrase(closed.passphrase, NEW)
    assert other.verify().problems
    other.lock()


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
