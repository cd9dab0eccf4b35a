"""Whole age files: written for recipients, opened with identities, as streams."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import BinaryIO

from exports.bundle.age.errors import HeaderMalformed, NoIdentityMatches
from exports.bundle.age.header import Stanza, check_mac, read_header, write_header
from exports.bundle.age.passphrase import STANZA_TYPE as PASSPHRASE_TYPE
from exports.bundle.age.payload import Progress, read_payload, write_payload
from exports.bundle.age.wrapping import FILE_KEY_SIZE, Identity, Recipient


def encrypt(
    source: BinaryIO,
    target: BinaryIO,
    recipients: Sequence[Recipient],
    progress: Progress | None = None,
) -> None:
    """Write an age file that each recipient opens alone (section “Encrypted file format”).

    Args:
        source: the content, read to its end.
        target: where the file goes.
        recipients: at least one; whether kinds may be mixed is the caller's to decide.
        progress: told the bytes done; what it raises ends the work, and leaves half a file.

    Raises:
        ValueError: there is no recipient.
    """
    if not recipients:
        raise ValueError("a file needs a recipient")
    file_key = os.urandom(FILE_KEY_SIZE)
    target.write(write_header([recipient.wrap(file_key) for recipient in recipients], file_key))
    write_payload(source, target, file_key, progress)


def decrypt(
    source: BinaryIO,
    target: BinaryIO,
    identities: Sequence[Identity],
    progress: Progress | None = None,
) -> None:
    """Open an age file (section “Encrypted file format”).

    Args:
        source: the file; armor is taken off before (`exports.bundle.age.armor`).
        target: where the content goes: each chunk once it is authentic. Before this function
            returns, it is not known to be the whole.
        identities: tried in order.
        progress: told the bytes done; what it raises ends the work.

    Raises:
        AgeError: see `exports.bundle.age.errors`.
    """
    header = read_header(source)
    file_key = unwrap(header.stanzas, identities)
    check_mac(header, file_key)
    read_payload(source, target, file_key, progress)


def unwrap(stanzas: Sequence[Stanza], identities: Sequence[Identity]) -> bytes:
    """The file key, by the first identity that opens a stanza.

    Raises:
        HeaderMalformed: a stanza is not as the specification says.
        NoIdentityMatches: none opens.
    """
    # A passphrase promises that whoever knows it wrote the file: nobody else may be able to.
    if len(stanzas) > 1 and any(stanza.type == PASSPHRASE_TYPE for stanza in stanzas):
        raise HeaderMalformed("a passphrase stands beside another recipient")
    for identity in identities:
        file_key = identity.unwrap(stanzas)
        if file_key is not None:
            return file_key
    raise NoIdentityMatches
