"""The users of a vault: adding one, removing one, changing roles and passphrases.

`vault.keys` says who may open, and with which role; the table `users` remembers who ever could,
so that the journal's identifiers keep their names and an old key file brings nobody back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vault.errors import (
    LastResponsible,
    NameTaken,
    PassphraseTaken,
    RecordNotFound,
    WrongPassphrase,
)
from vault.key_slots.accesses import (
    Access,
    accesses,
    open_with_passphrase,
    open_with_recovery,
    with_recovery,
    with_role,
    with_user,
    without_user,
)
from vault.key_slots.calibration import calibrated, raised
from vault.key_slots.kdf import Kdf
from vault.key_slots.key_slot import Role
from vault.key_slots.keyfile import KeyFile, check_mac, write_key_file
from vault.key_slots.recovery import RecoveryKey
from vault.records.columns import new_id
from vault.records.journal import Action
from vault.records.search import fold
from vault.records.user_records import (
    RECOVERY_CONFIRMED,
    User,
    all_users,
    find_user,
    in_force,
    mirror,
    refuse_short,
)
from vault.secret_memory import wipe
from vault.session import Custody


class Users:
    """The users of one open vault."""

    def __init__(self, custody: Custody) -> None:
        self._custody = custody

    def all(self, *, removed: bool = False) -> list[User]:
        """The users who can open the vault, in the order they came; with those removed if asked."""
        users = all_users(self._custody.store)
        return [user for user in users if removed or user.removed_at is None]

    def get(self, id: str) -> User:
        """A user, present or past.

        Raises:
            RecordNotFound: nobody ever had this identifier.
        """
        user = find_user(self._custody.store, id)
        if user is None:
            raise RecordNotFound
        return user

    def confirm(self, passphrase: str) -> bool:
        """Whether this is the passphrase of the session's user: to ask before a grave step."""
        try:
            opened = open_with_passphrase(
                self._custody.key_file(), passphrase, first=self._custody.session.user_id
            )
        except WrongPassphrase:
            return False
        wipe(opened.data_key)
        return opened.id == self._custody.session.user_id

    def add(self, name: str, role: Role, passphrase: str, *, kdf: Kdf | None = None) -> User:
        """Give somebody an access of their own.

        Raises:
            NotResponsible: the session may not.
            NameTaken: another user has this name, accents and case ignored.
            PassphraseTooShort, PassphraseTaken: the passphrase cannot be theirs.
            VaultFolderUnwritable: the key file could not be written; nothing was changed.
        """
        self._custody.session.require_responsible()
        refuse_short(passphrase)
        with self._changing() as key_file:
            if any(fold(user.name) == fold(name) for user in self.all()):
                raise NameTaken
            self._refuse_taken(key_file, passphrase)
            id = new_id()
            changed = with_user(
                key_file,
                self._custody.key.reveal(),
                id=id,
                name=name,
                role=role,
                passphrase=passphrase,
                kdf=kdf or calibrated(),
            )
            self._write(changed, Action.USER_ADDED, id, name, role)
        return self.get(id)

    def remove(self, id: str) -> None:
        """Take a user's access away; what they did stays in the journal under their name.

        They may have kept a copy of the vault and know its key: see `vault.copies.rekeying`.

        Raises:
            NotResponsible: the session may not.
            RecordNotFound: nobody has this access.
            LastResponsible: no *responsable* would remain.
        """
        self._custody.session.require_responsible()
        with self._changing() as key_file:
            access = self._access(key_file, id)
            changed = without_user(key_file, self._custody.key.reveal(), id)
            self._write(changed, Action.USER_REMOVED, id, access.name, access.role)

    def change_role(self, id: str, role: Role) -> None:
        """Give a user another role, from their next opening; their passphrase stays.

        Raises:
            NotResponsible: the session may not.
            RecordNotFound: nobody has this access, or its passphrase was not typed since version 1.
            LastResponsible: no *responsable* would remain.
        """
        self._custody.session.require_responsible()
        with self._changing() as key_file:
            access = self._access(key_file, id)
            if role is access.role:
                return
            changed = with_role(key_file, self._custody.key.reveal(), id, role)
            self._write(changed, Action.USER_ROLE_CHANGED, id, access.name, role)

    def reset_passphrase(self, id: str, passphrase: str, *, kdf: Kdf | None = None) -> None:
        """Give a user who forgot theirs a new passphrase; the old one opens nothing any more.

        Raises:
            NotResponsible: the session may not.
            RecordNotFound: nobody has this access.
            PassphraseTooShort, PassphraseTaken: the passphrase cannot be theirs.
        """
        self._custody.session.require_responsible()
        with self._changing() as key_file:
            access = self._access(key_file, id)
            refuse_short(passphrase)
            self._refuse_taken(key_file, passphrase, but=id)
            self._rewrap(key_file, access, passphrase, kdf or calibrated(), Action.PASSPHRASE_RESET)

    def change_passphrase(self, old: str, new: str, *, kdf: Kdf | None = None) -> None:
        """Put a new passphrase in place of one's own: one slot is rewritten, never the data.

        Whoever came in by the recovery key may change any passphrase they know.

        Raises:
            ReadOnlySession: the session only reads; a responsable resets it.
            WrongPassphrase: the old one opens no access, or somebody else's.
            PassphraseTooShort, PassphraseTaken: the new one cannot be theirs.
            VaultFolderUnwritable: the key file could not be written; the old one still opens.
        """
        self._custody.session.require_writer()
        with self._changing() as key_file:
            refuse_short(new)
            session = self._custody.session
            opened = open_with_passphrase(key_file, old, first=session.user_id)
            wipe(opened.data_key)
            if opened.id != session.user_id and not session.by_recovery:
                raise WrongPassphrase
            self._refuse_taken(key_file, new, but=opened.id)
            access = self._access(key_file, opened.id)
            cost = kdf or raised(opened.kdf or Kdf(), opened.seconds)
            self._rewrap(key_file, access, new, cost, Action.PASSPHRASE_CHANGED)

    def renew_recovery(self) -> RecoveryKey:
        """Draw a new recovery key, to be printed now or never; the old sheet opens nothing.

        Raises:
            NotResponsible: the session may not.
        """
        self._custody.session.require_responsible()
        recovery = RecoveryKey.generate()
        with self._changing() as key_file, self._custody.store.transaction():
            changed = with_recovery(key_file, self._custody.key.reveal(), recovery)
            self._custody.settings.set(RECOVERY_CONFIRMED, False)
            self._write(changed, Action.RECOVERY_RENEWED)
        return recovery

    @property
    def recovery_confirmed(self) -> bool:
        """Whether somebody showed that the recovery sheet in force was printed and can be read."""
        return bool(self._custody.settings.get(RECOVERY_CONFIRMED, False))

    def opens_with(self, recovery: RecoveryKey) -> bool:
        """Whether a recovery key, read back from its sheet, is the one in force."""
        try:
            opened = open_with_recovery(self._custody.key_file(), recovery)
        except WrongPassphrase:
            return False
        wipe(opened.data_key)
        return True

    def confirm_recovery(self) -> None:
        """Note that the groups asked back from the recovery sheet were read right.

        Raises:
            ReadOnlySession: the session only reads.
        """
        self._custody.session.require_writer()
        with self._custody.store.transaction():
            self._custody.settings.set(RECOVERY_CONFIRMED, True)
            self._custody.journal.add(Action.RECOVERY_CONFIRMED)

    @contextmanager
    def _changing(self) -> Iterator[KeyFile]:
        # One change at a time: two begun from the same file would each undo the other, and might
        # leave no responsable between them.
        with self._custody.changing_keys:
            key_file = self._custody.key_file()
            check_mac(key_file, self._custody.key.reveal())
            yield in_force(key_file, self._custody.key.reveal(), self._custody.store)

    def _access(self, key_file: KeyFile, id: str) -> Access:
        for access in accesses(key_file, self._custody.key.reveal()):
            if access.id == id:
                return access
        raise RecordNotFound

    def _refuse_taken(self, key_file: KeyFile, passphrase: str, *, but: str = "") -> None:
        # A passphrase alone says who opens.
        try:
            opened = open_with_passphrase(key_file, passphrase, first=but)
        except WrongPassphrase:
            return
        wipe(opened.data_key)
        if opened.id != but:
            raise PassphraseTaken

    def _rewrap(
        self, key_file: KeyFile, access: Access, passphrase: str, kdf: Kdf, action: Action
    ) -> None:
        changed = with_user(
            key_file,
            self._custody.key.reveal(),
            id=access.id,
            name=access.name,
            role=access.role,
            passphrase=passphrase,
            kdf=kdf,
        )
        self._write(changed, action, access.id, access.name, access.role)

    def _write(
        self,
        key_file: KeyFile,
        action: Action,
        id: str = "",
        name: str = "",
        role: Role | None = None,
    ) -> None:
        # Whatever is changed, whoever changes it.
        left = accesses(key_file, self._custody.key.reveal())
        if all(one.role is not Role.RESPONSIBLE for one in left):
            raise LastResponsible
        store = self._custody.store
        detail = {"user_id": id, "name": name, "role": role.value if role else ""}
        with store.transaction():
            mirror(store, key_file, self._custody.key.reveal())
            self._custody.journal.add(
                action, detail={key: value for key, value in detail.items() if value}
            )
            # Last: had the file been written and the rest not, the next opening would catch up.
            write_key_file(self._custody.folder, key_file)
