"""The textual header: a version line, recipient stanzas, a MAC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from exports.bundle.age.derivation import derive
from exports.bundle.age.encoding import decode_base64, encode_base64
from exports.bundle.age.errors import (
    HeaderForged,
    HeaderMalformed,
    HeaderTruncated,
    NotAnAgeFile,
    VersionUnsupported,
)

MAXIMUM_SIZE = 1024 * 1024
"""Some six hundred hybrid recipients; the specification sets no limit, memory does."""

_VERSION_LINE = b"age-encryption.org/v1\n"
_OTHER_VERSION = re.compile(rb"age-encryption\.org/[!-~]+\n")
_ARGUMENT = re.compile(r"[!-~]+")
_COLUMNS = 64
_MAC_SIZE = 32


@dataclass(frozen=True)
class Stanza:
    """A recipient stanza: the file key wrapped for one recipient.

    Attributes:
        type: its first argument.
        arguments: those after the first.
    """

    type: str
    arguments: tuple[str, ...]
    body: bytes

    def encode(self) -> bytes:
        """Its lines (section “Recipient stanza”)."""
        first = " ".join(("->", self.type, *self.arguments)).encode("ascii")
        body = encode_base64(self.body)
        # One line more than are full: the last is always short, be it empty.
        lines = [body[at : at + _COLUMNS] for at in range(0, len(body) + 1, _COLUMNS)]
        return b"\n".join((first, *lines, b""))


@dataclass(frozen=True)
class Header:
    """A header as it was read.

    Attributes:
        signed: its bytes up to `---` included, which the MAC covers.
    """

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes


def write_header(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """The bytes of a header (section “Header”)."""
    signed = _VERSION_LINE + b"".join(stanza.encode() for stanza in stanzas) + b"---"
    return signed + b" " + encode_base64(_mac(signed, file_key).finalize()) + b"\n"


def read_header(source: BinaryIO) -> Header:
    """Read a header, strictly (section “ABNF definition of file header”).

    Raises:
        HeaderMalformed: it is not as the specification says, or exceeds `MAXIMUM_SIZE`.
    """
    lines = _Lines(source)
    stanzas: list[Stanza] = []
    while True:
        line = lines.next()
        if line.startswith(b"-> "):
            stanzas.append(_read_stanza(line, lines))
        elif line.startswith(b"--- ") and stanzas:
            mac = _decoded(line[4:])
            if len(mac) != _MAC_SIZE:
                raise HeaderMalformed("the MAC has another length")
            return Header(tuple(stanzas), lines.signed(), mac)
        else:
            raise HeaderMalformed("neither a stanza nor the end")


def check_mac(header: Header, file_key: bytes) -> None:
    """Check that a header is the one written with its file key (section “Header MAC”).

    Raises:
        HeaderForged: it is not.
    """
    try:
        # Compares in constant time.
        _mac(header.signed, file_key).verify(header.mac)
    except InvalidSignature as error:
        raise HeaderForged from error


class _Lines:
    """State: the lines read so far, and what may still be read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        first = source.readline(_COLUMNS)
        if first != _VERSION_LINE:
            if _OTHER_VERSION.fullmatch(first):
                raise VersionUnsupported
            raise HeaderTruncated if _VERSION_LINE.startswith(first) else NotAnAgeFile
        self._read = [first]
        self._left = MAXIMUM_SIZE - len(first)

    def next(self) -> bytes:
        """The next line, without its end."""
        line = self._source.readline(self._left)
        self._left -= len(line)
        self._read.append(line)
        if not line.endswith(b"\n"):
            raise HeaderTruncated if self._left else HeaderMalformed("the header is too long")
        return line[:-1]

    def signed(self) -> bytes:
        """All that was read but what follows `---` on the last line."""
        return b"".join(self._read[:-1]) + b"---"


def _read_stanza(first: bytes, lines: _Lines) -> Stanza:
    try:
        words = first.decode("ascii").split(" ")[1:]
    except UnicodeDecodeError as error:
        raise HeaderMalformed("an argument is not ASCII") from error
    if not all(_ARGUMENT.fullmatch(word) for word in words):
        raise HeaderMalformed("an argument is empty or holds a control character")
    body = []
    while True:
        line = lines.next()
        if len(line) > _COLUMNS:
            raise HeaderMalformed("a line of a stanza is too long")
        body.append(line)
        if len(line) < _COLUMNS:
            return Stanza(words[0], tuple(words[1:]), _decoded(b"".join(body)))


def _decoded(text: bytes) -> bytes:
    try:
        return decode_base64(text)
    except ValueError as error:
        raise HeaderMalformed(str(error)) from error


def _mac(signed: bytes, file_key: bytes) -> HMAC:
    mac = HMAC(derive(file_key, salt=b"", info=b"header"), SHA256())
    mac.update(signed)
    return mac
