"""A station that waits for answers: its receipts together, on a file or on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.text import text
from desktop.workflows.relay.station_receipts import StationRow

N = "\u00a0"


class StationCard(Card):
    """What a station has not been told yet."""

    def __init__(
        self,
        row: StationRow,
        *,
        on_file: Callable[[str], object],
        on_paper: Callable[[str], object],
        on_lines: Callable[[str], object],
    ) -> None:
        super().__init__(row.name)
        self.body.setSpacing(8)
        bundles = "liasses" if len(row.bundles) > 1 else "liasse"
        numbers = ", ".join(f"n°{N}{one}" for one in row.bundles)
        outcomes = f"{row.outcomes}{N}issue{'s' if row.outcomes > 1 else ''}"
        self.add(text(f"{outcomes} à annoncer ({bundles} {numbers})."))
        if row.waiting:
            plural = "s" if row.waiting > 1 else ""
            self.add(text(f"{row.waiting}{N}démarche{plural} encore sans issue.", "soft"))
        holder = QWidget()
        flow = FlowLayout(holder)
        self.file = button("Enregistrer les accusés…", partial(on_file, row.contact_id))
        self.file.setProperty("kind", Weight.PRIMARY.value)
        flow.addWidget(self.file)
        flow.addWidget(button("Imprimer les accusés…", partial(on_paper, row.contact_id)))
        flow.addWidget(
            button("Imprimer, avec les lignes à taper…", partial(on_lines, row.contact_id))
        )
        self.add(holder)
        self.add(
            text(
                "Les lignes à taper disent l’issue en clair, sans nom. Le code, lui, est chiffré.",
                "soft",
            )
        )
