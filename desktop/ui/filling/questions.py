"""The questions of one section on the screen, repeats included, in step with the filling."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import (
    ChecksField,
    ChoiceField,
    Field,
    FieldNotes,
    LineField,
    TextField,
)
from desktop.ui.parts.text import text
from desktop.ui.theme import QUESTION_WIDTH
from desktop.workflows.filling import Kept, OpenApplication
from forms.definition import Group, Kind, Node, Question, Repeat
from forms.values import ACKNOWLEDGED, to_json

_WIDTHS = {Kind.DATE: 180, Kind.INTEGER: 140, Kind.DECIMAL: 160}
_CHECK_WIDTHS = {"phone": 260, "postal_code": 120, "nir": 300, "prison_number": 200}


class SectionView(QWidget):
    """State: the fields of one section; every answer goes to the application at once."""

    def __init__(
        self,
        application: OpenApplication,
        node: Node,
        *,
        on_kept: Callable[[Kept], object],
        attempt: Callable[[Callable[[], Kept]], Kept | None],
    ) -> None:
        super().__init__()
        self._application = application
        self._node = node
        self._on_kept = on_kept
        self._attempt = attempt
        self.fields: dict[str, Field] = {}
        self._notes: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._build()

    def refresh(self, paths: frozenset[str] | None = None) -> None:
        """Show values and notes anew, of all fields or of those at some paths."""
        filling = self._application.filling
        for path, field in self.fields.items():
            if paths is not None and path not in paths:
                continue
            state = filling.state(path)
            field.setVisible(state.relevant)
            question = filling.question(path)
            field.show_text(_shown(self._application, question, path))
            field.show_notes(
                FieldNotes(
                    error=state.problem.message
                    if state.problem is not None and state.problem.kind.value == "invalid"
                    else "",
                    warning=state.warning or "",
                    origin="Repris de la fiche" if state.from_profile else "",
                )
            )
        for path, note in self._notes.items():
            note.setVisible(filling.state(path).relevant)

    def focus_on(self, path: str | None) -> bool:
        """Give the focus to the question at a path, else to the first; whether there is one."""
        if path in self.fields and not self.fields[path].isHidden():
            self.fields[path].target.setFocus()
            return True
        if path is not None and path in self.fields:
            return False
        for field in self.fields.values():
            if not field.isHidden():
                field.target.setFocus()
                return True
        return False

    def show_missing(self, path: str, message: str) -> None:
        """Show that an answer is missing, once the review has sent the user here."""
        if path in self.fields:
            notes = self.fields[path].notes
            self.fields[path].show_notes(
                FieldNotes(error=message, warning=notes.warning, origin=notes.origin)
            )

    def _build(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields, self._notes = {}, {}
        node = self._node
        if isinstance(node, Question):
            self._question(node, node.path, self._column)
        elif isinstance(node, Repeat):
            self._repeat(node, node.path, self._column)
        else:
            self._group(node, node.path, self._column)
        self.refresh()

    def _group(self, node: Group | Repeat, path: str, into: QVBoxLayout) -> None:
        if node.hint and isinstance(node, Group):
            into.addWidget(text(node.hint, "soft"))
        for child in node.children:
            child_path = f"{path}/{child.name}"
            if isinstance(child, Question):
                self._question(child, child_path, into)
            elif isinstance(child, Repeat):
                self._repeat(child, child_path, into)
            else:
                if child.label:
                    into.addWidget(text(child.label, "heading"))
                self._group(child, child_path, into)

    def _repeat(self, node: Repeat, path: str, into: QVBoxLayout) -> None:
        if node.hint:
            into.addWidget(text(node.hint, "soft"))
        for number in range(1, self._application.filling.count(path) + 1):
            card = Card(f"{node.label} — n°\u00a0{number}")
            card.body.setSpacing(14)
            card.setMaximumWidth(QUESTION_WIDTH + 60)
            self._group(node, f"{path}[{number}]", card.body)
            remove = button(
                f"Supprimer le n°\u00a0{number}",
                partial(self._remove_occurrence, path, number),
                Weight.LINK,
            )
            card.body.addLayout(in_line(remove))
            into.addWidget(card)
        add = button(
            "Ajouter une personne" if node.profile else "Ajouter une ligne",
            lambda: self._restructure(lambda: self._application.add_repeat(path), path),
        )
        holder = QWidget()
        row = in_line(add)
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        into.addWidget(holder)

    def _remove_occurrence(self, path: str, number: int) -> None:
        self._restructure(lambda: self._application.remove_repeat(path, number))

    def _question(self, question: Question, path: str, into: QVBoxLayout) -> None:
        if question.kind is Kind.CALCULATE or (question.calculation and not question.label):
            return
        if question.kind is Kind.NOTE:
            note = text(question.label, "soft")
            self._notes[path] = note
            into.addWidget(note)
            return
        field = _field(question, optional=not self._application.filling.state(path).required)
        field.setEnabled(
            self._application.editable and not self._application.filling.state(path).read_only
        )
        field.answered.connect(lambda typed: self._answer(path, question, typed))
        self.fields[path] = field
        into.addWidget(field)

    def _answer(self, path: str, question: Question, typed: str) -> None:
        kept = self._attempt(lambda: self._application.type_in(path, typed))
        if kept is None:
            return
        self.refresh(kept.changed | {path})
        self._on_kept(kept)

    def _restructure(self, change: Callable[[], Kept], added: str = "") -> None:
        kept = self._attempt(change)
        if kept is None:
            return
        self._build()
        self._on_kept(kept)
        if added:
            number = self._application.filling.count(added)
            first = next((path for path in self.fields if f"[{number}]" in path), None)
            self.focus_on(first)


def _field(question: Question, *, optional: bool) -> Field:
    choices = tuple((choice.name, choice.label) for choice in question.choices)
    label, hint = question.label, question.hint
    if question.kind is Kind.SELECT_ONE:
        return ChoiceField(label, choices, hint=hint, optional=optional)
    if question.kind is Kind.SELECT_MULTIPLE:
        return ChecksField(label, choices, hint=hint, optional=optional)
    if question.kind is Kind.ACKNOWLEDGE:
        return ChecksField(label, ((ACKNOWLEDGED, "Oui"),), hint=hint, optional=optional)
    if question.kind is Kind.TEXT and "multiline" in question.appearance:
        return TextField(label, hint=hint, optional=optional)
    width = _WIDTHS.get(question.kind) or _CHECK_WIDTHS.get(question.check or "", 420)
    return LineField(label, hint=hint, optional=optional, width=width)


def _shown(application: OpenApplication, question: Question, path: str) -> str:
    """What a field shows: names of choices, else the answer as it is written."""
    if question.kind in (Kind.SELECT_ONE, Kind.ACKNOWLEDGE):
        return str(application.filling.value(path) or "")
    if question.kind is Kind.SELECT_MULTIPLE:
        return " ".join(to_json(application.filling.value(path)) or [])
    return application.filling.typed(path)
