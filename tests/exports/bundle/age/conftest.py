"""Files in memory, and keys of both kinds."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.file import decrypt, encrypt
from exports.bundle.age.keys import parse_identity, parse_recipient, recipient_of


@dataclass(frozen=True)
class Keys:
    """An identity and its recipient, as people keep them."""

    secret: str
    recipient: str


def new_keys(prefix: str) -> Keys:
    """A fresh pair under « AGE-SECRET-KEY- » or « AGE-SECRET-KEY-PQ- »."""
    secret = encode_bech32(prefix.lower(), os.urandom(32)).upper()
    return Keys(secret, recipient_of(secret))


@pytest.fixture(scope="session")
def hybrid() -> Keys:
    """A hybrid pair."""
    return new_keys("AGE-SECRET-KEY-PQ-")


@pytest.fixture(scope="session")
def classic() -> Keys:
    """An X25519 pair."""
    return new_keys("AGE-SECRET-KEY-")


def sealed(content: bytes, recipients: Sequence[str]) -> bytes:
    """The bytes of an age file."""
    target = io.BytesIO()
    encrypt(io.BytesIO(content), target, [parse_recipient(one) for one in recipients])
    return target.getvalue()


def opened(data: bytes, *secrets: str) -> bytes:
    """The content of an age file."""
    target = io.BytesIO()
    decrypt(io.BytesIO(data), target, [parse_identity(one) for one in secrets])
    return target.getvalue()
