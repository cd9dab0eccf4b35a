"""The recovery sheet: printed once, read back, so that nobody keeps one that cannot be read."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.workflows.desk import Desk
from vault.key_slots.recovery import GROUPS, LINES, RecoveryKey

_ASKED = 2


@dataclass(frozen=True)
class Group:
    """A group of characters on the sheet, its line and its place counted from 1."""

    line: int
    number: int

    @property
    def said(self) -> str:
        """« Ligne 3, groupe 2 »."""
        return f"Ligne {self.line}, groupe {self.number}"


def recovery_sheet(desk: Desk, recovery: RecoveryKey) -> bytes:
    """The sheet of a key just drawn, as a PDF to print and lock away."""
    from exports.paper.sheets.recovery import render_recovery_sheet

    return render_recovery_sheet(
        recovery.lines(),
        place=desk.vault.place,
        user=desk.vault.user,
        created_on=desk.today(),
    )


def groups_to_ask() -> tuple[Group, ...]:
    """Two groups of two lines, drawn anew each time, in the order of the sheet."""
    chance = secrets.SystemRandom()
    lines = sorted(chance.sample(range(1, LINES + 1), _ASKED))
    return tuple(Group(line, chance.randint(1, GROUPS)) for line in lines)


def read_back(desk: Desk, recovery: RecoveryKey, typed: Mapping[Group, str]) -> tuple[Group, ...]:
    """Note that the sheet was read back; the groups that were not read right, if any.

    Raises:
        ReadOnlySession, VaultError: it could not be noted.
    """
    desk.require_writer()
    wrong = tuple(
        group
        for group, words in typed.items()
        if not recovery.says(group.line, group.number, words)
    )
    if not wrong:
        desk.vault.users.confirm_recovery()
    return wrong


def try_sheet(desk: Desk, typed: str) -> bool:
    """Note that a sheet printed earlier was read back whole; whether it is the one in force.

    Raises:
        RecoveryKeyMistyped: a line does not match its check characters.
        ReadOnlySession, VaultError: it could not be noted.
    """
    desk.require_writer()
    if not desk.vault.users.opens_with(RecoveryKey.parse(typed)):
        return False
    desk.vault.users.confirm_recovery()
    return True


def needs_reading_back(desk: Desk) -> bool:
    """Whether nobody has shown yet that the sheet in force can be read."""
    return not desk.vault.users.recovery_confirmed
