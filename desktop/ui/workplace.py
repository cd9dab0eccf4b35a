"""The window of an open vault: rail, bar, banner, one page at a time."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.interruption import return_to_work
from desktop.ui.page import Page, Place
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.button import RIGHTS, Right
from desktop.ui.parts.rail import Rail
from desktop.ui.parts.text import text
from desktop.ui.parts.topbar import TopBar
from desktop.ui.theme import scale_of
from desktop.ui.work import in_background
from desktop.workflows.desk import Desk
from desktop.workflows.filling.applications import waiting_here
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.users import READER_SAID, may_manage, may_write
from desktop.workflows.start.resume import remember_place, where_work_stopped

# Imported when first shown: the unlock window needs none of them.
_PAGES: dict[Place, tuple[str, str]] = {
    Place.PEOPLE: ("desktop.ui.people.list_page", "PeoplePage"),
    Place.PERSON: ("desktop.ui.people.person_page", "PersonPage"),
    Place.NEW_PERSON: ("desktop.ui.people.profile_page", "NewPersonPage"),
    Place.PROFILE: ("desktop.ui.people.profile_page", "ProfilePage"),
    Place.NEW_APPLICATION: ("desktop.ui.applications.new_page", "NewApplicationPage"),
    Place.APPLICATIONS: ("desktop.ui.applications.list_page", "ApplicationsPage"),
    Place.FILLING: ("desktop.ui.filling.filling_page", "FillingPage"),
    Place.PREVIEW: ("desktop.ui.printing.preview_page", "PreviewPage"),
    Place.BLANK: ("desktop.ui.printing.blank_page", "BlankPage"),
    Place.MAILING: ("desktop.ui.printing.mailing_page", "MailingPage"),
    Place.EXCHANGES: ("desktop.ui.exchanges.exchanges_page", "ExchangesPage"),
    Place.TRANSFER: ("desktop.ui.transfers.transfer_page", "TransferPage"),
    Place.ARRIVAL: ("desktop.ui.transfers.arrival_page", "ArrivalPage"),
    Place.ARRIVED: ("desktop.ui.transfers.arrived_page", "ArrivedPage"),
    Place.CONTACTS: ("desktop.ui.exchanges.contacts_page", "ContactsPage"),
    Place.FORMS: ("desktop.ui.official.forms_page", "FormsPage"),
    Place.PROPOSAL: ("desktop.ui.official.proposal_page", "ProposalPage"),
    Place.SETTINGS: ("desktop.ui.settings.settings_page", "SettingsPage"),
    Place.USERS: ("desktop.ui.settings.users_page", "UsersPage"),
    Place.BACKUPS: ("desktop.ui.settings.backups_page", "BackupsPage"),
    Place.JOURNAL: ("desktop.ui.settings.journal_page", "JournalPage"),
    Place.REPAIRED: ("desktop.ui.settings.repaired_page", "RepairedPage"),
    Place.RETENTION: ("desktop.ui.retention.rules_page", "RulesPage"),
    Place.TO_ERASE: ("desktop.ui.retention.to_erase_page", "ToErasePage"),
    Place.STATISTICS: ("desktop.ui.statistics.statistics_page", "StatisticsPage"),
    Place.INBOX: ("desktop.ui.relay.inbox_page", "InboxPage"),
    Place.RECEIPTS: ("desktop.ui.relay.receipts_page", "ReceiptsPage"),
    Place.ONLINE: ("desktop.ui.online.online_page", "OnlinePage"),
    Place.MAPPING: ("desktop.ui.online.mapping_page", "MappingPage"),
    Place.PORTALS: ("desktop.ui.online.portals_page", "PortalsPage"),
    Place.SCANS: ("desktop.ui.scans.scans_page", "ScansPage"),
    Place.FORM_PDF: ("desktop.ui.relay.form_page", "FormPage"),
    Place.GUIDE: ("desktop.ui.guide.guide_page", "GuidePage"),
}

STATION_RAIL = (
    (Place.PEOPLE, "Personnes"),
    (Place.APPLICATIONS, "Démarches"),
    (Place.EXCHANGES, "Échanges"),
    (Place.FORMS, "Formulaires"),
    (Place.SETTINGS, "Réglages"),
)
RELAY_RAIL = (
    (Place.INBOX, "Réception"),
    (Place.APPLICATIONS, "Démarches"),
    (Place.RECEIPTS, "Accusés"),
    (Place.CONTACTS, "Correspondants"),
    (Place.SETTINGS, "Réglages"),
)
_BELONGS_TO = {
    Place.PERSON: Place.PEOPLE,
    Place.NEW_PERSON: Place.PEOPLE,
    Place.PROFILE: Place.PEOPLE,
    Place.NEW_APPLICATION: Place.PEOPLE,
    Place.FILLING: Place.PEOPLE,
    Place.PREVIEW: Place.PEOPLE,
    Place.BLANK: Place.FORMS,
    Place.MAILING: Place.PEOPLE,
    Place.CONTACTS: Place.EXCHANGES,
    Place.TRANSFER: Place.PEOPLE,
    Place.ARRIVAL: Place.EXCHANGES,
    Place.ARRIVED: Place.EXCHANGES,
    Place.PROPOSAL: Place.FORMS,
    Place.USERS: Place.SETTINGS,
    Place.BACKUPS: Place.SETTINGS,
    Place.JOURNAL: Place.SETTINGS,
    Place.REPAIRED: Place.SETTINGS,
    Place.RETENTION: Place.SETTINGS,
    Place.TO_ERASE: Place.SETTINGS,
    Place.STATISTICS: Place.SETTINGS,
    Place.PORTALS: Place.SETTINGS,
    Place.GUIDE: Place.SETTINGS,
    Place.ONLINE: Place.INBOX,
    Place.FORM_PDF: Place.INBOX,
    Place.MAPPING: Place.INBOX,
}

_STATION_SEARCHED = "Chercher une personne, un écrou, une démarche — Ctrl K"
_RELAY_SEARCHED = "Chercher une personne, une démarche — Ctrl K"
_SEARCHED_IN_SHORT = ("Chercher une personne — Ctrl K", "Chercher — Ctrl K", "Chercher")
_AT_A_RELAY = {Place.PEOPLE: Place.INBOX, Place.FORMS: Place.SETTINGS}
"""Where a relay has what stands in a station's rail."""

_RAIL_WIDTH = 208
_NARROW = 860


class OpenWorkplace(QWidget):
    """State: the open vault, the page shown, what the banner says."""

    def __init__(
        self, desk: Desk, *, on_lock: Callable[[], object], on_copy: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._on_copy = on_copy
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.page: Page | None = None
        self.place = Place.INBOX if desk.is_relay else Place.PEOPLE
        self.record = ""
        rail_places = RELAY_RAIL if desk.is_relay else STATION_RAIL
        self._in_rail = {place for place, _ in rail_places}
        self.rail = Rail(
            [(place.value, words) for place, words in rail_places],
            on_go=lambda key: self.go(Place(key)),
            kind="Poste relais" if desk.is_relay else "Poste hors ligne",
            office=desk.vault.place,
        )
        self.top_bar = TopBar(
            examples=(
                _RELAY_SEARCHED if desk.is_relay else _STATION_SEARCHED,
                *_SEARCHED_IN_SHORT,
            ),
            user=desk.vault.user,
            on_search=self._search,
            on_found=self._open_found,
            on_lock=on_lock,
            on_menu=self._toggle_rail,
        )
        self.banner = Banner()
        self.setProperty(RIGHTS, _rights(desk))
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        holder = QHBoxLayout()
        holder.setContentsMargins(24, 8, 24, 0)
        holder.addWidget(self.banner)
        if not may_write(desk):
            column.addWidget(_reader_line())
        column.addLayout(holder)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)
        self._shortcuts()
        self.refresh_counts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Arrange for the new zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def _arrange(self) -> None:
        if not hasattr(self, "_stack"):
            return
        scale = scale_of(self)
        self.rail.setMinimumWidth(round(_RAIL_WIDTH * scale))
        narrow = self.width() / scale < _NARROW
        self.rail.setVisible(not narrow)
        self.top_bar.show_compact(narrow)

    def _toggle_rail(self) -> None:
        self.rail.setVisible(self.rail.isHidden())

    def resume(self, sealed: bytes | None = None) -> None:
        """Show the page where the work stopped, else the first of the rail.

        Args:
            sealed: what `set_work_aside` gave when this vault was last locked, if anything.
        """
        if return_to_work(self, sealed):
            return
        kept = where_work_stopped(self.desk)
        first = Place.INBOX if self.desk.is_relay else Place.PEOPLE
        try:
            place = Place(kept[0]) if kept else first
        except ValueError:
            place = first
        self.go(place, kept[1] if kept else "")
        if self.page is None:
            self.go(first)

    def tell_first(self) -> None:
        """Say what whoever opened the vault should know; its journal is checked meanwhile."""
        from desktop.workflows.settings.journal import journal_break
        from desktop.workflows.start.notices import opening_notice

        notice = opening_notice(self.desk)
        if notice is not None:
            self.say(notice.sentence, notice.tone)

        def checked(broken: str) -> None:
            if broken:
                before = [notice.sentence] if notice is not None else []
                self.say(" ".join([*before, broken]), Tone.BAD)

        desk = self.desk
        self.in_background(lambda: journal_break(desk), checked)

    def go(self, place: Place, record: str = "") -> None:
        """Show a page, and remember that the work is there."""
        # What is being typed is left, hence kept, before its page goes away.
        self.leave_field()
        module, name = _PAGES[place]
        page = self.attempt(lambda: getattr(importlib.import_module(module), name)(self, record))
        if page is None:
            return
        old, self.page, self.place, self.record = self.page, page, place, record
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        belongs = place if place in self._in_rail else _BELONGS_TO.get(place, place)
        if place is Place.SCANS:
            belongs = Place.INBOX if self.desk.is_relay else Place.EXCHANGES
        if self.desk.is_relay:
            belongs = _AT_A_RELAY.get(belongs, belongs)
        self.rail.show_current(belongs.value)
        title = page.bar_title()
        if title is None:
            self.top_bar.show_search()
        else:
            self.top_bar.show_title(*title)
        self.refresh_counts()
        self.attempt(lambda: remember_place(self.desk, place.value, record))
        # Once shown: a hidden widget takes no focus.
        QTimer.singleShot(0, self._focus_page)

    def show_user_guide(self) -> None:
        """Show the user's guide, at the part about the page shown; Esc comes back here."""
        self.go(Place.GUIDE, f"{self.place.value} {self.record}".strip())

    def stay(self, record: str) -> None:
        """Note that the page shown looks at another record, and remember that the work is there."""
        self.record = record
        self.attempt(lambda: remember_place(self.desk, self.place.value, record))

    def leave_field(self) -> None:
        """Take the focus from the field being typed in, so that its answer is kept."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def say(self, sentence: str, tone: Tone) -> None:
        """Show a sentence over the page."""
        self.banner.say(sentence, tone)

    def attempt(self, step: Callable[[], Any]) -> Any:
        """Do a short step; an error becomes a sentence and gives None."""
        from desktop.workflows.sentences import KNOWN_ERRORS, sentence

        try:
            return step()
        except KNOWN_ERRORS as error:
            self.say(sentence(error), Tone.BAD)
            return None

    def in_background(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        *,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Do a longer step off the window's thread; an error becomes a sentence.

        What comes back after the page that asked has gone, or the vault has locked, is let go.

        Args:
            work: done on another thread; it touches no widget.
            then: given what it returned.
            failed: called after the sentence, when it raised instead.
        """

        def arrived(result: Any) -> None:
            if not self.desk.vault.locked:
                _on_what_is_left(lambda: then(result))

        def otherwise(error: Exception) -> None:
            self._failed(error)
            if failed is not None:
                _on_what_is_left(failed)

        in_background(self, work, then=arrived, otherwise=otherwise)

    def copy(self, words: str) -> None:
        """Put a text in the clipboard for half a minute."""
        self._on_copy(words)

    def refresh_counts(self) -> None:
        """Count again what waits in each place of the rail."""
        key = Place.INBOX if self.desk.is_relay else Place.APPLICATIONS
        self.rail.show_count(key.value, self.attempt(lambda: waiting_here(self.desk)) or 0)

    def _failed(self, error: Exception) -> None:
        def raise_again() -> None:
            raise error

        self.attempt(raise_again)

    def _focus_page(self) -> None:
        target = self.page.first_focus() if self.page is not None else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self, words: str) -> list[tuple[str, str, str]]:
        from desktop.workflows.search import search

        found = self.attempt(lambda: search(self.desk, words)) or ()
        return [(f"{one.kind.value} {one.id}", one.title, one.subtitle) for one in found]

    def _open_found(self, key: str) -> None:
        kind, _, record = key.partition(" ")
        if kind == "person":
            self.go(Place.PERSON, record)
        elif self.desk.is_relay:
            self.go(Place.INBOX, record)
        else:
            self.go(Place.FILLING, record)

    def _shortcuts(self) -> None:
        def focus_search() -> None:
            self.top_bar.show_search()
            self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

        def new_application() -> None:
            if not may_write(self.desk):
                self.say(READER_SAID, Tone.CARE)
            elif not self.desk.is_relay:
                person = self.record if self.place is Place.PERSON else ""
                self.go(Place.NEW_APPLICATION if person else Place.NEW_PERSON, person)

        actions: dict[str, Callable[[], object]] = {
            "Ctrl+K": focus_search,
            "Ctrl+N": new_application,
            "Alt+Right": lambda: self.page.next_section() if self.page else None,
            "Alt+Left": lambda: self.page.previous_section() if self.page else None,
            "Ctrl+P": lambda: self.page.print_paper() if self.page else None,
            "F1": lambda: self.page.show_guide() if self.page else None,
            "Esc": lambda: self.page.escape() if self.page else None,
        }
        for keys, action in actions.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(action)


def _on_what_is_left(step: Callable[[], object]) -> None:
    # The page that asked may be gone.
    try:
        step()
    except RuntimeError as error:
        if "already deleted" not in str(error):
            raise


def _rights(desk: Desk) -> frozenset[Right]:
    allowed = {Right.WRITE: may_write(desk), Right.MANAGE: may_manage(desk)}
    return frozenset(right for right, given in allowed.items() if given)


def _reader_line() -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(24, 8, 24, 0)
    row.addWidget(text(READER_SAID, "warning"))
    return holder
