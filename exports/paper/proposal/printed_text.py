"""The print of a page as runs of text that stand together, where a reader's eye sees them."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from exports.paper.errors import PdfDamaged
from exports.paper.proposal.rect import Bands, Rect, Turn
from exports.paper.render import PDFIUM

MAXIMUM_LETTERS = 30_000
"""Of one page; a page of small print has some 8,000."""
MAXIMUM_RUNS = 3_000
"""Of one page; a dense table has some 400."""

_SAME_LINE = 0.3
_RAISED = 0.6
_APART = 1.0
_SPACE = 0.15
_BOLD = 600
_LEADERS = frozenset("_…‗＿·•․")
_TURNS = {0: Turn.RIGHT, 1: Turn.DOWN, 2: Turn.LEFT, 3: Turn.UP}


@dataclass(frozen=True, slots=True)
class Run:
    """Text printed in one go on one line.

    Attributes:
        rect: upright, from the foot of the line to the height of its letters.
        baseline: where the letters stand.
        size: the size of most of its letters, in points.
    """

    text: str
    rect: Rect
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True)
class PrintedPage:
    """The print of a page.

    Attributes:
        turn: which way most of it runs; what runs another way is left out.
        runs: from the top down, then from the left.
    """

    turn: Turn
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    letter: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool


def read_pages(content: bytes, obstacles: dict[int, list[Rect]]) -> dict[int, PrintedPage]:
    """Read the print of some pages.

    Args:
        content: the PDF.
        obstacles: by page from 0, the boxes where an answer goes: print inside them is no label,
            and a run never crosses one.

    Raises:
        PdfDamaged: it cannot be opened.
    """
    with PDFIUM, _opened(content) as document:
        return {
            number: _page(document, number, boxes) for number, boxes in sorted(obstacles.items())
        }


def read_first_page(content: bytes) -> PrintedPage:
    """Read the print of the first page, for the title; raises as `read_pages`."""
    return read_pages(content, {0: []})[0]


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise PdfDamaged from error
    try:
        yield document
    finally:
        document.close()


def _page(document: Any, number: int, boxes: list[Rect]) -> PrintedPage:
    import pypdfium2 as pdfium

    try:
        page = document[number]
        text = page.get_textpage()
    except (pdfium.PdfiumError, IndexError):
        # A page that cannot be read has no labels; its fields keep their names.
        return PrintedPage(Turn.RIGHT, ())
    try:
        turn, letters = _letters(text, Rect(*page.get_cropbox()))
    finally:
        text.close()
        page.close()
    upright = [turn.upright(box) for box in boxes]
    low = Bands((box, box) for box in upright if box.height <= _TALL)
    kept = [one for one in letters if not _is_in_a_box(one, low)]
    every = Bands((box, box) for box in upright)
    runs = _joined([_run(part) for part in _parts(kept, every)], every)
    ordered = sorted(runs, key=lambda run: (-run.baseline, run.rect.left))
    return PrintedPage(turn, tuple(ordered[:MAXIMUM_RUNS]))


_TALL = 30.0


def _letters(text: Any, visible: Rect) -> tuple[Turn, list[_Letter]]:
    import pypdfium2.raw as raw

    found: list[tuple[Turn, str, Rect, tuple[float, float], float, bool]] = []
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y, flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    for index in range(min(raw.FPDFText_CountChars(text), MAXIMUM_LETTERS)):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        letter = "-" if code in (0x02, 0xFFFE) else chr(code)
        if not letter.isprintable() and not letter.isspace():
            continue
        quarters = round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetMatrix(text, index, matrix)
        scale = math.hypot(matrix.c, matrix.d)
        size = float(raw.FPDFText_GetFontSize(text, index)) * (scale or 1.0)
        weight = raw.FPDFText_GetFontWeight(text, index)
        raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
        font = name.value.decode("utf-8", "replace").casefold()
        bold = weight >= _BOLD or any(word in font for word in ("bold", "black", "heavy"))
        rect = Rect(box.left, box.bottom, box.right, box.top)
        finite = all(math.isfinite(one) for one in (*_sides(rect), x.value, y.value, size))
        if finite and visible.holds(x.value, y.value):
            found.append((_TURNS[quarters], letter, rect, (x.value, y.value), size, bold))
    counted = Counter(turn for turn, letter, *_ in found if not letter.isspace())
    turn = counted.most_common(1)[0][0] if counted else Turn.RIGHT
    letters = []
    for one, letter, rect, origin, size, bold in found:
        if one is turn:
            upright = turn.upright(rect)
            baseline = turn.point(*origin)[1]
            letters.append(
                _Letter(letter, upright.left, upright.right, baseline, max(size, 1.0), bold)
            )
    return turn, letters


def _sides(rect: Rect) -> tuple[float, float, float, float]:
    return rect.left, rect.bottom, rect.right, rect.top


def _is_in_a_box(letter: _Letter, boxes: Bands[Rect]) -> bool:
    x, y = (letter.left + letter.right) / 2, letter.baseline + letter.size * 0.3
    return any(box.holds(x, y, -0.5) for box in boxes.between(y, y))


def _parts(letters: Sequence[_Letter], boxes: Bands[Rect]) -> Iterator[list[_Letter]]:
    part: list[_Letter] = []
    for place, letter in enumerate(letters):
        if letter.letter.isspace():
            continue
        if part and _calls_a_note(part[-1], letter):
            continue
        leads = _is_leader(letters, place)
        if part and (leads or not _follows(part[-1], letter, boxes)):
            yield part
            part = []
        if not leads:
            part.append(letter)
    if part:
        yield part


def _calls_a_note(before: _Letter, letter: _Letter) -> bool:
    # A small raised figure after a word sends to the foot of the page.
    return (
        letter.letter.isdecimal()
        and not before.letter.isdecimal()
        and letter.size < 0.8 * before.size
        and letter.baseline > before.baseline + 0.1 * before.size
        and letter.left - before.right < _SPACE * before.size
    )


def _is_leader(letters: Sequence[_Letter], place: int) -> bool:
    # A line to write on, made of points or dashes.
    letter = letters[place].letter
    if letter in _LEADERS:
        return letter == "_" or _beside(letters, place, letter)
    return letter in ".-" and _beside(letters, place, letter)


def _beside(letters: Sequence[_Letter], place: int, letter: str) -> bool:
    nearby = [one.letter for one in letters[max(0, place - 4) : place + 5]]
    return sum(one == letter for one in nearby) >= 4


def _follows(before: _Letter, letter: _Letter, boxes: Bands[Rect]) -> bool:
    size = max(before.size, letter.size)
    gap = letter.left - before.right
    rise = abs(letter.baseline - before.baseline)
    raised = before.size != letter.size and gap < _RAISED * size and rise < _RAISED * size
    if rise > _SAME_LINE * min(before.size, letter.size) and not raised:
        return False
    if not -1.2 * size < gap < _APART * size:
        return False
    return not _parted(before.right, letter.left, letter.baseline + 0.3 * size, boxes)


def _parted(left: float, right: float, height: float, boxes: Bands[Rect]) -> bool:
    return any(
        box.bottom <= height <= box.top and left - 1 <= (box.left + box.right) / 2 <= right + 1
        for box in boxes.between(height, height)
    )


def _run(part: list[_Letter]) -> Run:
    words = [part[0].letter]
    for before, letter in pairwise(part):
        gap = letter.left - before.right
        if gap > _SPACE * max(before.size, letter.size):
            words.append(" ")
        words.append(letter.letter)
    size = Counter(round(one.size, 1) for one in part).most_common(1)[0][0]
    baseline = Counter(round(one.baseline, 1) for one in part).most_common(1)[0][0]
    rect = Rect(
        min(one.left for one in part),
        baseline - 0.2 * size,
        max(one.right for one in part),
        baseline + 0.75 * size,
    )
    bold = sum(one.bold for one in part) * 2 > len(part)
    return Run("".join(words), rect, baseline, size, bold)


def _joined(runs: list[Run], boxes: Bands[Rect]) -> list[Run]:
    # What was drawn in several goes but reads as one line.
    joined: list[Run] = []
    for run in sorted(runs, key=lambda run: (-round(run.baseline), run.rect.left)):
        for place in range(len(joined) - 1, max(-1, len(joined) - 9), -1):
            before = joined[place]
            size = max(before.size, run.size)
            gap = run.rect.left - before.rect.right
            rise = abs(run.baseline - before.baseline)
            level = rise <= _SAME_LINE * size or (
                rise <= _RAISED * size and before.size != run.size and gap < _RAISED * size
            )
            if not level or not -0.4 * size < gap < 0.6 * size:
                continue
            if _parted(before.rect.right, run.rect.left, before.baseline + 0.3 * size, boxes):
                continue
            space = " " if gap > _SPACE * size else ""
            kept = before if len(before.text) >= len(run.text) else run
            joined[place] = replace(
                kept,
                text=f"{before.text}{space}{run.text}",
                rect=before.rect.around(run.rect),
            )
            break
        else:
            joined.append(run)
    return joined
