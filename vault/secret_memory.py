"""Raw keys in memory: kept in one locked page, wiped when they are no longer needed.

What is achieved: a session's key is held in a page of its own that the system may not write to
its swap file (`mlock`, `VirtualLock`) nor into a core dump, and that is overwritten at locking;
the short-lived copies made on the way (`bytes`, the text of `PRAGMA key`) are overwritten as soon
as they have served; SQLCipher is told to lock and wipe its own memory; the process leaves no core
dump, and another process of the same user may not read its memory (Linux).

What is not: Python moves and copies what it likes; a copy that a library made of a key, and the
passphrase itself (typed into a text field, immutable), stay until their memory is used again. The
answers on the screen are in clear in memory, as they must be. Hibernation writes everything to
the disk. An administrator reads all of it. Overwriting an immutable object rests on how CPython
lays it out; elsewhere it is not done.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import platform
import sys
from typing import Any

_PR_SET_DUMPABLE = 4
_MADV_DONTDUMP = 16
_NO_CRASH_WINDOW = 0x0001 | 0x0002
_BYTES_HEADER = bytes.__basicsize__ - 1


class SecretKey:
    """State: a key in a locked page of memory, until it is wiped.

    Attributes:
        locked: whether the system promised to keep the page out of its swap file.
    """

    def __init__(self, content: bytes) -> None:
        """Keep a key, and overwrite the object it came in."""
        self._size = len(content)
        self._page = mmap.mmap(-1, mmap.PAGESIZE)
        self.locked = _lock(self._page)
        self._page[: self._size] = content
        wipe(content)

    def reveal(self) -> bytes:
        """A copy, for a library that wants bytes; `wipe` it after use.

        Raises:
            ValueError: the key was wiped.
        """
        return self._page[: self._size]

    @property
    def wiped(self) -> bool:
        """Whether the key is gone."""
        return self._page.closed

    def wipe(self) -> None:
        """Overwrite the key and give its page back; doing it twice does nothing."""
        if self._page.closed:
            return
        self._page[:] = bytes(mmap.PAGESIZE)
        self._page.close()

    def become(self, other: SecretKey) -> None:
        """Hold another key of the same size from now on."""
        self._page[: self._size] = other._page[: self._size]

    def copy(self) -> SecretKey:
        """The same key in a page of its own."""
        return SecretKey(self.reveal())

    def __repr__(self) -> str:
        return "SecretKey(…)"


def wipe(secret: bytes | str) -> None:
    """Overwrite a secret in place, where the interpreter is CPython.

    Only for an object that nobody else holds and that is not a constant of the program.
    """
    if sys.implementation.name != "cpython" or len(secret) < 2:
        return
    if isinstance(secret, bytes):
        ctypes.memset(id(secret) + _BYTES_HEADER, 0, len(secret))
    elif secret.isascii():
        header = sys.getsizeof(secret) - len(secret) - 1
        ctypes.memset(id(secret) + header, ord("0"), len(secret))


def forbid_dumps() -> bool:
    """Leave no core dump of this process; whether the system agreed. Calling it again is free."""
    if sys.platform == "win32":
        # The crash window offers to save the memory; there is no dump by default.
        ctypes.windll.kernel32.SetErrorMode(_NO_CRASH_WINDOW)
        return True
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return False
    if platform.system() == "Linux":
        # The limit does not bind a dump piped to a program; this does, and stops ptrace too.
        return bool(_libc().prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    return True


def _lock(page: mmap.mmap) -> bool:
    view = (ctypes.c_char * len(page)).from_buffer(page)
    try:
        address, size = ctypes.c_void_p(ctypes.addressof(view)), ctypes.c_size_t(len(page))
        if sys.platform == "win32":
            return bool(ctypes.windll.kernel32.VirtualLock(address, size))
        with contextlib.suppress(OSError, ValueError):
            if platform.system() == "Linux":
                page.madvise(_MADV_DONTDUMP)
        return bool(_libc().mlock(address, size) == 0)
    except (OSError, AttributeError):
        # No such call on this system: the key is merely not locked.
        return False
    finally:
        # A page that is still looked at cannot be given back.
        del view


def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)
