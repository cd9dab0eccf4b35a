"""One printed code: a share of a file, and what tells where it belongs."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import Enum

from exports.bundle.paper.base45 import decode_base45, encode_base45

PREFIX = "TDUP1:"
MARK_SIZE = 8
PAGE_CODES = 12
"""How many codes a page holds, three on a line."""

MOST_CODES = 60 * PAGE_CODES
MOST_SHARES = 256
"""How many shares Reed-Solomon over bytes can tell apart."""

_HEAD = struct.Struct(f">BB{MARK_SIZE}sIHHBB")
_ZLIB = 1
_LONGEST_TEXT = 4296
"""What the largest QR code holds."""


class Kind(Enum):
    """What the codes carry."""

    BUNDLE = 1
    RECEIPT = 2
    APPLICATION_SLIP = 3
    RECEIPT_SLIP = 4
    TRANSFER = 5


@dataclass(frozen=True)
class Layout:
    """What all the codes of one file say alike.

    Attributes:
        mark: the first bytes of the file's SHA-256.
        compressed: whether what was cut is the file compressed by zlib.
        length: how many bytes were cut.
        total: how many codes there are, parity included.
        needed: how many shares give a group back.
        groups: how many groups the bytes were cut into, each with its own parity.
    """

    kind: Kind
    mark: bytes
    compressed: bool
    length: int
    total: int
    needed: int
    groups: int

    @property
    def share_size(self) -> int:
        """How many bytes each code carries."""
        return -(-self.length // (self.groups * self.needed))

    @property
    def shares(self) -> int:
        """How many codes a group has."""
        return self.total // self.groups

    @property
    def pages(self) -> int:
        """How many pages the codes fill."""
        return -(-self.total // PAGE_CODES)

    def is_sound(self) -> bool:
        """Whether these numbers go together; those of a hostile code need not."""
        return (
            0 < self.total <= MOST_CODES
            and 0 < self.groups <= self.total
            and self.total % self.groups == 0
            and 0 < self.needed <= self.shares <= MOST_SHARES
            and self.length > 0
        )


@dataclass(frozen=True)
class Code:
    """One code.

    Attributes:
        number: from 0, in the order of printing; the groups take turns.
    """

    layout: Layout
    number: int
    share: bytes

    @property
    def group(self) -> int:
        """To which group the share belongs, from 0."""
        return self.number % self.layout.groups

    @property
    def rank(self) -> int:
        """Which share of its group it is, from 0; the first `needed` are the bytes themselves."""
        return self.number // self.layout.groups

    def text(self) -> str:
        """What the code says to any reader."""
        layout = self.layout
        head = _HEAD.pack(
            layout.kind.value,
            _ZLIB if layout.compressed else 0,
            layout.mark,
            layout.length,
            self.number,
            layout.total,
            layout.needed,
            layout.groups,
        )
        return PREFIX + encode_base45(head + self.share)


def parse_code(text: str) -> Code | None:
    """A code from its text; None when it is somebody else's, or says what cannot be."""
    if not text.startswith(PREFIX) or len(text) > _LONGEST_TEXT:
        return None
    try:
        content = decode_base45(text.removeprefix(PREFIX))
        kind, flags, mark, length, number, total, needed, groups = _HEAD.unpack_from(content)
        layout = Layout(Kind(kind), mark, flags == _ZLIB, length, total, needed, groups)
    except (ValueError, struct.error):
        return None
    share = content[_HEAD.size :]
    if flags not in (0, _ZLIB) or not layout.is_sound():
        return None
    if number >= total or len(share) != layout.share_size:
        return None
    return Code(layout, number, share)


def share_room(letters: int) -> int:
    """How many bytes of a file a code of so many letters carries."""
    room, rest = divmod(letters - len(PREFIX), 3)
    return room * 2 + rest // 2 - _HEAD.size


def readable_mark(mark: bytes) -> str:
    """« 3F2A 91BC 00DD 1234 »: a file's mark, as the head of its pages names it."""
    digits = mark.hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
