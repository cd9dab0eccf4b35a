"""What is asked of the printer before its own dialog: copies, pages, sides, greys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.tick import Tick

if TYPE_CHECKING:
    from desktop.ui.printing.printer import Wishes

SEPARATE_SHEETS = "À imprimer sur des feuilles séparées, jamais en recto verso."
_MOST_COPIES = 10


class WishesRow(QWidget):
    """State: how many copies, of which pages, on which sides, in which colours."""

    def __init__(self, *others: QWidget) -> None:
        """Make the row.

        Args:
            others: what stands after its own fields.
        """
        super().__init__()
        self.copies = ChoiceList()
        self.copies.setAccessibleName("Nombre d’exemplaires")
        for number in range(1, _MOST_COPIES + 1):
            self.copies.addItem(f"{number}\u00a0exemplaire{'s' if number > 1 else ''}", number)
        self.pages = ChoiceList()
        self.pages.setAccessibleName("Pages à imprimer")
        self.pages.addItem("Toutes les pages", False)
        self.pages.addItem("La page montrée", True)
        self.pages.hide()
        self.both_sides = Tick("Recto verso")
        self.grey = Tick("En gris")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(flowing(self.copies, self.pages, self.both_sides, self.grey, *others))

    def wishes(self, shown: int) -> Wishes:
        """What is asked now, where a page is shown, from 0."""
        from desktop.ui.printing.printer import Sides, Wishes

        sides = Sides.BOTH if self.both_sides.isChecked() else Sides.ONE
        page = shown if self.pages.currentData() else None
        return Wishes(self.copies.currentData(), sides, self.grey.isChecked(), page)

    def count_pages(self, count: int) -> None:
        """Let one page of several be asked for alone."""
        self.pages.setCurrentIndex(0)
        self.pages.setVisible(count > 1)

    def allow_both_sides(self, allowed: bool) -> None:
        """Let both sides be asked for, or not: a form may want separate sheets."""
        self.both_sides.setEnabled(allowed)
        if not allowed:
            self.both_sides.setChecked(False)
