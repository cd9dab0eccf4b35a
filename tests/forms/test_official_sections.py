"""A preparation sheet goes down its official form: the same headings, in the same order."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2
import pytest

from desktop.workflows.printing.papers import PaperKind
from exports.paper.render import PDFIUM
from exports.paper.sheets.numbering import sections
from forms.catalogue import catalogue
from forms.errors import DefinitionError
from forms.official import check_mapping, read_official
from tests.desktop.workflows.test_every_form import filled, paper_of
from tests.exports.paper.conftest import Paper, words

MAPPINGS = {
    entry.id: mapping
    for entry in catalogue().entries()
    if (mapping := catalogue().official(entry.id)) is not None and mapping.sections
}
KNOWN = [
    "aide-logement", "election-de-domicile", "mdph", "procuration-vote", "rsa", "situation-caf"
]  # fmt: skip


def test_the_headings_of_these_forms_are_known() -> None:
    assert sorted(MAPPINGS) == KNOWN


@pytest.mark.parametrize("form_id", MAPPINGS)
def test_the_sheet_follows_the_headings_of_its_form(form_id: str) -> None:
    paper = paper_of(filled(form_id))
    assert paper.kind is PaperKind.SHEET
    text = Paper(paper.pdf).text
    headings = [
        heading
        for one in MAPPINGS[form_id].sections
        if (heading := words(f"« {one.heading} »")) in text
    ]
    places = [text.index(heading) for heading in headings]
    assert len(headings) >= 2
    assert places == sorted(places)
    for section in sections(catalogue().form(form_id)):
        for one in MAPPINGS[form_id].sections:
            title = f"{section.number}. {section.label}"
            if section.nodes[0].name in one.groups and title in text:
                assert text.index(words(f"« {one.heading} »")) < text.index(title)


@pytest.mark.parametrize("form_id", MAPPINGS)
def test_the_official_form_prints_these_headings_in_this_order(
    form_id: str, official_dir: Path
) -> None:
    prints = {
        hashlib.sha256(file.read_bytes()).hexdigest(): file for file in official_dir.glob("*.pdf")
    }
    mapping = MAPPINGS[form_id]
    file = next(prints[sha] for sha in mapping.sha256 if sha in prints)
    places = [place_of(file, one.heading) for one in mapping.sections]
    assert places == sorted(places)


def place_of(file: Path, heading: str) -> tuple[int, int, int]:
    """Page, distance from its top and from its left, of the first place where words are printed."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(file)
        try:
            for number, page in enumerate(document):
                text = page.get_textpage()
                tops = []
                search = text.search(heading, match_case=True)
                while (found := search.get_next()) is not None:
                    left, _, _, top = text.get_charbox(found[0])
                    # Two columns begin at the same height, to a few points.
                    tops.append((round((page.get_height() - top) / 12), round(left)))
                if tops:
                    return number, *min(tops)
        finally:
            document.close()
    raise AssertionError(f"{file.name} does not print « {heading} »")


def test_a_heading_over_an_unknown_group_is_refused() -> None:
    text = 'number: "1"\nfields: []\nsections:\n  - heading: Vous\n    groups: [personne]\n'
    mapping = read_official(text, file="official.yaml")
    with pytest.raises(DefinitionError, match="personne"):
        check_mapping(mapping, filled("rsa"), file="official.yaml")


def test_a_group_stands_under_one_heading() -> None:
    text = (
        'number: "1"\nfields: []\nsections:\n'
        "  - heading: Vous\n    groups: [a]\n  - heading: Eux\n    groups: [a]\n"
    )
    with pytest.raises(DefinitionError, match="répète"):
        read_official(text, file="official.yaml")
