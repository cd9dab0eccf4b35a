"""Boxes to tick and round buttons, drawn as large and as dark as they must be to be seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QRadioButton, QStyle, QStyleOptionButton, QWidget


class Tick(QCheckBox):
    """A check box whose edge shows on every ground, and that fills when it is ticked."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then its edge and its sign over it."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        spot = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        rect = _begin(painter, self, QRectF(spot), ticked=self.isChecked())
        painter.drawRoundedRect(rect, 3, 3)
        if self.isChecked():
            painter.setPen(QPen(_on_accent(self), rect.width() / 8, c=Qt.PenCapStyle.RoundCap))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            size = rect.width()
            corners = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.30))
            painter.drawPolyline(
                QPolygonF([rect.topLeft() + QPointF(x * size, y * size) for x, y in corners])
            )
        painter.end()


class Dot(QRadioButton):
    """A round button whose edge shows on every ground."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, then its edge and its dot over it."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        spot = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self)
        painter = QPainter(self)
        rect = _begin(painter, self, QRectF(spot), ticked=self.isChecked())
        painter.drawEllipse(rect)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_on_accent(self))
            inset = rect.width() * 0.32
            painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))
        painter.end()


def _begin(painter: QPainter, widget: QWidget, spot: QRectF, *, ticked: bool) -> QRectF:
    """Prepare to draw an indicator; what its edge runs along."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    roles = widget.palette()
    edge = roles.color(QPalette.ColorRole.WindowText)
    fill = roles.color(QPalette.ColorRole.Base)
    if ticked:
        edge = fill = roles.color(QPalette.ColorRole.Accent)
    # What the style drew is smaller, and too light.
    painter.fillRect(spot, roles.color(QPalette.ColorRole.Base))
    painter.setPen(QPen(edge, 1.5))
    painter.setBrush(fill)
    return spot.adjusted(1, 1, -1, -1)


def _on_accent(widget: QWidget) -> QColor:
    return widget.palette().color(QPalette.ColorRole.HighlightedText)
