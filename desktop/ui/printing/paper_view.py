"""The pages of a paper on the screen: one at a time, as sharp as the screen, larger or smaller.

Only the page that is shown is kept as pixels: a long paper takes no more memory than a short one.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.page import Workplace
from desktop.ui.parts.button import button
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.text import line

N = "\u00a0"
_POINTS_AN_INCH = 72
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_A4_WIDTH = 595
"""In points."""


class PaperView(QWidget):
    """State: a paper in memory, the page shown of it, and how large."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._pdf = b""
        self._asked = 0
        self._zoom = 1.0
        self.pages = ChoiceList()
        self.pages.setAccessibleName("Page montrée")
        self.pages.setSizeAdjustPolicy(ChoiceList.SizeAdjustPolicy.AdjustToContents)
        self.pages.currentIndexChanged.connect(lambda _: self._draw())
        self._before = button("Page précédente", lambda: self.turn(-1))
        self._after = button("Page suivante", lambda: self.turn(1))
        self._smaller = button("Réduire", lambda: self.scale(-1))
        self._larger = button("Agrandir", lambda: self.scale(1))
        self._percent = line("", "soft")
        self._picture = QLabel()
        self._picture.setProperty("role", "paper")
        self._area = QScrollArea()
        self._area.setWidget(self._picture)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setAccessibleName("Aperçu de la page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            flowing(
                self.pages, self._before, self._after, self._smaller, self._larger, self._percent
            )
        )
        column.addWidget(self._area, 1)
        for keys, steps in (("PgUp", -1), ("PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=steps: self.turn(by))

    @property
    def is_drawn(self) -> bool:
        """Whether a page is on the screen."""
        return not self._picture.pixmap().isNull()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.pages.count()

    @property
    def shown(self) -> int:
        """The page that is shown, from 0."""
        return max(self.pages.currentIndex(), 0)

    def show_paper(self, pdf: bytes, count: int) -> None:
        """Show the first page of a paper, as large as its sheet, or as there is room for."""
        self._pdf = pdf
        sheet = _A4_WIDTH * self.logicalDpiX() / _POINTS_AN_INCH
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._zoom = max(_ZOOMS[0], min(1.0, (self._area.width() - bar - 4) / sheet))
        self.pages.blockSignals(True)
        self.pages.clear()
        for number in range(1, count + 1):
            self.pages.addItem(f"Page {number} sur {count}")
        self.pages.blockSignals(False)
        self._draw()

    def turn(self, pages: int) -> None:
        """Show a page before or after; nothing past the ends."""
        wanted = self.pages.currentIndex() + pages
        if 0 <= wanted < self.pages.count():
            self.pages.setCurrentIndex(wanted)

    def scale(self, steps: int) -> None:
        """Show the page larger or smaller."""
        if steps > 0:
            self._zoom = next((one for one in _ZOOMS if one > self._zoom), _ZOOMS[-1])
        else:
            self._zoom = next((one for one in reversed(_ZOOMS) if one < self._zoom), _ZOOMS[0])
        self._draw()

    def picture(self) -> QPixmap:
        """What is on the screen."""
        return self._picture.pixmap()

    def _draw(self) -> None:
        from exports.paper.foreign import page_text, render_page

        page, count, zoom = self.pages.currentIndex(), self.pages.count(), self._zoom
        self._before.setEnabled(page > 0)
        self._after.setEnabled(page < count - 1)
        self._smaller.setEnabled(zoom > _ZOOMS[0])
        self._larger.setEnabled(zoom < _ZOOMS[-1])
        self._percent.setText(f"{zoom * 100:.0f}{N}%")
        ratio, pdf = self.devicePixelRatioF(), self._pdf
        # At 100 %, a page is as large as its sheet.
        scale = zoom * ratio * self.logicalDpiX() / _POINTS_AN_INCH
        self._asked += 1
        asked = self._asked

        def put(drawn: tuple[object, str]) -> None:
            if asked == self._asked:
                self._put(drawn[0], ratio)
                self._picture.setAccessibleName(f"Page {page + 1} sur {count}")
                self._picture.setAccessibleDescription(drawn[1])

        self._workplace.in_background(
            lambda: (render_page(pdf, page, scale=scale), page_text(pdf, page)), put
        )

    def _put(self, drawn: object, ratio: float) -> None:
        from desktop.ui.printing.printer import image

        picture = QPixmap.fromImage(image(drawn))  # type: ignore[arg-type]  # a PageImage
        picture.setDevicePixelRatio(ratio)
        self._picture.setPixmap(picture)
        self._picture.adjustSize()
        self._area.verticalScrollBar().setValue(0)
