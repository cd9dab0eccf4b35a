"""Bars by month, drawn in the window's own colours; a hidden count is a low, empty bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import scale_of
from exports.paper.sheets.activity_values import BarChart

_HEIGHT = 220
_LEAST_LABELLED = 30
_HIDDEN_HEIGHT = 6
_PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
)
"""Series are told apart by their pattern, not by colour alone."""


class BarChartView(QWidget):
    """One chart; what it shows is said to who cannot see it."""

    def __init__(self, chart: BarChart) -> None:
        super().__init__()
        self._chart = chart
        self.setAccessibleName("Activité par mois, en barres")
        self.setAccessibleDescription(_said(chart))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As tall as the zoom asks."""
        return QSize(400, round(_HEIGHT * scale_of(self)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the legend, the bars and the months."""
        painter = QPainter(self)
        try:
            self._paint_legend(painter)
            self._paint_bars(painter)
        finally:
            painter.end()

    def _line(self) -> int:
        return self.fontMetrics().height()

    def _paint_legend(self, painter: QPainter) -> None:
        left, side = 0, self._line()
        for number, (name, _) in enumerate(self._chart.series):
            self._fill(painter, QRectF(left + 1, 3, side - 4, side - 6), number, hidden=False)
            painter.setPen(self._ink())
            painter.drawText(left + side + 4, self.fontMetrics().ascent(), name)
            left += side + self.fontMetrics().horizontalAdvance(name) + 20

    def _paint_bars(self, painter: QPainter) -> None:
        axis = self.height() - self._line() - 6
        room = axis - 2 * self._line() - 10
        step = self.width() / max(1, len(self._chart.months))
        thick = min(48.0 * scale_of(self), step * 0.8 / max(1, len(self._chart.series)))
        painter.setPen(QPen(self._ink(), 1))
        painter.drawLine(0, axis, self.width(), axis)
        for number, month in enumerate(self._chart.months):
            left = number * step + (step - thick * len(self._chart.series)) / 2
            for place, (_, bars) in enumerate(self._chart.series):
                bar = bars[number]
                hidden = bar.height is None
                tall = _HIDDEN_HEIGHT if hidden else room * (bar.height or 0) / self._chart.tallest
                at = QRectF(left + place * thick + 1, axis - tall, thick - 2, tall)
                if tall:
                    self._fill(painter, at, place, hidden=hidden)
                if bar.height and thick >= _LEAST_LABELLED:
                    over = QRectF(at.left(), at.top() - self._line(), thick, self._line())
                    painter.setPen(self._ink())
                    painter.drawText(over, Qt.AlignmentFlag.AlignCenter, bar.said)
            if self._is_named(number, step):
                under = QRectF(number * step - step, axis + 3, step * 3, self._line() + 3)
                painter.setPen(self._ink())
                painter.drawText(under, Qt.AlignmentFlag.AlignHCenter, month)

    def _is_named(self, number: int, step: float) -> bool:
        widest = max(map(self.fontMetrics().horizontalAdvance, self._chart.months), default=1)
        every = max(1, round((widest + 8) / step + 0.5))
        return number % every == 0

    def _fill(self, painter: QPainter, at: QRectF, number: int, *, hidden: bool) -> None:
        colour = self.palette().highlight().color()
        painter.setPen(QPen(colour, 1))
        pattern = Qt.BrushStyle.NoBrush if hidden else _PATTERNS[number % len(_PATTERNS)]
        painter.setBrush(QBrush(colour, pattern))
        painter.drawRect(at)

    def _ink(self) -> QColor:
        return self.palette().windowText().color()


def _said(chart: BarChart) -> str:
    parts = []
    for name, bars in chart.series:
        counts = zip(chart.months, bars, strict=True)
        parts.append(f"{name}\u00a0: {', '.join(f'{month} {bar.said}' for month, bar in counts)}")
    return ". ".join(parts)
