"""A question on the screen: label, hint, input, and under it what is wrong or where it is from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.ui.parts.column import BoundedColumn
from desktop.ui.parts.text import text
from desktop.ui.parts.voice import say_aloud
from desktop.ui.theme import QUESTION_WIDTH, scale_of
from forms.french import bound_numbers

OPTIONAL = "(facultatif)"


@dataclass(frozen=True)
class FieldNotes:
    """What stands under an input; empty texts are not shown."""

    error: str = ""
    warning: str = ""
    origin: str = ""


class Field(QWidget):
    """State: one question; `answered` carries what was typed or chosen once it is left."""

    answered = Signal(str)

    def __init__(self, label: str, *, hint: str = "", optional: bool = False) -> None:
        super().__init__()
        self._input_width = QUESTION_WIDTH
        self._column = BoundedColumn(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._label = text(f"{label} {OPTIONAL}" if optional else label, "strong")
        self._column.addWidget(self._label)
        self._hint = text(hint, "soft")
        self._hint.setVisible(bool(hint))
        self._column.addWidget(self._hint)
        self._error = _note("error")
        self._warning = _note("warning")
        self._origin = _note("profile")
        self._scaled: list[QWidget] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the input as wide as what it holds, whatever the zoom."""
        super().resizeEvent(event)
        self._scale()

    def changeEvent(self, event: QEvent) -> None:
        """Scale with the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._scale()

    def _scale(self) -> None:
        scale = scale_of(self)
        self.setMaximumWidth(round(QUESTION_WIDTH * scale))
        for widget in self._scaled:
            widget.setMaximumWidth(round(self._input_width * scale))

    @property
    def target(self) -> QWidget:
        """The widget that takes the focus."""
        raise AttributeError("a plain field has no input")

    def show_text(self, words: str) -> None:
        """Show an answer, without taking it for a new one."""
        raise AttributeError("a plain field has no input")

    def words(self) -> str:
        """What stands in the input now, as `show_text` takes it."""
        raise AttributeError("a plain field has no input")

    def retype(self, words: str) -> None:
        """Put an answer in as if it were given now: shown, then told."""
        self.show_text(words)
        self.answered.emit(words)

    @property
    def caret(self) -> int:
        """Where one is in the text, in characters; 0 where nothing is typed."""
        return 0

    def put_caret(self, place: int) -> None:
        """Come back to a place of the text; nothing to do where nothing is typed."""

    def show_label(self, label: str, *, optional: bool) -> None:
        """Show other words, or that an answer is needed now or not any more."""
        self._label.setText(f"{label} {OPTIONAL}" if optional else label)

    def show_notes(self, notes: FieldNotes) -> None:
        """Show what is wrong, unusual, or known from the profile; what is new is said aloud."""
        before = self.notes
        for label, words in (
            (self._error, notes.error),
            (self._warning, notes.warning),
            (self._origin, notes.origin),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self._describe(notes)
        self._mark(bool(notes.error))
        # The keyboard is on the next question already.
        for old, new in ((before.error, notes.error), (before.warning, notes.warning)):
            if new and old != bound_numbers(new) and self.isVisible():
                say_aloud(self, f"{self._label.text()}\u00a0: {new}")

    @property
    def notes(self) -> FieldNotes:
        """What stands under the input now."""
        return FieldNotes(self._error.text(), self._warning.text(), self._origin.text())

    def _finish(self) -> None:
        for label in (self._error, self._warning, self._origin):
            self._column.addWidget(label)
        self._describe(FieldNotes())

    def _describe(self, notes: FieldNotes) -> None:
        said = (self._hint.text(), notes.error, notes.warning, notes.origin)
        description = " ".join(part for part in said if part)
        for widget in self._inputs():
            widget.setAccessibleDescription(description)

    def _inputs(self) -> list[QWidget]:
        return [self.target]

    def _mark(self, wrong: bool) -> None:
        target = self.target
        if target.property("invalid") != str(wrong).lower():
            target.setProperty("invalid", str(wrong).lower())
            target.style().unpolish(target)
            target.style().polish(target)


class LineField(Field):
    """A question answered on one line."""

    def __init__(
        self, label: str, *, hint: str = "", optional: bool = False, width: int = 420
    ) -> None:
        super().__init__(label, hint=hint, optional=optional)
        self.input = QLineEdit()
        self.input.setAccessibleName(label)
        self._input_width = width
        self._scaled = [self.input]
        self._label.setBuddy(self.input)
        self._column.addWidget(self.input)
        self.input.editingFinished.connect(self._left)
        self._finish()
        self._shown = ""

    @property
    def target(self) -> QWidget:
        """The line."""
        return self.input

    def show_text(self, words: str) -> None:
        """Show an answer; what is being typed is left alone."""
        self._shown = words
        if not (self.input.hasFocus() and self.input.isModified()):
            self.input.setText(words)

    def text(self) -> str:
        """What stands on the line."""
        return self.input.text()

    def words(self) -> str:
        """What stands on the line."""
        return self.input.text()

    @property
    def caret(self) -> int:
        """Where one is on the line."""
        return self.input.cursorPosition()

    def put_caret(self, place: int) -> None:
        """Come back to a place of the line."""
        self.input.setCursorPosition(place)

    def _left(self) -> None:
        typed = self.input.text()
        if self.input.isModified() and typed != self._shown:
            self.input.setModified(False)
            self._shown = typed
            self.answered.emit(typed)


class _Paper(QPlainTextEdit):
    """A text over several lines that says when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus has gone."""
        super().focusOutEvent(event)
        self.left.emit()


class TextField(Field):
    """A question answered over several lines."""

    def __init__(self, label: str, *, hint: str = "", optional: bool = False) -> None:
        super().__init__(label, hint=hint, optional=optional)
        self.input = _Paper()
        self.input.setAccessibleName(label)
        self.input.setTabChangesFocus(True)
        self.input.setMinimumHeight(110)
        self.input.setMaximumHeight(180)
        self._label.setBuddy(self.input)
        self._column.addWidget(self.input)
        self.input.left.connect(self._left)
        self._finish()
        self._shown = ""

    @property
    def target(self) -> QWidget:
        """The text."""
        return self.input

    def show_text(self, words: str) -> None:
        """Show an answer; what is being typed is left alone."""
        self._shown = words
        if not self.input.hasFocus():
            self.input.setPlainText(words)

    def words(self) -> str:
        """What stands in the text."""
        return self.input.toPlainText()

    @property
    def caret(self) -> int:
        """Where one is in the text."""
        return self.input.textCursor().position()

    def put_caret(self, place: int) -> None:
        """Come back to a place of the text, or to its end when it is shorter."""
        cursor = self.input.textCursor()
        cursor.setPosition(min(place, len(self.input.toPlainText())))
        self.input.setTextCursor(cursor)

    def _left(self) -> None:
        typed = self.input.toPlainText()
        if typed != self._shown:
            self._shown = typed
            self.answered.emit(typed)


class AttachedField(Field):
    """A question answered by a supporting document, joined at its own step."""

    def __init__(self, label: str, *, hint: str = "", optional: bool = False) -> None:
        super().__init__(label, hint=hint, optional=optional)
        self._joined = text("")
        self._joined.setAccessibleName(label)
        self._joined.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column.addWidget(self._joined)
        self._finish()
        self.show_text("")

    @property
    def target(self) -> QWidget:
        """The name of the document."""
        return self._joined

    def words(self) -> str:
        """Nothing is typed here."""
        return ""

    def show_text(self, words: str) -> None:
        """Show the name of the document, or where it is joined."""
        self._joined.setText(words or "À joindre à l’étape «\u00a0Pièces à joindre\u00a0».")


def secret_field(label: str, *, hint: str = "") -> LineField:
    """A line whose letters are hidden, for a passphrase."""
    field = LineField(label, hint=hint)
    field.input.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def on_return(field: LineField, action: Callable[[], object]) -> None:
    """Do something when Return is pressed on a line."""
    field.input.returnPressed.connect(lambda: action())


def _note(role: str) -> QLabel:
    label = text("", role)
    label.hide()
    return label
