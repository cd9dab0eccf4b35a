"""One field of a procedure, and the question that fills it; its choices, or its rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.text import text
from desktop.workflows.online.mapping import ChosenLink, Mappable, Pairs, pairs_for
from forms.definition import Question

N = "\u00a0"

FindQuestion = Callable[[str], Question | None]
FindRows = Callable[[str, str], tuple[Mappable, ...]]


class LinkRow(QWidget):
    """State: the question chosen for a field, and what goes with it."""

    def __init__(
        self, one: Mappable, find: FindQuestion, rows: FindRows, *, inside: str = ""
    ) -> None:
        super().__init__()
        self.mappable = one
        self._find, self._find_rows = find, rows
        self._wants: dict[str, ChoiceList] = {}
        self.children_rows: list[LinkRow] = []
        name = f"{inside}, {one.label}" if inside else one.label
        self.question = ChoiceList()
        self.question.setAccessibleName(f"{name}{N}: rempli par")
        self.question.addItem("Ne pas préremplir", "")
        for key, label in one.questions:
            self.question.addItem(f"Liste «{N}{label}{N}»" if one.repetition else label, key)
        self.question.setCurrentIndex(max(0, self.question.findData(one.proposed)))
        self.question.setMinimumWidth(120)
        self.question.activated.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(20 if inside else 0, 0, 0, 6)
        column.setSpacing(3)
        needed = ", obligatoire" if one.required else ""
        heading = text(one.label, "strong")
        heading.setBuddy(self.question)
        column.addWidget(heading)
        column.addWidget(text(f"{one.words}{needed}", "soft"))
        column.addWidget(self.question)
        self._below = QVBoxLayout()
        column.addLayout(self._below)
        if one.repetition:
            self._put_rows(one.children)
        else:
            self._put_wants(one.pairs)

    def link(self) -> ChosenLink:
        """What is chosen now."""
        chosen = str(self.question.currentData() or "")
        pairs = {
            name: str(shown.currentData())
            for name, shown in self._wants.items()
            if shown.currentData()
        }
        children = {row.mappable.key: row.link() for row in self.children_rows}
        return ChosenLink(chosen, pairs, children)

    def choose(self, question: str) -> None:
        """Choose a question as a click would."""
        self.question.setCurrentIndex(max(0, self.question.findData(question)))
        self._chosen()

    def _chosen(self) -> None:
        chosen = str(self.question.currentData() or "")
        if self.mappable.repetition:
            self._put_rows(self._find_rows(self.mappable.key, chosen))
            return
        self._put_wants(pairs_for(self._find(chosen), self.mappable.wants) if chosen else ())

    def _put_rows(self, children: tuple[Mappable, ...]) -> None:
        self._empty()
        for child in children:
            row = LinkRow(child, self._find, self._find_rows, inside=self.mappable.label)
            self.children_rows.append(row)
            self._below.addWidget(row)

    def _put_wants(self, pairs: Pairs) -> None:
        self._empty()
        question = self._find(str(self.question.currentData() or ""))
        if question is None or not question.choices or not self.mappable.wants:
            return
        proposed = dict(pairs)
        holder = QWidget()
        below = QVBoxLayout(holder)
        below.setContentsMargins(20, 4, 0, 0)
        below.setSpacing(3)
        for choice in question.choices:
            shown = ChoiceList()
            shown.setAccessibleName(f"{self.mappable.label}, {choice.label} devient")
            shown.addItem("— rien", "")
            for value, words in self.mappable.wants:
                shown.addItem(words, value)
            shown.setCurrentIndex(max(0, shown.findData(proposed.get(choice.name, ""))))
            shown.setMinimumWidth(100)
            self._wants[choice.name] = shown
            # One under the other: side by side, the portal's words would be cut at 200 %.
            said = text(f"«{N}{choice.label}{N}» devient")
            said.setBuddy(shown)
            below.addWidget(said)
            below.addWidget(shown)
        self._below.addWidget(holder)

    def _empty(self) -> None:
        self._wants, self.children_rows = {}, []
        while (item := self._below.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
