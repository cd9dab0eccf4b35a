"""Widgets side by side, on as many lines as they need: nothing is cut when words grow."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """A layout that breaks its lines as a text does."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 10) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item last."""
        self._items.append(item)

    def count(self) -> int:
        """How many items it has."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """An item; None past the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out; None past the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is for a width."""
        # Qt asks the same again and again, at each level of a page.
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured: an item has changed."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        hints = [_natural(item) for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        margins = self.contentsMargins()
        return QSize(
            width + margins.left() + margins.right(),
            max((hint.height() for hint in hints), default=0) + margins.top() + margins.bottom(),
        )

    def minimumSize(self) -> QSize:
        """The widest of its items alone on a line."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, around: QRect, *, move: bool) -> int:
        rect = around.marginsRemoved(self.contentsMargins())
        y = rect.y()
        for line in self._lines(rect.width()):
            sizes = [_fitted(item, rect.width()) for item in line]
            tall = max(size.height() for size in sizes)
            x = rect.x()
            for item, size in zip(line, sizes, strict=True):
                if move:
                    middle = y + (tall - size.height()) // 2
                    item.setGeometry(QRect(QPoint(x, middle), size))
                x += size.width() + self.spacing()
            y += tall + self.spacing()
        bottom = self.contentsMargins().bottom()
        return max(0, y - self.spacing() - around.y() + bottom)

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            width = _natural(item).width()
            if not lines or used + self.spacing() + width > room:
                lines.append([item])
                used = width
            else:
                lines[-1].append(item)
                used += self.spacing() + width
        return lines


def _natural(item: QLayoutItem) -> QSize:
    """The size it would have with all the room: words that may wrap, on one line."""
    label = item.widget()
    if isinstance(label, QLabel) and label.wordWrap():
        lines = label.text().split("\n")
        width = max(label.fontMetrics().horizontalAdvance(line) for line in lines)
        margins = label.contentsMargins()
        width += margins.left() + margins.right() + 2 * label.margin() + 1
        return QSize(width, label.heightForWidth(width))
    return item.sizeHint()


def _fitted(item: QLayoutItem, room: int) -> QSize:
    """Its size on a line of so many pixels; higher where it is narrower than it would be."""
    size = _natural(item)
    if size.width() <= room:
        return size
    if item.hasHeightForWidth():
        return QSize(room, item.heightForWidth(room))
    return QSize(room, size.height())


def flowing(*widgets: QWidget) -> QWidget:
    """Widgets side by side from the left, on several lines where one is too short."""
    holder = QWidget()
    layout = FlowLayout(holder)
    for widget in widgets:
        layout.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder
