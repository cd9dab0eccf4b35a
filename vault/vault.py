"""The vault of this PC: a folder with an encrypted database and its key slots."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vault import keyfile
from vault.applications import Applications
from vault.bundles import Bundles
from vault.contacts import Contacts
from vault.creation import (
    UNFINISHED,
    VAULT_SETTING,
    make_database,
    reachable,
    refuse_existing,
    remove_unfinished,
)
from vault.documents import Documents, OfficialPdfs
from vault.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    KeyFileDamaged,
    KeyFileMissing,
    PassphraseTooShort,
    VaultLocked,
    VaultNotFound,
)
from vault.forms import StoredForms
from vault.identity import VaultIdentity, VaultKind, read_identity, renew_age_keys
from vault.journal import Action, Journal
from vault.kdf import KEY_SIZE, Kdf
from vault.people import People
from vault.receipts import Receipts
from vault.recovery import RecoveryKey
from vault.schema import bring_forward
from vault.search import Hit, SearchIndex
from vault.settings import Settings
from vault.store import FILE_NAME, Store
from vault.verification import VerifyReport, verify

__all__ = ["MINIMUM_PASSPHRASE_LENGTH", "Vault", "VaultKind", "VerifyReport"]

MINIMUM_PASSPHRASE_LENGTH = 8


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
        self.forms = StoredForms(store)
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
        _refuse_short(passphrase)
        refuse_existing(folder)
        with reachable():
            made = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True)
        data_key = secrets.token_bytes(KEY_SIZE)
        recovery = RecoveryKey.generate()
        keys = keyfile.new_key_file(
            data_key, user=user, passphrase=passphrase, kdf=kdf or Kdf(), recovery=recovery
        )
        try:
            make_database(folder, data_key, keys, kind=kind, place=place, user=user)
            vault = cls(folder, Store(folder / FILE_NAME, data_key), keys.vault_id, user)
        except BaseException:
            remove_unfinished(folder, made=made)
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
        return cls._open(folder, keys.vault_id, keyfile.open_with_passphrase(keys, passphrase))

    @classmethod
    def unlock_with_recovery(cls, folder: Path, recovery: RecoveryKey) -> Vault:
        """Open a vault with its recovery key; raises as `unlock`."""
        keys = _keys_of(folder)
        return cls._open(folder, keys.vault_id, keyfile.open_with_recovery(keys, recovery))

    @classmethod
    def _open(cls, folder: Path, vault_id: str, opened: keyfile.Opened) -> Vault:
        store = Store(_existing_database(folder), opened.data_key)
        try:
            bring_forward(store)
            vault = cls(folder, store, vault_id, opened.user)
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
        """Close the database; locking twice does nothing.

        Raises:
            VaultFolderUnwritable: the journal could not be written; the vault is locked all the
                same.
        """
        if self.locked:
            return
        try:
            self.journal.add(Action.LOCKED)
        finally:
            self._store.close()

    @property
    def kind(self) -> VaultKind:
        """Station or relay."""
        return VaultKind(self.settings.get(VAULT_SETTING, {})["kind"])

    @property
    def place(self) -> str:
        """The establishment or office."""
        return str(self.settings.get(VAULT_SETTING, {})["place"])

    @property
    def identity(self) -> VaultIdentity:
        """The vault's own keys."""
        return read_identity(self.settings, vault_id=self.id, place=self.place, kind=self.kind)

    def renew_age_keys(self) -> None:
        """Draw new keys to be written to; what was written for the old ones still opens.

        Raises:
            VaultLocked: the vault was locked.
        """
        with self.transaction():
            renew_age_keys(self.settings)
            self.journal.add(Action.KEYS_RENEWED)

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
            VaultLocked: the vault was locked.
            WrongPassphrase: the old one opens no slot.
            PassphraseTooShort: the new one is too short.
            KeyFileDamaged: the key file was altered, or is another vault's.
            VaultFolderUnwritable: the key file could not be written; the old one still opens.
        """
        if self.locked:
            raise VaultLocked
        _refuse_short(new)
        keys = keyfile.read_key_file(self.folder)
        if keys.vault_id != self.id:
            raise KeyFileDamaged("the key file belongs to another vault")
        opened = keyfile.open_with_passphrase(keys, old)
        cost = kdf or Kdf(opened.slot.memory_kib, opened.slot.passes, opened.slot.lanes)
        changed = keyfile.with_new_passphrase(keys, opened, new, cost)
        keyfile.write_key_file(self.folder, changed)
        self.journal.add(Action.PASSPHRASE_CHANGED)

    def verify(self) -> VerifyReport:
        """Check everything: pages and their authentication, documents, journal, key file."""
        return verify(self._store, self.folder, self.id)


def _refuse_short(passphrase: str) -> None:
    if len(passphrase) < MINIMUM_PASSPHRASE_LENGTH:
        raise PassphraseTooShort


def _existing_database(folder: Path) -> Path:
    # SQLite takes an emptied file for a new database.
    file = folder / FILE_NAME
    with reachable():
        if file.stat().st_size == 0:
            raise DatabaseDamaged("the database is empty")
    return file


def _keys_of(folder: Path) -> keyfile.KeyFile:
    with reachable():
        has_database = (folder / FILE_NAME).exists()
        is_unfinished = (folder / UNFINISHED).exists()
    try:
        keys = keyfile.read_key_file(folder)
    except KeyFileMissing:
        if not has_database:
            raise VaultNotFound from None
        raise
    if not has_database:
        raise VaultNotFound if is_unfinished else DatabaseMissing
    return keys
