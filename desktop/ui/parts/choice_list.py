"""A list that opens: one choice among many, with the sign that says it opens."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QComboBox


class ChoiceList(QComboBox):
    """A combo box whose arrow is drawn in the colour of its text, at any zoom."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then the arrow that the style sheet leaves out."""
        super().paintEvent(event)
        size = self.fontMetrics().height() * 0.28
        middle = QPointF(self.width() - 4 * size, self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().text())
        painter.setPen(self.palette().text().color())
        painter.drawPolygon(
            QPolygonF(
                [
                    middle + QPointF(-size, -size / 2),
                    middle + QPointF(size, -size / 2),
                    middle + QPointF(0, size / 2),
                ]
            )
        )
        painter.end()
