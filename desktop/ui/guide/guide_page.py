"""The user's guide: its parts as cards, the one about the page one came from first in sight."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.text import text
from desktop.workflows.user_guide import user_guide
from forms.guide import GuideSection

_WIDTH = 680
_ABOUT = {
    Place.PEOPLE: "Personnes",
    Place.PERSON: "Personnes",
    Place.NEW_PERSON: "Personnes",
    Place.PROFILE: "Personnes",
    Place.NEW_APPLICATION: "Remplir une démarche",
    Place.APPLICATIONS: "Remplir une démarche",
    Place.PREVIEW: "Imprimer et faire signer",
    Place.BLANK: "Imprimer et faire signer",
    Place.MAILING: "Imprimer et faire signer",
    Place.EXCHANGES: "Envoyer une liasse",
    Place.SCANS: "Sans clé USB",
    Place.CONTACTS: "Correspondants",
    Place.TRANSFER: "Transférer un dossier",
    Place.ARRIVAL: "Transférer un dossier",
    Place.ARRIVED: "Transférer un dossier",
    Place.FORMS: "Formulaires",
    Place.PROPOSAL: "Formulaires",
    Place.INBOX: "Au poste relais\u00a0: déposer",
    Place.ONLINE: "Au poste relais\u00a0: déposer",
    Place.MAPPING: "Au poste relais\u00a0: déposer",
    Place.PORTALS: "Au poste relais\u00a0: déposer",
    Place.RECEIPTS: "Au poste relais\u00a0: répondre",
    Place.USERS: "Qui peut ouvrir le coffre",
    Place.JOURNAL: "Qui peut ouvrir le coffre",
    Place.BACKUPS: "Sauvegarder",
    Place.RETENTION: "Effacer, rendre des données",
    Place.TO_ERASE: "Effacer, rendre des données",
    Place.REPAIRED: "En cas de panne",
}


class GuidePage(Page):
    """State: the page one came from, to go back to."""

    def __init__(self, workplace: Workplace, record: str = "") -> None:
        super().__init__(workplace)
        place, _, self._came_with = record.partition(" ")
        self._came_from = Place(place) if place in {one.value for one in Place} else None
        holder, layout = column()
        layout.addWidget(text("Guide", "page"))
        self._back = button("Revenir au travail", self.escape, Weight.PRIMARY)
        layout.addLayout(in_line(self._back))
        self.cards = {part.title: _card(part) for part in user_guide().sections}
        links = [button(title, partial(self.show_part, title), Weight.LINK) for title in self.cards]
        contents = Card("Dans ce guide")
        contents.add(flowing(*links))
        for card in (contents, *self.cards.values()):
            card.setMaximumWidth(_WIDTH)
            layout.addWidget(card)
        layout.addStretch(1)
        self._area: QScrollArea = scrolling(holder)
        # Nothing in the cards takes the keyboard: the page itself is read with the arrows.
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName("Guide")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        about = _ABOUT.get(self._came_from) if self._came_from else None
        if about is not None:
            # Once laid out: a card knows then where it stands.
            QTimer.singleShot(0, partial(self.show_part, about))

    def first_focus(self) -> QWidget | None:
        """The page itself, to read on with the arrows."""
        return self._area

    def show_part(self, title: str) -> None:
        """Bring a part into sight, and read on from there."""
        self._area.verticalScrollBar().setValue(self.cards[title].y())
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_guide(self) -> None:
        """It is shown already."""

    def escape(self) -> None:
        """Back to where the work was."""
        first = Place.INBOX if self.desk.is_relay else Place.PEOPLE
        self.workplace.go(self._came_from or first, self._came_with)


def _card(part: GuideSection) -> Card:
    card = Card(part.title)
    for line in part.lines:
        words = line.text.replace("`", "")
        card.add(text(f"•\u00a0{words}" if line.item else words))
    return card
