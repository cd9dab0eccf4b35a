"""Contacts: one's own card, the others' cards, the fingerprint compared aloud."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.text import line, text
from desktop.workflows.contacts import (
    ContactRow,
    import_card,
    list_contacts,
    mark_verified,
    my_card,
    my_card_page,
    renew_my_keys,
    save_my_card,
)
from desktop.workflows.states import Tone

_WIDTH = 760
_WORDS_A_LINE = 4


class ContactsPage(Page):
    """Cards and fingerprints."""

    def __init__(self, workplace: Workplace, _: str = "") -> None:
        super().__init__(workplace)
        holder, layout = column()
        layout.addWidget(text("Correspondants", "page"))
        self._import = button("Importer une carte…", self._choose_card, Weight.PRIMARY)
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
            self.workplace.say(
                f"La carte de «\u00a0{contact.name}\u00a0» est gardée. Comparez l’empreinte avant "
                "d’envoyer.",
                Tone.CARE if not contact.verified else Tone.GOOD,
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

    def renew(self) -> None:
        """Give this PC post-quantum keys."""
        if self.workplace.attempt(lambda: renew_my_keys(self.desk)):
            self.workplace.go(Place.CONTACTS)
            self.workplace.say(
                "Vos clés sont renouvelées. Donnez votre nouvelle carte à vos correspondants, et "
                "comparez de nouveau l’empreinte.",
                Tone.GOOD,
            )

    def _contact(self, contact: ContactRow) -> Card:
        card = Card()
        words, tone = (
            ("Vérifié", Tone.GOOD) if contact.verified else ("Empreinte à comparer", Tone.CARE)
        )
        card.body.addLayout(
            in_line(line(f"{contact.name} · {contact.kind}", "heading"), chip(words, tone))
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
                    button(
                        "Les mots sont les mêmes\u00a0: marquer vérifié",
                        lambda: self.verify(contact.id),
                    )
                )
            )
        return card

    def _mine(self) -> Card:
        mine = my_card(self.desk)
        card = Card("Ma carte")
        card.add(text(f"{mine.name} · {mine.kind}", "soft"))
        card.body.addLayout(_words(mine.words))
        card.body.addLayout(
            in_line(
                button("Enregistrer ma carte…", self._choose_my_file),
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
            card.body.addLayout(in_line(button("Renouveler mes clés", self.renew)))
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

        print_pdf(self, pdf, title="Carte de correspondant", single_sided=True)


def _words(words: tuple[str, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(4)
    for number, word in enumerate(words):
        label = line(f"{number + 1}. {word}", "strong")
        grid.addWidget(label, number // _WORDS_A_LINE, number % _WORDS_A_LINE)
    grid.setColumnStretch(_WORDS_A_LINE, 1)
    return grid
