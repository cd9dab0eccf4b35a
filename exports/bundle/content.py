"""Content that a bundle carries: bytes at hand, or read in pieces from where they are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Protocol

PIECE_SIZE = 1024 * 1024


class StoredContent(Protocol):
    """Bytes that are not in memory.

    Attributes:
        size: how many there are.
        sha256: their SHA-256, as whoever keeps them knows it, hexadecimal.
    """

    @property
    def size(self) -> int:
        """How many bytes there are."""

    @property
    def sha256(self) -> str:
        """What they should hash to."""

    def pieces(self) -> Iterator[bytes]:
        """The bytes, from the first to the last; each call begins again."""


Content = bytes | StoredContent

Progress = Callable[[int], None]
"""Told the bytes of content done so far; what it raises ends the work."""


def pieces_of(content: Content) -> Iterator[bytes]:
    """The bytes of a content, in pieces."""
    if isinstance(content, bytes):
        return (content[start : start + PIECE_SIZE] for start in range(0, len(content), PIECE_SIZE))
    return content.pieces()


def size_of(content: Content) -> int:
    """How many bytes a content has."""
    return len(content) if isinstance(content, bytes) else content.size


def sha256_of(content: Content) -> str:
    """The SHA-256 of a content, hexadecimal; of one that is stored, what it should be."""
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256


def bytes_of(content: Content) -> bytes:
    """A content whole in memory."""
    return content if isinstance(content, bytes) else b"".join(content.pieces())
