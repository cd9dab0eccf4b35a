"""A vault before anybody opens it: the tries that failed, the wait before the next one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vault.key_slots.attempts import failed_attempts, wait_after


@dataclass(frozen=True)
class LockedState:
    """What is known of a vault before anybody opens it.

    Attributes:
        failed: the tries that failed since it was last opened.
        wait: the seconds before the next one.
    """

    failed: int
    wait: int


def locked_state(folder: Path) -> LockedState:
    """How many tries failed on a locked vault, and how long the next must wait."""
    failed = failed_attempts(folder)
    return LockedState(failed, wait_after(failed))
