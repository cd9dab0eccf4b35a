"""The letter: addressed where the window shows, on one page where it can, signed at its end."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pypdfium2
import pytest

from exports.paper.letterpaper import render_letter
from exports.paper.render import PDFIUM
from forms.catalogue import catalogue
from forms.letter import Letter, compose
from tests.exports.paper.conftest import Paper, filled, words

FORM_ID = "caf-incarceration"
APPLICATION = "5b0c2d58-6a3e-4e0e-9d3a-1d2f3a4b5c6d"
A4_HEIGHT = 841.89
MM = 72 / 25.4


def letter() -> Letter:
    template = catalogue().letter(FORM_ID)
    assert template is not None
    return compose(template, filled(FORM_ID))


def paper_of(one: Letter) -> Paper:
    form = catalogue().form(FORM_ID)
    return Paper(render_letter(one, form=form, application_id=APPLICATION))


@dataclass(frozen=True)
class Place:
    """Where words stand, in millimetres from the sheet's top left."""

    left: float
    top: float
    right: float
    bottom: float


def place_of(paper: Paper, text: str, *, page: int = 0) -> Place:
    with PDFIUM:
        document = pypdfium2.PdfDocument(paper.pdf)
        try:
            found = document[page].get_textpage().search(text, match_case=True).get_next()
            assert found is not None, text
            boxes = [
                document[page].get_textpage().get_charbox(found[0] + offset)
                for offset in range(found[1])
            ]
        finally:
            document.close()
    return Place(
        min(box[0] for box in boxes) / MM,
        (A4_HEIGHT - max(box[3] for box in boxes)) / MM,
        max(box[2] for box in boxes) / MM,
        (A4_HEIGHT - min(box[1] for box in boxes)) / MM,
    )


def test_every_word_of_the_letter_is_printed() -> None:
    one = letter()
    text = paper_of(one).text
    for part in (
        *one.sender,
        *one.recipient[0].split("\n"),
        one.subject,
        *one.references,
        one.salutation,
        *one.paragraphs,
        one.closing,
        one.signature_name,
        *one.enclosures,
    ):
        assert words(part) in text
    assert "Objet : " in text
    assert "Valmont, le 23 novembre 2026" in text


def test_a_usual_letter_holds_on_one_page() -> None:
    assert len(paper_of(letter()).pages) == 1


def test_a_letter_a_little_long_is_drawn_together() -> None:
    one = letter()
    more = "Je précise que le bail est au nom de mon conjoint et que le loyer est payé. " * 3
    pages = [
        len(paper_of(replace(one, paragraphs=(*one.paragraphs, *([more] * count)))).pages)
        for count in range(6)
    ]
    assert pages[2] == 1
    assert pages == sorted(pages)
    assert pages[-1] == 2


@pytest.mark.parametrize("count", range(1, 7))
def test_the_address_shows_in_the_window(count: int) -> None:
    lines = (
        "CAF de Seine-Maritime",
        "Service des prestations",
        "Bâtiment B, escalier 3",
        "65 avenue Jean Rondeaux",
        "BP 1234",
        "76017 Rouen cedex",
    )[:count]
    paper = paper_of(replace(letter(), recipient=lines))
    places = [place_of(paper, line) for line in lines]
    # Always seen: 55 to 79 mm down, 100 to 190 mm across. A sixth line needs a little more.
    highest = 55 if count <= 4 else 47
    assert all(place.left >= 100 for place in places)
    assert all(place.right <= 190 for place in places)
    assert min(place.top for place in places) >= highest
    assert max(place.bottom for place in places) <= 79.5


def test_what_stands_below_the_address_stays_out_of_the_window() -> None:
    paper = paper_of(letter())
    assert place_of(paper, "novembre 2026").top >= 90
    assert place_of(paper, "Objet").top >= 90


def test_a_sender_of_many_lines_pushes_the_letter_down() -> None:
    one = replace(letter(), sender=tuple(f"Ligne {number} de l’expéditeur" for number in range(20)))
    paper = paper_of(one)
    last = place_of(paper, "Ligne 19 de")
    assert place_of(paper, "novembre 2026").top > last.bottom
    assert last.right < place_of(paper, "CAF de Seine-Maritime").left


@pytest.mark.parametrize("count", range(0, 40, 3))
def test_the_signature_never_stands_without_the_last_words(count: int) -> None:
    one = letter()
    body = tuple(f"Paragraphe {number}. {'Un mot encore. ' * 12}" for number in range(count))
    paper = paper_of(replace(one, paragraphs=(*body, *one.paragraphs)))
    (page,) = [page for page in paper.pages if words(one.closing) in page]
    assert "Signature" in page
    assert words(one.paragraphs[-1])[-40:] in page
    assert all(words(part) in paper.text for part in body)


def test_a_paragraph_longer_than_a_page_loses_nothing() -> None:
    long = " ".join(f"mot{number}" for number in range(3_000))
    paper = paper_of(replace(letter(), paragraphs=(long,)))
    assert all(f"mot{number}" in paper.text for number in range(3_000))


def test_later_pages_say_whose_letter_they_are_of() -> None:
    one = replace(letter(), paragraphs=("Un mot encore. " * 400,))
    paper = paper_of(one)
    for page in paper.pages[1:]:
        assert words(f"{one.signature_name} · {one.subject}") in page


def test_several_enclosures_are_listed() -> None:
    text = paper_of(replace(letter(), enclosures=("Certificat", "RIB"))).text
    assert "Pièces jointes : – Certificat – RIB" in text


def test_an_empty_letter_is_still_a_page() -> None:
    empty = Letter((), (), "", "", (), "", (), "", "", ())
    assert len(paper_of(empty).pages) == 1


def test_each_page_carries_its_code() -> None:
    paper = paper_of(replace(letter(), paragraphs=("Un mot encore. " * 400,)))
    version = catalogue().form(FORM_ID).version
    for number in range(len(paper.pages)):
        assert paper.codes(number) == [f"TDU1|A|{APPLICATION}|{FORM_ID}|{version}|{number + 1}"]


def test_the_file_names_nobody_and_embeds_its_fonts() -> None:
    paper = paper_of(letter())
    assert all(paper.fonts().values())
    assert all("NAL" not in value for value in paper.metadata().values())
    assert paper_of(letter()).pdf == paper.pdf
