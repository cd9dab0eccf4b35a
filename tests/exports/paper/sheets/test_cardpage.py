"""The card on paper: the words in order, and a code that gives the card back."""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence

import pytest

from exports.bundle.card import card_from_texts, card_texts
from exports.paper.sheets.cardpage import render_card_page
from tests.exports.paper.conftest import Paper, words

WORDS = (
    *("abeille", "sapin", "lavoir", "cerise", "marteau", "pluie"),
    *("violon", "tapis", "barque", "neige", "citron", "plume"),
)


def page(
    *, name: str = "SPIP de Valmont", qr_texts: Sequence[str] = ("TDUC2:1/2:A", "TDUC2:2/2:B")
) -> Paper:
    return Paper(
        render_card_page(
            name=name,
            kind="poste relais",
            words=WORDS,
            digits="12345 67890 12345 67890 12345 67890",
            qr_texts=qr_texts,
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


@pytest.mark.parametrize(("size", "count"), [(60, 1), (600, 1), (1_400, 2)])
def test_the_card_comes_back_from_its_codes(size: int, count: int) -> None:
    card = b'{"party":"' + base64.b64encode(random.Random(size).randbytes(size)) + b'"}'
    codes = page(qr_texts=card_texts(card)).codes(0)
    assert len(codes) == count
    assert card_from_texts(codes) == card


def test_a_long_name_stays_on_the_page() -> None:
    name = "Service pénitentiaire d’insertion et de probation de Seine-Maritime, antenne de Valmont"
    paper = page(name=name)
    assert words(name) in paper.text
    assert len(paper.pages) == 1
    assert paper.ink_box(0)[2] < 195
    assert all(paper.fonts().values())
