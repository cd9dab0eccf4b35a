"""Gathering codes, from any pages in any order, until the files they carry are whole."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from enum import Enum

import zfec

from exports.bundle.paper.code import MARK_SIZE, PAGE_CODES, Code, Kind, Layout, parse_code
from exports.bundle.paper.cutting import longest_file
from exports.bundle.paper.errors import CodesDisagree, CodesMissing

MOST_PARCELS = 16
"""How many files may be gathered at once: a pile of pages holds a few, a hostile one any number."""


class Taken(Enum):
    """What became of a text that was read."""

    NEW = "new"
    AGAIN = "again"
    FOREIGN = "foreign"
    CONTRADICTS = "contradicts"


@dataclass
class Parcel:
    """One file on its way back from paper.

    State: the shares read, by the number of their code.
    """

    layout: Layout
    _shares: dict[int, bytes] = field(default_factory=dict, repr=False)
    _doubtful: set[int] = field(default_factory=set, repr=False)

    @property
    def kind(self) -> Kind:
        """What the codes say it is."""
        return self.layout.kind

    @property
    def seen(self) -> tuple[int, ...]:
        """The codes read, from 0."""
        return tuple(sorted(self._shares))

    @property
    def missing(self) -> dict[int, tuple[int, ...]]:
        """The codes not read, by page, both from 1 as they are printed."""
        pages: dict[int, tuple[int, ...]] = {}
        for number in range(self.layout.total):
            if number not in self._shares:
                page = number // PAGE_CODES + 1
                pages[page] = (*pages.get(page, ()), number + 1)
        return pages

    @property
    def still_needed(self) -> int:
        """How many more codes are needed at least; 0 when the file can be had."""
        return sum(max(0, self.layout.needed - count) for count in self._counts())

    @property
    def complete(self) -> bool:
        """Whether enough was read."""
        return self.still_needed == 0

    def take(self, code: Code) -> Taken:
        """Add a code of this very file; two that contradict each other both count as unread."""
        number = code.number
        if number in self._doubtful:
            return Taken.CONTRADICTS
        known = self._shares.get(number)
        if known is None:
            self._shares[number] = code.share
            return Taken.NEW
        if known == code.share:
            return Taken.AGAIN
        del self._shares[number]
        self._doubtful.add(number)
        return Taken.CONTRADICTS

    def content(self) -> bytes:
        """The file, byte for byte.

        Raises:
            CodesMissing: too few codes were read.
            CodesDisagree: what they give is not the file that was printed.
        """
        if not self.complete:
            raise CodesMissing(self.still_needed)
        packed = b"".join(self._group(group) for group in range(self.layout.groups))
        content = self._unpacked(packed[: self.layout.length])
        if hashlib.sha256(content).digest()[:MARK_SIZE] != self.layout.mark:
            raise CodesDisagree
        return content

    def _counts(self) -> list[int]:
        counts = [0] * self.layout.groups
        for number in self._shares:
            counts[number % self.layout.groups] += 1
        return counts

    def _group(self, group: int) -> bytes:
        layout = self.layout
        ranks = [
            number // layout.groups for number in self.seen if number % layout.groups == group
        ][: layout.needed]
        shares = [self._shares[rank * layout.groups + group] for rank in ranks]
        # The library wants each of the file's own pieces at its own place.
        places = _own_places(ranks, layout.needed)
        decoder = zfec.Decoder(layout.needed, layout.shares)
        pieces: list[bytes] = decoder.decode([shares[ranks.index(rank)] for rank in places], places)
        return b"".join(pieces)

    def _unpacked(self, packed: bytes) -> bytes:
        if not self.layout.compressed:
            return packed
        unpacking = zlib.decompressobj()
        try:
            content = unpacking.decompress(packed, longest_file())
        except zlib.error as error:
            raise CodesDisagree from error
        if not unpacking.eof or unpacking.unused_data:
            raise CodesDisagree
        return content


def _own_places(ranks: list[int], needed: int) -> list[int]:
    spare = [rank for rank in ranks if rank >= needed]
    return [rank if rank in ranks else spare.pop(0) for rank in range(needed)]


class Gathering:
    """What was read so far of a pile of pages.

    State: one parcel a file, by its mark; how many texts were not ours.
    """

    def __init__(self) -> None:
        self._parcels: dict[Layout, Parcel] = {}
        self.foreign = 0

    @property
    def parcels(self) -> tuple[Parcel, ...]:
        """The files met, the first met first."""
        return tuple(self._parcels.values())

    def take(self, text: str) -> Taken:
        """Add what one code says; a code that is not ours is counted and left aside."""
        code = parse_code(text)
        if code is None or (
            code.layout not in self._parcels and len(self._parcels) >= MOST_PARCELS
        ):
            self.foreign += 1
            return Taken.FOREIGN
        return self._parcels.setdefault(code.layout, Parcel(code.layout)).take(code)
