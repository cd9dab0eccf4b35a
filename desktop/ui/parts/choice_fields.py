"""Questions answered by choosing: one answer among several, or any number of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from desktop.ui.parts.check_row import CheckRow, RadioRow
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.field import Field


class ChoiceField(Field):
    """A question with one answer among several: real radio buttons, or a list when long."""

    LONGEST = 8

    def __init__(
        self,
        label: str,
        choices: tuple[tuple[str, str], ...],
        *,
        hint: str = "",
        optional: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, optional=optional)
        self._radios: dict[str, QRadioButton] = {}
        self._list: ChoiceList | None = None
        if len(choices) > self.LONGEST:
            self._list = ChoiceList()
            self._list.addItem("", "")
            for name, words in choices:
                self._list.addItem(words, name)
            self._list.setAccessibleName(label)
            self._list.activated.connect(self._listed)
            self._label.setBuddy(self._list)
            self._column.addWidget(self._list)
        self._group = QButtonGroup(self)
        for name, words in () if self._list else choices:
            row = RadioRow(words)
            row.radio.setAccessibleName(f"{label} {words}")
            row.radio.clicked.connect(partial(self.answered.emit, name))
            self._group.addButton(row.radio)
            self._column.addWidget(row)
            self._radios[name] = row.radio
        self._finish()

    @property
    def target(self) -> QWidget:
        """The chosen button, else the first."""
        if self._list is not None:
            return self._list
        radios = list(self._radios.values())
        return next((radio for radio in radios if radio.isChecked()), radios[0])

    def show_text(self, words: str) -> None:
        """Show the choice with a name; none when empty."""
        if self._list is not None:
            self._list.setCurrentIndex(max(0, self._list.findData(words)))
            return
        # An exclusive group refuses to be all unchecked.
        self._group.setExclusive(False)
        for name, radio in self._radios.items():
            radio.setChecked(name == words)
        self._group.setExclusive(True)

    def words(self) -> str:
        """The name of the choice; empty when there is none."""
        if self._list is not None:
            return str(self._list.currentData() or "")
        return next((name for name, radio in self._radios.items() if radio.isChecked()), "")

    def choose(self, name: str) -> None:
        """Choose as a click would."""
        self._radios[name].click()

    def _listed(self) -> None:
        assert self._list is not None
        self.answered.emit(str(self._list.currentData()))

    def _inputs(self) -> list[QWidget]:
        return [self._list] if self._list is not None else list(self._radios.values())

    def _mark(self, wrong: bool) -> None:
        """A radio group is marked by its error's words alone."""


class ChecksField(Field):
    """A question with any number of answers: check boxes."""

    def __init__(
        self,
        label: str,
        choices: tuple[tuple[str, str], ...],
        *,
        hint: str = "",
        optional: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, optional=optional)
        self._boxes: dict[str, QCheckBox] = {}
        for name, words in choices:
            row = CheckRow(words)
            row.box.setAccessibleName(f"{label} {words}")
            row.box.clicked.connect(lambda _=False: self.answered.emit(" ".join(self._checked())))
            self._column.addWidget(row)
            self._boxes[name] = row.box
        self._finish()

    @property
    def target(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()))

    def show_text(self, words: str) -> None:
        """Show the choices with these names."""
        wanted = words.split()
        for name, box in self._boxes.items():
            box.setChecked(name in wanted)

    def words(self) -> str:
        """The names of the choices checked."""
        return " ".join(self._checked())

    def choose(self, name: str) -> None:
        """Check or uncheck as a click would."""
        self._boxes[name].click()

    def _checked(self) -> list[str]:
        return [name for name, box in self._boxes.items() if box.isChecked()]

    def _inputs(self) -> list[QWidget]:
        return list(self._boxes.values())

    def _mark(self, wrong: bool) -> None:
        """Check boxes are marked by their error's words alone."""
