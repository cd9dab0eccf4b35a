"""Where the lines of a paragraph end: chosen together, so that all of it is even.

Each line has a price, by how much room it leaves or how far its spaces are stretched; the cheapest
whole is taken, as Knuth and Plass do (« Breaking paragraphs into lines », 1981). A broken word
costs, two lines in a row that end so cost more, and so does a last line of one word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from exports.paper.lettering.hyphenation import SOFT_HYPHEN

_LINE = 10.0
_EACH_LINE = 60_000.0
_WORST = 10_000.0
_NO_WAY = float("inf")
_EMPTIEST = 0.6
# A space may grow by half of itself, a ragged line stop a sixth before the others, for a badness
# of 100, from which it rises with the cube.
_STRETCH, _SHORT = 0.5, 1 / 6
_HYPHEN = {True: 50.0, False: 120.0}
_HYPHENS_IN_A_ROW = 100_000.0
_ONE_WORD_LAST = 400_000.0
_HALF_A_WORD_LAST = 200_000.0
_SHORT_LAST = 1 / 8
"""Of a line: a last word under it looks lost."""


class _After(Enum):
    """What stands between a piece and the next."""

    SPACE = " "
    HYPHEN = "-"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or what stands between two places where it may be broken."""

    text: str
    width: float
    after: _After


def even_lines(
    text: str, width_of: Callable[[str], float], room: float, *, justified: bool
) -> list[str] | None:
    """The lines of a paragraph, without the spaces at their ends; None when a word is too wide.

    Args:
        text: one paragraph, soft hyphens where its words may be broken.
        width_of: of a text, in any unit.
        room: how wide a line may be, in the same unit.
        justified: whether the spaces of each line but the last will be stretched to fill it.
    """
    pieces = _pieces(text, width_of)
    # A line that is half empty is tried only where no other way is left.
    for emptiest in (_EMPTIEST * room, 0.0):
        befores = _befores(pieces, width_of(" "), width_of("-"), room, emptiest, justified)
        if befores is not None:
            return _lines(pieces, befores)
    return None


def _befores(
    pieces: list[_Piece],
    space: float,
    hyphen: float,
    room: float,
    emptiest: float,
    justified: bool,
) -> list[int] | None:
    """By the number of pieces before a break, the break before it; None where there is no way."""
    # By the number of pieces before a break: the lowest price so far, and the break before it.
    prices, befores = [0.0], [0]
    for end in range(1, len(pieces) + 1):
        last = pieces[end - 1]
        least = 0.0 if last.after is _After.NOTHING else emptiest
        natural = hyphen if last.after is _After.HYPHEN else 0.0
        price, before, spaces = _NO_WAY, -1, 0
        for start in range(end - 1, -1, -1):
            natural += pieces[start].width
            if start < end - 1 and pieces[start].after is _After.SPACE:
                natural += space
                spaces += 1
            if natural > room:
                break
            if natural < least or prices[start] == _NO_WAY:
                continue
            broken_before = start > 0 and pieces[start - 1].after is _After.HYPHEN
            asked = prices[start] + _price(
                last.after,
                (room - natural) / (spaces * space * _STRETCH or 1e-9)
                if justified
                else (room - natural) / (room * _SHORT),
                lost=spaces == 0 and natural < room * _SHORT_LAST,
                first=start == 0,
                broken_before=broken_before,
                justified=justified,
            )
            if asked < price:
                price, before = asked, start
        prices.append(price)
        befores.append(before)
    return None if prices[-1] == _NO_WAY else befores


def _lines(pieces: list[_Piece], befores: list[int]) -> list[str]:
    lines: list[str] = []
    end = len(pieces)
    while end:
        lines.append(_line(pieces[befores[end] : end]))
        end = befores[end]
    return lines[::-1]


def _price(
    after: _After,
    looseness: float,
    *,
    lost: bool,
    first: bool,
    broken_before: bool,
    justified: bool,
) -> float:
    """What one line costs.

    Args:
        after: what stands at its end; nothing after the last.
        looseness: how far from full it is, 1 where that begins to show.
        lost: whether it holds one short word.
        first: whether it is the first.
        broken_before: whether the line above ends amid a word.
        justified: as in `even_lines`.
    """
    if after is _After.NOTHING:
        extra = _ONE_WORD_LAST if lost and not first else 0.0
        return _LINE**2 + extra + (_HALF_A_WORD_LAST if broken_before else 0.0)
    badness = min(100 * looseness**3, _WORST)
    if after is _After.HYPHEN:
        badness += _HYPHEN[justified]
    in_a_row = _HYPHENS_IN_A_ROW if after is _After.HYPHEN and broken_before else 0.0
    return (_LINE + badness) ** 2 + _EACH_LINE + in_a_row


def _pieces(text: str, width_of: Callable[[str], float]) -> list[_Piece]:
    pieces: list[_Piece] = []
    # A space that binds is part of its word.
    for word in filter(None, text.split(" ")):
        *parts, end = word.split(SOFT_HYPHEN)
        pieces += [_Piece(part, width_of(part), _After.HYPHEN) for part in parts]
        pieces.append(_Piece(end, width_of(end), _After.SPACE))
    if pieces:
        pieces[-1] = _Piece(pieces[-1].text, pieces[-1].width, _After.NOTHING)
    return pieces


def _line(pieces: list[_Piece]) -> str:
    *parts, end = pieces
    text = "".join(part.text + (" " if part.after is _After.SPACE else "") for part in parts)
    return text + end.text + ("-" if end.after is _After.HYPHEN else "")
