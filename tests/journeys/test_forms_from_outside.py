"""A form comes from a spreadsheet, is filled and printed, changes, and its answers follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.applications.new_page import NewApplicationPage
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.official.forms_page import FormsPage
from desktop.ui.page import Place
from desktop.ui.parts.rank_field import RankField
from desktop.ui.printing.preview_page import PreviewPage
from desktop.ui.window import Window
from desktop.workflows.people.profiles import add_person
from exports.paper.render import page_text
from tests.forms.test_xlsform import workbook
from tests.journeys.person import Person

SURVEY = """
type | name | label | relevant | choice_filter | repeat_count | required
begin group | demande | Demande
text | motif | Motif de la demande | | | | yes
select_one departement | departement | Département
select_one commune | commune | Commune | | dep=${departement}
integer | combien | Combien d’enfants ?
rank ordre | ordre | Dans quel ordre ?
note | merci | Merci pour ${motif}
end group
begin repeat | enfants | Enfant | | | ${combien}
text | prenom | Prénom
end repeat
time | heure | Heure du rendez-vous
audio | voix | Voix
"""
CHOICES = """
list_name | name | label | dep
departement | 29 | Finistère
departement | 56 | Morbihan
commune | brest | Brest | 29
commune | vannes | Vannes | 56
ordre | logement | Logement
ordre | travail | Travail
"""


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Person:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    person = Person(window, qtbot)
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    return person


def test_from_a_spreadsheet_to_paper(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "cantine.xlsx"
    file.write_bytes(workbook(survey=SURVEY, choices=CHOICES, settings=_settings("1")))
    person.workplace.go(Place.FORMS)
    person.page(FormsPage).bring(file)
    person.hears("ligne 14, colonne «\u00a0type\u00a0»")

    first = SURVEY.replace("audio | voix | Voix\n", "")
    file.write_bytes(workbook(survey=first, choices=CHOICES, settings=_settings("1")))
    person.page(FormsPage).bring(file)
    person.hears("est dans le catalogue")

    desk = person.workplace.desk
    record = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    person.workplace.go(Place.NEW_APPLICATION, record)
    person.type_search(person.page(NewApplicationPage).forms.search, "cantine")
    person.opens("Aide à la cantine")
    view = person.section("/data/demande")
    person.answer("/data/demande/motif", "l’hiver")
    assert view._notes["/data/demande/merci"].text() == "Merci pour l’hiver"
    person.answer("/data/demande/departement", "29")
    person.answer("/data/demande/commune", "brest")
    person.answer("/data/demande/departement", "56")
    filling = person.page(FillingPage).application.filling
    assert "/data/demande/commune" not in filling.output()
    person.answer("/data/demande/commune", "vannes")
    rank = view.fields["/data/demande/ordre"]
    assert isinstance(rank, RankField)
    rank.list.setCurrentRow(1)
    person.click("Monter", within=rank)
    assert filling.value("/data/demande/ordre") == ("travail", "logement")
    person.answer("/data/demande/combien", "2")
    person.section("/data/enfants")
    person.answer("/data/enfants[2]/prenom", "Deniz")
    person.section("/data")
    person.answer("/data/heure", "14h30")
    application = person.page(FillingPage).application.id
    person.workplace.go(Place.PREVIEW, application)
    preview = person.page(PreviewPage)
    person.waits_for(lambda: preview.paper is not None)
    assert preview.paper is not None
    said = " ".join(page_text(preview.paper.pdf, 0).split())
    for words in ("l’hiver", "Vannes", "Deniz", "Travail, Logement"):
        assert words in said
    assert "14 h 30" in said.replace("\u00a0", " ")
    assert "Brest" not in said

    second = first.replace("text | motif | Motif", "text | raison | Raison").replace(
        "${motif}", "${raison}"
    )
    file.write_bytes(workbook(survey=second, choices=CHOICES, settings=_settings("2")))
    person.workplace.go(Place.FORMS)
    person.page(FormsPage).bring(file)
    person.waits_for(lambda: desk.catalogue.entry("cantine").version == "2")
    person.workplace.go(Place.FILLING, application)
    page = person.page(FillingPage)
    assert page._update_card is not None
    assert page.application.filling.value("/data/demande/commune") == "vannes"
    person.click("J’ai lu")
    assert [one.words for one in page.application.homeless()] == ["l’hiver"]
    person.window.lock()


def _settings(version: str) -> str:
    return f"form_title | form_id | version\nAide à la cantine | cantine | {version}"
