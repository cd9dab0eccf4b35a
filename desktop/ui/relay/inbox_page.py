"""The relay's inbox: bundles opened, applications to file, what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.exchanges.told import bundle_told
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.field import Field
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.ui.relay.application_view import ApplicationView
from desktop.ui.relay.inbox_filters import InboxFilters
from desktop.ui.relay.inbox_list import InboxList
from desktop.ui.relay.opened_folder import OpenedFolder, told
from desktop.ui.theme import scale_of
from desktop.workflows.exchanges.bundles import ReceivedBundle, receive_bundle
from desktop.workflows.filling.states import Tone
from desktop.workflows.online.followup import FollowedAll, follow_all, open_filings
from desktop.workflows.relay.bulk_opening import BulkOpening, open_folder
from desktop.workflows.relay.inbox import InboxFilter, InboxView, inbox, keep_filter, kept_filter

N = "\u00a0"
_LIST_WIDTH = 380
_BESIDE_FROM = 720


class InboxPage(Page):
    """State: the filter, the application looked at, whether both stand side by side."""

    def __init__(self, workplace: Workplace, record: str = "") -> None:
        super().__init__(workplace)
        # What was being looked at may have been erased since.
        if self.desk.vault.applications.find(record) is None:
            record = ""
        self.view: ApplicationView | None = None
        self._beside = True
        self._asked = bool(record)
        wanted = kept_filter(self.desk)
        shown: InboxView = inbox(self.desk, wanted)
        # One main button: with an application to file, it is that one's.
        weight = Weight.SECONDARY if shown.total else Weight.PRIMARY
        self._open = writing_button("Ouvrir une liasse…", self._choose, weight)
        self._summary = text(shown.summary, "soft")
        self.progress = ProgressCard(stop_words="Arrêter l’ouverture")
        self.opened = OpenedFolder()
        self.filters = InboxFilters(shown, wanted, self._filter)
        self.filters.setVisible(bool(shown.total))
        self.list = InboxList(self.look_at)
        self._side = self._left(empty=not shown.total)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 16, 24, 20)
        self._row.setSpacing(20)
        self._row.addWidget(self._side)
        self._show(shown, record)

    def arrange(self, width: float) -> None:
        """The list beside the application looked at, or one of the two on a narrow screen."""
        self._beside = width >= _BESIDE_FROM
        fixed = round(_LIST_WIDTH * scale_of(self))
        self._side.setMaximumWidth(fixed if self._beside and self.view else 16_777_215)
        self._side.setMinimumWidth(fixed if self._beside else 0)
        alone = not self._beside and self.view is not None and self._asked
        self._side.setVisible(not alone)
        if self.view is not None:
            self.view.setVisible(self._beside or alone)
            self.view.show_way_back(shown=alone)

    def look_at(self, record: str) -> None:
        """Look at an application of the list, which stays as it is."""
        self.workplace.stay(record)
        self._asked = True
        self._put_view(record)
        self.list.mark(record)
        self.arrange(self.width() / scale_of(self))
        if self.view is not None:
            self.view.first.setFocus()

    def first_focus(self) -> QWidget | None:
        """The button that opens a bundle, or the application that was asked for."""
        if self.view is not None and self._asked:
            return self.view.first
        return self._open

    def questions(self) -> Mapping[str, Field]:
        """Those of the application looked at."""
        return self.view.questions() if self.view is not None else {}

    def unsaved(self) -> dict[str, str]:
        """What is written of an outcome."""
        return self.view.outcome.unsaved() if self.view is not None else {}

    def take_back(self, unsaved: Mapping[str, str]) -> None:
        """Open the outcome again, as it was being written."""
        if unsaved and self.view is not None:
            self.view.outcome.show()
        super().take_back(unsaved)

    def print_paper(self) -> None:
        """Print the form of the application looked at."""
        if self.view is not None:
            self.view.print_form()

    def show_guide(self) -> None:
        """Scroll to how the organisation takes the form."""
        if self.view is not None:
            self.view.show_guide()

    def escape(self) -> None:
        """On a narrow screen, back to the list."""
        if not self._beside and self._asked:
            self.workplace.go(Place.INBOX)

    def receive(self, file: Path) -> None:
        """Take a bundle in."""
        desk, progress = self.desk, self.progress
        self.opened.hide()
        progress.begin("Vérification de la liasse…")
        self.workplace.in_background(
            lambda: receive_bundle(desk, file, progress=progress.tell),
            self._received,
            failed=progress.end,
        )

    def receive_folder(self, folder: Path) -> None:
        """Take in every bundle of a folder, with its progress; it can be stopped."""
        desk, progress = self.desk, self.progress
        self.opened.hide()
        progress.begin("Ouverture des liasses du dossier…")
        self.workplace.in_background(
            lambda: open_folder(desk, folder, progress=progress.report, go_on=progress.go_on),
            self._folder_opened,
            failed=progress.end,
        )

    def follow(self) -> None:
        """Ask the portal how every open filing stands."""
        desk, progress = self.desk, self.progress
        progress.begin("Questions au portail…")
        self.workplace.in_background(
            lambda: follow_all(desk, progress=progress.report, go_on=progress.go_on),
            self._have_followed,
            failed=progress.end,
        )

    def _have_followed(self, followed: FollowedAll) -> None:
        self.progress.end()
        self.workplace.go(Place.INBOX, self.view.record if self.view else "")
        plural = "s" if followed.asked > 1 else ""
        said = (
            f"{followed.asked}{N}dossier{plural} suivi{plural}, dont {followed.changed} "
            f"{'ont' if followed.changed > 1 else 'a'} changé."
            if followed.changed
            else f"{followed.asked}{N}dossier{plural} suivi{plural}{N}: rien n’a changé."
        )
        tone = Tone.CARE if followed.problem else Tone.GOOD
        self.workplace.say(f"{said} {followed.problem}".strip(), tone)

    def _left(self, *, empty: bool) -> QWidget:
        holder, layout = column(margins=(0, 0, 6, 0))
        layout.setSpacing(10)
        ways = QWidget()
        flow = FlowLayout(ways, spacing=8)
        flow.addWidget(self._open)
        flow.addWidget(writing_button("Ouvrir un dossier…", self._choose_folder))
        flow.addWidget(button("Lire des pages numérisées…", lambda: self.workplace.go(Place.SCANS)))
        layout.addWidget(ways)
        layout.addWidget(self.progress)
        layout.addWidget(self.opened)
        if empty:
            layout.addWidget(
                EmptyPage(
                    "Les liasses viennent des postes hors ligne. Ouvrez-en une pour voir les "
                    "démarches à déposer."
                )
            )
        layout.addWidget(self._summary)
        waiting = len(open_filings(self.desk))
        follow = button(f"Suivre les dossiers en ligne ({waiting})", self.follow, Weight.LINK)
        follow.setVisible(bool(waiting))
        layout.addWidget(follow, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.filters)
        layout.addWidget(self.list)
        self.list.setVisible(not empty)
        layout.addStretch(1)
        self._area: QScrollArea = scrolling(holder)
        side = QWidget()
        column_ = QVBoxLayout(side)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.addWidget(self._area)
        return side

    def _show(self, shown: InboxView, record: str) -> None:
        chosen = record or (shown.rows[0].id if shown.rows else "")
        self.list.show_rows(shown.rows, chosen)
        if chosen:
            self._put_view(chosen)
        if self.view is None:
            self._row.setAlignment(self._side, Qt.AlignmentFlag.AlignTop)

    def _put_view(self, record: str) -> None:
        older, self.view = self.view, None
        if older is not None:
            self._row.removeWidget(older)
            older.hide()
            older.deleteLater()
        self.view = self.workplace.attempt(lambda: ApplicationView(self.workplace, record))
        if self.view is not None:
            self._row.addWidget(self.view, 1)

    def _filter(self, wanted: InboxFilter) -> None:
        def shown() -> InboxView:
            keep_filter(self.desk, wanted)
            return inbox(self.desk, wanted)

        view = self.workplace.attempt(shown)
        if view is not None:
            self.list.show_rows(view.rows, self.view.record if self.view else "")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir la liasse", "", "Liasse (*.liasse)")
        if chosen:
            self.receive(Path(chosen))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choisir le dossier des liasses")
        if chosen:
            self.receive_folder(Path(chosen))

    def _folder_opened(self, opened: BulkOpening) -> None:
        self.progress.end()
        if opened.unopened or opened.left or not opened.found:
            self._refresh()
            self.opened.show_opening(opened)
            return
        self.workplace.go(Place.INBOX)
        self.workplace.say(told(opened), Tone.CARE if opened.unknown_senders else Tone.GOOD)

    def _refresh(self) -> None:
        view = inbox(self.desk, self.filters.chosen())
        self._summary.setText(view.summary)
        self.list.setVisible(bool(view.total))
        self.list.show_rows(view.rows, self.view.record if self.view else "")
        self.workplace.refresh_counts()

    def _received(self, received: ReceivedBundle) -> None:
        first = received.application_ids[0] if received.application_ids else ""
        self.workplace.go(Place.INBOX, first)
        self.workplace.say(*bundle_told(received))
