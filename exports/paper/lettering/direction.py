"""Which way a line is read: its runs from left to right as they stand, by Unicode's algorithm.

python-bidi gives each letter its level (UAX #9); the order of the runs follows from the levels.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

_LEFTWARDS = frozenset({"R", "AL"})
# Taken out before the levels are asked for, and given back with their neighbour: the joiners of
# Persian draw a difference, but have no direction. Isolates are newer than the algorithm at hand.
_WITHOUT_LEVEL = frozenset(
    {"RLE", "LRE", "RLO", "LRO", "PDF", "BN", "LRI", "RLI", "FSI", "PDI", "B"}
)
_SPACES = frozenset({"WS", "S", *_WITHOUT_LEVEL})
_BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”"}
# What a bracket is taken for, once it is known which way it goes: any strong letter does.
_LETTERS = ("a", "א")


def is_leftwards(text: str) -> bool:
    """Whether a text is read from right to left: its first letter with a direction says so."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in _LEFTWARDS or kind == "L":
            return kind != "L"
    return False


def has_leftwards(text: str) -> bool:
    """Whether a text holds a letter that is read from right to left."""
    return any(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in text)


def visual_runs(text: str, *, leftwards: bool) -> list[tuple[str, bool]]:
    """Cut a line into runs of one direction, in the order they stand from the left.

    Args:
        text: one line; each run keeps its letters in the order they are read.
        leftwards: whether the line as a whole is read from right to left.

    Returns:
        The runs, each with whether it is read from right to left.
    """
    levels = _levels(text, base=int(leftwards))
    runs = [
        ("".join(letter for letter, _ in run), level)
        for level, run in groupby(zip(text, levels, strict=True), key=lambda pair: pair[1])
    ]
    for lowest in range(max(levels, default=0), 0, -1):
        runs = _reversed_from(runs, lowest)
    return [(run, level % 2 == 1) for run, level in runs]


def mirrored(letter: str) -> str:
    """The sign that a bracket looks like when it is read from right to left; else the same."""
    from bidi.mirror import MIRRORED

    return str(MIRRORED.get(letter, letter))


def _levels(text: str, *, base: int) -> list[int]:
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = "LR"[base]
    directed = [
        letter
        for letter in _with_brackets_settled(text, base)
        if unicodedata.bidirectional(letter) not in _WITHOUT_LEVEL
    ]
    algorithm.get_embedding_levels("".join(directed), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found = iter(storage["chars"])
    levels: list[int] = []
    for letter in text:
        if unicodedata.bidirectional(letter) in _WITHOUT_LEVEL:
            levels.append(levels[-1] if levels else base)
        else:
            levels.append(int(next(found)["level"]))
    # Spaces at the end of a line go where the line ends.
    for place in range(len(text) - 1, -1, -1):
        if unicodedata.bidirectional(text[place]) not in _SPACES:
            break
        levels[place] = base
    return levels


def _with_brackets_settled(text: str, base: int) -> str:
    """The text with each pair of brackets as letters of their direction (rule N0).

    python-bidi's levels come from an edition of the algorithm that did not know pairs yet.
    """
    letters = list(text)
    strong = [_strong(letter) for letter in text]
    for opening, closing in _pairs(text):
        inside = {one for one in strong[opening:closing] if one is not None}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = next((one for one in reversed(strong[:opening]) if one is not None), base)
            direction = before
        strong[opening] = strong[closing] = direction
        letters[opening] = letters[closing] = _LETTERS[direction]
    return "".join(letters)


def _pairs(text: str) -> list[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, letter in enumerate(text):
        if letter in _BRACKETS:
            opened.append((_BRACKETS[letter], place))
        elif any(letter == closing for closing, _ in opened):
            while opened:
                closing, opening = opened.pop()
                if closing == letter:
                    pairs.append((opening, place))
                    break
    return sorted(pairs)


def _strong(letter: str) -> int | None:
    kind = unicodedata.bidirectional(letter)
    if kind == "L":
        return 0
    return 1 if kind in ("R", "AL", "EN", "AN") else None


def _reversed_from(runs: list[tuple[str, int]], lowest: int) -> list[tuple[str, int]]:
    ordered: list[tuple[str, int]] = []
    for turned, group in groupby(runs, key=lambda run: run[1] >= lowest):
        part = list(group)
        ordered += reversed(part) if turned else part
    return ordered
