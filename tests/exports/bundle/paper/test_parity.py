"""The parity of printed codes is what docs/bundle-format.md says: written again from that page."""

from __future__ import annotations

import random

import pytest

from exports.bundle.paper.code import Kind
from exports.bundle.paper.cutting import cut

Matrix = list[list[int]]
POWERS = [1]
for _ in range(254):
    doubled = POWERS[-1] << 1
    POWERS.append(doubled ^ 0x11D if doubled > 255 else doubled)
LOGARITHMS = {power: exponent for exponent, power in enumerate(POWERS)}


def times(a: int, b: int) -> int:
    return POWERS[(LOGARITHMS[a] + LOGARITHMS[b]) % 255] if a and b else 0


def product(left: Matrix, right: Matrix) -> Matrix:
    columns = list(zip(*right, strict=True))
    return [[summed(map(times, row, column)) for column in columns] for row in left]


def summed(terms: map[int]) -> int:
    total = 0
    for term in terms:
        total ^= term
    return total


def inverse(matrix: Matrix) -> Matrix:
    size = len(matrix)
    rows = [[*row, *(int(place == number) for place in range(size))]
            for number, row in enumerate(matrix)]  # fmt: skip
    for place in range(size):
        pivot = next(number for number in range(place, size) if rows[number][place])
        rows[place], rows[pivot] = rows[pivot], rows[place]
        scale = POWERS[-LOGARITHMS[rows[place][place]] % 255]
        rows[place] = [times(value, scale) for value in rows[place]]
        for number in range(size):
            if number != place and (factor := rows[number][place]):
                pairs = zip(rows[number], rows[place], strict=True)
                rows[number] = [value ^ times(factor, other) for value, other in pairs]
    return [row[size:] for row in rows]


def parity(pieces: list[bytes], shares: int) -> list[bytes]:
    """All the shares of a group."""
    needed = len(pieces)
    first = [1] + [0] * (needed - 1)
    rows = [[POWERS[row * column % 255] for column in range(needed)] for row in range(shares - 1)]
    vandermonde = [first, *rows]
    matrix = product(vandermonde, inverse(vandermonde[:needed]))
    return [bytes(row) for row in product(matrix, [list(piece) for piece in pieces])]


@pytest.mark.parametrize("size", [1, 900, 7_000, 24_000], ids=str)
def test_the_parity_is_that_of_the_page(size: int) -> None:
    content = random.Random(size).randbytes(size)
    codes = cut(content, Kind.BUNDLE)
    layout = codes[0].layout
    assert layout.groups == 1
    padded = content.ljust(layout.needed * layout.share_size, b"\0")
    starts = range(0, len(padded), layout.share_size)
    pieces = [padded[start : start + layout.share_size] for start in starts]
    assert parity(pieces, layout.shares) == [code.share for code in codes]
