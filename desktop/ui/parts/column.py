"""A page's column: what scrolls, with the margins every page has."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.parts.flow import FlowLayout


class BoundedColumn(QVBoxLayout):
    """A column that is measured within its widget's greatest width.

    Qt asks how tall a column is for all the room there is, then shows it narrower: words that wrap
    were cut.
    """

    def heightForWidth(self, width: int) -> int:
        """How tall it is, no wider than its widget may be."""
        around = self.parentWidget()
        assert around is not None, "a bounded column is the layout of a widget"
        frame = around.contentsMargins()
        widest = around.maximumWidth() - frame.left() - frame.right()
        return super().heightForWidth(min(width, widest))


def column(*, margins: tuple[int, int, int, int] = (24, 22, 24, 24)) -> tuple[QWidget, QVBoxLayout]:
    """A widget and its vertical layout, with a page's margins and spacing."""
    holder = QWidget()
    holder.setObjectName("ground")
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(*margins)
    layout.setSpacing(16)
    return holder, layout


def scrolling(widget: QWidget) -> QScrollArea:
    """A widget that scrolls up and down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def in_line(*widgets: QWidget, stretch: bool = True) -> QLayout:
    """Widgets side by side from the left, on several lines where one is too short.

    Args:
        widgets: from left to right.
        stretch: False where the first takes what room is left, and the others stand at the right.
    """
    if stretch:
        flow = FlowLayout()
        for widget in widgets:
            flow.addWidget(widget)
        return flow
    row = QHBoxLayout()
    row.setSpacing(10)
    for widget in widgets:
        row.addWidget(widget)
    return row
