"""Cutting a file into codes, with enough parity that one in five may be unreadable."""

from __future__ import annotations

import hashlib
import zlib

import zfec

from exports.bundle.paper.code import (
    MARK_SIZE,
    MOST_CODES,
    MOST_SHARES,
    Code,
    Kind,
    Layout,
    share_room,
)
from exports.bundle.paper.errors import TooLongForPaper

PAGE_SHARE = share_room(1853)
"""What a code of a page carries: QR version 25, level L, whose squares of half a millimetre a
scanner at 200 dpi still tells apart. A higher level would repair less than the parity does."""

LARGE_SHARE = share_room(3351)
"""What a code alone on a page carries: version 35, level L."""

_LINE = 3
_MOST_GROUPS = 2
"""Three would leave no more room: their parity would take all that they add."""


def cut(content: bytes, kind: Kind, *, share: int = PAGE_SHARE, parity: bool = True) -> list[Code]:
    """The codes of a file, in the order of printing.

    Args:
        content: the file.
        kind: what it is.
        share: how many bytes a code carries at most.
        parity: whether codes are added so that any 20 % of them may be unreadable.

    Raises:
        TooLongForPaper: it would take more than `MOST_CODES` codes.
    """
    if len(content) > longest_file():
        raise TooLongForPaper
    # An age header is text: compressed, each recipient takes a quarter less.
    packed = zlib.compress(content, 9)
    compressed = len(packed) < len(content)
    if not compressed:
        packed = content
    pieces = max(1, -(-len(packed) // share))
    layout = Layout(
        kind,
        hashlib.sha256(content).digest()[:MARK_SIZE],
        compressed,
        len(packed),
        *_counts(pieces, parity),
    )
    if not layout.is_sound():
        raise TooLongForPaper
    groups = _groups(packed, layout)
    return [
        Code(layout, rank * layout.groups + group, groups[group][rank])
        for rank in range(layout.shares)
        for group in range(layout.groups)
    ]


def longest_file() -> int:
    """How long a file may be, however well it is compressed; a reader unpacks no more."""
    return 2 * MOST_CODES * PAGE_SHARE


def _counts(pieces: int, parity: bool) -> tuple[int, int, int]:
    for groups in range(1, _MOST_GROUPS + 1):
        needed = -(-pieces // groups)
        # The fifth that is lost may all be of one group, whose codes must then do without it.
        shares = -(-5 * needed // (5 - groups)) if parity else needed
        if shares <= MOST_SHARES:
            break
    else:
        raise TooLongForPaper
    # The last line of a page costs no more paper when it is full.
    while parity and shares * groups % _LINE and shares < MOST_SHARES:
        shares += 1
    return shares * groups, needed, groups


def _groups(packed: bytes, layout: Layout) -> list[list[bytes]]:
    size, needed = layout.share_size, layout.needed
    padded = packed.ljust(size * needed * layout.groups, b"\0")
    encoder = zfec.Encoder(needed, layout.shares)
    return [
        encoder.encode([padded[at : at + size] for at in range(start, start + size * needed, size)])
        for start in range(0, len(padded), size * needed)
    ]
