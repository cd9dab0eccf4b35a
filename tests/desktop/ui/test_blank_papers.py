"""The papers nobody has filled: a second language is chosen, and both papers follow it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.official.blank_papers import BlankPapers
from desktop.ui.page import Place, Workplace
from desktop.ui.printing.blank_page import BlankWanted, wanted_in
from desktop.workflows.desk import Desk
from desktop.workflows.filling.applications import FormEntry, list_forms
from forms.catalogue import catalogue


class Bench:
    """State: what was asked to be seen."""

    def __init__(self) -> None:
        self.desk = SimpleNamespace(catalogue=catalogue())
        self.asked: list[BlankWanted] = []

    def go(self, place: Place, record: str) -> None:
        assert place is Place.BLANK
        self.asked.append(wanted_in(record))


def entry(bench: Bench, form_id: str) -> FormEntry:
    forms = list_forms(cast(Desk, bench.desk))
    return next(form for form in forms if form.id == form_id)


def papers_of(bench: Bench, form_id: str, application_id: str = "") -> BlankPapers:
    form = entry(bench, form_id)
    return BlankPapers(
        cast(Workplace, bench),
        form.id,
        form.title,
        form.languages,
        application_id=application_id,
    )


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_language_changes_what_is_printed(qtbot: QtBot, bench: Bench) -> None:
    papers = papers_of(bench, "election-de-domicile", "5b0c")
    qtbot.addWidget(papers)
    shown = [papers.languages.itemText(row) for row in range(papers.languages.count())]
    assert shown == ["En français seul", "English", "español", "العربية", "Facile à lire"]
    assert not papers.help.isEnabled()
    papers.see_blank()
    papers.languages.setCurrentIndex(4)
    assert papers.help.isEnabled()
    papers.see_blank()
    papers.see_help()
    assert bench.asked == [
        BlankWanted("election-de-domicile", "", "5b0c"),
        BlankWanted("election-de-domicile", "fr-x-falc", "5b0c"),
        BlankWanted("election-de-domicile", "fr-x-falc", "5b0c", explains=True),
    ]


def test_a_form_in_french_alone_offers_no_choice(qtbot: QtBot, bench: Bench) -> None:
    papers = papers_of(bench, "recours")
    qtbot.addWidget(papers)
    assert papers.findChildren(type(papers.languages)) == []
    papers.see_blank()
    assert bench.asked == [BlankWanted("recours")]
