"""How long an open vault may be left before it locks: set by vault, in minutes."""

from __future__ import annotations

from desktop.workflows.desk import Desk

IDLE_CHOICES = (2, 5, 10, 15)
USUAL_IDLE = 5

_KEY = "idle_minutes"


def idle_minutes(desk: Desk) -> int:
    """The minutes after which this vault locks when nobody touches the PC."""
    kept = desk.vault.settings.get(_KEY, USUAL_IDLE)
    return kept if kept in IDLE_CHOICES else USUAL_IDLE


def choose_idle_minutes(desk: Desk, minutes: int) -> None:
    """Keep the minutes after which this vault locks.

    Raises:
        ReadOnlySession, NotResponsible: it binds everybody, and the session may not.
        ValueError: not one of the choices.
    """
    desk.require_responsible()
    if minutes not in IDLE_CHOICES:
        raise ValueError(f"not a choice of minutes: {minutes}")
    desk.vault.settings.set(_KEY, minutes)
