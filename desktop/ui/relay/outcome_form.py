"""What became of an application: result, day, reference, a word to the station."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.ui.page import Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.choice_fields import ChoiceField
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import Field, FieldNotes, LineField, TextField
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.text import text
from desktop.workflows.exchanges.outcomes import OUTCOME_WORDS
from desktop.workflows.exchanges.reasons import REASON_WORDS, Reason
from desktop.workflows.exchanges.receipts import record_outcome
from desktop.workflows.filling.states import Tone
from exports.bundle.receipt import OutcomeKind
from forms.errors import InvalidAnswer
from forms.values import parse_day

_WITH_REASON = (OutcomeKind.REFUSED, OutcomeKind.INCOMPLETE)


class OutcomeForm(Card):
    """State: what is typed of an outcome."""

    def __init__(
        self, workplace: Workplace, record: str, *, on_put_away: Callable[[], object]
    ) -> None:
        super().__init__("Issue de la démarche")
        self._on_put_away = on_put_away
        self.body.setSpacing(12)
        self._workplace = workplace
        self._record = record
        self._chosen = ""
        self._day: date = workplace.desk.today()
        self.result = ChoiceField(
            "Qu’est devenue la démarche\u00a0?",
            tuple((kind.value, words) for kind, words in OUTCOME_WORDS.items()),
        )
        self.result.answered.connect(self._choose)
        self.day = LineField("Le", hint="Jour, mois, année", width=180)
        self.day.show_text(self._day.strftime("%d/%m/%Y"))
        self.day.answered.connect(self._read_day)
        self.reason = ChoiceField(
            "Motif",
            tuple((reason.value, words) for reason, words in REASON_WORDS.items()),
            hint="Il est écrit en tête du mot au poste, et compte dans l’activité.",
            optional=True,
        )
        self.reason.hide()
        self.reference = LineField("Référence donnée par l’organisme", optional=True, width=300)
        self.comment = TextField("Un mot pour le poste", optional=True)
        self.questions: dict[str, Field] = {
            "result": self.result,
            "reason": self.reason,
            "day": self.day,
            "reference": self.reference,
            "comment": self.comment,
        }
        self.add(text("Aujourd’hui, sans rien ajouter", "strong"))
        quick = QWidget()
        flow = FlowLayout(quick)
        buttons = [button(said, partial(self.record, kind)) for kind, said in OUTCOME_WORDS.items()]
        for one in buttons:
            flow.addWidget(one)
        self.first = buttons[0]
        self.add(quick)
        self.add(text("Avec un jour, une référence ou un mot", "strong"))
        for field in self.questions.values():
            self.add(field)
        self.body.addLayout(
            in_line(
                writing_button("Enregistrer l’issue", self.save, Weight.PRIMARY),
                button("Ne rien enregistrer", self.put_away),
            )
        )

    def unsaved(self) -> dict[str, str]:
        """What is answered, by the name of its question; nothing while the form is put away."""
        if self.isHidden():
            return {}
        return {name: field.words() for name, field in self.questions.items()}

    def put_away(self) -> None:
        """Hide the form, nothing kept."""
        self.hide()
        self._on_put_away()

    def save(self) -> None:
        """Keep the outcome; it leaves with the next receipt."""
        if not self._chosen:
            self.result.show_notes(FieldNotes(error="Choisissez une issue."))
            self.result.target.setFocus()
            return
        if self.day.notes.error:
            self.day.target.setFocus()
            return

        self._keep(OutcomeKind(self._chosen), self._day)

    def record(self, kind: OutcomeKind) -> None:
        """Keep an outcome of today, with what is written of its reference and its word."""
        self._keep(kind, self._workplace.desk.today())

    def _keep(self, kind: OutcomeKind, day: date) -> None:
        reason = self.reason.words()

        def keep() -> bool:
            record_outcome(
                self._workplace.desk,
                self._record,
                kind,
                on=day,
                reference=self.reference.text().strip(),
                comment=self.comment.input.toPlainText().strip(),
                reason=Reason(reason) if reason and kind in _WITH_REASON else None,
            )
            return True

        if self._workplace.attempt(keep):
            self._workplace.go(Place.INBOX, self._record)
            said = OUTCOME_WORDS[kind].lower()
            self._workplace.say(
                f"L’issue est enregistrée\u00a0: {said}. Préparez l’accusé.", Tone.GOOD
            )

    def _choose(self, name: str) -> None:
        self._chosen = name
        self.result.show_notes(FieldNotes())
        self.reason.setVisible(OutcomeKind(name) in _WITH_REASON)

    def _read_day(self, typed: str) -> None:
        try:
            self._day = parse_day(typed, today=self._workplace.desk.today())
        except InvalidAnswer as error:
            self.day.show_notes(FieldNotes(error=error.message))
            return
        self.day.show_notes(FieldNotes())
        self.day.show_text(self._day.strftime("%d/%m/%Y"))
