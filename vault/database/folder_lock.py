"""One program at a time in a vault's folder: a lock that stays while the files are replaced.

SQLite locks the database file. A change of key and a cleaning put another file in its place, and
the key file is read before the database is opened: in between, a second program could take hold of
a file about to go, or remove the copy about to come. This lock is on a file that nothing replaces.
The system lets go of it when the program dies.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from vault.errors import VaultInUse

FILE_NAME = "vault.lock"

_HELD = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK})


class FolderLock:
    """State: whether the folder is ours."""

    def __init__(self, folder: Path) -> None:
        """Take the folder for this program, or for this opening of it.

        Where the folder cannot be written, or the system has no such locks, nothing is taken:
        SQLite's own lock is left, and what is wrong with the folder is told when it is used.

        Raises:
            VaultInUse: another program, or another opening, has it.
        """
        self._file = folder / FILE_NAME
        self._descriptor: int | None = None
        while True:
            try:
                descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                return
            try:
                _lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                if error.errno in _HELD:
                    raise VaultInUse from error
                return
            if self._is_still_there(descriptor):
                self._descriptor = descriptor
                return
            # Its last holder removed it between our opening it and our locking it.
            os.close(descriptor)

    def release(self) -> None:
        """Let other programs in; doing it twice does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        # Windows removes no file that is open; elsewhere it goes while it is still locked.
        if sys.platform == "win32":
            os.close(descriptor)
        with contextlib.suppress(OSError):
            self._file.unlink()
        if sys.platform != "win32":
            os.close(descriptor)

    def __del__(self) -> None:
        """Let go of what a failed opening left."""
        self.release()

    def _is_still_there(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._file.stat())
        except OSError:
            return False


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        return
    import fcntl

    # Not `lockf`: its lock falls as soon as this program closes the file anywhere.
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
