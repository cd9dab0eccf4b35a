"""A form goes to the cell: printed blank, or as far as it is filled, and known again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.filling.review import ReviewView
from desktop.ui.official.forms_page import FormsPage
from desktop.ui.page import Place
from desktop.ui.parts.steps import StepList
from desktop.ui.printing import printer
from desktop.ui.printing.blank_page import BlankPage
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.printing.blank_papers import find_blank
from desktop.workflows.settings.journal import recent_lines
from tests.exports.paper.conftest import Paper
from tests.journeys.person import Person


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What goes to the printer, in place of a dialog."""
    pages: list[bytes] = []

    def print_pdf(_: Any, pdf: bytes, **__: Any) -> str:
        pages.append(pdf)
        return "Bureau"

    monkeypatch.setattr(printer, "print_pdf", print_pdf)
    return pages


def prints(person: Person) -> BlankPage:
    """See the paper that was asked for, then print it."""
    page = person.page(BlankPage)
    person.waits_for(lambda: page.view.is_drawn)
    person.click("Imprimer", within=page)
    return page


def test_a_blank_form_is_printed_from_the_catalogue(
    person: Person, tmp_path: Path, printed: list[bytes]
) -> None:
    person.creates_vault(
        tmp_path / "poste", kind="station", office="Centre de Brest", user="C. Le Goff"
    )
    person.workplace.go(Place.FORMS)
    person.click("Imprimer vierge", within=person.page(FormsPage))
    page_shown = prints(person)
    person.hears("Envoyé à l’imprimante")
    (pdf,) = printed
    # After a jam, a page of the same copy.
    page_shown.view.turn(1)
    page_shown.wishes.pages.setCurrentIndex(1)
    person.click("Imprimer", within=page_shown)
    assert printed == [pdf, pdf]
    page_shown.save_to(tmp_path / "vierge.pdf")
    assert (tmp_path / "vierge.pdf").read_bytes() == pdf
    desk = person.workplace.desk
    told = [line.told.what for line in recent_lines(desk)]
    assert any("à remplir au stylo, 1 page, sur" in one for one in told)
    person.click("Revenir", within=page_shown)
    assert person.workplace.place is Place.FORMS
    (code,) = Paper(pdf).codes(0)
    page = find_blank(person.workplace.desk, code)
    assert page is not None
    assert page.copy.person_id is None


def test_an_application_goes_to_the_cell_as_far_as_it_is_filled(
    person: Person, tmp_path: Path, printed: list[bytes]
) -> None:
    person.creates_vault(
        tmp_path / "poste", kind="station", office="Centre de Brest", user="C. Le Goff"
    )
    desk = person.workplace.desk
    zoe = add_person(desk, {"identite.nom_naissance": "Kervella", "identite.prenoms": "Zoë"})
    person.workplace.go(Place.FILLING, start_application(desk, zoe, "election-de-domicile"))
    page = person.page(FillingPage)
    steps = page.findChild(StepList)
    assert steps is not None
    page.show_section("review")
    shown = [
        step.text()[1:].replace("\u2002", " ").strip()
        for step in steps.findChildren(type(steps._buttons["review"]))
    ]
    person.click("Imprimer à remplir au stylo", within=page)
    prints(person)
    person.hears("Envoyé à l’imprimante")
    paper = Paper(printed[0])
    assert "Kervella" in paper.text
    # The numbers on paper are the numbers on the screen.
    numbered = [words for words in shown if words[0].isdigit()]
    assert len(numbered) > 3
    assert all(words in paper.text for words in numbered)
    found = find_blank(desk, paper.codes(0)[0])
    assert found is not None
    assert found.copy.person_id == zoe


def test_an_application_goes_to_the_cell_in_the_language_of_the_person(
    person: Person, tmp_path: Path, printed: list[bytes]
) -> None:
    person.creates_vault(
        tmp_path / "poste", kind="station", office="Centre de Brest", user="C. Le Goff"
    )
    desk = person.workplace.desk
    zoe = add_person(desk, {"identite.nom_naissance": "Kervella", "identite.prenoms": "Zoë"})
    person.workplace.go(Place.FILLING, start_application(desk, zoe, "election-de-domicile"))
    page = person.page(FillingPage)
    page.show_section("review")
    view = page.view
    assert isinstance(view, ReviewView)
    view.papers.languages.setCurrentText("español")
    person.click("Imprimer à remplir au stylo", within=page)
    shown = prints(person)
    person.click("Revenir", within=shown)
    page = person.page(FillingPage)
    page.show_section("review")
    view = page.view
    assert isinstance(view, ReviewView)
    view.papers.languages.setCurrentText("español")
    person.click("Imprimer la feuille d’aide", within=page)
    prints(person)
    blank, help_sheet = (Paper(pdf).text for pdf in printed)
    assert "Kervella" in blank
    assert "Ponga una sola cifra en cada casilla pequeña." in blank
    assert "FEUILLE D’AIDE" in help_sheet
    assert "Kervella" not in help_sheet
    told = [line.told.what for line in recent_lines(person.workplace.desk)]
    assert any(
        one.startswith("Feuille d’aide") and "sur «\u00a0Bureau\u00a0»" in one for one in told
    )


def test_the_card_of_this_pc_is_in_the_journal_too(
    person: Person, tmp_path: Path, printed: list[bytes]
) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    person.workplace.go(Place.CONTACTS)
    person.click("Imprimer ma carte")
    person.hears("Envoyé à l’imprimante")
    assert len(printed) == 1
    last = recent_lines(person.workplace.desk)[0].told.what
    assert last == "Carte de correspondant : impression, 1 page, sur «\u00a0Bureau\u00a0»"
