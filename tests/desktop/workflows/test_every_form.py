"""An invented person goes through every form of the catalogue; the paper holds each answer."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from desktop.workflows.papers import Heading, Paper, PaperKind, paper_of_filling
from exports.paper.render import page_text
from forms.answers import read_answers
from forms.catalogue import catalogue
from forms.definition import Question, Worth
from forms.filling import Filling
from forms.letter import compose
from forms.values import display

ANSWERS = Path(__file__).parents[2] / "answers"
TODAY = date(2026, 11, 24)
FORMS = [entry.id for entry in catalogue().entries()]
NOBODY = Heading("", None, "", "", TODAY)


def filled(form_id: str) -> Filling:
    form = catalogue().form(form_id)
    answers = json.loads((ANSWERS / f"{form_id}.json").read_text("utf-8"))
    return Filling(form, read_answers(form, answers), today=TODAY)


def paper_of(filling: Filling, official: bytes | None = None) -> Paper:
    return paper_of_filling(
        catalogue(), filling, official_pdf=official, application_id="", heading=NOBODY
    )


def words_of(text: str) -> str:
    """A text as it is compared: broken lines and hyphens at their ends do not count."""
    return "".join(text.replace("\ufffe", "").replace("\u00ad", "").replace("-\r\n", "-").split())


def shown(filling: Filling) -> list[tuple[str, Question]]:
    """The questions whose answers a sheet prints."""
    return [
        (path, question)
        for path, question in filling.questions()
        if question.kind.asked and question.label and filling.state(path).relevant
    ]


def test_the_catalogue_is_whole() -> None:
    assert set(FORMS) == {
        "election-de-domicile", "procuration-vote", "mdph", "complementaire-sante", "rsa",
        "situation-caf", "aide-logement", "carte-identite", "aide-juridictionnelle",
        "logement-social", "surendettement", "siao", "caf-incarceration", "caf-sortie",
        "france-travail-entree", "acte-naissance", "assurance-maladie", "recours", "titre-sejour",
        "rendez-vous", "bailleur", "lettre-libre",
    }  # fmt: skip


@pytest.mark.parametrize("form_id", FORMS)
def test_nothing_is_missing_nor_wrong(form_id: str) -> None:
    filling = filled(form_id)
    assert filling.problems() == ()
    assert filling.homeless() == {}


@pytest.mark.parametrize("form_id", [one for one in FORMS if catalogue().letter(one) is None])
def test_the_sheet_holds_each_answer(form_id: str) -> None:
    filling = filled(form_id)
    paper = paper_of(filling)
    said = words_of("".join(page_text(paper.pdf, page) for page in range(paper.pages)))
    for path, question in shown(filling):
        answer = display(question, filling.value(path))
        assert words_of(answer) in said, path


@pytest.mark.parametrize(
    "form_id", [one for one in FORMS if catalogue().form(one).worth is Worth.LETTER]
)
def test_the_letter_stands_on_paper(form_id: str) -> None:
    filling = filled(form_id)
    template = catalogue().letter(form_id)
    assert template is not None
    letter = compose(template, filling)
    paper = paper_of(filling)
    assert paper.kind is PaperKind.LETTER
    said = words_of("".join(page_text(paper.pdf, page) for page in range(paper.pages)))
    for line in (*letter.sender, *letter.recipient, letter.subject, *letter.paragraphs):
        for part in line.split("\n"):
            assert words_of(part) in said, part


@pytest.mark.parametrize("form_id", [one for one in FORMS if catalogue().official(one) is not None])
def test_the_official_form_shows_each_value(form_id: str, official_dir: Path) -> None:
    mapping = catalogue().official(form_id)
    assert mapping is not None
    prints = {
        hashlib.sha256(content).hexdigest(): content
        for content in (file.read_bytes() for file in sorted(official_dir.glob("*.pdf")))
    }
    official = next(prints[sha] for sha in mapping.sha256 if sha in prints)
    paper = paper_of(filled(form_id), official)
    assert paper.kind in (PaperKind.OFFICIAL, PaperKind.SUPERSEDED)
    assert paper.problems == ()
