"""Setting a text in a box: on one line, over several, or one letter a cell; shrunk, never cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exports.paper.lettering.shaping import ShapedLine, letters, shape

SMALLEST_SIZE = 6.0
"""Points below which a text is not read on a printed form."""

_LARGEST_AUTO_SIZE = 12.0
_LEADING = 1.2
_CAP_HEIGHT = 0.689
_ASCENT = 0.935
_BELOW = 0.3
"""Of the size: what hangs below the line of writing, and stays above a printed rule."""
_OVER_RULE = 1.2
"""Of the size: what a line takes above a printed rule, accents included."""
_LEAST_SHRUNK = 0.7
"""Of the size: a line is not made smaller than that to stand clear of a rule."""


@dataclass(frozen=True, slots=True)
class Box:
    """The inside of a widget, as seen upright.

    Attributes:
        width, height: points, swapped when the widget is turned.
        turned: degrees, counter-clockwise: 0, 90, 180, 270.
        border: the width of its border, points.
    """

    width: float
    height: float
    turned: int
    border: float

    @property
    def padding(self) -> float:
        """Free space on the left and the right of a text."""
        return min(max(self.border, 1.0) * 2, self.width / 4)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where its baseline begins, points from the box's corner."""

    shaped: ShapedLine
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set in a box, at one size."""

    size: float
    lines: tuple[Line, ...]


def usual_size(height: float) -> float:
    """The size of one line in a box of some height, where the form leaves it open."""
    return min(_LARGEST_AUTO_SIZE, max(SMALLEST_SIZE, (height - 2) * 0.8))


def set_line(
    text: str, box: Box, *, size: float, alignment: int, rules: Sequence[float] = ()
) -> Setting | None:
    """Set one line, shrunk to fit; None when it does not fit at the smallest size.

    Args:
        text: drawable, without line breaks.
        box: where.
        size: points; 0 to choose.
        alignment: 0 left, 1 centred, 2 right (quadding).
        rules: how high the lines printed behind the box stand, points: none strikes the text.
    """
    shaped = shape(text)
    wanted = size or usual_size(box.height)
    natural = shaped.width / 1000
    room = box.width - 2 * box.padding
    fitting = min(wanted, room / natural) if natural else wanted
    fitting = min(fitting, max(SMALLEST_SIZE, box.height / _LEADING))
    if fitting < SMALLEST_SIZE and fitting < wanted:
        # A letter or two may stand closer to the edge before they are refused.
        fitting = min(wanted, SMALLEST_SIZE)
        if natural * fitting > box.width - 2 * box.border:
            return None
        alignment = 1
    chosen = _steps(fitting)
    y = (box.height - _CAP_HEIGHT * chosen) / 2
    struck = next((rule for rule in rules if y < rule < y + _CAP_HEIGHT * chosen), None)
    if struck is not None:
        above = _steps(min(chosen, (box.height - struck) / _OVER_RULE))
        if above >= max(SMALLEST_SIZE, chosen * _LEAST_SHRUNK):
            chosen, y = above, struck + above * _BELOW
    return Setting(chosen, (Line(shaped, _start(natural * chosen, box, alignment), y),))


def set_lines(
    text: str, box: Box, *, size: float, alignment: int, rules: Sequence[float] = ()
) -> Setting | None:
    """Set a text over several lines, wrapped, shrunk to fit; None when it does not fit.

    It stands on the rules printed behind its box, as `set_line` takes them, where it fits so.
    """
    return _set_on_rules(text, box, size, alignment, rules) or _set_freely(
        text, box, size=size, alignment=alignment
    )


def _set_on_rules(
    text: str, box: Box, size: float, alignment: int, rules: Sequence[float]
) -> Setting | None:
    kept = [rule for rule in rules if rule + SMALLEST_SIZE * _OVER_RULE <= box.height]
    if not kept:
        return None
    apart = min((above - below for above, below in pairwise([box.height, *kept])), default=0.0)
    wanted = min(size or _LARGEST_AUTO_SIZE, int(apart / _OVER_RULE * 4) / 4)
    room, space = box.width - 2 * box.padding, shape(" ").width
    paragraphs = _paragraphs(text)
    while wanted >= SMALLEST_SIZE:
        lines = _wrapped(paragraphs, space, room / wanted * 1000)
        if lines is not None and len(lines) <= len(kept):
            shaped = [shape(line) for line in lines]
            return Setting(
                wanted,
                tuple(
                    Line(
                        line,
                        _start(line.width * wanted / 1000, box, alignment),
                        rule + wanted * _BELOW,
                    )
                    for line, rule in zip(shaped, kept, strict=False)
                ),
            )
        wanted -= 0.5
    return None


def _set_freely(text: str, box: Box, *, size: float, alignment: int) -> Setting | None:
    wanted = size or _LARGEST_AUTO_SIZE
    room = box.width - 2 * box.padding
    widest = box.width - 2 * box.border
    inside = box.height - 2 * box.border
    space = shape(" ").width
    paragraphs = _paragraphs(text)
    while True:
        lines = _wrapped(paragraphs, space, room / wanted * 1000)
        if lines is not None and len(lines) * wanted * _LEADING <= inside:
            break
        if wanted > SMALLEST_SIZE:
            wanted = max(SMALLEST_SIZE, wanted - 0.5)
        elif room < widest:
            room, alignment = widest, 1
        else:
            return None
    used = len(lines) * wanted * _LEADING
    first = box.height - box.border - min(1.0, (inside - used) / 2) - _ASCENT * wanted
    shaped = [shape(line) for line in lines]
    return Setting(
        wanted,
        tuple(
            Line(
                line,
                _start(line.width * wanted / 1000, box, alignment),
                first - number * wanted * _LEADING,
            )
            for number, line in enumerate(shaped)
        ),
    )


def set_comb(text: str, box: Box, *, size: float, cells: int, alignment: int) -> Setting | None:
    """Set one letter a cell, centred in it; None when there are more letters than cells."""
    each = letters(text)
    if len(each) > cells:
        return None
    cell = box.width / cells
    shaped = [shape(one) for one in each]
    widest = max((one.width for one in shaped), default=600.0) / 1000
    chosen = min(size or _LARGEST_AUTO_SIZE, box.height / _CAP_HEIGHT * 0.8, cell / widest)
    if chosen < SMALLEST_SIZE and chosen < (size or SMALLEST_SIZE):
        return None
    y = (box.height - _CAP_HEIGHT * chosen) / 2
    skipped = (0, (cells - len(each)) // 2, cells - len(each))[alignment]
    return Setting(
        chosen,
        tuple(
            Line(one, (skipped + number) * cell + (cell - one.width * chosen / 1000) / 2, y)
            for number, one in enumerate(shaped)
            if each[number].strip()
        ),
    )


def _start(width: float, box: Box, alignment: int) -> float:
    if alignment == 1:
        return (box.width - width) / 2
    if alignment == 2:
        return box.width - box.padding - width
    return box.padding


def _steps(size: float) -> float:
    # A size that no two runs round differently, never above what fits.
    return int(size * 20) / 20


def _paragraphs(text: str) -> list[list[tuple[str, float]]]:
    return [
        [(word, shape(word).width) for word in paragraph.split(" ")]
        for paragraph in text.split("\n")
    ]


def _wrapped(
    paragraphs: list[list[tuple[str, float]]], space: float, room: float
) -> list[str] | None:
    lines = []
    for words in paragraphs:
        line, used = words[0]
        for word, width in words[1:]:
            if used + space + width > room:
                lines.append(line)
                line, used = word, width
            else:
                line, used = f"{line} {word}", used + space + width
        lines.append(line)
        if any(width > room for _, width in words):
            return None
    return lines
