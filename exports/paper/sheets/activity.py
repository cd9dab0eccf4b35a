"""The activity of a place on paper: a chart, tables, how to read them. No identity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

from exports.paper.blank.pen import Drawn
from exports.paper.lettering.fonts import Style
from exports.paper.lettering.styles import (
    BAND,
    BODY,
    HEADING,
    LINE,
    OVERLINE,
    SMALL,
    SOFT,
    TITLE,
    said,
)
from exports.paper.sheets.activity_values import ActivityTable, Bar, BarChart
from exports.paper.sheets.page import INNER_WIDTH, grid, typeset
from exports.paper.sheets.tags import Role, Tag, pictured

_COLOUR = HexColor("#1c5a6e")
_HATCH = 1.1 * mm
"""Between two lines of a pattern: series are told apart without colour, printed in black too."""
_CHART_HEIGHT = 62 * mm
_AXIS = 12 * mm
_LEGEND = 7 * mm
_FIRST_OF_MANY, _FIRST_OF_FEW = 0.24, 0.6
_MANY = 4
_LEAST_LABELLED = 5 * mm
_EMPTY = "barre vide\u00a0: petit nombre caché"
_CELL = SMALL.clone("cell", fontSize=8, leading=10.5, textColor=BODY.textColor)
_HEAD_CELL = _CELL.clone("head cell", fontName=Style.BOLD.value)


def render_activity(
    place: str,
    period: str,
    chart: BarChart,
    tables: Sequence[ActivityTable],
    notes: Sequence[str],
    *,
    printed_on: date,
) -> bytes:
    """Set the activity of a period as a PDF.

    Args:
        place: whose.
        period: in words.
        chart: what is drawn first.
        tables: what follows, in order.
        notes: how to read it.
        printed_on: the day.
    """
    story: list[Flowable] = [
        said("ACTIVITÉ", OVERLINE),
        said(place, TITLE),
        said(f"{period}. Document fait le {printed_on:%d/%m/%Y}, sans aucune identité.", BODY),
        Spacer(0, 8),
        _Chart(chart),
    ]
    for table in tables:
        story += [CondPageBreak(40 * mm), said(table.title, HEADING), _set(table)]
    story += [Spacer(0, 10), *(said(note, SMALL) for note in notes)]
    return typeset("Activité", story, foot=f"Activité — {place}", head=f"{place} · {period}")


def _set(table: ActivityTable) -> Table:
    whole = Tag(Role.TABLE)
    heads = Tag(Role.ROW, parent=whole)
    rows = [[_cell(words, heads, Role.HEADER) for words in table.columns]]
    for line in table.lines:
        tag = Tag(Role.ROW, parent=whole)
        rows.append([_cell(words, tag, Role.CELL) for words in line])
    first = INNER_WIDTH * (_FIRST_OF_MANY if len(table.columns) > _MANY else _FIRST_OF_FEW)
    other = (INNER_WIDTH - first) / max(1, len(table.columns) - 1)
    made = grid(
        rows,
        [first, *([other] * (len(table.columns) - 1))],
        [
            ("BACKGROUND", (0, 0), (-1, 0), BAND),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 1),
        ],
    )
    made.repeatRows = 1
    return made


def _cell(words: str, row: Tag, role: Role) -> Flowable:
    style = _HEAD_CELL if role is Role.HEADER else _CELL
    return said(words, style, tag=Tag(role, parent=row))


class _Chart(Drawn):
    """The bars, their legend, and under them the months."""

    def __init__(self, chart: BarChart) -> None:
        super().__init__()
        self._chart = chart

    def _measure(self, _: float) -> float:
        return float(_CHART_HEIGHT)

    def _draw(self, canvas: Canvas) -> None:
        with pictured(canvas, self._alternative(), self.width, self.height):
            self._draw_legend(canvas)
            self._draw_bars(canvas)

    def _alternative(self) -> str:
        parts = []
        for name, bars in self._chart.series:
            counts = zip(self._chart.months, bars, strict=True)
            parts.append(f"{name} : {', '.join(f'{month} {bar.said}' for month, bar in counts)}")
        return f"Barres par mois. {'. '.join(parts)}."

    def _draw_legend(self, canvas: Canvas) -> None:
        left, top = 0.0, self.height - 3 * mm
        canvas.setFont(Style.REGULAR.value, 8.5)
        for place, (name, _) in enumerate(self._chart.series):
            _fill(canvas, (left, top - 1, 3 * mm, 3 * mm), place)
            canvas.setFillColor(BODY.textColor)
            canvas.drawString(left + 4.5 * mm, top, name)
            left += canvas.stringWidth(name, Style.REGULAR.value, 8.5) + 11 * mm
        canvas.setFillColor(SOFT)
        canvas.drawString(left, top, _EMPTY)

    def _draw_bars(self, canvas: Canvas) -> None:
        room = self.height - _AXIS - _LEGEND - 4 * mm
        step = self.width / max(1, len(self._chart.months))
        thick = min(9 * mm, step * 0.8 / max(1, len(self._chart.series)))
        canvas.setStrokeColor(LINE)
        canvas.line(0, _AXIS, self.width, _AXIS)
        small = 7.5 if step > 12 * mm else 5.5
        for number, month in enumerate(self._chart.months):
            left = number * step + (step - thick * len(self._chart.series)) / 2
            for place, (_, bars) in enumerate(self._chart.series):
                self._draw_bar(canvas, left + place * thick, thick, room, place, bars[number])
            canvas.setFillColor(SOFT)
            canvas.setFont(Style.REGULAR.value, small)
            canvas.drawCentredString((number + 0.5) * step, _AXIS - 4 * mm, month)

    def _draw_bar(
        self, canvas: Canvas, left: float, thick: float, room: float, place: int, bar: Bar
    ) -> None:
        # What is hidden has the same low, empty bar, whatever it is.
        tall = room * (bar.height or 0) / self._chart.tallest if bar.height is not None else 2 * mm
        if tall:
            at = (left + 0.5, _AXIS, thick - 1, tall)
            if bar.height is None:
                canvas.setStrokeColor(_COLOUR)
                canvas.rect(*at, stroke=1, fill=0)
            else:
                _fill(canvas, at, place)
        if bar.height and thick >= _LEAST_LABELLED:
            canvas.setFillColor(BODY.textColor)
            canvas.setFont(Style.REGULAR.value, 7)
            canvas.drawCentredString(left + thick / 2, _AXIS + tall + 1.5, bar.said)


def _fill(canvas: Canvas, at: tuple[float, float, float, float], place: int) -> None:
    """A bar of a series: whole, hatched, or lined across."""
    left, bottom, width, height = at
    canvas.saveState()
    canvas.setFillColor(_COLOUR)
    canvas.setStrokeColor(_COLOUR)
    canvas.setLineWidth(0.6)
    if place % 3 == 0:
        canvas.rect(*at, stroke=1, fill=1)
        canvas.restoreState()
        return
    canvas.rect(*at, stroke=1, fill=0)
    inside = canvas.beginPath()
    inside.rect(*at)
    canvas.clipPath(inside, stroke=0)
    rise = width if place % 3 == 1 else 0.0
    level = bottom - rise
    while level < bottom + height:
        canvas.line(left, level, left + width, level + rise)
        level += _HATCH
    canvas.restoreState()
