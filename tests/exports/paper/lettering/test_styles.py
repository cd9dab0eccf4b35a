"""What the typeface draws: French spacing, composed accents, and what it owns it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.paper.lettering.fonts import Style, face
from exports.paper.lettering.styles import PLACEHOLDER, drawable, said, unprintable
from exports.paper.sheets.page import typeset
from tests.exports.paper.conftest import Paper


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        pytest.param("Objet : suite", "Objet\u00a0: suite", id="colon"),
        pytest.param("« Oui » ?", "«\u00a0Oui\u00a0»\u00a0?", id="quotes and question mark"),
        pytest.param("12\u202f500 €", "12\u00a0500\u00a0€", id="narrow space"),
        pytest.param("e\u0301te\u0301", "été", id="decomposed"),
        pytest.param("soft\u00adhyphen\u200b", "softhyphen", id="invisible"),
        pytest.param("a\r\nb\u2028c\rd", "a\nb\nc\nd", id="line breaks"),
        pytest.param("a\tb\x00c\x1b", "a bc", id="control characters"),
        pytest.param("a:b https://x.fr", "a:b https://x.fr", id="nothing added"),
        pytest.param("Ḫalīl", "Halīl", id="a letter lent to paragraphs alone"),
        pytest.param("ok 😀", f"ok {PLACEHOLDER}", id="no glyph"),
    ],
)
def test_a_text_is_made_drawable(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


def test_what_cannot_be_printed_is_named_once() -> None:
    assert unprintable("李 Zoë 李娜") == "李娜"
    assert unprintable("Zoë ÜNAL-ŒILLET, İzmir, Ḫalīl") == ""
    assert unprintable("سلام") == "سلام"


def test_a_letter_of_a_transliteration_is_lent_by_another_face() -> None:
    story = [said("Ḫalīl Ṃurāḏ & fils 李")]
    paper = Paper(typeset("Essai", story, foot="Essai"))
    assert "Ḫalīl Ṃurāḏ & fils ¤" in paper.text
    assert all(paper.fonts().values())
    assert any("NotoSans" in name for name in paper.fonts())


@given(st.text())
def test_every_face_draws_what_is_drawable(text: str) -> None:
    drawn = drawable(text)
    for style in (Style.REGULAR, Style.BOLD, Style.ITALIC):
        assert not face(style).missing(drawn)
    assert len(drawn) <= 3 * len(text)
