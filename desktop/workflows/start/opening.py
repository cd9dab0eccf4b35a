"""Creating a vault, opening it with a passphrase or the recovery sheet, and locking it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.start.places import remember_vault
from vault.key_slots.recovery import RecoveryKey
from vault.vault import Vault, VaultKind


@dataclass(frozen=True)
class CreatedVault:
    """A vault just made, open, and the recovery key that must be printed now or never."""

    desk: Desk
    recovery: RecoveryKey


def create_vault(
    folder: Path, *, kind: VaultKind, place: str, user: str, passphrase: str
) -> CreatedVault:
    """Make a vault in a folder and open it.

    Args:
        folder: where `vault.db` and `vault.keys` will be; made if missing.
        kind: station or relay, for the vault's whole life.
        place: the establishment or office, as printed on sheets and cards.
        user: who works here first.
        passphrase: what opens it; its strength is the caller's to check.

    Raises:
        VaultExists: the folder already holds a vault.
        VaultFolderUnwritable: nothing can be written there.
    """
    vault, recovery = Vault.create(folder, kind=kind, place=place, user=user, passphrase=passphrase)
    remember_vault(folder)
    return CreatedVault(desk_of(vault), recovery)


def unlock(folder: Path, passphrase: str, *, first: str = "") -> Desk:
    """Open a vault with a passphrase.

    Args:
        folder: the vault's.
        passphrase: as typed.
        first: the user who is likely to be there, by identifier; "" when nobody is.

    Raises:
        VaultError: the vault is missing, damaged, in use elsewhere, or the passphrase is wrong.
    """
    vault = Vault.unlock(folder, passphrase, first=first)
    remember_vault(folder)
    return desk_of(vault)


def unlock_with_recovery(folder: Path, typed: str) -> Desk:
    """Open a vault with what is printed on its recovery sheet.

    Raises:
        RecoveryKeyMistyped: a line does not match its checksum.
        VaultError: as for `unlock`.
    """
    vault = Vault.unlock_with_recovery(folder, RecoveryKey.parse(typed))
    remember_vault(folder)
    return desk_of(vault)


def lock(desk: Desk) -> None:
    """Close the vault: its key leaves memory, its database is closed."""
    desk.vault.lock()


def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """Put a new passphrase in place of the one in use; the data is not touched.

    Raises:
        WrongPassphrase: the old one opens no access.
        PassphraseTooShort: the new one is too short.
        VaultFolderUnwritable: nothing was changed.
    """
    desk.vault.change_passphrase(old, new)
