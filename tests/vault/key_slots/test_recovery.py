"""The printed recovery key: what is on the sheet, and typing it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import RecoveryKeyMistyped
from vault.key_slots.recovery import RecoveryKey

SECRET = bytes(range(32))
KEYS = st.binary(min_size=32, max_size=32).map(RecoveryKey)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(KEYS)
def test_what_is_printed_reads_back(key: RecoveryKey) -> None:
    assert RecoveryKey.parse("\n".join(key.lines())) == key


def test_the_sheet_has_four_lines_of_four_groups() -> None:
    lines = RecoveryKey(SECRET).lines()
    assert [[len(group) for group in line.split()] for line in lines] == [[4, 4, 4, 4]] * 4


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(str.lower, id="lower case"),
        pytest.param(lambda text: text.replace(" ", ""), id="no spaces"),
        pytest.param(lambda text: text.replace(" ", " - "), id="hyphens"),
        pytest.param(lambda text: text.replace("0", "O").replace("1", "l"), id="O and l"),
        pytest.param(lambda text: f"  {text}\r\n\r\n", id="blank around"),
    ],
)
def test_what_people_do_when_typing_does_not_matter(spoil: object) -> None:
    assert callable(spoil)
    typed = spoil("\n".join(RecoveryKey(SECRET).lines()))
    assert RecoveryKey.parse(typed) == RecoveryKey(SECRET)


@given(KEYS, st.integers(0, 63), st.sampled_from(ALPHABET))
def test_one_wrong_character_names_its_line(key: RecoveryKey, place: int, wrong: str) -> None:
    characters = list("".join(key.lines()).replace(" ", ""))
    if characters[place] == wrong:
        return
    characters[place] = wrong
    try:
        read = RecoveryKey.parse("".join(characters))
    except RecoveryKeyMistyped as error:
        assert error.line == place // 16 + 1
    else:
        # Fifteen check bits: one mistake in 32,768 passes, and then opens nothing.
        assert read != key


def test_two_lines_exchanged_are_noticed() -> None:
    first, second, *others = RecoveryKey(SECRET).lines()
    with pytest.raises(RecoveryKeyMistyped) as raised:
        RecoveryKey.parse(" ".join([second, first, *others]))
    assert raised.value.line == 1


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        RecoveryKey.parse(typed)
    except RecoveryKeyMistyped as error:
        assert 0 <= error.line <= 4


@pytest.mark.parametrize("typed", ["", "3HDE", "é" * 64, "0" * 63, "0" * 65])
def test_too_few_or_too_many_characters(typed: str) -> None:
    with pytest.raises(RecoveryKeyMistyped):
        RecoveryKey.parse(typed)
