"""A session: who opened the vault, what they may do, and what they should be told first."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from vault.database.store import Store
from vault.errors import KeyFileDamaged, NotResponsible, ReadOnlySession, VaultLocked
from vault.key_slots.kdf import Kdf
from vault.key_slots.key_slot import Role
from vault.key_slots.keyfile import KeyFile, read_key_file
from vault.records.journal import Journal
from vault.records.settings import Settings
from vault.secret_memory import SecretKey


@dataclass(frozen=True)
class Session:
    """Who opened the vault, from unlocking to locking.

    Attributes:
        user_id: the user's identifier, as the journal keeps it.
        user: their name.
        by_recovery: whether the recovery key opened, which may do all a *responsable* may.
        kdf: what their passphrase costs; None for the recovery key.
        keys_are_older: whether `vault.keys` is older than the database knows: a backup put back.
        keys_were_damaged: whether `vault.keys` was damaged or gone, and the one before put back.
        rekey_pending: whether a change of the database's key was begun and must be done again.
        failed_attempts: wrong passphrases since this user's last session.
    """

    user_id: str
    user: str
    role: Role
    by_recovery: bool = False
    kdf: Kdf | None = None
    keys_are_older: bool = False
    keys_were_damaged: bool = False
    rekey_pending: bool = False
    failed_attempts: int = 0

    @property
    def may_write(self) -> bool:
        """Whether this session may change anything."""
        return self.role is not Role.READER

    @property
    def is_responsible(self) -> bool:
        """Whether this session may manage users, retention and erasing."""
        return self.role is Role.RESPONSIBLE

    def require_writer(self) -> None:
        """Refuse what changes something.

        Raises:
            ReadOnlySession: the user only reads.
        """
        if not self.may_write:
            raise ReadOnlySession

    def require_responsible(self) -> None:
        """Refuse what only a *responsable* may do.

        Raises:
            ReadOnlySession: the user only reads.
            NotResponsible: the user is not one.
        """
        self.require_writer()
        if not self.is_responsible:
            raise NotResponsible


@dataclass(frozen=True)
class Custody:
    """What the keepers of an open vault share: its folder, its database, its key, its session.

    Attributes:
        changing_keys: held by whoever reads the key file to write another: two changes begun from
            the same file would undo each other.
    """

    folder: Path
    vault_id: str
    store: Store
    key: SecretKey
    session: Session
    journal: Journal
    settings: Settings
    changing_keys: threading.RLock = field(default_factory=threading.RLock, compare=False)

    def key_file(self) -> KeyFile:
        """The key file as it is now.

        Raises:
            VaultLocked: the vault was locked.
            KeyFileMissing, KeyFileDamaged: it is gone, was altered, or is another vault's.
        """
        if not self.store.is_open:
            raise VaultLocked
        key_file = read_key_file(self.folder)
        if key_file.vault_id != self.vault_id:
            raise KeyFileDamaged("the key file belongs to another vault")
        return key_file
