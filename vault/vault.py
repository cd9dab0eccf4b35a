"""The vault of this PC: a folder with an encrypted database and its key slots."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from vault import keyfile
from vault.applications import Applications
from vault.bundles import Bundles
from vault.contacts import Contacts
from vault.documents import Documents, OfficialPdfs
from vault.errors import (
    DatabaseMissing,
    KeyFileMissing,
    PassphraseTooShort,
    VaultExists,
    VaultFolderUnwritable,
    VaultNotFound,
)
from vault.identity import VaultIdentity, make_identity, read_identity
from vault.journal import Action, Journal
from vault.kdf import KEY_SIZE, Kdf
from vault.people import People
from vault.receipts import Receipts
from vault.recovery import RecoveryKey
from vault.schema import bring_forward
from vault.search import Hit, SearchIndex
from vault.settings import Settings
from vault.store import FILE_NAME, Store

MINIMUM_PASSPHRASE_LENGTH = 8


class VaultKind(Enum):
    """What a vault is for, for its whole life; a station never touches a network."""

    STATION = "station"
    RELAY = "relay"


@dataclass(frozen=True)
class VerifyReport:
    """What a full check found.

    Attributes:
        problems: one French sentence each; empty when all is well.
    """

    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


class Vault:
    """State: an open vault, until it is locked."""

    def __init__(self, folder: Path, store: Store, vault_id: str, user: str) -> None:
        self.folder = folder
        self.id = vault_id
        self.user = user
        self._store = store
        self._index = SearchIndex(store)
        self.people = People(store, self._index)
        self.applications = Applications(store, self._index)
        self.documents = Documents(store)
        self.official_pdfs = OfficialPdfs(store)
        self.contacts = Contacts(store)
        self.bundles = Bundles(store)
        self.receipts = Receipts(store)
        self.settings = Settings(store)
        self.journal = Journal(store, lambda: self.user)

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        kind: VaultKind,
        place: str,
        user: str,
        passphrase: str,
        kdf: Kdf | None = None,
    ) -> tuple[Vault, RecoveryKey]:
        """Make a vault, open it, and return it with its recovery key, which is shown once.

        Args:
            folder: made if missing.
            kind: station or relay.
            place: the establishment or office.
            user: who opens the first slot, a *responsable*.
            passphrase: at least 8 characters; judging its strength is the caller's.
            kdf: what one derivation costs.

        Raises:
            PassphraseTooShort: fewer characters than that.
            VaultExists: the folder already holds a vault, or part of one.
            VaultFolderUnwritable: nothing can be written there; nothing is left behind.
        """
        if len(passphrase) < MINIMUM_PASSPHRASE_LENGTH:
            raise PassphraseTooShort
        if (folder / FILE_NAME).exists() or (folder / keyfile.FILE_NAME).exists():
            raise VaultExists
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise VaultFolderUnwritable from error
        data_key = secrets.token_bytes(KEY_SIZE)
        recovery = RecoveryKey.generate()
        keys = keyfile.new_key_file(
            data_key, user=user, passphrase=passphrase, kdf=kdf or Kdf(), recovery=recovery
        )
        try:
            store = Store(folder, data_key)
            vault = cls(folder, store, keys.vault_id, user)
            bring_forward(store)
            with store.transaction():
                vault.settings.set("vault", {"kind": kind.value, "place": place})
                make_identity(vault.settings)
                vault.journal.add(Action.VAULT_CREATED)
            # Last: a vault without its key file was never made.
            keyfile.write_key_file(folder, keys)
        except BaseException:
            with contextlib.suppress(UnboundLocalError):
                store.close()
            for name in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
                (folder / name).unlink(missing_ok=True)
            raise
        return vault, recovery

    @classmethod
    def unlock(cls, folder: Path, passphrase: str) -> Vault:
        """Open a vault with a passphrase.

        Raises:
            VaultNotFound, KeyFileMissing, DatabaseMissing: what is not there.
            KeyFileDamaged, KeyFileTooNew, DatabaseDamaged, SchemaTooNew: what cannot be read.
            WrongPassphrase: no slot opens with it.
            VaultInUse: another program holds the database.
        """
        keys = _keys_of(folder)
        data_key, slot = keyfile.open_with_passphrase(keys, passphrase)
        return cls._open(folder, data_key, keys.vault_id, slot.user)

    @classmethod
    def unlock_with_recovery(cls, folder: Path, recovery: RecoveryKey) -> Vault:
        """Open a vault with its recovery key; raises as `unlock`."""
        keys = _keys_of(folder)
        data_key, slot = keyfile.open_with_recovery(keys, recovery)
        return cls._open(folder, data_key, keys.vault_id, slot.user)

    @classmethod
    def _open(cls, folder: Path, data_key: bytes, vault_id: str, user: str) -> Vault:
        store = Store(folder, data_key)
        try:
            bring_forward(store)
            vault = cls(folder, store, vault_id, user)
            vault.journal.add(Action.UNLOCKED)
        except BaseException:
            store.close()
            raise
        return vault

    @property
    def locked(self) -> bool:
        """Whether the vault was locked."""
        return not self._store.is_open

    def lock(self) -> None:
        """Close the database; locking twice does nothing."""
        if self.locked:
            return
        try:
            self.journal.add(Action.LOCKED)
        finally:
            self._store.close()

    @property
    def kind(self) -> VaultKind:
        """Station or relay."""
        return VaultKind(self.settings.get("vault", {})["kind"])

    @property
    def place(self) -> str:
        """The establishment or office."""
        return str(self.settings.get("vault", {})["place"])

    @property
    def identity(self) -> VaultIdentity:
        """The vault's own keys."""
        return read_identity(
            self.settings, vault_id=self.id, place=self.place, kind=self.kind.value
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together, or not at all; may be nested.

        Raises:
            VaultLocked: the vault was locked.
        """
        with self._store.transaction():
            yield

    def search(self, text: str, *, limit: int = 50) -> list[Hit]:
        """People and applications that have, for each word typed, a word beginning with it."""
        return self._index.find(text, limit=limit)

    def change_passphrase(self, old: str, new: str, *, kdf: Kdf | None = None) -> None:
        """Put a new passphrase in place of an old one: one slot is rewritten, never the data.

        Raises:
            WrongPassphrase: the old one opens no slot.
            PassphraseTooShort: the new one is too short.
            VaultFolderUnwritable: the key file could not be written; the old one still opens.
        """
        if len(new) < MINIMUM_PASSPHRASE_LENGTH:
            raise PassphraseTooShort
        keys = keyfile.read_key_file(self.folder)
        data_key, slot = keyfile.open_with_passphrase(keys, old)
        fresh = keyfile.passphrase_slot(
            keys.vault_id,
            data_key,
            user=slot.user,
            role=slot.role,
            passphrase=new,
            kdf=kdf or Kdf(slot.memory_kib, slot.passes, slot.lanes),
        )
        keyfile.write_key_file(self.folder, keyfile.replace_slot(keys, slot, fresh, data_key))
        self.journal.add(Action.PASSPHRASE_CHANGED)

    def verify(self) -> VerifyReport:
        """Check everything: pages, their authentication, documents, the journal's chain."""
        problems = [
            f"Page illisible\u00a0: {row[0]}."
            for row in self._store.rows("PRAGMA cipher_integrity_check")
        ]
        problems += [
            f"Base incohérente\u00a0: {row[0]}."
            for row in self._store.rows("PRAGMA integrity_check")
            if row[0] != "ok"
        ]
        problems += [
            f"Clé étrangère sans objet dans «\u00a0{row[0]}\u00a0»."
            for row in self._store.rows("PRAGMA foreign_key_check")
        ]
        problems += [f"Pièce altérée\u00a0: {one}." for one in self.documents.damaged()]
        broken = self.journal.first_break()
        if broken is not None:
            problems.append(f"Journal rompu à la ligne {broken}.")
        return VerifyReport(tuple(problems))


def _keys_of(folder: Path) -> keyfile.KeyFile:
    has_database = (folder / FILE_NAME).exists()
    try:
        keys = keyfile.read_key_file(folder)
    except KeyFileMissing:
        if not has_database:
            raise VaultNotFound from None
        raise
    if not has_database:
        raise DatabaseMissing
    return keys
