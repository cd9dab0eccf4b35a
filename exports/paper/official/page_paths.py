"""The lines that a page draws: its paths, through pdfium, within bounds."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from exports.paper.errors import PdfTooLarge

_MAXIMUM_OBJECTS = 50_000
_MAXIMUM_SEGMENTS = 500_000
_DEEPEST = 8


def strokes(page: Any) -> Iterator[tuple[list[tuple[float, float]], float]]:
    """The stroked runs of straight lines of a page of pypdfium2, and how thick they are drawn.

    Yields:
        The points of a run, in points of the unrotated page, and the width of its line.

    Raises:
        PdfTooLarge: the page draws more than a form does.
    """
    import pypdfium2.raw as raw

    segments = 0
    for seen, (path, matrix) in enumerate(_paths(page)):
        if seen > _MAXIMUM_OBJECTS:
            raise PdfTooLarge
        filled, stroked, thick = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
        raw.FPDFPath_GetDrawMode(path, filled, stroked)
        raw.FPDFPageObj_GetStrokeWidth(path, thick)
        if not stroked.value:
            continue
        run: list[tuple[float, float]] = []
        count = raw.FPDFPath_CountSegments(path)
        segments += count
        if segments > _MAXIMUM_SEGMENTS:
            raise PdfTooLarge
        for number in range(count):
            segment = raw.FPDFPath_GetPathSegment(path, number)
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                if len(run) > 1:
                    yield run, thick.value
                run = []
            run.append(matrix.on_point(x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment) and not near(run[0], run[-1]):
                run.append(run[0])
        if len(run) > 1:
            yield run, thick.value


def near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two points are one to the eye."""
    return abs(one[0] - other[0]) < 0.5 and abs(one[1] - other[1]) < 0.5


def _paths(page: Any) -> Iterator[tuple[Any, Any]]:
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    def below(
        count: Any, get: Any, owner: Any, matrix: Any, depth: int
    ) -> Iterator[tuple[Any, Any]]:
        for number in range(count(owner)):
            one = get(owner, number)
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(one, own)
            placed = pdfium.PdfMatrix.from_raw(own).multiply(matrix)
            kind = raw.FPDFPageObj_GetType(one)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                yield one, placed
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                yield from below(
                    raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, one, placed, depth + 1
                )

    yield from below(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page, pdfium.PdfMatrix(), 0)
