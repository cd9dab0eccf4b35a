"""The questions of one section on the screen, repeats included, in step with the filling."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui.filling.inputs import field_for, shown_text
from desktop.ui.parts.button import Weight, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import in_line
from desktop.ui.parts.field import AttachedField, Field, FieldNotes
from desktop.ui.parts.text import text
from desktop.ui.theme import QUESTION_WIDTH
from desktop.workflows.filling.open_application import Kept, OpenApplication
from forms.definition import Choice, Group, Kind, Node, Question, Repeat
from forms.wording import has_references


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
        self.unsaved: dict[str, str] = {}
        self._notes: dict[str, QLabel] = {}
        self._offered: dict[str, tuple[Choice, ...]] = {}
        self._counted: dict[str, int] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._build()

    def refresh(self, paths: frozenset[str] | None = None) -> None:
        """Show values and notes anew, of all fields or of those at some paths."""
        filling = self._application.filling
        for path in list(self.fields):
            question = filling.question(path)
            if paths is not None and path not in paths and not has_references(question):
                continue
            self._offer(path, question)
            field = self.fields[path]
            state = filling.state(path)
            field.setVisible(state.relevant)
            field.show_label(question.label, optional=not state.required)
            field.show_text(shown_text(self._application, question, path))
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
            note.setText(filling.question(path).label)

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
        self.fields, self._notes, self._counted = {}, {}, {}
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
        filling = self._application.filling
        counted = filling.is_counted(path)
        if counted:
            self._counted[path] = filling.count(path)
        for number in range(1, filling.count(path) + 1):
            card = Card(f"{node.label} — n°\u00a0{number}")
            card.body.setSpacing(14)
            card.setMaximumWidth(QUESTION_WIDTH + 60)
            self._group(node, f"{path}[{number}]", card.body)
            if not counted:
                remove = writing_button(
                    f"Supprimer le n°\u00a0{number}",
                    partial(self._remove_occurrence, path, number),
                    Weight.LINK,
                )
                card.body.addLayout(in_line(remove))
            into.addWidget(card)
        if counted:
            return
        add = writing_button(
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
        if not question.kind.shown or (question.calculation and not question.label):
            return
        if question.kind is Kind.NOTE:
            note = text(question.label, "soft")
            self._notes[path] = note
            into.addWidget(note)
            return
        into.addWidget(self._field(path))

    def _field(self, path: str) -> Field:
        filling = self._application.filling
        question, state = filling.question(path), filling.state(path)
        choices = filling.choices(path) if question.kind.chosen else ()
        field = (
            AttachedField(question.label, hint=question.hint, optional=not state.required)
            if question.kind.attached
            else field_for(question, choices, optional=not state.required)
        )
        field.setEnabled(self._application.editable and not state.read_only)
        field.answered.connect(lambda typed: self._answer(path, typed))
        self.fields[path] = field
        if question.choice_filter is not None:
            self._offered[path] = choices
        return field

    def _offer(self, path: str, question: Question) -> None:
        """Put a new field in place of one whose choices are not those offered any more."""
        if question.choice_filter is None:
            return
        if self._application.filling.choices(path) == self._offered.get(path):
            return
        old = self.fields[path]
        had_focus = any(widget.hasFocus() for widget in old.findChildren(QWidget))
        new = self._field(path)
        around = old.parentWidget()
        layout = around.layout() if around is not None else None
        if layout is not None:
            layout.replaceWidget(old, new)
        old.hide()
        old.deleteLater()
        if had_focus:
            new.target.setFocus()

    def _answer(self, path: str, typed: str) -> None:
        kept = self._attempt(lambda: self._application.type_in(path, typed))
        if kept is None:
            self.unsaved[path] = typed
            return
        # The whole application is written at each answer: what was refused before is in, too.
        self.unsaved.clear()
        filling = self._application.filling
        if any(filling.count(one) != count for one, count in self._counted.items()):
            # Later, once the field that spoke has finished: it goes away with the rest.
            QTimer.singleShot(0, lambda: self._rebuild(path))
        else:
            self.refresh(kept.changed | {path})
        self._on_kept(kept)

    def _rebuild(self, focused: str) -> None:
        self._build()
        self.focus_on(focused)

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
