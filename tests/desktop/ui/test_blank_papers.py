"""The papers nobody has filled: a second language is chosen, and both papers follow it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.official.blank_papers import BlankPapers
from desktop.ui.page import Workplace
from desktop.workflows.applications import FormEntry, list_forms
from desktop.workflows.blank_papers import prepare_blank
from desktop.workflows.desk import Desk
from exports.paper.render import page_text
from forms.catalogue import catalogue


class Bench:
    """State: the papers that were made."""

    def __init__(self) -> None:
        vault = SimpleNamespace(blank_copies=SimpleNamespace(key=lambda: bytes(32)))
        self.desk = SimpleNamespace(catalogue=catalogue(), vault=vault, require_writer=lambda: None)
        self.papers: list[bytes] = []

    def in_background(self, work: Callable[[], Any], _: Callable[[Any], None]) -> None:
        made = work()
        self.papers.append(made if isinstance(made, bytes) else made.pdf)


def entry(bench: Bench, form_id: str) -> FormEntry:
    forms = list_forms(cast(Desk, bench.desk))
    return next(form for form in forms if form.id == form_id)


def papers_of(bench: Bench, form_id: str) -> BlankPapers:
    form, desk = entry(bench, form_id), cast(Desk, bench.desk)
    return BlankPapers(
        cast(Workplace, bench),
        form.id,
        form.title,
        form.languages,
        lambda language: prepare_blank(desk, form.id, language=language),
    )


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_language_changes_what_is_printed(qtbot: QtBot, bench: Bench) -> None:
    papers = papers_of(bench, "election-de-domicile")
    qtbot.addWidget(papers)
    shown = [papers.languages.itemText(row) for row in range(papers.languages.count())]
    assert shown == ["En français seul", "English", "español", "العربية", "Facile à lire"]
    assert not papers.help.isEnabled()
    papers.print_blank()
    papers.languages.setCurrentIndex(1)
    assert papers.help.isEnabled()
    papers.print_blank()
    papers.print_help()
    french, english, helped = (page_text(pdf, 0) for pdf in bench.papers)
    assert "Family name" not in french
    assert "Family name" in english
    assert "FEUILLE D’AIDE" in helped and "Family name" in helped


def test_a_form_in_french_alone_offers_no_choice(qtbot: QtBot, bench: Bench) -> None:
    papers = papers_of(bench, "recours")
    qtbot.addWidget(papers)
    assert papers.findChildren(type(papers.languages)) == []
    papers.print_blank()
    assert len(bench.papers) == 1
