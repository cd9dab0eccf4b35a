"""An application leaves by post: its slip, its envelope, its labels are seen and printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox

from desktop.ui.exchanges.exchanges_page import ExchangesPage
from desktop.ui.page import Place
from desktop.ui.printing import printer
from desktop.ui.printing.mailing_page import MailingPage
from desktop.ui.printing.preview_page import PreviewPage
from desktop.ui.printing.printer import Sides, Wishes
from desktop.workflows.filling.applications import set_state, start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.history import history_of_application
from desktop.workflows.people.profiles import add_person
from exports.paper.render import page_sizes
from tests.exports.paper.conftest import Paper
from tests.journeys.person import Person
from vault.records.applications import ApplicationState

Printed = list[tuple[bytes, Wishes]]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    """What goes to the printer, in place of a dialog."""
    kept: Printed = []

    def print_pdf(_: Any, pdf: bytes, *, wishes: Wishes, **__: Any) -> str:
        kept.append((pdf, wishes))
        return "Bureau"

    monkeypatch.setattr(printer, "print_pdf", print_pdf)
    return kept


@pytest.fixture
def letter(person: Person, tmp_path: Path) -> str:
    """A letter of a person of this desk, its address known."""
    person.creates_vault(
        tmp_path / "poste", kind="station", office="Centre de Brest", user="C. Le Goff"
    )
    desk = person.workplace.desk
    zoe = add_person(desk, {"identite.nom_naissance": "Kervella", "identite.prenoms": "Zoë"})
    record = start_application(desk, zoe, "caf-incarceration")
    opened = open_application(desk, record)
    opened.type_in("/data/envoi/caf_nom", "CAF du Finistère")
    opened.type_in("/data/envoi/caf_adresse", "1 avenue de Kergaradec\n29283 Brest cedex")
    return record


def sees(person: Person, page: MailingPage, words: str) -> None:
    """Ask for a paper, and wait until it is on the screen."""
    before = page.paper
    person.click(words, within=page)
    person.waits_for(lambda: page.paper is not before and page.view.is_drawn)


def test_the_papers_of_a_letter_go_to_its_address(
    person: Person, letter: str, printed: Printed
) -> None:
    person.workplace.go(Place.MAILING, letter)
    page = person.page(MailingPage)
    assert page.address.words().startswith("CAF du Finistère\n")
    sees(person, page, "Voir le bordereau")
    person.click("Imprimer", within=page)
    sees(person, page, "Voir l’enveloppe")
    person.click("Imprimer", within=page)
    (slip, _), (envelope, _) = printed
    assert "Courrier à la CAF : déclaration d’incarcération" in Paper(slip).text
    assert "29283 Brest cedex" in Paper(envelope).text
    assert "Centre de Brest" not in Paper(envelope).text
    assert [round(side / 72 * 25.4) for side in page_sizes(envelope)[0]] == [220, 110]
    told = [line.what for line in history_of_application(person.workplace.desk, letter)]
    assert "Bordereau d’envoi : impression, 1 page, sur «\u00a0Bureau\u00a0»" in told


def test_several_applications_leave_from_the_exchanges(
    person: Person, letter: str, tmp_path: Path
) -> None:
    desk = person.workplace.desk
    zoe = desk.vault.applications.get(letter).person_id
    form = start_application(desk, zoe, "election-de-domicile")
    for record in (letter, form):
        set_state(desk, record, ApplicationState.READY)
    person.workplace.go(Place.EXCHANGES)
    person.click("Envoyer par la poste…", within=person.page(ExchangesPage))
    page = person.page(MailingPage)
    assert {key for key, box in page.applications.items() if box.isChecked()} == {letter, form}
    sees(person, page, "Voir la liste des pièces")
    page.save_to(tmp_path / "liste.pdf")
    person.hears("Le PDF est enregistré en clair.")
    text = Paper((tmp_path / "liste.pdf").read_bytes()).text
    assert "Demande d’élection de domicile" in text
    assert "Courrier à la CAF" in text


def test_an_address_too_long_for_the_window_is_said(person: Person, letter: str) -> None:
    person.workplace.go(Place.MAILING, letter)
    page = person.page(MailingPage)
    page.address.input.setPlainText("\n".join(["1 avenue de Kergaradec"] * 7))
    sees(person, page, "Voir le bordereau")
    person.hears("trop longue pour la fenêtre")


def test_without_an_address_it_is_said_and_nothing_is_shown(person: Person, letter: str) -> None:
    person.workplace.go(Place.MAILING, letter)
    page = person.page(MailingPage)
    page.address.input.clear()
    person.click("Voir l’enveloppe", within=page)
    person.hears("Aucune adresse")
    assert page.paper is None


def test_one_page_printed_again_is_told_and_signs_nothing(
    person: Person, letter: str, printed: Printed
) -> None:
    desk = person.workplace.desk
    zoe = desk.vault.applications.get(letter).person_id
    form = start_application(desk, zoe, "mdph")
    person.workplace.go(Place.PREVIEW, form)
    page = person.page(PreviewPage)
    person.waits_for(lambda: page.is_drawn)
    page.view.turn(1)
    page.wishes.pages.setCurrentIndex(page.wishes.pages.findText("La page montrée"))
    person.click("Imprimer", within=page)
    ((_, wishes),) = printed
    assert wishes == Wishes(page=1)
    assert desk.vault.applications.get(form).state is ApplicationState.DRAFT
    told = history_of_application(desk, form)[0].what
    assert told == "Demande à la MDPH : impression, 1 page, sur «\u00a0Bureau\u00a0»"


def test_a_letter_is_turned_over_enlarged_justified_and_printed_as_wished(
    person: Person, letter: str, printed: Printed
) -> None:
    person.workplace.go(Place.PREVIEW, letter)
    page = person.page(PreviewPage)
    person.waits_for(lambda: page.is_drawn)
    small = page.view.picture().size()
    person.click("Agrandir", within=page)
    person.waits_for(lambda: page.view.picture().width() > small.width())
    assert page.view.pages.currentText() == "Page 1 sur 1"
    ragged = page.paper
    page.justified.click()
    person.waits_for(lambda: page.paper is not ragged)
    page.wishes.copies.setCurrentIndex(1)
    for box in (page.wishes.both_sides, page.wishes.grey):
        assert isinstance(box, QCheckBox)
        box.click()
    person.click("Imprimer", within=page)
    ((pdf, wishes),) = printed
    assert page.paper is not None
    assert pdf == page.paper.pdf
    assert wishes == Wishes(2, Sides.BOTH, grey=True)
