"""Creating a vault, opening it, locking it, and every way it can refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    KeyFileMissing,
    PassphraseTooShort,
    VaultError,
    VaultExists,
    VaultFolderUnwritable,
    VaultLocked,
    VaultNotFound,
    WrongPassphrase,
)
from vault.key_slots.recovery import RecoveryKey
from vault.records.journal import Action
from vault.vault import Vault, VaultKind

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault


def create(folder: Path, passphrase: str = "une longue phrase") -> tuple[Vault, RecoveryKey]:
    return Vault.create(
        folder, kind=VaultKind.RELAY, place="SPIP", user="Luís DA SILVA", passphrase=passphrase
    )


def test_a_new_vault_is_two_files_and_opens_by_passphrase_and_by_recovery_sheet(
    tmp_path: Path,
) -> None:
    vault, recovery = create(tmp_path / "a" / "b")
    identity = vault.identity
    vault.lock()
    assert sorted(file.name for file in vault.folder.iterdir()) == ["vault.db", "vault.keys"]

    again = Vault.unlock(vault.folder, "une longue phrase")
    assert (again.kind, again.place, again.user) == (VaultKind.RELAY, "SPIP", "Luís DA SILVA")
    assert again.identity == identity
    assert again.id == vault.id == identity.vault_id
    again.lock()

    typed = "\n".join(recovery.lines()).lower().replace(" ", "-")
    rescued = Vault.unlock_with_recovery(vault.folder, RecoveryKey.parse(typed))
    assert rescued.identity == identity
    rescued.lock()


def test_each_vault_draws_its_own_keys(closed: ClosedVault, tmp_path: Path) -> None:
    one, other = closed.open(), create(tmp_path / "other")[0]
    assert one.identity.age_secret.startswith("AGE-SECRET-KEY-PQ-1")
    assert one.identity.age_recipient.startswith("age1pq1")
    assert one.identity.signing_seed != other.identity.signing_seed
    assert one.identity.age_secret != other.identity.age_secret
    one.lock()
    other.lock()


def test_an_identity_and_a_recovery_key_never_print_their_secrets(closed: ClosedVault) -> None:
    vault = closed.open()
    assert vault.identity.age_secret not in repr(vault.identity)
    assert closed.recovery.secret.hex() not in repr(closed.recovery)
    vault.lock()


def test_accents_composed_otherwise_open_the_same_vault(closed: ClosedVault) -> None:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", closed.passphrase)
    assert decomposed != closed.passphrase
    Vault.unlock(closed.folder, decomposed).lock()


@pytest.mark.parametrize(
    "typed", ["Quatre mots tirés au sort", "quatre mots tires au sort", "", "\udcff"]
)
def test_a_wrong_passphrase_is_refused(closed: ClosedVault, typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.unlock(closed.folder, typed)


def test_another_vaults_recovery_sheet_is_refused(closed: ClosedVault) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.unlock_with_recovery(closed.folder, RecoveryKey.generate())


@pytest.mark.parametrize(
    ("missing", "error"),
    [
        pytest.param(["vault.keys"], KeyFileMissing, id="keys"),
        pytest.param(["vault.db"], DatabaseMissing, id="database"),
        pytest.param(["vault.db", "vault.keys"], VaultNotFound, id="both"),
    ],
)
def test_a_missing_file_is_named(
    closed: ClosedVault, missing: list[str], error: type[VaultError]
) -> None:
    for name in missing:
        (closed.folder / name).unlink()
    with pytest.raises(error):
        Vault.unlock(closed.folder, closed.passphrase)


def test_a_folder_that_is_not_there_holds_no_vault(tmp_path: Path) -> None:
    with pytest.raises(VaultNotFound):
        Vault.unlock(tmp_path / "nowhere", "une longue phrase")


@pytest.mark.parametrize("left", ["vault.db", "vault.keys"])
def test_nothing_is_made_over_a_vault_or_part_of_one(closed: ClosedVault, left: str) -> None:
    for file in list(closed.folder.iterdir()):
        if file.name != left:
            file.unlink()
    before = (closed.folder / left).read_bytes()
    with pytest.raises(VaultExists):
        create(closed.folder)
    assert (closed.folder / left).read_bytes() == before


def test_a_short_passphrase_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        create(tmp_path / "coffre", "sept ca")
    assert not (tmp_path / "coffre").exists()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "coffre").write_text("")
    with pytest.raises(VaultFolderUnwritable):
        create(tmp_path / "coffre")


@pytest.mark.parametrize("has_keys", [False, True], ids=["before the keys", "after the keys"])
def test_a_creation_cut_short_is_no_vault_and_is_begun_again(
    closed: ClosedVault, has_keys: bool
) -> None:
    closed.database.rename(closed.folder / "vault.db.new")
    if not has_keys:
        closed.keys.unlink()
    with pytest.raises(VaultNotFound):
        Vault.unlock(closed.folder, closed.passphrase)
    vault, _ = create(closed.folder)
    assert vault.place == "SPIP"
    vault.lock()
    assert not (closed.folder / "vault.db.new").exists()


def test_an_emptied_database_is_not_filled_anew(closed: ClosedVault) -> None:
    closed.database.write_bytes(b"")
    with pytest.raises(DatabaseDamaged):
        closed.open()
    assert closed.database.read_bytes() == b""


def test_locked_twice_is_locked(closed: ClosedVault) -> None:
    vault = closed.open()
    assert not vault.locked
    vault.lock()
    vault.lock()
    assert vault.locked


USES: dict[str, Callable[[Vault], object]] = {
    "people": lambda vault: vault.people.all(),
    "applications": lambda vault: vault.applications.all(),
    "documents": lambda vault: vault.documents.of_person("x"),
    "official_pdfs": lambda vault: vault.official_pdfs.all(),
    "contacts": lambda vault: vault.contacts.all(),
    "bundles": lambda vault: vault.bundles.all(),
    "receipts": lambda vault: vault.receipts.all(),
    "journal": lambda vault: vault.journal.recent(1),
    "adding to the journal": lambda vault: vault.journal.add(Action.PRINTED),
    "settings": lambda vault: vault.settings.get("x", None),
    "search": lambda vault: vault.search("x"),
    "identity": lambda vault: vault.identity,
    "kind": lambda vault: vault.kind,
    "transaction": lambda vault: vault.transaction().__enter__(),
    "verify": lambda vault: vault.verify(),
    "change_passphrase": lambda vault: vault.change_passphrase("x", "une longue phrase"),
}


@pytest.mark.parametrize("use", USES)
def test_a_locked_vault_answers_nothing(closed: ClosedVault, use: str) -> None:
    vault = closed.open()
    vault.lock()
    with pytest.raises(VaultLocked):
        USES[use](vault)


def test_locking_in_the_middle_of_a_transaction_keeps_nothing_of_it(closed: ClosedVault) -> None:
    vault = closed.open()
    with pytest.raises(VaultLocked), vault.transaction():
        vault.people.add(family_name="Kervella", given_names="Yann")
        vault.lock()
    vault = closed.open()
    assert vault.people.count() == 0
    assert vault.verify().ok
    vault.lock()


def test_opening_and_locking_are_in_the_journal(closed: ClosedVault) -> None:
    closed.open().lock()
    Vault.unlock(closed.folder, closed.passphrase).lock()
    vault = closed.open()
    told = [(entry.action, entry.user) for entry in reversed(vault.journal.recent(10))]
    assert told == [
        (Action.VAULT_CREATED, "Anne MERCIER"),
        (Action.LOCKED, "Anne MERCIER"),
        (Action.UNLOCKED, "feuille de secours"),
        (Action.LOCKED, "feuille de secours"),
        (Action.UNLOCKED, "Anne MERCIER"),
        (Action.LOCKED, "Anne MERCIER"),
        (Action.UNLOCKED, "feuille de secours"),
    ]
    vault.lock()


def test_opening_loads_no_heavy_library(closed: ClosedVault) -> None:
    script = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from vault.vault import Vault\n"
        "vault = Vault.unlock(Path(sys.argv[1]), sys.argv[2])\n"
        "vault.search('x'); vault.people.all(); vault.lock()\n"
        "print(json.dumps([name for name in sys.modules if '.' not in name]))\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script, str(closed.folder), closed.passphrase],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    heavy = {"sqlite_utils", "PySide6", "reportlab", "pikepdf", "click"}
    assert not heavy & set(json.loads(loaded))
