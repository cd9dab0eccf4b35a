"""The letter: addressed where the window shows, on one page where it can, signed at its end."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from exports.paper.mail.letterpaper import Alignment, render_letter, shows_in_window
from exports.paper.render import PDFIUM, page_text
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


def paper_of(one: Letter, alignment: Alignment = Alignment.RAGGED) -> Paper:
    form = catalogue().form(FORM_ID)
    return Paper(render_letter(one, form=form, application_id=APPLICATION, alignment=alignment))


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
    # However the sheet, folded in three, slides in its envelope: 220 x 110 mm, a window of
    # 100 x 35 mm, 20 mm from the right and from the bottom.
    for across, down in itertools.product((0.0, 220.0 - 210.0), (0.0, 110.0 - 99.0)):
        assert all(place.left + across > 220 - 20 - 100 for place in places)
        assert all(place.right + across < 220 - 20 for place in places)
        assert all(place.top + down > 110 - 20 - 35 for place in places)
        assert all(place.bottom + down < 110 - 20 for place in places)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (("CAF du Finistère", "29283 Brest cedex"), True),
        (("Ligne de trente-huit signes, au plus !",) * 6, True),
        (("Une ligne",) * 7, False),
        (("Une ligne bien trop longue pour la fenêtre d’une enveloppe",) * 4, False),
    ],
)
def test_an_address_too_long_for_the_window_is_known(lines: tuple[str, ...], shown: bool) -> None:
    assert shows_in_window(replace(letter(), recipient=lines)) is shown


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Vous me réclamez 1240,50 €.", "Vous me réclamez 1 240,50 €."),
        ("La somme de 12500\u00a0€ en 2026.", "La somme de 12 500 € en 2026."),
        ("684,40 € depuis 2024, dossier 12345.", "684,40 € depuis 2024, dossier 12345."),
    ],
)
def test_sums_are_written_in_groups(typed: str, written: str) -> None:
    text = paper_of(replace(letter(), paragraphs=(typed,))).text
    assert written in text.replace("\u00a0", " ")


def test_no_paragraph_ends_on_a_short_word_alone() -> None:
    one = replace(letter(), paragraphs=(), closing="")
    sentence = "Je vous remercie de mettre mon dossier à jour et de m’écrire par courrier là-bas"
    for count in range(1, 12):
        paragraph = " ".join([sentence, *(["et là"] * count), "oui."])
        page = page_text(paper_of(replace(one, paragraphs=(paragraph,))).pdf, 0)
        assert "\noui." not in page.replace("\r", "")


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


def test_a_later_page_repeats_the_reference_of_the_file() -> None:
    one = replace(letter(), paragraphs=("Un mot encore. " * 400,), references=("Dossier 4 812 A",))
    first, *later = paper_of(one).pages
    assert "Dossier 4 812 A" in first
    assert all("Dossier 4 812 A" in page for page in later)


def sizes_of(paper: Paper) -> set[float]:
    """The sizes of the letters of a paper, its foot aside."""
    with pikepdf.open(BytesIO(paper.pdf)) as document:
        return {
            float(one.operands[1])
            for page in document.pages
            for one in pikepdf.parse_content_stream(page)
            if str(one.operator) == "Tf"
        } - {8.5, 12.0}


def test_the_letters_give_way_after_the_spaces_and_never_under_ten_points() -> None:
    one = replace(letter(), enclosures=())
    more = "Le loyer est payé."
    papers = [
        paper_of(replace(one, paragraphs=(*one.paragraphs, *([more] * count))))
        for count in range(10, 24)
    ]
    sizes = [min(sizes_of(paper)) for paper in papers]
    assert set(sizes) == {11, 10.5, 10}
    # On several pages, nothing is gained by small letters.
    assert len(papers[-1].pages) == 2
    assert all(
        size == 11 for size, paper in zip(sizes, papers, strict=True) if len(paper.pages) > 1
    )


def lines_of(paper: Paper, number: int) -> list[list[float]]:
    """Left and right of each line of text on a page, from the top, in millimetres."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(paper.pdf)
        try:
            text = document[number].get_textpage()
            boxes = [text.get_rect(one) for one in range(text.count_rects())]
        finally:
            document.close()
    return [[box[0] / MM, box[2] / MM] for box in boxes]


@pytest.mark.parametrize("alignment", Alignment)
def test_lines_end_as_asked(alignment: Alignment) -> None:
    one = replace(letter(), paragraphs=("Un mot encore, puis un autre mot plus long. " * 40,))
    paper = paper_of(one, alignment)
    ends = [right for left, right in lines_of(paper, 0) if left < 20 and right > 170]
    flush = [right for right in ends if abs(right - 192) < 0.5]
    assert len(ends) > 10
    assert (len(flush) > 0.9 * len(ends)) is (alignment is Alignment.JUSTIFIED)


@pytest.mark.parametrize("alignment", Alignment)
def test_long_words_are_broken_in_french_and_names_never(alignment: Alignment) -> None:
    sentence = "L’établissement pénitentiaire anticonstitutionnellement réglementé de VALLONGUES. "
    # Each begins elsewhere on its line.
    paragraphs = tuple("Et puis " * count + sentence * 5 for count in range(12))
    paper = paper_of(replace(letter(), paragraphs=paragraphs), alignment)
    # pdfium gives the hyphen at the end of a line as U+FFFE; the foot stands after the last line.
    foot = catalogue().form("caf-incarceration").title
    pages = [page_text(paper.pdf, number).partition(foot)[0] for number in range(len(paper.pages))]
    broken = {pair for page in pages for pair in re.findall(r"(\w+)\ufffe\s*(\w+)", page)}
    assert {first + last for first, last in broken} <= {
        "établissement", "pénitentiaire", "anticonstitutionnellement", "réglementé"
    }  # fmt: skip
    assert broken
    assert all(len(first) >= 3 and len(last) >= 3 for first, last in broken)
    assert paper.text.count("anticonstitutionnellement") == 60
    assert paper.text.count("VALLONGUES") == 60


@pytest.mark.parametrize("count", range(30, 44))
def test_no_line_of_a_paragraph_stands_alone_on_a_page(count: int) -> None:
    filler = tuple(f"Ligne {number}." for number in range(count))
    long = " ".join(f"mot{number:03d}" for number in range(60))
    paper = paper_of(replace(letter(), paragraphs=(*filler, long, "Fin.")))
    with PDFIUM:
        document = pypdfium2.PdfDocument(paper.pdf)
        try:
            rows = [
                len({
                    round(text.get_rect(one)[1])
                    for one in range(text.count_rects())
                    if "mot" in text.get_text_bounded(*text.get_rect(one))
                })
                for text in (page.get_textpage() for page in document)
            ]  # fmt: skip
        finally:
            document.close()
    assert 1 not in rows
    assert sum(rows) >= 4


def test_an_empty_line_parts_two_paragraphs() -> None:
    apart = paper_of(replace(letter(), paragraphs=("Un.", "Deux.")))
    typed = paper_of(replace(letter(), paragraphs=("Un.\n \nDeux.",)))
    assert place_of(typed, "Deux.") == place_of(apart, "Deux.")


def test_a_letter_without_a_place_is_dated_by_its_day() -> None:
    paper = paper_of(replace(letter(), place_and_date=", le 01/05/2026"))
    assert "Le 1er mai 2026" in paper.text


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
