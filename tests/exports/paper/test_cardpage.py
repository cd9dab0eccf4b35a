"""The card on paper: the words in order, and a code that gives the card back."""

from __future__ import annotations

import pytest

from exports.bundle.card import card_from_text, card_text
from exports.paper.cardpage import render_card_page
from tests.exports.paper.conftest import Paper, words

WORDS = (
    *("abeille", "sapin", "lavoir", "cerise", "marteau", "pluie"),
    *("violon", "tapis", "barque", "neige", "citron", "plume"),
)


def page(*, name: str = "SPIP de Valmont", qr_text: str = "TDUC1:essai") -> Paper:
    return Paper(
        render_card_page(
            name=name,
            kind="poste relais",
            words=WORDS,
            digits="12345 67890 12345 67890 12345 67890",
            qr_text=qr_text,
        )
    )


def test_the_fingerprint_is_printed_in_order() -> None:
    paper = page()
    assert len(paper.pages) == 1
    assert "12345 67890" in paper.text
    for number, word in enumerate(WORDS, start=1):
        assert f"{number} {word}" in paper.text


def test_the_page_says_whose_card_it_is_and_what_to_do() -> None:
    text = page().text
    assert "SPIP de Valmont Poste relais" in text
    assert "n’envoyez rien" in text


@pytest.mark.parametrize("size", [60, 300, 600, 900, 1_400])
def test_the_card_comes_back_from_its_code(size: int) -> None:
    card = b'{"party":"' + bytes(97 + number * 7 % 26 for number in range(size)) + b'"}'
    (code,) = page(qr_text=card_text(card)).codes(0)
    assert card_from_text(code) == card


def test_a_long_name_stays_on_the_page() -> None:
    name = "Service pénitentiaire d’insertion et de probation de Seine-Maritime, antenne de Valmont"
    paper = page(name=name)
    assert words(name) in paper.text
    assert len(paper.pages) == 1
    assert paper.ink_box(0)[2] < 195
    assert all(paper.fonts().values())
