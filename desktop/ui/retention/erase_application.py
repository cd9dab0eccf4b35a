"""Erasing one application from its own page."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.page import Place, Workplace
from desktop.ui.parts.button import Weight, writing_button
from desktop.ui.parts.column import in_line
from desktop.ui.retention.erase_card import EraseCard
from desktop.workflows.filling.states import Tone
from desktop.workflows.retention.erasing import erase, erasure_said


class EraseApplication(QWidget):
    """State: whether the question is asked."""

    def __init__(self, workplace: Workplace, application_id: str) -> None:
        super().__init__()
        self._workplace = workplace
        self._application_id = application_id
        self._card: EraseCard | None = None
        self.setVisible(workplace.desk.vault.session.may_write)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(
            in_line(writing_button("Effacer cette démarche…", self._ask, Weight.LINK))
        )

    def _ask(self) -> None:
        desk, record = self._workplace.desk, self._application_id
        said = self._workplace.attempt(lambda: erasure_said(desk, applications=[record]))
        if said is None:
            return
        if self._card is not None:
            self._card.deleteLater()
        self._card = EraseCard(
            self._workplace,
            said,
            lambda progress: erase(desk, applications=[record], progress=progress),
            self._erased,
        )
        self._layout.addWidget(self._card)
        self._card.confirm.setFocus()

    def _erased(self) -> None:
        self._workplace.go(Place.APPLICATIONS)
        self._workplace.say("La démarche est effacée, avec ses pièces.", Tone.GOOD)
