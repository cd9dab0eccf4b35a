"""Filing one application online: what would leave, one sending, what became of the draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.online.browser import open_in_browser
from desktop.ui.online.draft_card import DraftCard, DraftSteps, UndecidedCard
from desktop.ui.online.link_card import LinkCard
from desktop.ui.online.preparation_cards import DoubtCard, LeftCard, SentCard
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.empty import EmptyPage
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.ui.theme import scale_of
from desktop.workflows.dates import written_day
from desktop.workflows.filling.states import Tone
from desktop.workflows.online.errors import ExampleProcedure, NoOnlineFiling, ProcedureClosed
from desktop.workflows.online.filing import (
    PreparedFiling,
    client_of,
    prepare_filing,
    send_filing,
)
from desktop.workflows.online.followup import (
    FollowedFiling,
    filing_status,
    follow_filing,
    record_followed,
)
from desktop.workflows.online.link import link_of, note_link
from desktop.workflows.online.procedures import keep_schema
from desktop.workflows.online.records import SentDraft, filing_record
from desktop.workflows.relay.copying import STATUS_WORDS
from exports.online.errors import OnlineError
from exports.online.link import PrefilledLink
from forms.online import OnlineStatus

N = "\u00a0"
_WIDTH = 780
_MINUTE = 60_000
"""How often the time left of a draft is said anew, in milliseconds."""
_WORTH = {
    OnlineStatus.EXAMPLE: Tone.CARE,
    OnlineStatus.TO_VERIFY: Tone.CARE,
    OnlineStatus.VERIFIED: Tone.GOOD,
}


class OnlinePage(Page):
    """State: what was prepared and shown; whether an answer of the portal is waited for."""

    def __init__(self, workplace: Workplace, record: str = "") -> None:
        super().__init__(workplace)
        self.desk.require_relay()
        self._record = record
        self._application = self.desk.vault.applications.get(record)
        self._why = ""
        self.prepared = self._prepare()
        self.status: FollowedFiling | None = filing_status(self.desk, record)
        self._first: QWidget | None = None
        self.progress = ProgressCard(stop_words="Ne plus attendre")
        self.progress.stopped.connect(self._let_go)
        self._busy: list[QWidget] = []
        self.minute = QTimer(self)
        self.minute.setInterval(_MINUTE)
        holder, layout = column()
        layout.addWidget(
            button("← Revenir à la démarche", self.escape, Weight.LINK),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        layout.addWidget(text("Déposer en ligne", "page"))
        layout.addWidget(self.progress)
        self._shown = self._cards()
        for card in self._shown:
            layout.addWidget(card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def arrange(self, width: float) -> None:
        """Cards as wide as the zoom asks."""
        for card in self._shown:
            card.setMaximumWidth(round(_WIDTH * scale_of(self)))

    def bar_title(self) -> tuple[str, str] | None:
        """Whose application it is, and which."""
        from desktop.workflows.names import full_name

        person = self.desk.vault.people.get(self._application.person_id)
        return full_name(person), self._application.form_title

    def first_focus(self) -> QWidget | None:
        """What comes next."""
        return self._first

    def escape(self) -> None:
        """Back to the application."""
        self.workplace.go(Place.INBOX, self._record)

    def send(self, *, decided: bool = False) -> None:
        """Create the draft, once; what is sent is what the page shows."""
        desk, prepared = self.desk, self.prepared
        if prepared is None:
            return
        self._ask(
            "Création du brouillon sur le portail…",
            lambda: send_filing(desk, prepared, client_of(desk, prepared), decided=decided),
            self._sent,
        )

    def follow(self) -> None:
        """Ask the portal how the draft stands."""
        desk, record = self.desk, self._record
        self._ask("Question au portail…", lambda: follow_filing(desk, record), self._followed)

    def read_again(self) -> None:
        """Read what the procedure asks today."""
        desk, prepared = self.desk, self.prepared
        if prepared is None:
            return
        form, address = self._application.form_id, prepared.procedure.address
        self._ask(
            "Lecture de la démarche…",
            lambda: keep_schema(desk, form, client_of(desk, prepared).schema(address)),
            lambda _: self._refresh("La démarche est relue.", Tone.GOOD),
        )

    def open_draft(self) -> None:
        """Open the draft in the browser, where a person claims and submits it."""
        if self.status is not None and not open_in_browser(self.status.draft.url):
            self.workplace.say(
                "Aucun navigateur ne s’ouvre sur ce poste. Le brouillon est gardé.", Tone.BAD
            )

    def record(self) -> None:
        """Note, for the receipt, what the portal's state means."""
        if self.workplace.attempt(lambda: record_followed(self.desk, self._record)) is not None:
            self._refresh("L’issue est notée. Elle partira avec le prochain accusé.", Tone.GOOD)

    def _prepare(self) -> PreparedFiling | None:
        try:
            return prepare_filing(self.desk, self._record)
        except NoOnlineFiling:
            self._why = "Rien ne dit encore où ce formulaire se dépose en ligne."
        except ProcedureClosed:
            self._why = (
                "Cette démarche n’accepte plus de dossier. Vérifiez l’adresse auprès de "
                "l’organisme, puis reliez le formulaire à une autre."
            )
        return None

    def _cards(self) -> list[Card]:
        prepared = self.prepared
        if prepared is None:
            link = writing_button("Relier à une démarche…", self._map, Weight.PRIMARY)
            self._first = link
            return [EmptyPage(self._why, link), *self._draft_cards()]
        cards: list[Card] = [self._procedure_card(prepared), *self._draft_cards()]
        told = prepared.preparation
        draft = self.status.draft if self.status else None
        if draft is not None and draft.state.submitted:
            return cards
        first = draft is None and not (prepared.record and prepared.record.undecided)
        heading = "Sera envoyé" if first else "Un autre brouillon contiendrait"
        cards.append(SentCard(told, heading=heading))
        if told.doubtful:
            cards.append(DoubtCard(told.doubtful))
        cards.append(LeftCard(told.left, prepared.to_join))
        if first:
            cards.append(self._send_card())
        if draft is None:
            cards += self._link_cards(prepared)
        return cards

    def _procedure_card(self, prepared: PreparedFiling) -> Card:
        card = Card("La démarche")
        card.body.setSpacing(8)
        worth = chip(STATUS_WORDS[prepared.status], _WORTH[prepared.status])
        card.body.addLayout(in_line(worth))
        procedure = prepared.procedure
        card.add(text(f"Démarche n°{N}{procedure.number}\n{procedure.address}"))
        if prepared.legal_basis:
            card.add(text(f"Cadre juridique, selon le portail{N}: {prepared.legal_basis}", "soft"))
        read = prepared.schema_read_on
        card.add(
            text(f"Relue le {written_day(read)}.", "soft")
            if read
            else text(
                "Ce qu’elle demande aujourd’hui n’a pas été relu. Relisez-la avant d’envoyer.",
                "warning",
            )
        )
        holder = QWidget()
        flow = FlowLayout(holder)
        weight = Weight.SECONDARY if read else Weight.PRIMARY
        again = button("Relire la démarche", self.read_again, weight)
        flow.addWidget(again)
        flow.addWidget(button("Relier les champs…", self._map))
        self._first = again
        self._busy.append(again)
        card.add(holder)
        return card

    def _count_down(self, card: DraftCard) -> None:
        status = self.workplace.attempt(lambda: filing_status(self.desk, self._record))
        if status is not None:
            card.show_said(status.said)

    def _draft_cards(self) -> list[Card]:
        record = filing_record(self.desk, self._record)
        cards: list[Card] = []
        if record is not None and record.undecided:
            undecided = UndecidedCard(record, partial(self.send, decided=True))
            self._busy.append(undecided)
            cards.append(undecided)
        if self.status is not None:
            steps = DraftSteps(
                partial(self.send, decided=True), self.open_draft, self.follow, self.record
            )
            card = DraftCard(self.status, steps)
            self.minute.timeout.connect(partial(self._count_down, card))
            self.minute.start()
            self._busy.append(card)
            cards.append(card)
        return cards

    def _send_card(self) -> Card:
        card = Card("Envoyer")
        card.body.setSpacing(8)
        card.add(
            text(
                "Le portail crée un brouillon avec ce qui est montré plus haut, rien d’autre. "
                f"Vous le reprenez dans le navigateur, dans les 5{N}jours, pour le compléter et le "
                "déposer."
            )
        )
        send = writing_button("Créer le brouillon sur le portail", self.send, Weight.PRIMARY)
        assert self.prepared is not None, "there is something to send"
        send.setEnabled(bool(self.prepared.preparation.sent))
        if self.prepared.schema_read_on:
            self._first = send
        self._busy.append(send)
        card.body.addLayout(in_line(send))
        return card

    def _link_cards(self, prepared: PreparedFiling) -> list[Card]:
        try:
            link = link_of(self.desk, prepared)
        except (ExampleProcedure, OnlineError):
            # What keeps a draft from being created is said when one is asked for.
            return []
        return [LinkCard(link, partial(self._open_link, prepared, link))]

    def _open_link(self, prepared: PreparedFiling, link: PrefilledLink) -> None:
        def noted() -> bool:
            note_link(self.desk, prepared)
            return True

        if self.workplace.attempt(noted) and not open_in_browser(link.address):
            self.workplace.say(
                "Aucun navigateur ne s’ouvre sur ce poste. Rien n’est parti.", Tone.BAD
            )

    def _map(self) -> None:
        self.workplace.go(Place.MAPPING, self._record)

    def _ask(self, words: str, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        # One question at a time: two clicks never send twice.
        for widget in self._busy:
            widget.setEnabled(False)
        self.progress.begin(words)
        self.workplace.in_background(work, then, failed=lambda: self._refresh("", Tone.GOOD))

    def _sent(self, draft: SentDraft) -> None:
        self._refresh(
            f"Le brouillon n°{N}{draft.number} est créé. Ouvrez-le dans le navigateur pour le "
            "déposer.",
            Tone.GOOD,
        )

    def _followed(self, followed: FollowedFiling) -> None:
        self._refresh(f"Dossier n°{N}{followed.draft.number}{N}: {followed.said}.", Tone.GOOD)

    def _let_go(self) -> None:
        self._refresh(
            "La réponse n’est plus attendue ici. Si elle vient, elle sera notée.", Tone.CARE
        )

    def _refresh(self, said: str, tone: Tone) -> None:
        # Fails here, and is let go, when another page is shown already.
        self.progress.end()
        self.workplace.go(Place.ONLINE, self._record)
        if said:
            self.workplace.say(said, tone)
