"""French spacing: the spaces at which a line must not break."""

from __future__ import annotations

import re

_NBSP = "\u00a0"

_BEFORE_SIGN = re.compile(r" +(?=[:;?!»%€])")
_AFTER_QUOTE = re.compile(r"(?<=«) +")
_BEFORE_UNIT = re.compile(
    r"(?<=\d) (?=(?:[KMG]o|mm|cm|h|min|s|jours?|mois|ans?|minutes?|secondes?|pages?|pièces?|"
    r"démarches?|questions?|réponses?|exemplaires?)\b)"
)
_AFTER_NUMBER_SIGN = re.compile(r"(?<=[nN]°) ")


def bound(text: str) -> str:
    """A text whose signs stay with the word before them, quotes with what they hold.

    Only spaces that are there are bound; none is added, so that « 14:30 » and addresses stay.
    """
    return _AFTER_QUOTE.sub(_NBSP, _BEFORE_SIGN.sub(_NBSP, text))


def bound_numbers(text: str) -> str:
    """As `bound`, and a number stays with what it counts: for the screen, where lines are short."""
    return _AFTER_NUMBER_SIGN.sub(_NBSP, _BEFORE_UNIT.sub(_NBSP, bound(text)))
