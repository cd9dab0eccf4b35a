"""A list that opens: one choice among many, with the sign that says it opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from forms.french import bound_numbers


class ChoiceList(QComboBox):
    """A combo box whose arrow is drawn in the colour of its text, at any zoom.

    A wheel that turns over it scrolls the page: it never changes an answer that nobody looks at.
    """

    # Qt's form with an icon before the words is not used.
    def addItem(self, words: str, name: object = None) -> None:  # type: ignore[override]
        """Add a choice: what it says, and its name."""
        super().addItem(bound_numbers(words), name)

    def sizeHint(self) -> QSize:
        """As wide as its longest choice, with the sign beside it."""
        hint = super().sizeHint()
        # What Qt counts for its own sign is less than what the style sheet keeps free.
        return QSize(hint.width() + self.fontMetrics().height(), hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Say the whole of a choice that is too long for its room."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.currentText() if self._shown() != self.currentText() else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and what is chosen, then the arrow that the style sheet leaves out."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._shown()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        size = self.fontMetrics().height() * 0.28
        middle = QPointF(self.width() - 4 * size, self.height() / 2)
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

    def _shown(self) -> str:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        return self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - 4
        )
