"""Keys from keys: Argon2id (RFC 9106) from a passphrase, slowly on purpose; HKDF from a key."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.errors import NotEnoughMemory

MINIMUM_MEMORY_KIB = 64 * 1024
MINIMUM_PASSES = 3
MAXIMUM_MEMORY_KIB = 4 * 1024 * 1024
MAXIMUM_PASSES = 64
MAXIMUM_LANES = 16
SALT_SIZE = 16
KEY_SIZE = 32

# OpenSSL's Argon2id shares its lanes among a pool of threads: two derivations at once, each
# waiting for the other's, never end.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Kdf:
    """What one derivation costs.

    Attributes:
        memory_kib: memory filled, in KiB; never below 64 MiB.
        passes: times it is gone over; never below 3.
        lanes: how many cores may share the work.

    Raises:
        ValueError: below the floor, or beyond what any PC of ours could do.
    """

    memory_kib: int = MINIMUM_MEMORY_KIB
    passes: int = MINIMUM_PASSES
    lanes: int = 4

    def __post_init__(self) -> None:
        if not MINIMUM_MEMORY_KIB <= self.memory_kib <= MAXIMUM_MEMORY_KIB:
            raise ValueError("Argon2id memory out of bounds")
        if not MINIMUM_PASSES <= self.passes <= MAXIMUM_PASSES:
            raise ValueError("Argon2id passes out of bounds")
        if not 1 <= self.lanes <= MAXIMUM_LANES:
            raise ValueError("Argon2id lanes out of bounds")

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        """Derive a 32-byte key from a passphrase and a 16-byte salt.

        The passphrase is normalised (NFKC), so that the same keys typed on another system, which
        composes accents differently, open the same vault.

        Raises:
            NotEnoughMemory: this PC cannot set so much memory aside.
        """
        # A terminal hands over undecodable bytes as lone surrogates: they are a passphrase too.
        typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
        derivation = Argon2id(
            salt=salt,
            length=KEY_SIZE,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        with _one_at_a_time:
            try:
                return derivation.derive(typed)
            except MemoryError as error:
                raise NotEnoughMemory from error


def subkey(secret: bytes, purpose: bytes, *, salt: bytes | None = None) -> bytes:
    """Derive a 32-byte key for one purpose from a key that is random already (RFC 5869)."""
    return HKDF(SHA256(), KEY_SIZE, salt, purpose).derive(secret)
