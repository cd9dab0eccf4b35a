"""The lines of a paragraph: nothing lost, none too long, few words broken, no word left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.paper.lettering.hyphenation import SOFT_HYPHEN, with_soft_hyphens
from exports.paper.lettering.line_breaks import even_lines

TEXT = (
    "Je vous écris au sujet de la décision administrative que j’ai reçue concernant "
    "l’interruption du versement de mes prestations familiales, alors que l’établissement "
    "pénitentiaire avait régulièrement transmis l’attestation d’incarcération demandée. "
) * 4
WORDS = st.text(st.sampled_from("abcdeé" + SOFT_HYPHEN), min_size=1, max_size=12).filter(
    lambda word: all(word.split(SOFT_HYPHEN))
)


def width_of(text: str) -> float:
    """As on a typewriter."""
    return float(len(text))


def lines_of(text: str, room: float, *, justified: bool) -> list[str]:
    lines = even_lines(text, width_of, room, justified=justified)
    assert lines is not None
    return lines


def greedy(text: str, room: int) -> int:
    """How many lines a typist takes who breaks no word."""
    count, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            count, used = count + 1, 0
        used += len(word) + (1 if used else 0)
    return count


@given(st.lists(WORDS, max_size=40), st.booleans())
def test_nothing_is_lost_and_no_line_is_too_long(words: list[str], justified: bool) -> None:
    text = " ".join(words)
    lines = lines_of(text, 14, justified=justified)
    assert all(len(line) <= 14 for line in lines)
    joined = ""
    for line in lines:
        joined += line[:-1] if line.endswith("-") else f"{line} "
    assert joined.strip() == text.replace(SOFT_HYPHEN, "")


def test_a_word_wider_than_the_line_is_left_to_others() -> None:
    assert even_lines("un anticonstitutionnellement", width_of, 10, justified=False) is None


def test_nothing_gives_no_line() -> None:
    assert lines_of("", 10, justified=False) == []


# Letters hold about 95 of them.
@pytest.mark.parametrize("room", range(80, 110, 3))
def test_justified_lines_are_not_broken_three_times_in_a_row(room: int) -> None:
    lines = lines_of(with_soft_hyphens(TEXT), room, justified=True)
    ends = [line.endswith("-") for line in lines]
    assert not any(all(three) for three in zip(ends, ends[1:], ends[2:], strict=False))


@pytest.mark.parametrize("justified", [False, True])
@pytest.mark.parametrize("room", range(86, 110, 3))
def test_the_last_line_is_never_a_short_word_alone(room: int, justified: bool) -> None:
    for end in range(120, len(TEXT), 37):
        text = TEXT[:end].rpartition(" ")[0]
        lines = lines_of(with_soft_hyphens(text), room, justified=justified)
        assert " " in lines[-1] or len(lines[-1]) >= room / 10
        assert " " in lines[-1] or not lines[-2].endswith("-")


@pytest.mark.parametrize("room", range(60, 110, 3))
def test_ragged_lines_are_rarely_broken_and_about_as_few(room: int) -> None:
    lines = lines_of(with_soft_hyphens(TEXT), room, justified=False)
    ends = [line.endswith("-") for line in lines]
    assert sum(ends) <= len(lines) / 4
    assert not any(one and other for one, other in pairwise(ends))
    assert len(lines) <= greedy(TEXT, room) + 1
