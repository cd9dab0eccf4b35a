"""Activity: a period, its chart and tables, exported without anybody in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.choice_fields import ChoiceField
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.text import text
from desktop.ui.statistics.bar_chart import BarChartView
from desktop.ui.statistics.count_table import CountTable
from desktop.ui.theme import scale_of
from desktop.workflows.desk import Desk
from desktop.workflows.filling.states import Tone
from desktop.workflows.months import months_before
from desktop.workflows.statistics.export import (
    NOTES,
    chart,
    export_csv,
    export_pdf,
    period_said,
    tables,
)
from desktop.workflows.statistics.monthly import Activity, activity

_PERIODS = (3, 6, 12)
_AROUND_TABLES = 100


class StatisticsPage(Page):
    """State: the activity shown, once it is counted."""

    def __init__(self, workplace: Workplace, record: str = "") -> None:
        super().__init__(workplace)
        months = int(record) if record.isdigit() else 3
        self.found: Activity | None = None
        self._tables: list[CountTable] = []
        holder, self._layout = column()
        self._layout.addWidget(text("Activité", "page"))
        self.period = ChoiceField(
            "Période", tuple((str(one), f"Les {one} derniers mois") for one in _PERIODS)
        )
        self.period.show_text(str(months))
        self.period.answered.connect(lambda one: workplace.go(Place.STATISTICS, one))
        self._layout.addWidget(self.period)
        self._waiting = text("L’activité est comptée…", "soft")
        self._layout.addWidget(self._waiting)
        self._shown = QVBoxLayout()
        self._shown.setSpacing(16)
        self._layout.addLayout(self._shown)
        self._layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))
        desk, last = self.desk, self.desk.today()
        first = months_before(last, months - 1).replace(day=1)
        workplace.in_background(lambda: activity(desk, first, last), self._show)

    def arrange(self, width: float) -> None:
        """Lay the tables out for a width."""
        for table in self._tables:
            table.arrange(width - _AROUND_TABLES)

    def first_focus(self) -> QWidget | None:
        """The period."""
        return self.period.target

    def escape(self) -> None:
        """Back to the settings."""
        self.workplace.go(Place.SETTINGS)

    def export(self, write: Callable[[Desk, Activity, Path], None], file: Path) -> None:
        """Write what is shown in clear where the user chose; the journal keeps that it was done."""
        desk, found = self.desk, self.found
        if found is None:
            return

        def written(_: None) -> None:
            self.workplace.say(f"L’activité est enregistrée dans {file.name}.", Tone.GOOD)

        self.workplace.in_background(lambda: write(desk, found, file), written)

    def _show(self, found: Activity) -> None:
        self.found = found
        self._waiting.setText(f"{period_said(found)}, sans aucune identité.")
        card = Card("Par mois")
        card.add(BarChartView(chart(found)))
        card.add(text("Une barre vide est un petit nombre, caché.", "small"))
        self._shown.addWidget(card)
        self._tables = [CountTable(table) for table in tables(found)]
        for table in self._tables:
            self._shown.addWidget(table)
        for note in NOTES:
            self._shown.addWidget(text(note, "small"))
        actions = QWidget()
        flow = FlowLayout(actions)
        for action in (
            button("Enregistrer en PDF…", partial(self._choose, "pdf", export_pdf), Weight.PRIMARY),
            button("Enregistrer en CSV…", partial(self._choose, "csv", export_csv)),
            button("Revenir aux réglages", self.escape),
        ):
            flow.addWidget(action)
        self._shown.addWidget(actions)
        self.arrange(self.width() / scale_of(self))

    def _choose(self, kind: str, write: Callable[[Desk, Activity, Path], None]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer l’activité", f"activite.{kind}", f"{kind.upper()} (*.{kind})"
        )
        if chosen:
            self.export(write, Path(chosen))
