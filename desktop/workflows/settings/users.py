"""Who may open this vault: accesses given, changed and taken away by a responsable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.workflows.dates import short_moment, stored_moment
from desktop.workflows.desk import Desk
from vault.key_slots.key_slot import Role
from vault.key_slots.recovery import RecoveryKey

ROLE_WORDS: dict[Role, str] = {
    Role.RESPONSIBLE: "responsable",
    Role.WORKER: "intervenant",
    Role.READER: "lecture seule",
}
READER_SAID = "Votre accès est en lecture seule\u00a0: vous lisez et imprimez, sans rien changer."
ROLE_MEANING: dict[Role, str] = {
    Role.RESPONSIBLE: "fait tout, accès et effacement compris",
    Role.WORKER: "remplit, imprime, envoie",
    Role.READER: "lit et imprime, ne change rien",
}


@dataclass(frozen=True)
class UserRow:
    """One access as shown.

    Attributes:
        opened: when it last opened the vault, in words.
        oneself: whether it is the access in use.
    """

    id: str
    name: str
    role: Role
    role_words: str
    opened: str
    oneself: bool


def list_users(desk: Desk) -> tuple[UserRow, ...]:
    """The accesses of this vault, in the order they were given."""
    session = desk.vault.session
    return tuple(
        UserRow(
            user.id,
            user.name,
            user.role,
            ROLE_WORDS[user.role],
            (short_moment(stored_moment(user.last_opened_at)) if user.last_opened_at else "jamais"),
            user.id == session.user_id,
        )
        for user in desk.vault.users.all()
    )


def may_write(desk: Desk) -> bool:
    """Whether the session may change anything."""
    return desk.vault.session.may_write


def may_manage(desk: Desk) -> bool:
    """Whether the session may give and take accesses."""
    return desk.vault.session.is_responsible


def add_user(desk: Desk, name: str, role: Role, passphrase: str) -> None:
    """Give somebody an access of their own; raises as `vault.users.Users.add`."""
    desk.vault.users.add(" ".join(name.split()), role, passphrase)


def remove_user(desk: Desk, user_id: str) -> None:
    """Take an access away; what was done under it stays in the journal."""
    desk.vault.users.remove(user_id)


def change_role(desk: Desk, user_id: str, role: Role) -> None:
    """Give another role, from the next opening."""
    desk.vault.users.change_role(user_id, role)


def reset_passphrase(desk: Desk, user_id: str, passphrase: str) -> None:
    """Give somebody who forgot theirs a new passphrase."""
    desk.vault.users.reset_passphrase(user_id, passphrase)


def renew_recovery_sheet(desk: Desk) -> RecoveryKey:
    """Draw a new recovery key, to be printed and read back at once; the old sheet is void."""
    return desk.vault.users.renew_recovery()


def change_vault_key(desk: Desk, progress: Callable[[float], None]) -> RecoveryKey:
    """Put a new key under the whole database, after somebody left with the old one.

    The other accesses stay, with their passphrases.

    Returns:
        The new recovery key, to be printed and read back at once.
    """
    return desk.vault.rekey(progress)
