"""How letters are set at this desk: their lines end ragged, or justified."""

from __future__ import annotations

from enum import Enum

from desktop.workflows.desk import Desk

_KEY = "letter_lines"


class LetterLines(Enum):
    """How the lines of letters end."""

    RAGGED = "ragged"
    JUSTIFIED = "justified"


def letter_lines(desk: Desk) -> LetterLines:
    """How letters are set here: ragged, which is easier to read, until somebody chooses."""
    return LetterLines(desk.vault.settings.get(_KEY, LetterLines.RAGGED.value))


def choose_letter_lines(desk: Desk, lines: LetterLines) -> None:
    """Set letters so from now on, for everybody who works in this vault.

    Raises:
        ReadOnlySession: the session only reads.
    """
    desk.require_writer()
    desk.vault.settings.set(_KEY, lines.value)
