"""The payload: chunks of 64 KiB, each encrypted and authenticated (STREAM)."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from exports.bundle.age.derivation import derive
from exports.bundle.age.errors import HeaderTruncated, PayloadDamaged, PayloadTruncated

CHUNK_SIZE = 64 * 1024
TAG_SIZE = 16
SEALED_SIZE = CHUNK_SIZE + TAG_SIZE
NONCE_SIZE = 16

Progress = Callable[[int], None]
"""Told, after each chunk, the bytes of clear content done so far; what it raises ends the work."""


def write_payload(
    source: BinaryIO, target: BinaryIO, file_key: bytes, progress: Progress | None = None
) -> None:
    """Encrypt a stream to its end, one chunk in memory at a time (section “Payload”)."""
    nonce = os.urandom(NONCE_SIZE)
    cipher = ChaCha20Poly1305(derive(file_key, salt=nonce, info=b"payload"))
    target.write(nonce)
    done = 0
    chunk = read_whole(source, CHUNK_SIZE)
    for number in itertools.count():
        # A full chunk is the last when nothing follows: none is empty but that of no content.
        following = read_whole(source, CHUNK_SIZE) if len(chunk) == CHUNK_SIZE else b""
        last = not following
        target.write(cipher.encrypt(chunk_nonce(number, last=last), chunk, None))
        done += len(chunk)
        if progress is not None:
            progress(done)
        if last:
            return
        chunk = following


def read_payload(
    source: BinaryIO, target: BinaryIO, file_key: bytes, progress: Progress | None = None
) -> None:
    """Decrypt a stream to its end, one chunk in memory at a time (section “Payload”).

    What was written before an error was authentic, but is not the whole.

    Raises:
        HeaderTruncated: there is not even a nonce.
        PayloadDamaged: a chunk does not authenticate, or data follows the last one.
        PayloadTruncated: it ends before the last chunk.
    """
    nonce = read_whole(source, NONCE_SIZE)
    if len(nonce) < NONCE_SIZE:
        raise HeaderTruncated
    cipher = ChaCha20Poly1305(derive(file_key, salt=nonce, info=b"payload"))
    done = 0
    for number in itertools.count():
        sealed = read_whole(source, SEALED_SIZE)
        chunk, last = open_chunk(cipher, number, sealed)
        if not chunk and number:
            raise PayloadDamaged("the last chunk is empty")
        target.write(chunk)
        done += len(chunk)
        if progress is not None:
            progress(done)
        if last:
            if source.read(1):
                raise PayloadDamaged("data follows the last chunk")
            return


def open_chunk(cipher: ChaCha20Poly1305, number: int, sealed: bytes) -> tuple[bytes, bool]:
    """The content of a chunk, and whether it is the last.

    Raises:
        PayloadDamaged: it does not authenticate.
        PayloadTruncated: it is shorter than a tag.
    """
    if len(sealed) < TAG_SIZE:
        raise PayloadTruncated
    # A short chunk can only be the last; a full one is mostly not.
    for last in (False, True) if len(sealed) == SEALED_SIZE else (True,):
        try:
            return cipher.decrypt(chunk_nonce(number, last=last), sealed, None), last
        except InvalidTag:
            continue
    raise PayloadDamaged("a chunk does not authenticate")


def chunk_nonce(number: int, *, last: bool) -> bytes:
    """The nonce of a chunk (section “Payload”)."""
    return number.to_bytes(11) + bytes((last,))


def read_whole(source: BinaryIO, size: int) -> bytes:
    """So many bytes of a stream, fewer only at its end: one call may give less than is there."""
    content = source.read(size)
    if len(content) in (0, size):
        return content
    pieces, missing = [content], size - len(content)
    while missing and (piece := source.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
