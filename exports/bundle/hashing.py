"""SHA-256 of what goes by, computed on another core while it is deciphered or written."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

_BATCH = 1024 * 1024
"""Below this, another thread costs more than it saves; what is smaller never meets one."""


class PassingHash:
    """State: a SHA-256, and the last pieces it has not taken yet."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._size = 0
        self._under_way: Future[None] | None = None

    def update(self, piece: bytes) -> None:
        """Take a piece, which may be hashed later."""
        self._waiting.append(piece)
        self._size += len(piece)
        if self._size >= _BATCH:
            self._settle()
            self._under_way = _threads(os.getpid()).submit(self._take, self._waiting)
            self._waiting, self._size = [], 0

    def hexdigest(self) -> str:
        """The SHA-256 of all the pieces, hexadecimal."""
        self._settle()
        self._take(self._waiting)
        self._waiting, self._size = [], 0
        return self._sha256.hexdigest()

    def _take(self, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            self._sha256.update(piece)

    def _settle(self) -> None:
        if self._under_way is not None:
            self._under_way.result()
            self._under_way = None


@functools.cache
def _threads(_process: int) -> ThreadPoolExecutor:
    # A process forked from one that has threads has none of them: it needs its own.
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="sha256")
