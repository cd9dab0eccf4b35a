"""A receipt typed by hand at a station without a scanner: checked, shown in words, confirmed."""

from __future__ import annotations

from desktop.ui.page import Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import LineField, on_return
from desktop.ui.parts.text import text
from desktop.workflows.codes.slips import TypedOutcome, preview_typed_receipt, take_typed_receipt
from desktop.workflows.filling.states import Tone
from exports.bundle.paper.typed_receipt import OUTCOME_LETTERS

N = "\u00a0"


class TypedReceiptCard(Card):
    """State: the line being typed, and what it says once it was checked."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__("Accusé tapé à la main")
        self.body.setSpacing(10)
        self._workplace = workplace
        self._checked = ""
        self.line = LineField(
            "Une ligne sous le code de l’accusé",
            hint=f"Par exemple{N}: 7F3A91BC E 241126 AB-1234 K47. {OUTCOME_LETTERS}.",
            width=520,
        )
        self.line.answered.connect(lambda _: self._forget())
        on_return(self.line, self.check)
        self._check = button("Vérifier la ligne", self.check)
        self._said = text("", "strong")
        self._doubt = text(
            "Rien ne prouve qui a écrit cette ligne. Ne la notez que si le papier vient bien du "
            "relais.",
            "warning",
        )
        self._note = button("Noter cette issue", self.keep, Weight.PRIMARY)
        self.add(self.line)
        self.body.addLayout(in_line(self._check))
        for widget in (self._said, self._doubt):
            self.add(widget)
        self.body.addLayout(in_line(self._note))
        self._forget()

    def check(self) -> None:
        """Say in words what the line says."""
        typed = self.line.text()
        found: TypedOutcome | None = self._workplace.attempt(
            lambda: preview_typed_receipt(self._workplace.desk, typed)
        )
        self._forget()
        if found is None:
            return
        self._checked = typed
        self._said.setText(f"{found.line}.")
        for widget in (self._said, self._doubt, self._note):
            widget.show()
        self._note.setFocus()

    def keep(self) -> None:
        """Note the outcome that was shown."""
        desk, typed = self._workplace.desk, self._checked
        line = self._workplace.attempt(lambda: take_typed_receipt(desk, typed))
        if line is not None:
            self._workplace.go(Place.SCANS)
            self._workplace.say(f"Issue notée{N}: {line}.", Tone.GOOD)

    def _forget(self) -> None:
        self._checked = ""
        for widget in (self._said, self._doubt, self._note):
            widget.hide()
