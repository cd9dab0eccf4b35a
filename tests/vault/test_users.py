"""Several people, one vault: who may come in, who manages whom, and what the journal remembers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.errors import (
    AccessWithdrawn,
    LastResponsible,
    NameTaken,
    NotResponsible,
    PassphraseTaken,
    PassphraseTooShort,
    ReadOnlySession,
    RecordNotFound,
    WrongPassphrase,
)
from vault.key_slots.kdf import Kdf
from vault.key_slots.key_slot import Role
from vault.key_slots.keyfile import read_key_file
from vault.key_slots.recovery import RecoveryKey
from vault.records.journal import Action
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

YANN = "girafe lanterne octobre"
MAELLE = "vinaigre tambour écluse"
VERSION_1 = Path(__file__).parent / "vaults" / "version-1"


@pytest.fixture
def shared(closed: ClosedVault) -> Iterator[Vault]:
    """A vault opened by its responsable, with a worker and a reader."""
    vault = Vault.unlock(closed.folder, closed.passphrase)
    vault.users.add("Yann KERVELLA", Role.WORKER, YANN)
    vault.users.add("Maëlle LE GOFF", Role.READER, MAELLE)
    yield vault
    vault.lock()


def named(vault: Vault, name: str) -> str:
    return next(user.id for user in vault.users.all() if user.name == name)


def opened_by(closed: ClosedVault, passphrase: str) -> tuple[str, Role]:
    vault = Vault.unlock(closed.folder, passphrase)
    vault.lock()
    return vault.user, vault.session.role


def test_a_new_vault_has_one_responsable(closed: ClosedVault) -> None:
    vault = Vault.unlock(closed.folder, closed.passphrase)
    (user,) = vault.users.all()
    assert (user.name, user.role) == ("Anne MERCIER", Role.RESPONSIBLE)
    assert user.id == vault.session.user_id
    assert user.last_opened_at is not None
    vault.lock()


def test_each_comes_in_by_their_own_passphrase(shared: Vault, closed: ClosedVault) -> None:
    shared.lock()
    assert opened_by(closed, closed.passphrase) == ("Anne MERCIER", Role.RESPONSIBLE)
    assert opened_by(closed, YANN) == ("Yann KERVELLA", Role.WORKER)
    assert opened_by(closed, MAELLE) == ("Maëlle LE GOFF", Role.READER)
    vault = closed.open()
    assert vault.session.by_recovery
    assert vault.session.is_responsible
    assert [user.name for user in vault.users.all()] == [
        "Anne MERCIER",
        "Yann KERVELLA",
        "Maëlle LE GOFF",
    ]
    vault.lock()


def test_the_journal_says_who_by_name_and_identifier(shared: Vault, closed: ClosedVault) -> None:
    anne = shared.session.user_id
    shared.lock()
    vault = Vault.unlock(closed.folder, YANN)
    vault.journal.add(Action.PRINTED)
    lines = vault.journal.recent(100)
    assert [(line.user, line.user_id) for line in lines[:2]] == [
        ("Yann KERVELLA", vault.session.user_id)
    ] * 2
    added = [line for line in lines if line.action is Action.USER_ADDED]
    assert {line.user_id for line in added} == {anne}
    assert [line.detail["name"] for line in reversed(added)] == ["Yann KERVELLA", "Maëlle LE GOFF"]
    assert vault.journal.first_break() is None
    vault.lock()


MANAGING: dict[str, Callable[[Vault, str], object]] = {
    "add": lambda vault, _: vault.users.add("Luís", Role.WORKER, "une longue phrase"),
    "remove": lambda vault, id: vault.users.remove(id),
    "change_role": lambda vault, id: vault.users.change_role(id, Role.READER),
    "reset_passphrase": lambda vault, id: vault.users.reset_passphrase(id, "une longue phrase"),
    "renew_recovery": lambda vault, _: vault.users.renew_recovery(),
    "rekey": lambda vault, _: vault.rekey(),
    "erase a person": lambda vault, _: vault.people.delete("whoever"),
}


@pytest.mark.parametrize("step", MANAGING)
@pytest.mark.parametrize("passphrase", [YANN, MAELLE], ids=["worker", "reader"])
def test_only_a_responsable_manages(
    shared: Vault, closed: ClosedVault, step: str, passphrase: str
) -> None:
    anne = shared.session.user_id
    shared.lock()
    before = closed.keys.read_bytes()
    vault = Vault.unlock(closed.folder, passphrase)
    refused = NotResponsible if passphrase == YANN else ReadOnlySession
    with pytest.raises(refused):
        MANAGING[step](vault, anne)
    vault.lock()
    assert closed.keys.read_bytes() == before


def test_a_removed_user_is_out_and_stays_in_the_journal(shared: Vault, closed: ClosedVault) -> None:
    yann = named(shared, "Yann KERVELLA")
    shared.users.remove(yann)
    assert [user.name for user in shared.users.all()] == ["Anne MERCIER", "Maëlle LE GOFF"]
    gone = shared.users.get(yann)
    assert gone.name == "Yann KERVELLA"
    assert gone.removed_at is not None
    assert gone in shared.users.all(removed=True)
    with pytest.raises(RecordNotFound):
        shared.users.remove(yann)
    shared.lock()
    with pytest.raises(WrongPassphrase):
        Vault.unlock(closed.folder, YANN)


def test_an_old_key_file_brings_nobody_back(shared: Vault, closed: ClosedVault) -> None:
    old = closed.keys.read_bytes()
    shared.users.remove(named(shared, "Yann KERVELLA"))
    shared.users.change_role(named(shared, "Maëlle LE GOFF"), Role.WORKER)
    shared.lock()
    closed.keys.write_bytes(old)
    with pytest.raises(AccessWithdrawn):
        Vault.unlock(closed.folder, YANN)
    vault = Vault.unlock(closed.folder, MAELLE)
    assert vault.session.keys_are_older
    assert vault.session.role is Role.WORKER
    refused = [line for line in vault.journal.recent(9) if line.action is Action.UNLOCK_REFUSED]
    assert [line.user for line in refused] == ["Yann KERVELLA"]
    vault.lock()


def test_a_newer_key_file_than_the_database_is_caught_up_with(
    shared: Vault, closed: ClosedVault
) -> None:
    # As when the program dies between the two, or the database comes from a backup.
    database = closed.database.read_bytes()
    shared.lock()
    closed.database.write_bytes(database)
    (closed.folder / "vault.db-wal").unlink(missing_ok=True)
    vault = Vault.unlock(closed.folder, YANN)
    assert not vault.session.keys_are_older
    assert len(vault.users.all()) == 3
    vault.lock()


def test_at_least_one_responsable_remains(shared: Vault) -> None:
    anne = shared.session.user_id
    with pytest.raises(LastResponsible):
        shared.users.remove(anne)
    with pytest.raises(LastResponsible):
        shared.users.change_role(anne, Role.WORKER)
    shared.users.change_role(named(shared, "Yann KERVELLA"), Role.RESPONSIBLE)
    shared.users.remove(anne)
    assert [user.name for user in shared.users.all()] == ["Yann KERVELLA", "Maëlle LE GOFF"]


def test_a_changed_role_binds_from_the_next_opening(shared: Vault, closed: ClosedVault) -> None:
    shared.users.change_role(named(shared, "Yann KERVELLA"), Role.READER)
    shared.lock()
    assert opened_by(closed, YANN) == ("Yann KERVELLA", Role.READER)


def test_a_forgotten_passphrase_is_reset_by_a_responsable(
    shared: Vault, closed: ClosedVault
) -> None:
    yann = named(shared, "Yann KERVELLA")
    with pytest.raises(PassphraseTooShort):
        shared.users.reset_passphrase(yann, "court")
    with pytest.raises(PassphraseTaken):
        shared.users.reset_passphrase(yann, MAELLE)
    shared.users.reset_passphrase(yann, "une tout autre phrase")
    shared.lock()
    with pytest.raises(WrongPassphrase):
        Vault.unlock(closed.folder, YANN)
    assert opened_by(closed, "une tout autre phrase") == ("Yann KERVELLA", Role.WORKER)


def test_the_recovery_sheet_lets_the_last_responsable_back_in(closed: ClosedVault) -> None:
    vault = closed.open()
    (anne,) = vault.users.all()
    vault.users.reset_passphrase(anne.id, "une tout autre phrase")
    vault.lock()
    assert opened_by(closed, "une tout autre phrase")[0] == "Anne MERCIER"


def test_nobody_changes_anothers_passphrase_by_knowing_it(
    shared: Vault, closed: ClosedVault
) -> None:
    shared.lock()
    vault = Vault.unlock(closed.folder, YANN)
    with pytest.raises(WrongPassphrase):
        vault.users.change_passphrase(MAELLE, "une tout autre phrase")
    with pytest.raises(PassphraseTaken):
        vault.users.change_passphrase(YANN, MAELLE)
    vault.users.change_passphrase(YANN, "une tout autre phrase")
    vault.lock()
    assert opened_by(closed, "une tout autre phrase") == ("Yann KERVELLA", Role.WORKER)


def test_an_old_passphrase_with_an_old_key_file_does_not_open_the_new_one(
    shared: Vault, closed: ClosedVault
) -> None:
    old = read_key_file(closed.folder)
    yann = named(shared, "Yann KERVELLA")
    shared.users.reset_passphrase(yann, "une tout autre phrase")
    new = read_key_file(closed.folder)
    publics = [
        next(slot.public for slot in keys.users if slot.id == yann)  # type: ignore[union-attr]
        for keys in (old, new)
    ]
    assert publics[0] != publics[1]


def test_who_is_at_the_keyboard_is_asked_again(shared: Vault) -> None:
    assert shared.users.confirm("quatre mots tirés au sort")
    assert not shared.users.confirm(YANN)
    assert not shared.users.confirm("")


def test_two_users_never_share_a_name_or_a_passphrase(shared: Vault) -> None:
    with pytest.raises(NameTaken):
        shared.users.add("yann kervella", Role.WORKER, "une longue phrase")
    with pytest.raises(PassphraseTaken):
        shared.users.add("Luís DA SILVA", Role.WORKER, YANN)
    with pytest.raises(PassphraseTooShort):
        shared.users.add("Luís DA SILVA", Role.WORKER, "court")
    assert len(shared.users.all()) == 3


def test_a_lost_sheet_is_replaced(shared: Vault, closed: ClosedVault) -> None:
    old = closed.keys.read_bytes()
    confirmed = [shared.users.recovery_confirmed]
    recovery = shared.users.renew_recovery()
    shared.users.confirm_recovery()
    confirmed.append(shared.users.recovery_confirmed)
    assert confirmed == [False, True]
    shared.lock()
    with pytest.raises(WrongPassphrase):
        closed.open()
    vault = Vault.unlock_with_recovery(closed.folder, recovery)
    vault.lock()
    # Nor does the old sheet come back with an old key file.
    closed.keys.write_bytes(old)
    with pytest.raises(AccessWithdrawn):
        closed.open()


def test_a_vault_of_version_1_opens_as_one_responsable(tmp_path: Path) -> None:
    folder = tmp_path / "coffre"
    shutil.copytree(VERSION_1, folder)
    vault = Vault.unlock(folder, "quatre mots tirés au sort")
    (user,) = vault.users.all()
    assert (user.id, user.role) == (vault.session.user_id, Role.RESPONSIBLE)
    old = [line.user_id for line in vault.journal.recent(100) if line.at < user.created_at]
    assert old
    assert set(old) == {None}
    vault.users.add("Yann KERVELLA", Role.WORKER, YANN)
    assert vault.verify().ok
    vault.lock()
    keys = read_key_file(folder)
    assert keys.version == 2
    assert [slot.type for slot in keys.slots] == ["recovery"]
    for passphrase in ("quatre mots tirés au sort", YANN):
        Vault.unlock(folder, passphrase).lock()


def test_a_vault_of_version_1_opened_by_its_sheet_keeps_its_passphrase(tmp_path: Path) -> None:
    folder = tmp_path / "coffre"
    shutil.copytree(VERSION_1, folder)
    typed = "C2EC 9DR8 NS09 40XH 57YY NYKP 7JQG EXQA 4CC7 AZTK 6GNS STVP 6AD6 595Z B06X DSVA"
    vault = Vault.unlock_with_recovery(folder, RecoveryKey.parse(typed))
    (user,) = vault.users.all()
    vault.users.add("Yann KERVELLA", Role.RESPONSIBLE, YANN)
    with pytest.raises(RecordNotFound):
        vault.users.change_role(user.id, Role.WORKER)
    vault.lock()
    Vault.unlock(folder, YANN).lock()
    vault = Vault.unlock(folder, "quatre mots tirés au sort")
    assert vault.session.user_id == user.id
    vault.lock()
    assert len(read_key_file(folder).slots) == 1


def test_who_was_there_before_is_tried_first(
    shared: Vault, closed: ClosedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    maelle = named(shared, "Maëlle LE GOFF")
    shared.lock()
    derive, derived = Kdf.derive, list[bytes]()

    def counted(kdf: Kdf, passphrase: str, salt: bytes) -> bytes:
        derived.append(salt)
        return derive(kdf, passphrase, salt)

    monkeypatch.setattr(Kdf, "derive", counted)
    Vault.unlock(closed.folder, MAELLE, first=maelle).lock()
    assert len(derived) == 1
    derived.clear()
    Vault.unlock(closed.folder, YANN, first=maelle).lock()
    assert len(derived) == 3
