"""Exchanges of a station: what is ready to leave, to whom, what came back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from desktop.ui.exchanges.older_keys import OlderKeysQuestion
from desktop.ui.exchanges.printed_codes import PrintedCodesCard
from desktop.ui.exchanges.told import receipts_told
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.check_row import CheckRow
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.growing_list import GrowingList
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.workflows.codes.sending import SentOnPaper, send_form_on_paper, send_on_paper
from desktop.workflows.exchanges.bundles import (
    SentBundle,
    list_bundles,
    proposed_file_name,
    send_bundle,
)
from desktop.workflows.exchanges.contacts import list_contacts, older_keys
from desktop.workflows.exchanges.receipts import TakenReceipt
from desktop.workflows.filling.applications import (
    ApplicationRow,
    count_applications,
    list_applications,
)
from desktop.workflows.filling.states import EDITABLE, Tone
from desktop.workflows.relay.station_receipts import import_receipts
from vault.records.applications import ApplicationState

_WIDTH = 760
_UNREADY_AT_ONCE = 20


class Carrier(Protocol):
    """How a bundle leaves: written on a stick, or printed."""

    def __call__(self, *, to_unverified: bool, with_older_keys: bool) -> None:
        """Send what is ticked, once what had to be asked was answered."""


class ExchangesPage(Page):
    """State: what is ticked to leave, by which carrier; the pages that wait for the printer."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        self._carrier: Carrier = self._choose_file
        self.applications: dict[str, QCheckBox] = {}
        self.contacts: dict[str, QCheckBox] = {}
        holder, layout = column()
        layout.addWidget(text("Échanges", "page"))
        self._import = writing_button("Importer un accusé…", self._choose_receipt)
        layout.addWidget(
            flowing(
                self._import,
                button("Lire des pages numérisées…", lambda: workplace.go(Place.SCANS)),
                writing_button("Recevoir un dossier…", self._choose_transfer),
                button("Correspondants", lambda: workplace.go(Place.CONTACTS)),
            )
        )
        self.printed = PrintedCodesCard(workplace)
        self.printed.setMaximumWidth(_WIDTH)
        layout.addWidget(self.printed)
        self._older = OlderKeysQuestion(workplace)
        self.progress = ProgressCard()
        asked = (self._unverified_question(), self._older, self.progress)
        for card in (self._sending(), *asked, self._list()):
            card.setMaximumWidth(_WIDTH)
            layout.addWidget(card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first application that can leave, else the receipts."""
        return next(iter(self.applications.values()), self._import)

    def unsaved(self) -> dict[str, str]:
        """What is ticked, and what is not."""
        return {key: str(box.isChecked()) for key, box in self._boxes().items()}

    def take_back(self, unsaved: Mapping[str, str]) -> None:
        """Tick again what was ticked."""
        for key, box in self._boxes().items():
            if key in unsaved:
                box.setChecked(unsaved[key] == str(True))

    def send_to(
        self, file: Path, *, to_unverified: bool = False, with_older_keys: bool = False
    ) -> None:
        """Write the bundle where the user chose."""
        applications = [key for key, box in self.applications.items() if box.isChecked()]
        contacts = [key for key, box in self.contacts.items() if box.isChecked()]
        desk, progress = self.desk, self.progress
        progress.begin("Écriture de la liasse, puis relecture de la clé…")
        self.workplace.in_background(
            lambda: send_bundle(
                desk,
                applications,
                contacts,
                file,
                to_unverified=to_unverified,
                with_older_keys=with_older_keys,
                progress=progress.tell,
            ),
            self._sent,
            failed=progress.end,
        )

    def send_on_paper(self, *, to_unverified: bool = False, with_older_keys: bool = False) -> None:
        """Set the bundle as pages of codes, ready to print."""
        applications = [key for key, box in self.applications.items() if box.isChecked()]
        contacts = [key for key, box in self.contacts.items() if box.isChecked()]
        desk, progress = self.desk, self.progress
        progress.begin("Préparation des pages de codes…")
        self.workplace.in_background(
            lambda: send_on_paper(
                desk,
                applications,
                contacts,
                to_unverified=to_unverified,
                with_older_keys=with_older_keys,
                progress=progress.tell,
            ),
            self._printed,
            failed=progress.end,
        )

    def send_form(self, *, to_unverified: bool = False, with_older_keys: bool = False) -> None:
        """Set one form on paper with its « code relais », ready to print."""
        del with_older_keys  # one recipient alone: no key makes another's worthless
        applications = [key for key, box in self.applications.items() if box.isChecked()]
        contacts = [key for key, box in self.contacts.items() if box.isChecked()]
        if len(applications) != 1 or len(contacts) != 1:
            self.workplace.say("Cochez une seule démarche et un seul correspondant.", Tone.CARE)
            return
        desk = self.desk
        self.workplace.in_background(
            lambda: send_form_on_paper(
                desk, applications[0], contacts[0], to_unverified=to_unverified
            ),
            self._form_printed,
        )

    def take_receipt(self, file: Path) -> None:
        """Take a receipt in."""
        desk = self.desk
        self.workplace.in_background(lambda: import_receipts(desk, file), self._taken)

    def _boxes(self) -> dict[str, QCheckBox]:
        return {**self.applications, **self.contacts}

    def _sending(self) -> Card:
        card = Card("Préparer une liasse")
        # What is ready is ticked, hence all shown; of the others, those last changed.
        ready = list_applications(self.desk, states=(ApplicationState.READY,))
        unready = EDITABLE - {ApplicationState.READY}
        count = count_applications(self.desk, unready)
        rows = len(ready) + count
        contacts = [one for one in list_contacts(self.desk) if not one.revoked]
        if not rows:
            card.add(text("Aucune démarche n’attend de partir.", "soft"))
        for row in ready:
            card.add(self._line(row))
        card.add(
            GrowingList(
                count,
                lambda offset, limit: [
                    self._line(row)
                    for row in list_applications(
                        self.desk, states=unready, limit=limit, offset=offset
                    )
                ],
                at_once=_UNREADY_AT_ONCE,
                ruled=False,
            )
        )
        card.add(text("Pour", "strong"))
        if not contacts:
            card.add(
                text("Importez d’abord la carte d’un relais, depuis « Correspondants ».", "soft")
            )
        for contact in contacts:
            words, tone = (
                ("Vérifié", Tone.GOOD) if contact.verified else ("Empreinte à comparer", Tone.CARE)
            )
            recipient = CheckRow(f"{contact.name} ({contact.kind})", chip(words, tone))
            recipient.box.setChecked(len(contacts) == 1)
            self.contacts[contact.id] = recipient.box
            card.add(recipient)
        send = writing_button(
            "Enregistrer la liasse…", partial(self._ask, self._choose_file), Weight.PRIMARY
        )
        paper = writing_button("Imprimer la liasse…", partial(self._ask, self.send_on_paper))
        form = writing_button(
            "Imprimer un formulaire et son code…", partial(self._ask, self.send_form)
        )
        for one in (send, paper, form):
            one.setEnabled(bool(rows and contacts))
        by_post = button("Envoyer par la poste…", self._go_to_mailing)
        by_post.setEnabled(bool(rows))
        card.add(flowing(send, paper, form, by_post))
        return card

    def _line(self, row: ApplicationRow) -> CheckRow:
        made = CheckRow(f"{row.person} — {row.title}", chip(row.chip, row.tone))
        made.box.setChecked(row.state is ApplicationState.READY)
        self.applications[row.id] = made.box
        return made

    def _go_to_mailing(self) -> None:
        ticked = [key for key, box in self.applications.items() if box.isChecked()]
        self.workplace.go(Place.MAILING, " ".join(ticked))

    def _unverified_question(self) -> Card:
        self._question = Card("Empreinte à comparer")
        self._question.add(
            text(
                "L’empreinte de ce correspondant n’a pas été comparée à voix haute. Sans cela, on "
                "ne sait pas qui pourra lire la liasse."
            )
        )
        self._question.body.addLayout(
            in_line(
                button("Comparer l’empreinte", lambda: self.workplace.go(Place.CONTACTS)),
                button(
                    "Envoyer quand même",
                    lambda: self._ask_older_keys(to_unverified=True),
                    Weight.DANGER,
                ),
            )
        )
        self._question.hide()
        return self._question

    def _list(self) -> Card:
        card = Card("Liasses envoyées")
        bundles = list_bundles(self.desk)
        if not bundles:
            card.add(text("Aucune liasse encore.", "soft"))
        for number, bundle in enumerate(bundles):
            if number:
                card.add(rule())
            plural = "s" if bundle.applications > 1 else ""
            words = (
                f"Liasse n°\u00a0{bundle.number} · {bundle.applications} démarche{plural} · "
                f"{bundle.contact} · {bundle.when}"
            )
            if bundle.superseded:
                words += f" · {bundle.superseded}"
            state = (
                chip("Accusé reçu", Tone.GOOD)
                if bundle.answered
                else chip("Sans accusé", Tone.NEUTRAL)
            )
            card.body.addLayout(in_line(text(words), state, stretch=False))
        return card

    def _ask(self, carrier: Carrier) -> None:
        self._carrier = carrier
        verified = {contact.id: contact.verified for contact in list_contacts(self.desk)}
        chosen = [key for key, box in self.contacts.items() if box.isChecked()]
        if any(not verified[key] for key in chosen):
            self._question.show()
            return
        self._ask_older_keys(to_unverified=False)

    def _ask_older_keys(self, *, to_unverified: bool) -> None:
        chosen = [key for key, box in self.contacts.items() if box.isChecked()]
        self._older.ask(
            older_keys(self.desk, chosen),
            lambda mixed: self._carrier(to_unverified=to_unverified, with_older_keys=mixed),
        )

    def _choose_file(self, *, to_unverified: bool, with_older_keys: bool) -> None:
        name = proposed_file_name(self.desk)
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer la liasse", name, "Liasse (*.liasse)"
        )
        if chosen:
            self.send_to(Path(chosen), to_unverified=to_unverified, with_older_keys=with_older_keys)

    def _choose_receipt(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir l’accusé", "", "Accusé (*.accuse)")
        if chosen:
            self.take_receipt(Path(chosen))

    def _choose_transfer(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Choisir le dossier", "", "Dossier (*.transfert)"
        )
        if chosen:
            self.workplace.go(Place.ARRIVAL, chosen)

    def _sent(self, sent: SentBundle) -> None:
        self.workplace.go(Place.EXCHANGES)
        self.workplace.say(
            f"La liasse n°\u00a0{sent.number} est écrite et relue\u00a0: vous pouvez retirer la "
            "clé.",
            Tone.GOOD,
        )

    def _printed(self, sent: SentOnPaper) -> None:
        self.workplace.go(Place.EXCHANGES)
        page = self.workplace.page
        if isinstance(page, ExchangesPage):
            title = f"Liasse n°\u00a0{sent.number} pour {', '.join(sent.recipients)}"
            page.printed.show_codes(title, sent.printed)
        self.workplace.say(f"La liasse n°\u00a0{sent.number} est prête à imprimer.", Tone.GOOD)

    def _form_printed(self, sent: SentOnPaper) -> None:
        self.workplace.go(Place.EXCHANGES)
        page = self.workplace.page
        if isinstance(page, ExchangesPage):
            page.printed.show_form(f"Formulaire pour {sent.recipients[0]}", sent.printed)
        self.workplace.say("Le formulaire et son code sont prêts à imprimer.", Tone.GOOD)

    def _taken(self, taken: tuple[TakenReceipt, ...]) -> None:
        self.workplace.go(Place.EXCHANGES)
        self.workplace.say(*receipts_told(taken))
