"""Every text of every set of colours can be read."""

from __future__ import annotations

import pytest

from desktop.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Tokens, contrast

SETS = {"light": LIGHT, "dark": DARK, "high contrast": HIGH_CONTRAST}


@pytest.mark.parametrize("tokens", SETS.values(), ids=SETS)
def test_body_text_has_a_contrast_of_seven(tokens: Tokens) -> None:
    for ground in (tokens.ground, tokens.paper, tokens.accent_ground):
        assert contrast(tokens.ink, ground) >= 7


@pytest.mark.parametrize("tokens", SETS.values(), ids=SETS)
def test_other_text_has_a_contrast_of_four_and_a_half(tokens: Tokens) -> None:
    pairs = (
        (tokens.soft, tokens.ground),
        (tokens.soft, tokens.paper),
        (tokens.accent, tokens.paper),
        (tokens.accent, tokens.ground),
        (tokens.on_accent, tokens.accent),
        (tokens.good, tokens.good_ground),
        (tokens.care, tokens.care_ground),
        (tokens.care, tokens.paper),
        (tokens.bad, tokens.bad_ground),
        (tokens.bad, tokens.paper),
        (tokens.bad, tokens.ground),
        (tokens.accent, tokens.accent_ground),
        (tokens.ink, tokens.neutral_ground),
        (tokens.rail_ink, tokens.station_rail),
        (tokens.rail_ink, tokens.relay_rail),
        (tokens.badge_ink, tokens.badge),
    )
    for text, ground in pairs:
        assert contrast(text, ground) >= 4.5, (text, ground)


@pytest.mark.parametrize("tokens", SETS.values(), ids=SETS)
def test_the_focus_shows_on_every_ground(tokens: Tokens) -> None:
    for ground in (tokens.ground, tokens.paper):
        assert contrast(tokens.focus, ground) >= 3
