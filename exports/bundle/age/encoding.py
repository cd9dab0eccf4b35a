"""Base64 without padding, and only in its canonical form."""

from __future__ import annotations

import base64
import binascii


def encode_base64(content: bytes) -> bytes:
    """Standard Base64 without `=` (section “Conventions used in this document”)."""
    return base64.b64encode(content).rstrip(b"=")


def decode_base64(text: bytes) -> bytes:
    """Read unpadded Base64 (section “Conventions used in this document”).

    Raises:
        ValueError: it is padded, not canonical, or no Base64.
    """
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not Base64") from error
    # Writing it again is the shortest proof that there was no other way to write it.
    if encode_base64(content) != text:
        raise ValueError("not canonical Base64")
    return content
