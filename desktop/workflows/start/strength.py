"""How hard a passphrase is to guess, and what would make it harder, in French."""

from __future__ import annotations

from dataclasses import dataclass

MINIMUM_LENGTH = 12
MINIMUM_SCORE = 3

_WORDS = {
    0: "Très facile à deviner",
    1: "Facile à deviner",
    2: "Encore trop faible",
    3: "Solide",
    4: "Très solide",
}


@dataclass(frozen=True)
class Strength:
    """A passphrase's strength.

    Attributes:
        score: 0 (guessed at once) to 4 (out of reach), as zxcvbn counts.
        label: the score in words.
        advice: one sentence that says what to do, empty when nothing needs doing.
        acceptable: whether a vault may be created with it.
    """

    score: int
    label: str
    advice: str
    acceptable: bool


def passphrase_strength(text: str, *, known_words: tuple[str, ...] = ()) -> Strength:
    """Estimate how long a passphrase resists guessing, with the zxcvbn library.

    Args:
        text: the passphrase.
        known_words: words an attacker on the spot would try first: the user's name, the place.
    """
    from zxcvbn import zxcvbn

    if not text:
        return Strength(0, "", "Choisissez une phrase de plusieurs mots.", acceptable=False)
    # zxcvbn's cost grows with the square of the length; past 72 characters nothing is learnt.
    score = int(zxcvbn(text[:72], user_inputs=list(known_words))["score"])
    if len(text) < MINIMUM_LENGTH:
        advice = f"Au moins {MINIMUM_LENGTH} caractères : quatre mots sans lien conviennent bien."
        return Strength(min(score, 2), _WORDS[min(score, 2)], advice, acceptable=False)
    if score < MINIMUM_SCORE:
        advice = "Ajoutez un ou deux mots sans lien avec les autres."
        return Strength(score, _WORDS[score], advice, acceptable=False)
    return Strength(score, _WORDS[score], "", acceptable=True)
