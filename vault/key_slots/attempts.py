"""Wrong passphrases, counted beside the locked vault until somebody opens it and is told.

The count is a file that grows by one byte before each try: appending is never half done, survives
the program being killed, and two programs do not lose each other's tries. No clock is read, so that
setting it changes nothing. The file is no secret and nothing can authenticate it while the vault is
locked: whoever can write in the folder can empty it, as they can copy the vault and try elsewhere.
What a copy has to face is Argon2id. The count and the wait are for somebody at the keyboard.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vault.errors import VaultError, WrongPassphrase

FILE_NAME = "vault.attempts"
LONGEST_WAIT = 60
"""Seconds: nobody is kept out longer, however many tries there were."""

_FORGIVEN = 2
_MOST = 9_999


def failed_attempts(folder: Path) -> int:
    """How many tries failed since the vault was last opened.

    A count that is missing, or cannot be read, keeps nobody out: it is 0.
    """
    try:
        return min((folder / FILE_NAME).stat().st_size, _MOST)
    except OSError:
        return 0


def wait_after(failed: int) -> int:
    """The seconds to wait before the next try: none after two slips, then 2, 4, 8… up to 60."""
    if failed <= _FORGIVEN:
        return 0
    return int(min(2 ** min(failed - _FORGIVEN, 10), LONGEST_WAIT))


@contextmanager
def counted(folder: Path) -> Iterator[None]:
    """Count what is tried inside as failed, before it is tried; not, once it is known otherwise."""
    _count_one_more(folder)
    try:
        yield
    except WrongPassphrase:
        raise
    except VaultError:
        _count_one_less(folder)
        raise
    _count_one_less(folder)


def forget_attempts(folder: Path) -> None:
    """Count anew: the vault is open, and its journal holds what was counted."""
    with suppress(OSError):
        (folder / FILE_NAME).unlink(missing_ok=True)


def _count_one_more(folder: Path) -> None:
    # A folder that cannot be written says so when the vault itself is opened.
    with suppress(OSError), (folder / FILE_NAME).open("ab") as stream:
        if stream.tell() < _MOST:
            stream.write(b".")
        stream.flush()
        os.fsync(stream.fileno())


def _count_one_less(folder: Path) -> None:
    with suppress(OSError):
        left = (folder / FILE_NAME).stat().st_size - 1
        if left > 0:
            os.truncate(folder / FILE_NAME, left)
        else:
            (folder / FILE_NAME).unlink()
