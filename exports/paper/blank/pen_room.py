"""The room for the answer to a question: combs, boxes to cross, frames to write in.

Each draws its boxes from the very rectangles that it tells the ledger, and what is known already
is printed in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from exports.paper.blank.geometry import SIGNATURE, FieldKind, GeometryLedger, Rect
from exports.paper.blank.pen import CELL_HEIGHT, CELL_WIDTH, LINE_HEIGHT, TICK, Drawn, SignatureBox
from exports.paper.blank.second_language import (
    SECOND,
    SECOND_HINT,
    said_twice,
    second_width,
    told_in,
)
from exports.paper.lettering.fonts import Style
from exports.paper.lettering.styles import BODY, LINE, NBSP, SMALL, SOFT, drawable, said, text_width
from exports.paper.sheets.tags import pictured

_GROUP_GAP: float = 3 * mm
_CAPTION = 10
# Beside other columns, a label that takes more lines is no longer read at a glance.
_MOST_LINES = 1.8
_PRINTED_SIZES = (11.0, 10.0, 9.0, 8.0, 7.0)


_TICKS = {False: "Case à cocher.", True: "Case cochée."}

_Way = tuple[float, list[tuple[float, int, Flowable, float]], list[float]]


class PenRoom(Drawn):
    """Boxes for a pen; as they are drawn, the ledger is told where they lie.

    Attributes:
        printed: what is printed in a box, by its number.
    """

    kind: FieldKind
    choices: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()

    def __init__(self, printed: Mapping[int, str] | None = None) -> None:
        super().__init__()
        self.printed = dict(printed or {})
        self._ledger: GeometryLedger | None = None
        self._path = ""

    def told(self, ledger: GeometryLedger, path: str) -> PenRoom:
        """The same room, whose boxes the ledger will know by the path of a question."""
        self._ledger, self._path = ledger, path
        return self

    def draw(self) -> None:
        """Draw it, upwards from 0, and tell where."""
        super().draw()
        if self._ledger is not None:
            left, bottom = self.canv.absolutePosition(0, 0)
            self._ledger.note(
                self._path,
                self.kind,
                self.canv.getPageNumber(),
                [box.shifted(left, bottom) for box in self._boxes()],
                choices=self.choices,
                groups=self.groups,
                printed=self.printed,
            )

    def fits(self, width: float) -> bool:
        """Whether its boxes have their full size in a column as wide as that."""
        return width > 0

    def _boxes(self) -> list[Rect]:
        raise NotImplementedError


class Comb(PenRoom):
    """Groups of cells, one character a cell; narrower where many must stand on one line."""

    kind = FieldKind.COMB

    def __init__(
        self,
        groups: Sequence[int],
        captions: Sequence[str] = (),
        printed: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(printed)
        self.groups = tuple(groups)
        self._captions = tuple(captions) or ("",) * len(self.groups)

    def fits(self, width: float) -> bool:
        """Whether each cell has its full width."""
        return self._cell(width) == CELL_WIDTH

    def _measure(self, _: float) -> float:
        return CELL_HEIGHT + (_CAPTION if any(self._captions) else 1)

    def _cell(self, width: float) -> float:
        gaps = _GROUP_GAP * (len(self.groups) - 1)
        return min(CELL_WIDTH, (width - gaps) / sum(self.groups))

    def _boxes(self) -> list[Rect]:
        cell, bottom = self._cell(self.width), self.height - CELL_HEIGHT
        boxes: list[Rect] = []
        left = 0.0
        for cells in self.groups:
            boxes += [
                Rect(left + number * cell, bottom, cell, CELL_HEIGHT) for number in range(cells)
            ]
            left += cells * cell + _GROUP_GAP
        return boxes

    def _draw(self, canvas: Canvas) -> None:
        boxes = self._boxes()
        written = "".join(letter for _, letter in sorted(self.printed.items()))
        captions = ", ".join(caption for caption in self._captions if caption)
        said_of_it = " ".join(
            (f"{len(boxes)} cases à remplir", *([f"({captions})"] if captions else []))
        )
        if written:
            said_of_it += f", déjà écrit{NBSP}: {written}"
        with pictured(canvas, f"{said_of_it}.", self.width, self.height):
            self._draw_cells(canvas, boxes)

    def _draw_cells(self, canvas: Canvas, boxes: Sequence[Rect]) -> None:
        for box in boxes:
            canvas.rect(*box)
        canvas.setFont(Style.REGULAR.value, 13)
        for number, letter in self.printed.items():
            box = boxes[number]
            canvas.drawCentredString(box.left + box.width / 2, box.bottom + 8, drawable(letter))
        canvas.setFont(Style.REGULAR.value, 7.5)
        canvas.setFillColor(SOFT)
        first = 0
        for cells, caption in zip(self.groups, self._captions, strict=True):
            middle = boxes[first].left + cells * boxes[first].width / 2
            canvas.drawCentredString(middle, boxes[first].bottom - 8, drawable(caption))
            first += cells


class WritingBox(PenRoom):
    """A frame with room for some lines of handwriting."""

    kind = FieldKind.WRITING

    def __init__(self, lines: int, printed: str = "") -> None:
        super().__init__()
        self._lines = lines
        self._wanted = printed
        self._text: Paragraph | None = None

    def _measure(self, width: float) -> float:
        tall = self._lines * LINE_HEIGHT
        self._text = _set_in(self._wanted, width - 10, tall - 4)
        # Never half an answer: where it does not fit, the box stays open.
        self.printed = {0: self._wanted} if self._text is not None else {}
        return tall + 1

    def fits(self, width: float) -> bool:
        """Whether it is a single line: several want the whole width."""
        return self._lines == 1

    def _boxes(self) -> list[Rect]:
        return [Rect(0, 0, self.width, self._lines * LINE_HEIGHT)]

    def _draw(self, canvas: Canvas) -> None:
        (box,) = self._boxes()
        with pictured(canvas, _to_write(self._lines), box.width, box.height):
            canvas.rect(*box)
        if self._text is not None:
            room = LINE_HEIGHT if self._lines == 1 else self._text.height + 6
            self._text.drawOn(canvas, 5, box.height - (room + self._text.height) / 2)
            return
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        for number in range(1, self._lines):
            canvas.line(2 * mm, number * LINE_HEIGHT, self.width - 2 * mm, number * LINE_HEIGHT)


class Choices(PenRoom):
    """Boxes to cross, or to number, with their labels: on one line, or in columns of a list."""

    _GAP: float = 2.5 * mm
    _ROW_GAP: float = 2 * mm
    _BETWEEN: float = 8 * mm
    _MOST_COLUMNS = 3

    def __init__(
        self,
        choices: Mapping[str, str],
        *,
        ranked: bool = False,
        note: str = "",
        seconds: Mapping[str, str] | None = None,
        second_note: str = "",
        second_style: ParagraphStyle = SECOND,
        printed: Mapping[int, str] | None = None,
    ) -> None:
        """Make the room.

        Args:
            choices: labels by name, in order.
            ranked: whether a number is written in each box.
            note: said in small letters under a single choice.
            seconds: the labels in a second language, by name; those that are said twice.
            second_note: the note in a second language.
            second_style: how the labels in a second language are set.
            printed: « X », or the number, by the place of the choice.
        """
        super().__init__(printed)
        self.kind = FieldKind.RANKS if ranked else FieldKind.TICKS
        self.choices = tuple(choices)
        self._labels = tuple(choices.values())
        self._second_style = second_style
        self._seconds = tuple((seconds or {}).get(name, "") for name in choices)
        told = told_in(SECOND_HINT, second_style.language)
        self._note = said_twice(note, second_note, SMALL, told) if note else None

    def _measure(self, width: float) -> float:
        ways = [self._set_in_columns(width, lefts) for lefts in self._ways(width)]
        # The lowest; the fewest columns where several are.
        tall, self._placed, self._tops = min(ways, key=lambda way: round(way[0]))
        noted = 0.0
        if self._note is not None:
            noted = float(self._note.wrap(width - TICK - self._GAP, 10_000)[1])
        return tall + 2 + noted

    def _boxes(self) -> list[Rect]:
        return [
            Rect(left, self.height - 1 - self._tops[row] - TICK, TICK, TICK)
            for left, row, _, _ in self._placed
        ]

    def _draw(self, canvas: Canvas) -> None:
        boxes = self._boxes()
        placed = zip(boxes, self._placed, strict=True)
        for number, (box, (left, row, text, tall)) in enumerate(placed):
            with pictured(
                canvas, _TICKS[number in self.printed], TICK, TICK, left=box.left, bottom=box.bottom
            ):
                canvas.rect(*box)
            top = self.height - 1 - self._tops[row]
            text.drawOn(canvas, left + TICK + self._GAP, top - max(tall, (TICK + tall) / 2))
        if self._note is not None:
            self._note.drawOn(canvas, TICK + self._GAP, 0)
        canvas.setFont(Style.REGULAR.value, 11)
        canvas.setLineWidth(1.4)
        for number, mark in self.printed.items():
            left, bottom, width, height = boxes[number]
            if self.kind is FieldKind.RANKS:
                canvas.drawCentredString(left + width / 2, bottom + 3.5, drawable(mark))
                continue
            right, top = left + width - 2, bottom + height - 2
            canvas.line(left + 2, bottom + 2, right, top)
            canvas.line(left + 2, top, right, bottom + 2)

    def _ways(self, width: float) -> list[list[float]]:
        """Where the columns may begin: all on one line, else one column or more."""
        before = TICK + self._GAP
        widths = [
            before
            + max(text_width(label, BODY), second_width(second, self._second_style))
            + 1
            + self._BETWEEN
            for label, second in zip(self._labels, self._seconds, strict=True)
        ]
        if sum(widths) - self._BETWEEN <= width:
            return [[sum(widths[:number]) for number in range(len(widths))]]
        words = [text_width(word, BODY) for label in self._labels for word in label.split()]
        columns = [
            one
            for one in range(2, min(self._MOST_COLUMNS, len(widths) // 2) + 1)
            if max(widths) <= width / one * (_MOST_LINES if one == 2 else 1)
            and before + max(words, default=0) + self._BETWEEN < width / one
        ]
        return [[width / one * number for number in range(one)] for one in (1, *columns)]

    def _set_in_columns(self, width: float, lefts: list[float]) -> _Way:
        texts = [
            said_twice(label, second, told_style=self._second_style)
            for label, second in zip(self._labels, self._seconds, strict=True)
        ]
        rows = -(-len(texts) // len(lefts))
        rights = [right - self._BETWEEN for right in lefts[1:]] + [width]
        placed: list[tuple[float, int, Flowable, float]] = []
        heights = [TICK] * rows
        for number, text in enumerate(texts):
            # Down the first column, then the second: as a list is read.
            column, row = divmod(number, rows)
            room = rights[column] - lefts[column] - TICK - self._GAP
            _, tall = text.wrap(room, 10_000)
            heights[row] = max(heights[row], tall)
            placed.append((lefts[column], row, text, tall))
        tops = [sum(heights[:row]) + row * self._ROW_GAP for row in range(rows)]
        return sum(heights) + (rows - 1) * self._ROW_GAP, placed, tops


class SignatureRoom(PenRoom):
    """The place of the signature, which a scanner only looks for ink in."""

    kind = FieldKind.SIGNATURE

    def __init__(self, ledger: GeometryLedger) -> None:
        super().__init__()
        self._box = SignatureBox()
        self.told(ledger, SIGNATURE)

    def _measure(self, width: float) -> float:
        return float(self._box.wrap(width, 10_000)[1])

    def _boxes(self) -> list[Rect]:
        return [Rect(0, 0, self.width, self._box.frame_height)]

    def _draw(self, canvas: Canvas) -> None:
        self._box.drawOn(canvas, 0, 0)


def _to_write(lines: int) -> str:
    return "Une ligne à remplir." if lines == 1 else f"{lines} lignes à remplir."


def _set_in(text: str, width: float, height: float) -> Paragraph | None:
    """A text in the largest letters that fit a box; None when none do."""
    if not text:
        return None
    for size in _PRINTED_SIZES:
        style = BODY.clone(f"printed-{size}", fontSize=size, leading=size * 1.2)
        paragraph = said(text, style)
        paragraph.wrap(width, 10_000)
        if paragraph.height <= height:
            return paragraph
    return None
