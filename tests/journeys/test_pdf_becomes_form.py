"""A PDF that nobody wrote a form for becomes one: proposed, corrected, filled, printed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pytestqt.qtbot import QtBot

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.official.forms_page import FormsPage
from desktop.ui.official.proposal_page import ProposalPage
from desktop.ui.page import Place
from desktop.ui.printing.preview_page import PreviewPage
from desktop.ui.window import Window
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.printing.papers import PaperKind
from tests.journeys.person import Person


def written(fields: Iterable[Any]) -> Iterator[str]:
    """What stands in the fields of a PDF."""
    for field in fields:
        yield str(field.get("/V", ""))
        yield from written(field.get("/Kids", []))


def test_an_unknown_pdf_is_usable_at_once(qtbot: QtBot, tmp_path: Path, official_dir: Path) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    person = Person(window, qtbot)
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    person.workplace.go(Place.FORMS)
    person.page(FormsPage).add(official_dir / "cerfa_15548-02_election-de-domicile_xfa.pdf")
    page = person.page(ProposalPage)
    person.waits_for(lambda: page.list.count() > 5)
    labels = [page.list.item(row).text() for row in range(page.list.count())]
    row = next(place for place, words in enumerate(labels) if "fiche\u00a0: Prénoms" in words)
    page.list.setCurrentRow(row)
    person.type_in(page.label, "Prénoms, dans l’ordre")
    assert "Prénoms, dans l’ordre" in page.list.item(row).text()
    person.waits_for(lambda: not page._page.pixmap().isNull())
    page.add()
    person.hears("est dans le catalogue")
    (local,) = [entry for entry in desk.catalogue.entries() if entry.local]
    record = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    application = start_application(desk, record, local.id)
    person.workplace.go(Place.FILLING, application)
    filling = person.page(FillingPage).application.filling
    assert "Zoë" in filling.output().values()
    person.workplace.go(Place.PREVIEW, application)
    preview = person.page(PreviewPage)
    person.waits_for(lambda: preview.paper is not None)
    assert preview.paper is not None
    assert preview.paper.kind is PaperKind.OFFICIAL
    with pikepdf.open(io.BytesIO(preview.paper.pdf)) as document:
        assert "Zoë" in set(written(document.Root.AcroForm.Fields))
    person.window.lock()
