"""Contacts: one's own card, the others' cards, the fingerprint compared aloud."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import line, text
from desktop.ui.printing.told import sent_to
from desktop.workflows.dates import short_day, stored_day
from desktop.workflows.exchanges.contacts import (
    ContactRow,
    import_card,
    list_contacts,
    mark_verified,
    my_card,
    my_card_page,
    renew_my_keys,
    revoke_contact,
    save_my_card,
)
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.journal import note_sheet_printed

_WIDTH = 760
_WORDS_A_LINE = 4


class ContactsPage(Page):
    """Cards and fingerprints."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        layout.addWidget(text("Correspondants", "page"))
        self._import = writing_button("Importer une carte…", self._choose_card, Weight.PRIMARY)
        layout.addLayout(in_line(self._import))
        contacts = list_contacts(self.desk)
        if not contacts:
            layout.addWidget(
                text(
                    "Un correspondant vous donne sa carte (un fichier .carte). Importez-la, puis "
                    "comparez l’empreinte à voix haute.",
                    "soft",
                )
            )
        for card in (*(self._contact(contact) for contact in contacts), self._mine()):
            card.setMaximumWidth(_WIDTH)
            layout.addWidget(card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The button that imports a card."""
        return self._import

    def escape(self) -> None:
        """Back to the exchanges of a station."""
        self.workplace.go(Place.INBOX if self.desk.is_relay else Place.EXCHANGES)

    def take(self, file: Path) -> None:
        """Take a contact's card."""
        contact = self.workplace.attempt(lambda: import_card(self.desk, file))
        if contact is not None:
            self.workplace.go(Place.CONTACTS)
            if contact.verified:
                self.workplace.say(
                    f"La carte de «\u00a0{contact.name}\u00a0» est gardée\u00a0: elle est signée "
                    "par la clé déjà vérifiée.",
                    Tone.GOOD,
                )
                return
            if contact.keys_changed:
                self.workplace.say(
                    f"«\u00a0{contact.name}\u00a0» a d’autres clés que sur sa carte d’avant. Ne "
                    "lui envoyez rien avant d’avoir comparé l’empreinte de vive voix.",
                    Tone.BAD,
                )
                return
            self.workplace.say(
                f"La carte de «\u00a0{contact.name}\u00a0» est gardée. Comparez l’empreinte avant "
                "d’envoyer.",
                Tone.CARE,
            )

    def save_card(self, file: Path) -> None:
        """Write this PC's own card."""

        def save() -> bool:
            save_my_card(self.desk, file)
            return True

        if self.workplace.attempt(save):
            self.workplace.say(
                "Votre carte est enregistrée. Elle se donne sans crainte.", Tone.GOOD
            )

    def verify(self, contact_id: str) -> None:
        """Note that the fingerprint was compared."""
        if self.workplace.attempt(lambda: mark_verified(self.desk, contact_id)):
            self.workplace.go(Place.CONTACTS)

    def revoke(self, contact_id: str) -> None:
        """Exchange nothing more with a contact."""
        contact = self.workplace.attempt(lambda: revoke_contact(self.desk, contact_id))
        if contact is not None:
            self.workplace.go(Place.CONTACTS)
            self.workplace.say(f"«\u00a0{contact.name}\u00a0» est révoqué.", Tone.CARE)

    def renew(self) -> None:
        """Give this PC post-quantum keys."""
        if self.workplace.attempt(lambda: renew_my_keys(self.desk)):
            self.workplace.go(Place.CONTACTS)
            self.workplace.say(
                "Vos clés sont renouvelées. Donnez votre nouvelle carte à vos correspondants. Ceux "
                "qui avaient comparé l’empreinte n’ont rien d’autre à faire.",
                Tone.GOOD,
            )

    def _contact(self, contact: ContactRow) -> Card:
        card = Card()
        title = text(f"{contact.name} · {contact.kind}", "heading")
        card.body.addLayout(in_line(title, chip(*_state(contact)), stretch=False))
        card.add(text(self._last_exchange(contact), "soft"))
        if contact.revoked:
            card.add(
                text(
                    "On ne lui écrit plus, et rien n’est pris de lui. Ce qui a été échangé reste "
                    "dans l’historique. S’il a de nouvelles clés, importez sa nouvelle carte."
                )
            )
            return card
        if contact.keys_changed:
            card.add(
                text(
                    "Cette carte n’est pas signée par la clé d’avant. C’est normal si son coffre a "
                    "été refait. Demandez-le-lui de vive voix\u00a0: sinon, quelqu’un se fait "
                    "passer pour lui.",
                    "warning",
                )
            )
        if not contact.verified:
            card.add(
                text(
                    "Lisez ces mots au téléphone ou face à face. Votre correspondant doit lire les "
                    "mêmes sur sa propre carte.",
                    "soft",
                )
            )
        if not contact.post_quantum:
            card.add(
                text(
                    "Ses clés sont d’une sorte ancienne. Demandez-lui de les renouveler, puis sa "
                    "nouvelle carte.",
                    "soft",
                )
            )
        card.body.addLayout(_words(contact.words))
        if not contact.verified:
            card.body.addLayout(
                in_line(
                    writing_button(
                        "Les mots sont les mêmes\u00a0: marquer vérifié",
                        lambda: self.verify(contact.id),
                    )
                )
            )
        question = self._revocation(contact)
        card.body.addLayout(
            in_line(button("Ne plus échanger avec lui…", question.show, Weight.LINK))
        )
        card.add(question)
        return card

    def _last_exchange(self, contact: ContactRow) -> str:
        if contact.last_exchange is None:
            return "Aucun échange encore."
        day = short_day(stored_day(contact.last_exchange), today=self.desk.today())
        return f"Dernier échange\u00a0: {day}"

    def _revocation(self, contact: ContactRow) -> QWidget:
        question = Card()
        question.add(
            text(
                f"Révoquer «\u00a0{contact.name}\u00a0»\u00a0? Faites-le si ses clés sont perdues "
                "ou volées. Plus rien ne lui sera écrit, et ses accusés seront refusés, jusqu’à ce "
                "qu’il ait de nouvelles clés."
            )
        )
        question.body.addLayout(
            in_line(
                button("Révoquer ce correspondant", lambda: self.revoke(contact.id), Weight.DANGER),
                button("Ne pas le révoquer", question.hide),
            )
        )
        question.hide()
        return question

    def _mine(self) -> Card:
        mine = my_card(self.desk)
        card = Card("Ma carte")
        card.add(text(f"{mine.name} · {mine.kind}", "soft"))
        card.body.addLayout(_words(mine.words))
        card.body.addLayout(
            in_line(
                writing_button("Enregistrer ma carte…", self._choose_my_file),
                button("Imprimer ma carte", self._print),
            )
        )
        if not mine.post_quantum:
            card.add(
                text(
                    "Vos clés sont d’une sorte ancienne\u00a0: un ordinateur quantique pourrait un "
                    "jour ouvrir les liasses. Les renouveler change votre carte et son empreinte. "
                    "Ce qui vous est déjà adressé s’ouvrira toujours.",
                    "soft",
                )
            )
            card.body.addLayout(in_line(writing_button("Renouveler mes clés", self.renew)))
        return card

    def _choose_card(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir la carte", "", "Carte (*.carte)")
        if chosen:
            self.take(Path(chosen))

    def _choose_my_file(self) -> None:
        name = "relais.carte" if self.desk.is_relay else "poste.carte"
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer ma carte", name, "Carte (*.carte)"
        )
        if chosen:
            self.save_card(Path(chosen))

    def _print(self) -> None:
        desk = self.desk
        self.workplace.in_background(lambda: my_card_page(desk), self._to_printer)

    def _to_printer(self, pdf: bytes) -> None:
        from desktop.ui.printing.printer import print_pdf

        title = "Carte de correspondant"
        printer = self.workplace.attempt(
            lambda: print_pdf(self, pdf, title=title, single_sided=True)
        )
        if printer is not None:
            self.workplace.attempt(
                lambda: note_sheet_printed(self.desk, title, pages=1, printer=printer)
            )
            self.workplace.say(*sent_to(printer))


def _state(contact: ContactRow) -> tuple[str, Tone]:
    if contact.revoked:
        return "Révoqué", Tone.BAD
    if contact.keys_changed:
        return "Clés changées, à comparer", Tone.BAD
    return ("Vérifié", Tone.GOOD) if contact.verified else ("Empreinte à comparer", Tone.CARE)


def _words(words: tuple[str, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(4)
    for number, word in enumerate(words):
        label = line(f"{number + 1}. {word}", "strong")
        grid.addWidget(label, number // _WORDS_A_LINE, number % _WORDS_A_LINE)
    grid.setColumnStretch(_WORDS_A_LINE, 1)
    return grid
