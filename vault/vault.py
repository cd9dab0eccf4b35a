"""The vault of this PC: a folder with an encrypted database and its key slots."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vault.copies.backups import Backups
from vault.copies.rekeying import rekey
from vault.copies.repair import Repair, repair
from vault.copies.restoring import Comparison, compare, restore
from vault.creation import (
    VAULT_SETTING,
    make_database,
    refuse_existing,
    remove_unfinished,
)
from vault.database.folder_lock import FolderLock
from vault.database.refusals import reachable
from vault.database.store import FILE_NAME, Store
from vault.database.verification import VerifyReport, verify
from vault.identity import VaultIdentity, VaultKind, read_identity, renew_age_keys
from vault.key_slots.accesses import new_key_file, open_with_passphrase, open_with_recovery
from vault.key_slots.attempts import counted
from vault.key_slots.calibration import calibrated
from vault.key_slots.kdf import KEY_SIZE, Kdf
from vault.key_slots.key_slot import Role
from vault.key_slots.recovery import RecoveryKey
from vault.opening import custody_of, keys_of, take_custody
from vault.records.activity import ActivityRecords
from vault.records.applications import Applications
from vault.records.blank_copies import BlankCopies
from vault.records.bundles import Bundles
from vault.records.contacts import Contacts
from vault.records.documents import Documents, OfficialPdfs
from vault.records.erasures import Erasures
from vault.records.former_history import FormerHistory
from vault.records.forms import StoredForms
from vault.records.inbox import Inbox
from vault.records.journal import Action, Author
from vault.records.people import People
from vault.records.receipts import Receipts
from vault.records.retention import Retention
from vault.records.search import Hit, SearchIndex
from vault.records.user_records import MINIMUM_PASSPHRASE_LENGTH, mirror, refuse_short
from vault.secret_memory import SecretKey, forbid_dumps
from vault.session import Custody, Session
from vault.users import Users

__all__ = ["MINIMUM_PASSPHRASE_LENGTH", "Role", "Vault", "VaultKind", "VerifyReport"]


class Vault:
    """State: an open vault, until it is locked."""

    def __init__(self, custody: Custody) -> None:
        self.folder = custody.folder
        self.id = custody.vault_id
        self.session = custody.session
        self._custody = custody
        self._store = store = custody.store
        self._index = SearchIndex(store)
        self.people = People(store, self._index, custody.session)
        self.applications = Applications(store)
        self.inbox = Inbox(store)
        self.documents = Documents(store)
        self.official_pdfs = OfficialPdfs(store)
        self.contacts = Contacts(store)
        self.bundles = Bundles(store)
        self.receipts = Receipts(store)
        self.forms = StoredForms(store)
        self.former_history = FormerHistory(store)
        self.blank_copies = BlankCopies(store)
        self.settings = custody.settings
        self.journal = custody.journal
        self.users = Users(custody)
        self.backups = Backups(custody)
        self.erasures = Erasures(custody)
        self.retention = Retention(store)
        self.activity = ActivityRecords(store)

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
            kdf: what one derivation costs; about a second on this PC unless told.

        Raises:
            PassphraseTooShort: fewer characters than that.
            VaultExists: the folder already holds a vault, or part of one.
            VaultFolderUnwritable: nothing can be written there; nothing is left behind.
        """
        refuse_short(passphrase)
        refuse_existing(folder)
        with reachable():
            made = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True)
        forbid_dumps()
        key = SecretKey(secrets.token_bytes(KEY_SIZE))
        recovery, kdf = RecoveryKey.generate(), kdf or calibrated()
        keys, user_id = new_key_file(
            key.reveal(), user=user, passphrase=passphrase, kdf=kdf, recovery=recovery
        )
        session = Session(user_id, user, Role.RESPONSIBLE, kdf=kdf)
        hold = FolderLock(folder)
        try:
            make_database(folder, key, keys, kind=kind, place=place, author=Author(user, user_id))
            store = Store(folder / FILE_NAME, key, hold=hold)
            mirror(store, keys, key.reveal())
        except BaseException:
            hold.release()
            remove_unfinished(folder, made=made)
            key.wipe()
            raise
        return cls(custody_of(folder, keys.vault_id, store, key, session)), recovery

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, first: str = "") -> Vault:
        """Open a vault with a passphrase.

        Args:
            folder: the vault's.
            passphrase: as typed.
            first: the user whose access is tried first, if it is known who is likely to be there:
                each access tried costs a derivation.

        Raises:
            VaultNotFound, KeyFileMissing, DatabaseMissing: what is not there.
            KeyFileDamaged, KeyFileTooNew, DatabaseDamaged, SchemaTooNew: what cannot be read.
            WrongPassphrase: no slot opens with it.
            AccessWithdrawn: the slot was removed since, and an older key file put back.
            NotEnoughMemory: this PC cannot do the derivation.
            VaultInUse: another program holds the database.
        """
        hold = FolderLock(folder)
        try:
            keys = keys_of(folder)
            with counted(folder):
                opened = open_with_passphrase(keys, passphrase, first=first)
        except BaseException:
            hold.release()
            raise
        return cls(take_custody(folder, keys, opened, hold, passphrase))

    @classmethod
    def unlock_with_recovery(cls, folder: Path, recovery: RecoveryKey) -> Vault:
        """Open a vault with its recovery key; raises as `unlock`."""
        hold = FolderLock(folder)
        try:
            keys = keys_of(folder)
            with counted(folder):
                opened = open_with_recovery(keys, recovery)
        except BaseException:
            hold.release()
            raise
        return cls(take_custody(folder, keys, opened, hold))

    @classmethod
    def restore(
        cls,
        backup: Path,
        folder: Path,
        secret: str | RecoveryKey,
        *,
        progress: Callable[[float], None] = lambda _: None,
    ) -> Vault:
        """Put a backup back into a new folder and open it; see `vault.copies.restoring`."""
        return cls(restore(backup, folder, secret, progress=progress))

    @classmethod
    def repair(
        cls,
        damaged: Path,
        folder: Path,
        secret: str | RecoveryKey,
        *,
        progress: Callable[[float], None] = lambda _: None,
    ) -> tuple[Vault, Repair]:
        """Bring what can be read of a damaged vault into a new one; see `vault.copies.repair`."""
        custody, report = repair(damaged, folder, secret, progress=progress)
        return cls(custody), report

    def compare_with(self, backup: Path, secret: str | RecoveryKey) -> Comparison:
        """Say how a backup stands to this vault; see `vault.copies.restoring.compare`."""
        return compare(backup, self._custody, secret)

    def rekey(self, progress: Callable[[float], None] = lambda _: None) -> RecoveryKey:
        """Put a new key in place of the database's; see `vault.copies.rekeying`."""
        return rekey(self._custody, progress)

    @property
    def user(self) -> str:
        """The name of whoever opened the vault."""
        return self.session.user

    @property
    def locked(self) -> bool:
        """Whether the vault was locked."""
        return not self._store.is_open

    def lock(self) -> None:
        """Close the database and wipe its key; locking twice does nothing.

        Raises:
            VaultFolderUnwritable: the journal could not be written; the vault is locked all the
                same.
        """
        if self.locked:
            return
        self._store.give_up_copies()
        try:
            self.journal.add(Action.LOCKED)
        finally:
            self._store.close()
            self._custody.key.wipe()

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
        """Put a new passphrase in place of one's own; see `Users.change_passphrase`."""
        self.users.change_passphrase(old, new, kdf=kdf)

    def verify(self) -> VerifyReport:
        """Check everything: pages and their authentication, documents, journal, key file."""
        return verify(self._store, self.folder, self.id)
