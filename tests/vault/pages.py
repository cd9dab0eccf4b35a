"""The pages of a vault's files, decrypted one by one from SQLCipher's format, without SQLCipher.

Each page of 4096 bytes ends with 16 bytes of initialisation vector and 64 of authentication. The
first one begins with the salt, 16 bytes in clear. The key is the vault's own, used as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE = 4096
RESERVED = 80
SALT = 16
LOG_HEADER, FRAME_HEADER = 32, 24


def plain_pages(folder: Path, key: bytes) -> Iterator[bytes]:
    """Every page of the database and of its log, in clear."""
    database = (folder / "vault.db").read_bytes()
    for start in range(0, len(database), PAGE):
        yield _plain(database[start : start + PAGE], key, first=start == 0)
    log = folder / "vault.db-wal"
    content = log.read_bytes() if log.exists() else b""
    for start in range(LOG_HEADER, len(content), FRAME_HEADER + PAGE):
        number = int.from_bytes(content[start : start + 4], "big")
        page = content[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]
        yield _plain(page, key, first=number == 1)


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    start, end = SALT if first else 0, PAGE - RESERVED
    vector = page[end : end + SALT]
    decryptor = Cipher(AES(key), CBC(vector)).decryptor()
    return decryptor.update(page[start:end]) + decryptor.finalize()
