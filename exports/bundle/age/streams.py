"""Age files as streams: one to write into, one to read from at any place.

What `exports.bundle.age.file` does from a source to a target, for a library that itself writes or
reads, as `zipfile` does. One chunk is in memory at a time.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from exports.bundle.age.derivation import derive
from exports.bundle.age.errors import HeaderTruncated, PayloadDamaged, PayloadTruncated
from exports.bundle.age.file import unwrap
from exports.bundle.age.header import check_mac, read_header, write_header
from exports.bundle.age.payload import (
    CHUNK_SIZE,
    NONCE_SIZE,
    SEALED_SIZE,
    TAG_SIZE,
    chunk_nonce,
    open_chunk,
    read_whole,
)
from exports.bundle.age.wrapping import FILE_KEY_SIZE, Identity, Recipient
from exports.bundle.hashing import PassingHash


class AgeWriter(io.RawIOBase):
    """State: an age file being written; it is whole once `finish` was called."""

    def __init__(self, target: BinaryIO, recipients: Sequence[Recipient]) -> None:
        """Write the header for at least one recipient.

        Raises:
            ValueError: there is no recipient.
        """
        super().__init__()
        if not recipients:
            raise ValueError("a file needs a recipient")
        self._target = target
        file_key = os.urandom(FILE_KEY_SIZE)
        nonce = os.urandom(NONCE_SIZE)
        target.write(write_header([one.wrap(file_key) for one in recipients], file_key))
        target.write(nonce)
        self._cipher = ChaCha20Poly1305(derive(file_key, salt=nonce, info=b"payload"))
        self._number = 0
        self._kept = b""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes | memoryview, /) -> int:  # type: ignore[override]  # any buffer there
        """Encrypt what is given; the end is kept back, since the last chunk is sealed otherwise."""
        view = memoryview(data).cast("B")
        size = len(view)
        if self._kept:
            missing = CHUNK_SIZE - len(self._kept)
            self._kept += bytes(view[:missing])
            view = view[missing:]
            if not view:
                return size
            self._seal(self._kept, last=False)
        start = 0
        # A full chunk goes out only once something follows it.
        while len(view) - start > CHUNK_SIZE:
            self._seal(view[start : start + CHUNK_SIZE], last=False)
            start += CHUNK_SIZE
        self._kept = bytes(view[start:])
        return size

    def finish(self) -> None:
        """Write the last chunk; the target stays open."""
        self._seal(self._kept, last=True)

    def _seal(self, chunk: bytes | memoryview, *, last: bool) -> None:
        nonce = chunk_nonce(self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, chunk, None))
        self._number += 1


class AgeReader(io.RawIOBase):
    """State: an age file being read, and the chunk last opened.

    Whatever is given out is authentic; that nothing is missing is known once `finish` was called.
    """

    def __init__(self, source: BinaryIO, identities: Sequence[Identity]) -> None:
        """Read the header of a file that can be read at any place.

        Raises:
            AgeError: see `exports.bundle.age.errors`.
        """
        super().__init__()
        self._source = source
        self._sha256 = PassingHash()
        header = read_header(source)
        file_key = unwrap(header.stanzas, identities)
        check_mac(header, file_key)
        nonce = read_whole(source, NONCE_SIZE)
        if len(nonce) < NONCE_SIZE:
            raise HeaderTruncated
        self._cipher = ChaCha20Poly1305(derive(file_key, salt=nonce, info=b"payload"))
        self._start = source.tell()
        source.seek(0)
        self._sha256.update(read_whole(source, self._start))
        sealed = source.seek(0, io.SEEK_END) - self._start
        if sealed < TAG_SIZE or 0 < sealed % SEALED_SIZE < TAG_SIZE:
            raise PayloadTruncated
        self._count = -(-sealed // SEALED_SIZE)
        self._size = sealed - self._count * TAG_SIZE
        self._place = 0
        self._number = -1
        self._chunk = b""
        self._hashed = 0

    @property
    def size(self) -> int:
        """How many bytes the content has."""
        return self._size

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte is read, in the content."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place of the content."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the start")
        self._place = base + offset
        return self._place

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer only at the end.

        Raises:
            PayloadDamaged: the chunk they are in does not authenticate.
        """
        left = max(0, self._size - self._place)
        left = left if size < 0 else min(size, left)
        pieces = []
        while left:
            number, start = divmod(self._place, CHUNK_SIZE)
            piece = self._open(number)[start : start + left]
            pieces.append(piece)
            left -= len(piece)
            self._place += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def finish(self) -> str:
        """Authenticate the chunks not yet read in order, to the last.

        Returns:
            The SHA-256 of the whole encrypted file, hexadecimal.

        Raises:
            PayloadDamaged: a chunk does not authenticate.
            PayloadTruncated: the file ends before the last one.
        """
        while self._hashed < self._count:
            self._open(self._hashed)
        return self._sha256.hexdigest()

    def _open(self, number: int) -> bytes:
        if number == self._number and number < self._hashed:
            return self._chunk
        self._source.seek(self._start + number * SEALED_SIZE)
        sealed = read_whole(self._source, SEALED_SIZE)
        chunk, last = open_chunk(self._cipher, number, sealed)
        if last and number < self._count - 1:
            raise PayloadDamaged("data follows the last chunk")
        if not last and number == self._count - 1:
            raise PayloadTruncated
        if not chunk and number:
            raise PayloadDamaged("the last chunk is empty")
        if number == self._hashed:
            self._sha256.update(sealed)
            self._hashed += 1
        self._number, self._chunk = number, chunk
        return chunk
