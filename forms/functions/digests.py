"""Functions over bytes written as text: digests, base 64, signed texts."""

from __future__ import annotations

import base64
import binascii
import hashlib

from forms.functions.signature import Function
from forms.xvalue import XValue, to_string

_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384",
            "SHA-512": "sha512"}  # fmt: skip
_SIGNATURE = 64
"""Bytes of an Ed25519 signature, which stand before what is signed (ODK XForms, extract-signed)."""


def _digest(value: XValue, algorithm: XValue, encoding: XValue = "base64") -> str:
    name = _DIGESTS.get(to_string(algorithm))
    if name is None:
        return ""
    digest = hashlib.new(name, to_string(value).encode(), usedforsecurity=False)
    if to_string(encoding) == "hex":
        return digest.hexdigest()
    return base64.b64encode(digest.digest()).decode()


def _from_base64(value: XValue) -> bytes | None:
    try:
        return base64.b64decode(to_string(value), validate=True)
    except (binascii.Error, ValueError):
        return None


def _base64_decode(value: XValue) -> str:
    decoded = _from_base64(value)
    return "" if decoded is None else decoded.decode("utf-8", "replace")


def _extract_signed(value: XValue, public_key: XValue) -> str:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signed, key = _from_base64(value), _from_base64(public_key)
    if signed is None or key is None:
        return ""
    signature, message = signed[:_SIGNATURE], signed[_SIGNATURE:]
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return ""
    return message.decode("utf-8", "replace")


FUNCTIONS: dict[str, Function] = {
    "digest": Function((2, 3), _digest),
    "base64-decode": Function(1, _base64_decode),
    "extract-signed": Function(2, _extract_signed),
}
