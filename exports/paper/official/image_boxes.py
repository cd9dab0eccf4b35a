"""The boxes of a page that is an image: light rectangles among what is darker.

Cells and boxes to tick of a scanned form are found; lines to write on are not: what is a line, a
fold or a row of letters is not told by pixels alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from exports.paper.render import MAXIMUM_PIXELS

Rectangle = tuple[float, float, float, float]

_SCALE = 2.0
_LIGHT = 244
"""Of 255: paper is lighter, a tinted ground and ink are darker."""
_LEAST, _MOST = 6.0, 24.0
"""Points of the side of a cell or a box."""
_STRAY = 2
"""Pixels by which the edge of a box may waver from row to row."""
_MOST_BOXES = 3_000


@dataclass
class _Growing:
    """State: a light rectangle as rows of pixels are added to it, in pixels."""

    left: int
    right: int
    top: int
    bottom: int


def is_image(page: Any) -> bool:
    """Whether a page of pypdfium2 is little else than one picture."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    for one in page.get_objects(max_depth=2):
        if one.type != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = one.get_bounds()
        if (right - left) * (top - bottom) > width * height / 2:
            return True
    return False


def light_boxes(page: Any) -> list[Rectangle]:
    """The light rectangles of a page as large as a cell or a box to tick, in points.

    Args:
        page: of pypdfium2, with pdfium held.
    """
    width, height = page.get_size()
    if width * height * _SCALE * _SCALE > MAXIMUM_PIXELS:
        return []
    bitmap = page.render(scale=_SCALE, grayscale=True)
    place = bitmap.get_posconv(page).to_page
    found = []
    for box in _blocks(bitmap):
        (x0, y0), (x1, y1) = place(box.left, box.top), place(box.right, box.bottom)
        found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return found


def _blocks(bitmap: Any) -> list[_Growing]:
    least, most = int(_LEAST * _SCALE), int(_MOST * _SCALE)
    # A run of light between two darker pixels.
    light = re.compile(rb"(?<=\x00)\x01{%d,%d}(?=\x00)" % (least, most))
    marks = bytes(level >= _LIGHT for level in range(256))
    pixels, stride = bytes(bitmap.buffer).translate(marks), bitmap.stride
    done: list[_Growing] = []
    growing: list[_Growing] = []
    for row in range(bitmap.height):
        line = pixels[row * stride : row * stride + bitmap.width]
        runs = [run.span() for run in light.finditer(line)]
        going_on = []
        for box in growing:
            same = next((run for run in runs if _alike(box, run)), None)
            if same is None:
                if least <= row - box.top <= most:
                    done.append(box)
                continue
            runs.remove(same)
            box.bottom = row + 1
            going_on.append(box)
        growing = going_on + [_Growing(left, right, row, row + 1) for left, right in runs]
        if len(done) > _MOST_BOXES:
            break
    return done


def _alike(box: _Growing, run: tuple[int, int]) -> bool:
    return abs(box.left - run[0]) <= _STRAY and abs(box.right - run[1]) <= _STRAY
