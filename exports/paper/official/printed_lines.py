"""The lines that a form prints under its boxes: rules that a text stands on, cells of a comb.

A box says how large it is, not what is printed behind it: texts set by the box alone are struck
through by the dotted lines of the form, and digits stand across the cells of a comb that the form
draws without saying so.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from typing import Any

from exports.paper.errors import PdfTooLarge
from exports.paper.lettering.setting import Box
from exports.paper.official.page_paths import strokes
from exports.paper.render import PDFIUM

Rectangle = tuple[float, float, float, float]

_WRITTEN = re.compile(r"[_.…](?: ?[_.…]){7,}")
_LEVEL = 0.6
_ONE = 3.0
"""Lines closer than that, in points, are one; no cell is narrower."""
_WIDE = 0.5
"""Of the width of a box: a shorter line is no rule to write on."""
_OFF_CELL = 1.6
_BAR = 3.0
_HAIR = 0.01


class PrintedLines:
    """State: the lines of the pages of a PDF, read when a box first asks for those behind it."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._pages = _pages_of(hashlib.sha256(content).digest())
        self._document: Any = None

    def close(self) -> None:
        """Let go of the PDF."""
        if self._document is not None:
            with PDFIUM:
                self._document.close()

    def rules(self, page: int, rect: Rectangle, box: Box) -> tuple[float, ...]:
        """How high the lines that run along a box stand in it, in points, from the top down.

        Args:
            page: from 0.
            rect: of its widget, in points of the unrotated page.
            box: the same, upright.
        """
        covered: dict[float, float] = {}
        for left, bottom, right, top in self._within(page, rect, box):
            if top - bottom > _LEVEL or not 0 < bottom < box.height:
                continue
            height = next((known for known in covered if abs(known - bottom) < _ONE), bottom)
            width = min(right, box.width) - max(left, 0.0)
            covered[height] = covered.get(height, 0.0) + max(width, 0.0)
        wide = (height for height, width in covered.items() if width >= _WIDE * box.width)
        return tuple(sorted(wide, reverse=True))

    def is_comb(self, page: int, rect: Rectangle, box: Box, cells: int) -> bool:
        """Whether a box is printed as that many cells of one width."""
        if cells < 2 or box.width / cells < _ONE:
            return False
        across = [
            (left + right) / 2
            for left, bottom, right, top in self._within(page, rect, box)
            if right - left <= _LEVEL and top - bottom > _ONE
        ]
        cell = box.width / cells
        return all(
            any(abs(x - number * cell) < _OFF_CELL for x in across) for number in range(1, cells)
        )

    def _within(self, page: int, rect: Rectangle, box: Box) -> Iterator[Rectangle]:
        for left, bottom, right, top in self._lines(page):
            if left < rect[2] and rect[0] < right and bottom < rect[3] and rect[1] < top:
                corners = _upright(left, bottom, rect, box), _upright(right, top, rect, box)
                (x0, x1), (y0, y1) = (sorted(pair) for pair in zip(*corners, strict=True))
                yield x0, y0, x1, y1

    def _lines(self, number: int) -> tuple[Rectangle, ...]:
        known = self._pages.get(number)
        if known is None:
            import pypdfium2 as pdfium

            # Where pdfium cannot read it, boxes are filled by their size alone.
            found: list[Rectangle] = []
            with PDFIUM, suppress(pdfium.PdfiumError, PdfTooLarge, IndexError):
                if self._document is None:
                    self._document = pdfium.PdfDocument(self._content)
                page = self._document[number]
                found += _drawn(page)
                found += _written(page)
            known = self._pages[number] = tuple(found)
        return known


@lru_cache(maxsize=8)
def _pages_of(_sha256: bytes) -> dict[int, tuple[Rectangle, ...]]:
    """The pages read of one PDF: the same print is filled again and again."""
    return {}


def _upright(x: float, y: float, rect: Rectangle, box: Box) -> tuple[float, float]:
    left, bottom, right, top = rect
    if box.turned == 90:
        return y - bottom, right - x
    if box.turned == 180:
        return right - x, top - y
    if box.turned == 270:
        return top - y, x - left
    return x - left, y - bottom


def _drawn(page: Any) -> Iterator[Rectangle]:
    for points, thick in strokes(page):
        if thick > _BAR:
            continue
        for (x0, y0), (x1, y1) in pairwise(points):
            level, upright = abs(y1 - y0) < _LEVEL, abs(x1 - x0) < _LEVEL
            if level != upright:
                # A hair of height, so that a line is found to lie across a box.
                yield (min(x0, x1), min(y0, y1), max(x0, x1) + _HAIR, max(y0, y1) + _HAIR)


def _written(page: Any) -> Iterator[Rectangle]:
    """The lines that are set as a row of points or low lines."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    for run in _WRITTEN.finditer(text.get_text_range()):
        boxes = []
        for place in (run.start(), run.end() - 1):
            index = raw.FPDFText_GetCharIndexFromTextIndex(text, place)
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
            boxes.append((left.value, bottom.value, right.value, top.value))
        first, last = boxes
        x0, x1 = min(first[0], last[0]), max(first[2], last[2])
        y0, y1 = min(first[1], last[1]), max(first[1], last[1])
        if y1 - y0 < _LEVEL or x1 - x0 < 2 * _LEVEL:
            yield (x0, y0, x1 + _HAIR, y1 + _HAIR)
    text.close()
