"""What is asked of the printer before its own dialog: copies, sides, greys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.flow import flowing

if TYPE_CHECKING:
    from desktop.ui.printing.printer import Wishes

_MOST_COPIES = 10


class WishesRow(QWidget):
    """State: how many copies, on which sides, in which colours."""

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
        self.both_sides = QCheckBox("Recto verso")
        self.grey = QCheckBox("En gris")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(flowing(self.copies, self.both_sides, self.grey, *others))

    def wishes(self) -> Wishes:
        """What is asked now."""
        from desktop.ui.printing.printer import Sides, Wishes

        sides = Sides.BOTH if self.both_sides.isChecked() else Sides.ONE
        return Wishes(self.copies.currentData(), sides, self.grey.isChecked())

    def allow_both_sides(self, allowed: bool) -> None:
        """Let both sides be asked for, or not: a form may want separate sheets."""
        self.both_sides.setEnabled(allowed)
        if not allowed:
            self.both_sides.setChecked(False)
