"""Somebody at the keyboard: sees what the window shows, clicks and types."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.filling.questions import SectionView
from desktop.ui.page import Page
from desktop.ui.parts.choice_fields import ChecksField, ChoiceField
from desktop.ui.parts.field import Field, LineField
from desktop.ui.parts.row import Row
from desktop.ui.parts.sheet_steps import SheetSteps
from desktop.ui.start.first_start import FirstStart
from desktop.ui.start.recovery_page import RecoveryPage
from desktop.ui.start.unlock import Unlock
from desktop.ui.window import Window
from desktop.ui.workplace import OpenWorkplace

PASSPHRASE = "girafe lanterne octobre vinaigre"

W = TypeVar("W", bound=QWidget)
P = TypeVar("P", bound=Page)


class Person:
    """Somebody at the keyboard: sees what the window shows, clicks and types."""

    def __init__(self, window: Window, bot: QtBot) -> None:
        self.window = window
        self.bot = bot

    def sees(self, kind: type[W]) -> W:
        """The widget of a kind that fills the window."""
        self.bot.waitUntil(lambda: isinstance(self.window.centralWidget(), kind), timeout=20_000)
        return cast(W, self.window.centralWidget())

    @property
    def workplace(self) -> OpenWorkplace:
        return self.sees(OpenWorkplace)

    def page(self, kind: type[P]) -> P:
        """The page shown, once it is of a kind."""
        self.waits_for(lambda: isinstance(self.workplace.page, kind))
        page = cast(P, self.workplace.page)
        self.waits_for(page.isVisible)
        return page

    def click(self, words: str, *, within: QWidget | None = None) -> None:
        """Click the button that says so."""
        place = within or self.window

        def shown() -> list[QPushButton]:
            return [
                button
                for button in place.findChildren(QPushButton)
                if button.text() == words and button.isVisible()
            ]

        self.waits_for(lambda: bool(shown()))
        self.bot.mouseClick(shown()[0], Qt.MouseButton.LeftButton)

    def opens(self, title: str) -> None:
        """Open the row of a list that begins with a title."""

        def shown() -> list[Row]:
            rows = self.window.findChildren(Row)
            return [
                row for row in rows if row.accessibleName().startswith(title) and row.isVisible()
            ]

        self.waits_for(lambda: bool(shown()))
        shown()[0].click()

    def type_in(self, field: Field, words: str) -> None:
        """Type on a line in place of what is there, then leave it."""
        self.begins(field, "")
        assert isinstance(field, LineField)
        field.input.selectAll()
        keys(field.input, words)
        self.bot.keyClick(field.input, Qt.Key.Key_Tab)

    def type_search(self, line: QLineEdit, words: str) -> None:
        """Type in a search line."""
        self.is_at_the_window()
        line.setFocus()
        keys(line, words)

    def begins(self, field: Field, words: str) -> None:
        """Type on a line and stay there, in the middle of a word."""
        assert isinstance(field, LineField)
        self.waits_for(field.input.isVisible)
        self.is_at_the_window()
        field.input.setFocus()
        self.waits_for(field.input.hasFocus)
        keys(field.input, words)

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        """Press a shortcut of the window."""
        self.is_at_the_window()
        self.bot.keyClick(self.window, key, modifier)

    def is_at_the_window(self) -> None:
        """Give the keyboard to the window."""
        self.window.activateWindow()
        self.waits_for(self.window.isActiveWindow)

    def answer(self, path: str, words: str) -> None:
        """Answer a question of the section shown, as its field is answered."""
        view = self.page(FillingPage).view
        assert isinstance(view, SectionView)
        field = view.fields[path]
        if isinstance(field, ChoiceField | ChecksField):
            for name in words.split():
                field.choose(name)
        else:
            self.type_in(field, words)

    def section(self, path: str) -> SectionView:
        """Go to a section of the form."""
        page = self.page(FillingPage)
        page.show_section(path)
        assert isinstance(page.view, SectionView)
        return page.view

    def waits_for(self, condition: Callable[[], bool]) -> None:
        """Wait for something to become true."""
        self.bot.waitUntil(condition, timeout=20_000)

    def hears(self, words: str) -> None:
        """Wait for the banner to say something."""
        self.waits_for(lambda: words in self.workplace.banner.sentence)

    def creates_vault(self, folder: Path, *, kind: str, office: str, user: str) -> None:
        """Go through the first start, the recovery sheet included."""
        self.window.show_first_start()
        start = self.sees(FirstStart)
        start.kind.choose(kind)
        self.type_in(start.office, office)
        self.type_in(start.user, user)
        start.choose_folder(folder)
        self.type_in(start.passphrase, PASSPHRASE)
        self.type_in(start.again, PASSPHRASE)
        self.click("Créer le coffre")
        self.reads_sheet_back(self.sees(RecoveryPage).steps)
        self.click("Commencer le travail")
        assert self.workplace.desk.vault.place == office

    def reads_sheet_back(self, steps: SheetSteps) -> None:
        """Copy the two groups asked from the sheet just printed."""
        self.click("J’ai la feuille en main")
        lines = steps._recovery.lines()
        for group, field in steps.fields.items():
            self.type_in(field, lines[group.line - 1].split()[group.number - 1].lower())

    def unlocks(self, passphrase: str = PASSPHRASE) -> None:
        """Type the passphrase and open."""
        page = self.sees(Unlock)
        page.passphrase.input.setText(passphrase)
        self.click("Ouvrir le coffre")


def keys(target: QWidget, words: str) -> None:
    """Press the keys of a text; Qt's own keyClicks knows no letter beyond Latin-1."""
    for letter in words:
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter
        )
        QApplication.sendEvent(target, event)
