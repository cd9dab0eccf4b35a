"""The seal of a page's code, by which a vault knows the pages that it printed from all others.

HMAC-SHA-256 (RFC 2104) over the code's text, cut to its first 128 bits as in RFC 4868, in URL-safe
base64: 22 characters. It proves that whoever made the code held the vault's paper key; it says
nothing about what a pen wrote on the page.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import replace

from exports.paper.blank.code import PageCode

KEY_SIZE = 32
"""Bytes of a paper key."""

_SEAL_SIZE = 16
_PURPOSE = b"trait-d-union/page-code/1\0"


def sealed(code: PageCode, key: bytes) -> PageCode:
    """The code with its seal; without a key, as it is.

    Args:
        code: of one page.
        key: the vault's paper key; empty for a paper made without any vault.
    """
    return replace(code, seal=_seal(code, key)) if key else code


def is_sealed_by(code: PageCode, key: bytes) -> bool:
    """Whether a vault's key sealed this very code."""
    # In constant time: how much of a forgery is right must not show.
    return bool(key) and hmac.compare_digest(code.seal.encode(), _seal(code, key).encode())


def _seal(code: PageCode, key: bytes) -> str:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.hmac import HMAC

    mac = HMAC(key, SHA256())
    mac.update(_PURPOSE + replace(code, seal="").text().encode())
    return base64.urlsafe_b64encode(mac.finalize()[:_SEAL_SIZE]).rstrip(b"=").decode()
