"""The recovery sheet of a new vault: shown once, printed, and tested before the work begins."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.parts.sheet_steps import SheetSteps
from desktop.ui.start.frame import StartFrame
from desktop.workflows.start.opening import CreatedVault


class RecoveryPage(StartFrame):
    """State: the key of a vault just made, until two of its groups were typed back."""

    def __init__(self, created: CreatedVault, *, on_done: Callable[[], object]) -> None:
        super().__init__(
            "Feuille de secours",
            "Elle ouvre le coffre si la phrase de passe est oubliée. "
            "Elle n’est montrée qu’une fois\u00a0: imprimez-la et enfermez-la.",
        )
        self.steps = SheetSteps(
            created.desk, created.recovery, done_words="Commencer le travail", on_done=on_done
        )
        self.card.add(self.steps)

    def first_focus(self) -> QWidget:
        """The print button."""
        return self.steps.first_focus()
