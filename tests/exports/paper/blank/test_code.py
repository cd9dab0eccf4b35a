"""The code at the foot: what goes in comes out, on paper and as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Spacer

from exports.paper.blank.code import PageCode, parse_code
from exports.paper.sheets.page import typeset
from tests.exports.paper.conftest import Paper

_PART = st.text(st.characters(codec="utf-8", exclude_characters="|"), max_size=60)


@given(kind=_PART, id_=_PART, form_id=_PART, version=_PART, page=st.integers(0, 10_000))
def test_a_code_is_read_as_written(
    kind: str, id_: str, form_id: str, version: str, page: int
) -> None:
    code = PageCode(kind, id_, form_id, version, page)
    assert parse_code(code.text()) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org",
        "TDU2|A|x|y|1|1",
        "TDU1|A|x|y|1",
        "TDU1|A|x|y|1|one",
        "TDU1|A|x|y|1|1|seal|more",
        "TDU1|A|x|y|1|1|",
        "TDU1|A|x|y|1|999999",
        "TDU1|A|x|y|1|²",
        "TDU1|A|x|y|1|-1",
    ],
)
def test_a_foreign_code_is_none_of_ours(text: str) -> None:
    assert parse_code(text) is None


@pytest.mark.parametrize("turned", [0, 90, 180, 270, 2, -7])
def test_a_scanned_page_tells_its_code_however_it_lies(turned: int) -> None:
    import zxingcpp

    code = PageCode("A", "5b0c2d58-6a3e-4e0e-9d3a-1d2f3a4b5c6d", "election-de-domicile", "9", 1)
    paper = Paper(typeset("Essai", [Spacer(0, 10)], foot="Essai", code=lambda page: code))
    picture = paper.picture(0).convert("L").rotate(turned, expand=True, fillcolor=255)
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == code.text()
