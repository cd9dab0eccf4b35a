"""Somebody who does not know what to do presses F1, reads, and goes back to work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.ui.exchanges.contacts_page import ContactsPage
from desktop.ui.guide.guide_page import GuidePage
from desktop.ui.page import Place
from desktop.ui.people.list_page import PeoplePage
from tests.journeys.person import Person


def test_somebody_reads_the_part_about_a_page_and_comes_back(
    person: Person, tmp_path: Path
) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    person.workplace.go(Place.CONTACTS)
    contacts = person.page(ContactsPage)
    person.waits_for(lambda: contacts.focusWidget() is contacts.first_focus())
    person.presses(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    guide = person.page(GuidePage)
    person.waits_for(lambda: in_sight(guide, "Correspondants"))
    person.presses(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    person.waits_for(lambda: person.workplace.place is Place.CONTACTS)

    person.workplace.go(Place.GUIDE)
    guide = person.page(GuidePage)
    person.waits_for(lambda: guide.focusWidget() is guide.first_focus())
    before = height_of(guide, "Touches")
    person.bot.keyClick(guide.focusWidget(), Qt.Key.Key_PageDown)
    person.waits_for(lambda: height_of(guide, "Touches") < before)
    person.click("Sauvegarder")
    person.waits_for(lambda: in_sight(guide, "Sauvegarder"))
    person.click("Revenir au travail")
    person.page(PeoplePage)


def height_of(guide: GuidePage, title: str) -> int:
    card = guide.cards[title]
    return card.mapTo(guide, card.rect().topLeft()).y()


def in_sight(guide: GuidePage, title: str) -> bool:
    return 0 <= height_of(guide, title) < guide.height()
