"""A person's file for another establishment: what goes, to whom, and whether it arrived."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QRadioButton, QVBoxLayout, QWidget

from desktop.ui.exchanges.older_keys import OlderKeysQuestion
from desktop.ui.exchanges.printed_codes import PrintedCodesCard
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card, rule
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.ui.parts.tick import Dot
from desktop.workflows.codes.transfers import send_person_on_paper
from desktop.workflows.exchanges.contacts import older_keys
from desktop.workflows.filling.states import Tone
from desktop.workflows.people.profiles import person_page
from desktop.workflows.retention.erasing import counted
from desktop.workflows.transfers.sending import (
    SentTransfer,
    TransferPlan,
    proposed_transfer_name,
    send_person,
    transfer_plan,
)

if TYPE_CHECKING:
    from exports.bundle.paper.printing import PrintedCodes

_WIDTH = 680


class TransferPage(Page):
    """State: the station chosen."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self._person_id = record
        self.plan = plan = transfer_plan(self.desk, record)
        self.stations: dict[str, QRadioButton] = {}
        holder, layout = column()
        layout.addWidget(text("Transférer le dossier", "page"))
        layout.addWidget(text(person_page(self.desk, record).name, "heading"))
        self._older = OlderKeysQuestion(workplace)
        self.progress = ProgressCard()
        self.printed = PrintedCodesCard(workplace)
        cards = [self._sending(plan), self._older, self.progress, self.printed]
        if plan.sent:
            cards.append(self._sent_so_far(plan))
        for card in cards:
            card.setMaximumWidth(_WIDTH)
            layout.addWidget(card)
        layout.addLayout(in_line(button("Revenir à la fiche", self.escape)))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The first station."""
        return next(iter(self.stations.values()), None)

    def escape(self) -> None:
        """Back to the person."""
        self.workplace.go(Place.PERSON, self._person_id)

    def send_to(self, file: Path, *, with_older_keys: bool = False) -> None:
        """Write the person's file where the user chose."""
        desk, record, progress = self.desk, self._person_id, self.progress
        contact = self._chosen()
        progress.begin("Écriture du dossier, puis relecture de la clé…")
        self.workplace.in_background(
            lambda: send_person(
                desk,
                record,
                contact,
                file,
                with_older_keys=with_older_keys,
                progress=progress.tell,
            ),
            self._sent,
            failed=progress.end,
        )

    def send_on_paper(self, with_older_keys: bool) -> None:
        """Set the person's file as pages of codes, ready to print."""
        desk, record, progress = self.desk, self._person_id, self.progress
        contact = self._chosen()
        progress.begin("Préparation des pages de codes…")
        self.workplace.in_background(
            lambda: send_person_on_paper(
                desk, record, contact, with_older_keys=with_older_keys, progress=progress.tell
            ),
            self._printed,
            failed=progress.end,
        )

    def _sending(self, plan: TransferPlan) -> Card:
        card = Card("Ce qui part")
        applications = counted(plan.applications, "démarche") if plan.applications else ""
        documents = counted(plan.documents, "pièce") if plan.documents else ""
        parts = filter(None, ("La fiche et son historique", applications, documents))
        card.add(
            text(
                f"{', '.join(parts)}. Chaque démarche garde son état. Le fichier est chiffré pour "
                "le poste choisi, et lui seul. Rien n’est effacé ici."
            )
        )
        card.add(text("Pour le poste", "strong"))
        for contact_id, name in plan.stations:
            radio = Dot(name)
            radio.setAccessibleName(f"Pour {name}")
            radio.setChecked(len(plan.stations) == 1)
            self.stations[contact_id] = radio
            card.add(radio)
        if not plan.stations:
            card.add(
                text(
                    "Aucun autre poste hors ligne n’est vérifié. Importez sa carte depuis "
                    "« Correspondants », puis comparez l’empreinte à voix haute.",
                    "soft",
                )
            )
            contacts = button("Voir les correspondants", lambda: self.workplace.go(Place.CONTACTS))
            card.body.addLayout(in_line(contacts))
        save = button(
            "Enregistrer le dossier…",
            partial(self._ask_older_keys, self._choose_file),
            Weight.PRIMARY,
        )
        paper = button("Imprimer le dossier…", partial(self._ask_older_keys, self.send_on_paper))
        for one in (save, paper):
            one.setEnabled(bool(plan.stations))
        card.add(flowing(save, paper))
        return card

    def _sent_so_far(self, plan: TransferPlan) -> Card:
        card = Card("Transferts de ce dossier")
        for number, row in enumerate(plan.sent):
            if number:
                card.add(rule())
            state = chip("Arrivé", Tone.GOOD) if row.arrived else chip("Sans accusé", Tone.NEUTRAL)
            words = text(f"Dossier n°\u00a0{row.number} · {row.to} · {row.when}")
            card.body.addLayout(in_line(words, state, stretch=False))
        if any(row.arrived for row in plan.sent):
            card.add(
                text(
                    "L’autre poste a répondu\u00a0: le dossier y est. Vous pouvez l’effacer d’ici, "
                    "depuis la fiche, par «\u00a0Effacer cette personne\u00a0».",
                    "soft",
                )
            )
            card.body.addLayout(in_line(button("Aller à la fiche pour l’effacer", self.escape)))
        return card

    def _chosen(self) -> str:
        return next((key for key, radio in self.stations.items() if radio.isChecked()), "")

    def _ask_older_keys(self, go_on: Callable[[bool], None]) -> None:
        chosen = self._chosen()
        if not chosen:
            self.workplace.say("Choisissez d’abord le poste qui reçoit le dossier.", Tone.CARE)
            return
        self._older.ask(older_keys(self.desk, [chosen]), go_on)

    def _choose_file(self, with_older_keys: bool) -> None:
        name = proposed_transfer_name(self.desk)
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer le dossier", name, "Dossier (*.transfert)"
        )
        if chosen:
            self.send_to(Path(chosen), with_older_keys=with_older_keys)

    def _printed(self, made: tuple[SentTransfer, PrintedCodes]) -> None:
        sent, printed = made
        self.workplace.go(Place.TRANSFER, self._person_id)
        page = self.workplace.page
        if isinstance(page, TransferPage):
            page.printed.show_codes(f"Dossier n°\u00a0{sent.number} pour {sent.to}", printed)
        self.workplace.say(f"Le dossier n°\u00a0{sent.number} est prêt à imprimer.", Tone.GOOD)

    def _sent(self, sent: SentTransfer) -> None:
        self.workplace.go(Place.TRANSFER, self._person_id)
        self.workplace.say(
            f"Le dossier n°\u00a0{sent.number} est écrit et relu\u00a0: vous pouvez retirer la "
            "clé.",
            Tone.GOOD,
        )
