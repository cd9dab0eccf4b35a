"""Keeping longer what falls due: why, and until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.ui.page import Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import LineField
from desktop.workflows.retention.rules import DueItem, keep_longer, read_until


class KeepCard(Card):
    """State: the reason and the day being typed."""

    def __init__(
        self, workplace: Workplace, items: Sequence[DueItem], then: Callable[[], object]
    ) -> None:
        super().__init__("Garder plus longtemps")
        self._workplace = workplace
        self._items = items
        self._then = then
        self.body.setSpacing(12)
        self.reason = LineField(
            "Pourquoi", hint="Par exemple\u00a0: un recours est en cours. N’écrivez pas de nom."
        )
        self.until = LineField("Jusqu’au", hint="Par exemple\u00a0: 1er mars 2028", width=220)
        self.add(self.reason)
        self.add(self.until)
        self.body.addLayout(
            in_line(
                button("Garder jusqu’à ce jour", self._keep, Weight.PRIMARY),
                button("Ne rien changer", self.hide),
            )
        )

    def _keep(self) -> None:
        desk = self._workplace.desk

        def keep() -> bool:
            day = read_until(desk, self.until.text())
            keep_longer(desk, self._items, day, self.reason.text())
            return True

        if self._workplace.attempt(keep):
            self._then()
