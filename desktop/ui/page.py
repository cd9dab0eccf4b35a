"""What every page of the workplace is, and what the workplace does for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.ui.parts.field import Field
from desktop.ui.theme import scale_of
from desktop.workflows.desk import Desk
from desktop.workflows.filling.states import Tone

_AROUND = 80
"""What is shown above and below a question one comes back to, in pixels."""


class Place(Enum):
    """Where one can be; the value is kept in the vault, to come back to it."""

    PEOPLE = "people"
    PERSON = "person"
    NEW_PERSON = "new_person"
    PROFILE = "profile"
    NEW_APPLICATION = "new_application"
    APPLICATIONS = "applications"
    FILLING = "filling"
    PREVIEW = "preview"
    BLANK = "blank"
    MAILING = "mailing"
    EXCHANGES = "exchanges"
    TRANSFER = "transfer"
    ARRIVAL = "arrival"
    ARRIVED = "arrived"
    CONTACTS = "contacts"
    FORMS = "forms"
    PROPOSAL = "proposal"
    SETTINGS = "settings"
    USERS = "users"
    BACKUPS = "backups"
    JOURNAL = "journal"
    REPAIRED = "repaired"
    RETENTION = "retention"
    TO_ERASE = "to_erase"
    STATISTICS = "statistics"
    INBOX = "inbox"
    RECEIPTS = "receipts"
    ONLINE = "online"
    MAPPING = "mapping"
    PORTALS = "portals"
    SCANS = "scans"
    FORM_PDF = "form_pdf"
    GUIDE = "guide"


class Workplace(Protocol):
    """What a page may ask of the window around it."""

    desk: Desk
    page: Page | None

    def go(self, place: Place, record: str = "") -> None:
        """Show a page, and remember that the work is there."""
        ...

    def show_user_guide(self) -> None:
        """Show the user's guide, at the part about the page shown."""
        ...

    def stay(self, record: str) -> None:
        """Note that the page shown looks at another record, and remember that the work is there."""
        ...

    def say(self, sentence: str, tone: Tone) -> None:
        """Show a sentence over the page."""
        ...

    def attempt(self, step: Callable[[], Any]) -> Any:
        """Do a short step; an error becomes a sentence and gives None."""
        ...

    def in_background(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        *,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Do a longer step off the window's thread; an error becomes a sentence."""
        ...

    def copy(self, words: str) -> None:
        """Put a text in the clipboard for half a minute."""
        ...

    def refresh_counts(self) -> None:
        """Count again what waits in each place of the rail."""
        ...


class Page(QWidget):
    """A page of the workplace; it shows and asks, and decides nothing."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.workplace = workplace
        self.desk = workplace.desk

    def arrange(self, width: float) -> None:
        """Lay the page out for a width, in pixels at 100 %: a large zoom is a small screen."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the page for its new width."""
        super().resizeEvent(event)
        self.arrange(self.width() / scale_of(self))

    def changeEvent(self, event: QEvent) -> None:
        """Arrange the page for its new zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.arrange(self.width() / scale_of(self))

    def bar_title(self) -> tuple[str, str] | None:
        """A small line and a title for the bar, in place of the search; None to keep it."""
        return None

    def first_focus(self) -> QWidget | None:
        """What takes the focus when the page is shown."""
        return None

    def questions(self) -> Mapping[str, Field]:
        """The questions shown, by a name that is the same when the page is shown anew."""
        return {}

    def unsaved(self) -> dict[str, str]:
        """What is answered here and is not in the vault, by the name of its question."""
        return {}

    def spot(self) -> str:
        """The part of the page being looked at, where it has parts."""
        return ""

    def return_to(self, spot: str, question: str) -> None:
        """Show again a part of the page, for a question that was being answered there."""

    def take_back(self, unsaved: Mapping[str, str]) -> None:
        """Answer again what was not in the vault when it was locked."""
        shown = self.questions()
        for name, words in unsaved.items():
            field = shown.get(name)
            if field is not None and field.isEnabled() and field.words() != words:
                field.retype(words)

    def question_with_focus(self) -> tuple[str, int]:
        """The name of the question with the keyboard, if any, and the place in its text."""
        focused: QWidget | None = self.focusWidget()
        for name, field in self.questions().items():
            if focused is not None and field.isAncestorOf(focused):
                return name, field.caret
        return "", 0

    def focus_on_question(self, name: str, caret: int) -> None:
        """Give the keyboard to a question, at a place in its text, where it can be seen."""
        field = self.questions().get(name)
        if field is None or field.isHidden():
            return
        field.target.setFocus(Qt.FocusReason.OtherFocusReason)
        field.put_caret(caret)
        for area in self.findChildren(QScrollArea):
            if area.isAncestorOf(field):
                area.ensureWidgetVisible(field.target, 0, _AROUND)

    def next_section(self) -> None:
        """Alt and right arrow."""

    def previous_section(self) -> None:
        """Alt and left arrow."""

    def print_paper(self) -> None:
        """Ctrl and P."""

    def show_guide(self) -> None:
        """F1: the user's guide, unless the page has one of its own."""
        self.workplace.show_user_guide()

    def escape(self) -> None:
        """Esc: back to where this page belongs."""
