"""The relay's inbox: bundles opened, applications to file, what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.field import Field
from desktop.ui.parts.row import Row
from desktop.ui.relay.application_view import ApplicationView
from desktop.ui.theme import scale_of
from desktop.workflows.applications import list_applications
from desktop.workflows.bundles import ReceivedBundle, receive_bundle
from desktop.workflows.states import Tone

_LIST_WIDTH = 380
_LIST_HEIGHT = 150
_BESIDE_FROM = 720


class InboxPage(Page):
    """State: the application looked at."""

    def __init__(self, workplace: Workplace, record: str = "") -> None:
        super().__init__(workplace)
        self._open = button("Ouvrir une liasse…", self._choose, Weight.PRIMARY)
        rows = list_applications(self.desk)
        chosen = record if any(row.id == record for row in rows) else ""
        chosen = chosen or (rows[0].id if rows else "")
        self.view: ApplicationView | None = None
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(24, 22, 24, 20)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addLayout(in_line(self._open))
        if not rows:
            left.addWidget(
                EmptyPage(
                    "Les liasses viennent des postes hors ligne. Ouvrez-en une pour voir les "
                    "démarches à déposer."
                )
            )
            left.addStretch(1)
        else:
            holder, layout = column(margins=(0, 0, 8, 0))
            card = Card(tight=True)
            for number, application in enumerate(rows):
                if number:
                    card.add(rule())
                made = Row(
                    application.person,
                    f"{application.title}\n{application.subtitle}",
                    chip=chip(application.chip, application.tone),
                    on_open=partial(workplace.go, Place.INBOX, application.id),
                )
                made.setCheckable(True)
                made.setChecked(application.id == chosen)
                card.add(made)
            layout.addWidget(card)
            layout.addStretch(1)
            left.addWidget(scrolling(holder))
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._side = side if rows else None
        row.addWidget(side)
        if chosen:
            self.view = ApplicationView(workplace, chosen)
            row.addWidget(self.view, 1)
        else:
            row.setAlignment(side, Qt.AlignmentFlag.AlignTop)

    def arrange(self, width: float) -> None:
        """The list beside the application looked at, or above it on a narrow screen."""
        if self._side is None:
            return
        beside = width >= _BESIDE_FROM
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        scale = scale_of(self)
        self._side.setMaximumWidth(round(_LIST_WIDTH * scale) if beside else 16_777_215)
        self._side.setMinimumWidth(round(_LIST_WIDTH * scale) if beside else 0)
        self._side.setMaximumHeight(16_777_215 if beside else round(_LIST_HEIGHT * scale))

    def first_focus(self) -> QWidget | None:
        """The button that opens a bundle."""
        return self._open

    def questions(self) -> Mapping[str, Field]:
        """Those of the outcome being written."""
        return self.view.outcome.questions if self.view is not None else {}

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

    def receive(self, file: Path) -> None:
        """Take a bundle in."""
        desk = self.desk
        self.workplace.in_background(lambda: receive_bundle(desk, file), self._received)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir la liasse", "", "Liasse (*.liasse)")
        if chosen:
            self.receive(Path(chosen))

    def _received(self, received: ReceivedBundle) -> None:
        first = received.application_ids[0] if received.application_ids else ""
        self.workplace.go(Place.INBOX, first)
        preview = received.preview
        if not received.new:
            self.workplace.say(
                f"La liasse n°\u00a0{preview.number} était déjà reçue. Rien n’a changé.",
                Tone.ACCENT,
            )
        elif not preview.sender_known:
            self.workplace.say(
                f"Liasse n°\u00a0{preview.number} reçue d’un expéditeur inconnu, qui se nomme "
                f"«\u00a0{preview.sender}\u00a0». Importez sa carte et comparez l’empreinte avant "
                "de déposer.",
                Tone.CARE,
            )
        else:
            self.workplace.say(
                f"Liasse n°\u00a0{preview.number} de {preview.sender}\u00a0: signature vérifiée, "
                f"{len(received.application_ids)} démarches.",
                Tone.GOOD,
            )
