"""Backups of the vault on a stick: made, counted in days, put back on a new PC."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.workflows.dates import long_day, stored_day
from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.start.places import known_vaults, remember_vault
from desktop.workflows.start.typed_secret import passphrase_or_recovery
from vault.copies.backups import Backup, backups_in
from vault.copies.restoring import Age, Comparison, compare
from vault.errors import VaultError
from vault.key_slots.keyfile import read_key_file
from vault.vault import Vault

_DELAY = "backup_reminder_days"
DELAYS = (3, 7, 14, 30)
_USUAL_DELAY = 7


@dataclass(frozen=True)
class BackupState:
    """How the backups of this vault stand.

    Attributes:
        said: when the last one was made, in words.
        due: whether it is time for another.
        delay: after how many days it is.
    """

    said: str
    due: bool
    delay: int


def backup_state(desk: Desk) -> BackupState:
    """How the backups of this vault stand today."""
    delay = int(desk.vault.settings.get(_DELAY, _USUAL_DELAY))
    last = desk.vault.backups.last
    if last is None:
        return BackupState("Aucune sauvegarde n’a encore été faite.", _has_people(desk), delay)
    day = stored_day(last.at)
    age = (desk.today() - day).days
    said = f"Dernière sauvegarde\u00a0: {long_day(day)}."
    if age < 0:
        # How old it is cannot be told: a backup too many harms nobody.
        said += " Cette date est à venir\u00a0: vérifiez l’horloge de ce PC."
    return BackupState(said, age >= delay or age < 0, delay)


def set_reminder(desk: Desk, days: int) -> None:
    """Ask for a backup after so many days.

    Raises:
        ReadOnlySession, NotResponsible: it binds everybody, and the session may not.
    """
    desk.require_responsible()
    desk.vault.settings.set(_DELAY, days)


def make_backup(
    desk: Desk, place: Path, progress: Callable[[float], None] = lambda _: None
) -> Backup:
    """Make a backup in a folder, read it back, drop the oldest; raises as `Backups.make`."""
    return desk.vault.backups.make(place, progress=progress)


def find_backups(place: Path) -> tuple[Backup, ...]:
    """The backups in a folder, or the folder itself when it is one; the latest first."""
    found = backups_in(place)
    if not found:
        found = [one for one in backups_in(place.parent) if one.folder == place]
    return tuple(found)


def what_it_lacks(backup: Path, secret: str) -> str:
    """What was done since in the same vault on this PC, in words; empty for nothing.

    Empty too for a backup that does not open: putting it back says why.

    Args:
        backup: the backup's folder.
        secret: a passphrase, or what is printed on the recovery sheet.
    """
    for folder in known_vaults():
        with contextlib.suppress(VaultError):
            if read_key_file(folder).vault_id != read_key_file(backup).vault_id:
                continue
            said = _said_of(compare(backup, folder, passphrase_or_recovery(secret)), folder)
            if said:
                return said
    return ""


def _said_of(found: Comparison, folder: Path) -> str:
    here = f"le coffre qui est sur ce PC ({folder})"
    kept = " Ce coffre-là n’est pas modifié."
    if found.age is Age.UNKNOWN:
        return (
            f"Cette sauvegarde n’a pas pu être comparée avec {here}\u00a0: il est peut-être plus "
            f"récent.{kept}"
        )
    if found.age is Age.DIVERGED:
        return (
            f"Depuis cette sauvegarde, {here} a été repris et utilisé autrement\u00a0: ce qui a "
            f"été fait dans l’un manque dans l’autre.{kept}"
        )
    said = []
    if found.lost:
        plural = "s" if found.lost > 1 else ""
        said.append(
            f"Cette sauvegarde est plus ancienne que {here}\u00a0: il y manque {found.lost}"
            f"\u00a0action{plural} faite{plural} depuis."
        )
    if found.erased:
        plural = "s" if found.erased > 1 else ""
        said.append(
            f"{found.erased}\u00a0personne{plural} effacée{plural} depuis y "
            f"{'sont' if found.erased > 1 else 'est'} encore."
        )
    return " ".join(said) + kept if said else ""


def restore_backup(
    backup: Path, folder: Path, secret: str, progress: Callable[[float], None] = lambda _: None
) -> Desk:
    """Put a backup back into a new folder and open it.

    Args:
        backup: the backup's folder.
        folder: the new vault's.
        secret: a passphrase, or what is printed on the recovery sheet.
        progress: told how much is done.

    Raises:
        VaultError: see `vault.copies.restoring.restore`.
    """
    vault = Vault.restore(backup, folder, passphrase_or_recovery(secret), progress=progress)
    remember_vault(folder)
    return desk_of(vault)


def _has_people(desk: Desk) -> bool:
    return desk.vault.people.count() > 0
