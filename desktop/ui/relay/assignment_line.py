"""Who files an application, and before which day: chosen where the application is read."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui.page import Workplace
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.field import FieldNotes, LineField
from desktop.ui.parts.text import text
from desktop.workflows.filling.states import Tone
from desktop.workflows.relay.assignment import assign, colleagues, set_deadline
from forms.errors import InvalidAnswer
from forms.values import parse_day
from vault.records.applications import Application


class AssignmentLine(QWidget):
    """State: the colleague chosen and the day typed; each is kept at once."""

    def __init__(self, workplace: Workplace, application: Application) -> None:
        super().__init__()
        self._workplace = workplace
        self._record = application.id
        self.colleague = ChoiceList()
        self.colleague.setAccessibleName("Confiée à")
        self.colleague.addItem("Personne", "")
        for one in colleagues(workplace.desk):
            self.colleague.addItem(one.name, one.id)
        chosen = self.colleague.findData(application.assigned_to or "")
        if chosen < 0:
            self.colleague.addItem("Accès retiré", application.assigned_to)
            chosen = self.colleague.count() - 1
        self.colleague.setCurrentIndex(chosen)
        self.colleague.activated.connect(self._assign)
        label: QLabel = text("Confiée à", "strong")
        label.setBuddy(self.colleague)
        self.deadline = LineField(
            "À déposer avant le", hint="Jour, mois, année", optional=True, width=180
        )
        if application.deadline:
            self.deadline.show_text(date.fromisoformat(application.deadline).strftime("%d/%m/%Y"))
        self.deadline.answered.connect(self._set_deadline)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label)
        column.addWidget(self.colleague)
        column.addWidget(self.deadline)

    def _assign(self) -> None:
        chosen = str(self.colleague.currentData() or "")

        def keep() -> bool:
            assign(self._workplace.desk, self._record, chosen or None)
            return True

        if self._workplace.attempt(keep):
            said = f"Démarche confiée à {self.colleague.currentText()}." if chosen else ""
            self._workplace.say(said or "La démarche n’est plus confiée à personne.", Tone.GOOD)

    def _set_deadline(self, typed: str) -> None:
        day: date | None = None
        if typed.strip():
            try:
                day = parse_day(typed, today=self._workplace.desk.today())
            except InvalidAnswer as error:
                self.deadline.show_notes(FieldNotes(error=error.message))
                return
        self.deadline.show_notes(FieldNotes())

        def keep() -> bool:
            set_deadline(self._workplace.desk, self._record, day)
            return True

        if self._workplace.attempt(keep):
            self.deadline.show_text(day.strftime("%d/%m/%Y") if day else "")
            self._workplace.say(
                f"À déposer avant le {day.strftime('%d/%m/%Y')}." if day else "Échéance retirée.",
                Tone.GOOD,
            )
