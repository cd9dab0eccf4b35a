"""The recovery sheet: its key comes back from the words and from the code."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.paper.sheets.recovery import render_recovery_sheet
from tests.exports.paper.conftest import Paper
from vault.key_slots.recovery import RecoveryKey


def sheet(key: RecoveryKey) -> Paper:
    return Paper(
        render_recovery_sheet(
            key.lines(),
            place="Maison d’arrêt de Valmont",
            user="Anne MERCIER",
            created_on=date(2026, 11, 23),
        )
    )


@settings(max_examples=10, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_the_key_is_printed_and_scanned_as_it_is(secret: bytes) -> None:
    key = RecoveryKey(secret)
    paper = sheet(key)
    for line in key.lines():
        assert line in paper.text
    (code,) = paper.codes(0)
    assert RecoveryKey.parse(code) == key


def test_the_sheet_says_what_to_do_with_it() -> None:
    paper = sheet(RecoveryKey(bytes(32)))
    assert len(paper.pages) == 1
    for said in (
        "Maison d’arrêt de Valmont",
        "23/11/2026",
        "Anne MERCIER",
        "Essayez-la",
        "Rangez-la loin de ce poste",
        "signalent une faute de frappe",
    ):
        assert said in paper.text


def test_the_metadata_says_nothing_of_the_place_nor_the_key() -> None:
    paper = sheet(RecoveryKey(bytes(range(32))))
    assert paper.metadata()["/Title"] == "Feuille de secours"
    for value in paper.metadata().values():
        assert "Valmont" not in value
        assert "MERCIER" not in value
    assert all(paper.fonts().values())
