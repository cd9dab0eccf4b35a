"""A first draft of the boxes of a flat form: its lines, combs and check boxes, as it draws them.

What is found is to be read again by eye: every print has its own ways, and of a scan only the cells
and the boxes to tick are found (`exports.paper.official.image_boxes`).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from exports.paper.errors import PdfDamaged
from exports.paper.official.image_boxes import is_image, light_boxes
from exports.paper.official.page_paths import near, strokes
from exports.paper.official.pdf_file import MAXIMUM_PAGES, open_pdf
from exports.paper.render import PDFIUM
from forms.official_boxes import BoxType, OfficialBox

_LINE_HEIGHT = 12.0
_CELL_HEIGHT = 10.4
_SHORTEST_LINE = 20.0
_WIDEST_GAP = 9.0
_WIDEST_WORD_GAP = 14.0
_OFF_CENTRE = 2.6
"""Points a letter may stand beside the middle of its printed cell, in a comb of even cells."""

_Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Mark:
    type: BoxType
    rect: _Rectangle
    cells: int = 0
    multiline: bool = False


@dataclass(frozen=True)
class _Word:
    text: str
    rect: _Rectangle


def find_boxes(content: bytes) -> tuple[OfficialBox, ...]:
    """The boxes that a PDF draws, in reading order, named after the text beside or above them.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    import pypdfium2 as pdfium

    with open_pdf(content):
        # Only its faults are of interest here: pdfium tells less of them.
        pass
    named: dict[str, int] = {}
    boxes: list[OfficialBox] = []
    with PDFIUM:
        document = pdfium.PdfDocument(content)
        try:
            for number in range(min(len(document), MAXIMUM_PAGES)):
                boxes += _boxes_of(document[number], number + 1, named)
        except pdfium.PdfiumError as error:
            raise PdfDamaged from error
        finally:
            document.close()
    return tuple(boxes)


def draft(boxes: tuple[OfficialBox, ...]) -> str:
    """The boxes as the lines of `official.yaml`."""
    lines = ["boxes:"]
    for box in boxes:
        rect = ", ".join(f"{number:g}" for number in box.rect)
        more = f", cells: {box.cells}" if box.cells else ""
        more += ", multiline: true" if box.multiline else ""
        lines.append(
            f"  - {{name: {box.name}, page: {box.page}, rect: [{rect}], "
            f"type: {box.type.value}{more}}}"
        )
    return "\n".join(lines) + "\n"


def _boxes_of(page: Any, number: int, named: dict[str, int]) -> Iterator[OfficialBox]:
    left, bottom, _, _ = page.get_cropbox()
    lines, cells, squares, frames = _drawn(page)
    words, written = _written(page)
    if is_image(page) and not (lines or cells or squares or frames):
        alone = _apart(light_boxes(page))
        rows = list(_combs(alone))
        cells = [one for one in alone if not _is_alone(one, rows)]
        squares = [one for one in alone if _is_alone(one, rows)]
    marks = [_Mark(BoxType.CHECK, rect) for rect in squares]
    marks += _combs(cells)
    marks += [_Mark(BoxType.TEXT, rect, multiline=rect[3] - rect[1] > 25) for rect in frames]
    marks += _lines(sorted(set(lines + written)), marks)
    marks.sort(key=lambda mark: (-round(mark.rect[1] / 6), mark.rect[0]))
    for mark in marks:
        name = _unused(_slug(_label(mark, marks, words)) or mark.type.value, named)
        x0, y0, x1, y1 = mark.rect
        rect = (x0 - left, y0 - bottom, x1 - left, y1 - bottom)
        yield OfficialBox(
            name=name,
            page=number,
            rect=(round(rect[0], 1), round(rect[1], 1), round(rect[2], 1), round(rect[3], 1)),
            type=mark.type,
            cells=mark.cells,
            multiline=mark.multiline,
            size=0.0,
        )


def _is_alone(square: _Rectangle, rows: list[_Mark]) -> bool:
    """Whether a square belongs to no row of several cells: a box to tick."""
    x, y = (square[0] + square[2]) / 2, (square[1] + square[3]) / 2
    return not any(
        row.cells > 1 and row.rect[0] < x < row.rect[2] and row.rect[1] < y < row.rect[3]
        for row in rows
    )


def _drawn(
    page: Any,
) -> tuple[list[_Rectangle], list[_Rectangle], list[_Rectangle], list[_Rectangle]]:
    """Lines to write on, cells of combs, squares to tick, frames to write in."""
    lines: list[_Rectangle] = []
    cells: list[_Rectangle] = []
    squares: list[_Rectangle] = []
    frames: list[_Rectangle] = []
    for points, thick in strokes(page):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        rect = (min(xs), min(ys), max(xs), max(ys))
        width, height = rect[2] - rect[0], rect[3] - rect[1]
        closed = len(points) >= 4 and near(points[0], points[-1]) and height > 4
        if height < 1:
            if width >= _SHORTEST_LINE and thick < 1.2:
                lines.append((rect[0], rect[1], rect[2], rect[1]))
        elif closed and 6 <= height <= 16 and abs(width - height) < 2:
            squares.append(rect)
        elif (len(points) == 4 or closed) and 5 <= width <= 26 and height <= 26:
            cells.append(rect)
        elif closed and width >= 40 and 10 <= height <= 200:
            frames.append(rect)
    return lines, _apart(cells), _apart(squares), _apart(frames)


def _written(page: Any) -> tuple[list[_Word], list[_Rectangle]]:
    """The words of a page, and the lines that it writes with points or low lines."""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    words: list[_Word] = []
    lines: list[_Rectangle] = []
    run: list[tuple[str, _Rectangle]] = []

    def end() -> None:
        if not run:
            return
        rect = (
            min(rect[0] for _, rect in run),
            min(rect[1] for _, rect in run),
            max(rect[2] for _, rect in run),
            max(rect[3] for _, rect in run),
        )
        if run[0][0] in "_.…":
            if rect[2] - rect[0] >= _SHORTEST_LINE:
                lines.append((rect[0], rect[1], rect[2], rect[1]))
        else:
            words.append(_Word("".join(letter for letter, _ in run), rect))
        run.clear()

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(raw.FPDFText_CountChars(text)):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            end()
            continue
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        rect = (left.value, bottom.value, right.value, top.value)
        if run:
            other = (letter in "_.…") != (run[0][0] in "_.…")
            last = run[-1][1]
            if other or abs(rect[0] - last[2]) > 6 or abs(rect[1] - last[1]) > 8:
                end()
        run.append((letter, rect))
    end()
    text.close()
    return words, lines


def _combs(cells: list[_Rectangle]) -> Iterator[_Mark]:
    rows: dict[int, list[_Rectangle]] = {}
    for cell in sorted(cells, key=lambda one: one[1]):
        row = next((key for key in rows if abs(rows[key][0][1] - cell[1]) < 1.5), len(rows))
        rows.setdefault(row, []).append(cell)
    for row_cells in rows.values():
        run: list[_Rectangle] = []
        for cell in sorted(row_cells):
            if run and cell[0] - run[-1][2] > _WIDEST_GAP:
                yield from _even(run)
                run = []
            run.append(cell)
        yield from _even(run)


def _even(run: list[_Rectangle]) -> Iterator[_Mark]:
    """A run of cells as combs of even cells, cut at its widest gap while it is too uneven."""
    middles = [(cell[0] + cell[2]) / 2 for cell in run]
    width = max(cell[2] - cell[0] for cell in run)
    pitch, first = width, middles[0]
    if len(run) > 1:
        mean_place, mean = (len(run) - 1) / 2, sum(middles) / len(run)
        spread = sum((place - mean_place) ** 2 for place in range(len(run)))
        pitch = sum((place - mean_place) * x for place, x in enumerate(middles)) / spread
        first = mean - mean_place * pitch
    if any(abs(first + place * pitch - x) > _OFF_CENTRE for place, x in enumerate(middles)):
        gaps = [after[0] - before[2] for before, after in pairwise(run)]
        cut = gaps.index(max(gaps)) + 1
        yield from _even(run[:cut])
        yield from _even(run[cut:])
        return
    bottom = run[0][1] + 0.8
    top = max(run[0][3], bottom + _CELL_HEIGHT)
    left = first - pitch / 2
    yield _Mark(BoxType.COMB, (left, bottom, left + pitch * len(run), top), len(run))


def _lines(lines: list[_Rectangle], marks: list[_Mark]) -> Iterator[_Mark]:
    for line in lines:
        left, y, right, _ = line
        over = [
            other[1] - 1
            for other in [*lines, *(mark.rect for mark in marks)]
            if other != line and y + 4 < other[1] and other[0] < right and left < other[2]
        ]
        yield _Mark(BoxType.TEXT, (left, y + 0.5, right, min([y + 0.5 + _LINE_HEIGHT, *over])))


def _label(mark: _Mark, marks: list[_Mark], words: list[_Word]) -> str:
    left, bottom, right, top = mark.rect
    level = [word for word in words if bottom - 4 < (word.rect[1] + word.rect[3]) / 2 < top + 2]
    others = [one.rect for one in marks if one is not mark and abs(one.rect[1] - bottom) < 6]
    if mark.type is BoxType.CHECK:
        said = _joined(level, right, others, forward=True)
        if said:
            return " ".join(said[:5])
    said = _joined(level, left, others, forward=False)
    if not said:
        above = [
            word
            for word in words
            if -2 < word.rect[1] - top < 14 and word.rect[0] < right and left < word.rect[2]
        ]
        said = [word.text for word in sorted(above, key=lambda word: word.rect[0])][:5]
    return " ".join(said[-5:])


def _joined(
    words: list[_Word], place: float, others: list[_Rectangle], *, forward: bool
) -> list[str]:
    """The words that follow each other from a place, up to a wide gap or another box."""
    said: list[str] = []
    if forward:
        for word in sorted(words, key=lambda one: one.rect[0]):
            if word.rect[0] < place - 2:
                continue
            between = any(place <= other[0] < word.rect[0] + 1 for other in others)
            if word.rect[0] - place > _WIDEST_WORD_GAP or between:
                break
            said.append(word.text)
            place = word.rect[2]
        return said
    for word in sorted(words, key=lambda one: -one.rect[2]):
        if word.rect[2] > place + 2:
            continue
        between = any(word.rect[2] - 1 < other[2] <= place for other in others)
        if place - word.rect[2] > _WIDEST_WORD_GAP or between:
            break
        said.insert(0, word.text)
        place = word.rect[0]
    return said


def _slug(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label.replace("œ", "oe").replace("Œ", "OE"))
    ascii_only = plain.encode("ascii", "ignore").decode("ascii").casefold()
    return "_".join(re.findall("[a-z0-9]+", ascii_only))[:40].strip("_")


def _unused(name: str, named: dict[str, int]) -> str:
    named[name] = named.get(name, 0) + 1
    return name if named[name] == 1 else _unused(f"{name}_{named[name]}", named)


def _apart(rects: list[_Rectangle]) -> list[_Rectangle]:
    # A frame drawn twice, for its ground and for its line, is one.
    kept: list[_Rectangle] = []
    for rect in rects:
        if not any(all(abs(a - b) < 1.5 for a, b in zip(rect, one, strict=True)) for one in kept):
            kept.append(rect)
    return kept
