"""What an official form could not take is on the screen before anything goes to the printer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.page import Place
from desktop.ui.printing.preview_page import PreviewPage
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.official.official_forms import add_official_form
from desktop.workflows.people.profiles import add_person
from tests.journeys.person import Person


def said(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.mark.official
def test_what_goes_on_behind_and_what_does_not_fit_is_told(
    person: Person, official_dir: Path, tmp_path: Path
) -> None:
    person.creates_vault(
        tmp_path / "poste", kind="station", office="Centre de Brest", user="C. Le Goff"
    )
    desk = person.workplace.desk
    add_official_form(desk, official_dir / "cerfa_16029-01_election-de-domicile.pdf")
    zoe = add_person(desk, {"identite.nom_naissance": "Kervella", "identite.prenoms": "Zoë"})
    record = start_application(desk, zoe, "election-de-domicile")
    opened = open_application(desk, record)
    opened.type_in("/data/naissance/commune_naissance", "Saint-Rémy-en-Bouzemont, " * 8)
    opened.type_in("/data/identite/prenoms", "Zoë 日")
    person.workplace.go(Place.PREVIEW, record)
    page = person.page(PreviewPage)
    assert not any(button.isEnabled() for button in page._actions)
    person.waits_for(lambda: page.is_drawn)
    told = said(page)
    assert "À voir avant d’imprimer" in told
    assert (
        "trop long pour sa case, écrit en entier sur la feuille ajoutée (suite n°\u00a01)" in told
    )
    assert "Champ «\u00a0Prénoms\u00a0»" in told
    assert "un caractère de la réponse ne peut pas être imprimé" in told
