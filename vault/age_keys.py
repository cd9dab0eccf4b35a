"""Making an age key pair, as age writes it down: the post-quantum hybrid type, no other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass

_SECRET_PREFIX = "age-secret-key-pq-"  # noqa: S105  # the public half of its name
_RECIPIENT_PREFIX = "age1pq"
_SEED_SIZE = 32
_MLKEM_SEED_SIZE = 64
_X25519_SIZE = 32

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


@dataclass(frozen=True, repr=False)
class AgeKeys:
    """A key pair.

    Attributes:
        secret: `AGE-SECRET-KEY-PQ-1…`.
        recipient: `age1pq1…`.
    """

    secret: str
    recipient: str


def make_age_keys() -> AgeKeys:
    """Draw a hybrid identity (C2SP age.md, “The MLKEM768-X25519 … recipient type”).

    The vault only makes keys and keeps them; what they open is the carriers' affair.
    """
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    seed = os.urandom(_SEED_SIZE)
    expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED_SIZE + _X25519_SIZE)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_SIZE]).public_key()
    x25519 = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_SIZE:]).public_key()
    return AgeKeys(
        _bech32(_SECRET_PREFIX, seed).upper(),
        _bech32(_RECIPIENT_PREFIX, mlkem.public_bytes_raw() + x25519.public_bytes_raw()),
    )


def _bech32(prefix: str, content: bytes) -> str:
    """Bech32 (BIP 173) without its limit on length, as age writes keys."""
    bits = "".join(f"{byte:08b}" for byte in content)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    codes = prefix.encode("ascii")
    expanded = [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]
    wanted = _checksum([*expanded, *values, *bytes(_CHECKSUM_LENGTH)]) ^ 1
    values += [(wanted >> 5 * place) & 31 for place in reversed(range(_CHECKSUM_LENGTH))]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def _checksum(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_GENERATOR):
            if top >> place & 1:
                checksum ^= factor
    return checksum
