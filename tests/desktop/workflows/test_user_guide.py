"""The user's guide says what the window says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.workflows.filling.states import STATE_WORDS
from desktop.workflows.user_guide import TITLES, user_guide

ROOT = Path(__file__).resolve().parents[3]
LINES = [line.text for part in user_guide().sections for line in part.lines]
QUOTED = sorted({words for line in LINES for words in re.findall("«\u00a0(.+?)\u00a0»", line)})


def window_words() -> str:
    """All that the window's modules say, as it is read: no line break of the source."""
    sources = [file.read_text("utf-8") for file in (ROOT / "desktop").rglob("*.py")]
    together = re.sub(r"[\"']\s*\n\s*f?[\"']", "", "\n".join(sources))
    return together.replace("\\u00a0", "\u00a0") + "\n".join(STATE_WORDS.values())


def test_it_has_each_part_once_in_order() -> None:
    assert tuple(part.title for part in user_guide().sections) == TITLES


def test_it_quotes_something() -> None:
    assert len(QUOTED) > 30


@pytest.mark.parametrize("words", QUOTED)
def test_what_it_quotes_is_in_the_window(words: str) -> None:
    assert words.casefold() in window_words().casefold()


@pytest.mark.parametrize("line", LINES)
def test_no_space_of_a_sign_breaks(line: str) -> None:
    assert not re.search(r" [:;?!»]|« ", line)
