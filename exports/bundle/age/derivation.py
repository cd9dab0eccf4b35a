"""Keys derived from keys."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 to 32 bytes (section “Conventions used in this document”)."""
    return HKDF(SHA256(), 32, salt, info).derive(secret)
