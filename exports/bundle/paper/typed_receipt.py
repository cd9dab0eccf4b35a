"""The receipt typed by hand: « 7F3A91BC E 241126 AB-1234 K47 », for a station without a scanner.

Application, outcome, day, reference, check. The check is two of ISO 7064: the character of
MOD 37,36 finds any single mistyped letter or digit, the digits of MOD 97-10 most of what else
happens. Nothing proves who wrote the line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum.iso7064 import mod_37_36, mod_97_10

from exports.bundle.paper.errors import SlipMistyped
from exports.bundle.receipt import Outcome, OutcomeKind

SHORT_ID_SIZE = 8
LONGEST_REFERENCE = 40

_LETTERS = {
    OutcomeKind.FILED_ONLINE: "E",
    OutcomeKind.FILED_BY_POST: "C",
    OutcomeKind.REFUSED: "R",
    OutcomeKind.INCOMPLETE: "I",
}
_OUTCOMES = {letter: outcome for outcome, letter in _LETTERS.items()}
OUTCOME_LETTERS = "E : en ligne, C : courrier, R : refusée, I : incomplète"
"""What the letters mean, to be shown beside the place where the line is typed."""

_OTHER = re.compile(r"[^0-9A-Z./-]+")
_SEPARATORS = re.compile(r"[./-]")


@dataclass(frozen=True)
class TypedReceipt:
    """What the line says.

    Attributes:
        short_id: the first eight digits of the application's identifier, in lower case.
        reference: the office's, in capitals without accents or spaces.
    """

    short_id: str
    result: OutcomeKind
    date: date
    reference: str


def receipt_line(outcome: Outcome) -> str:
    """The line of an outcome; of the reference, what is neither letter nor digit is a hyphen.

    A reference too long to be typed is cut.
    """
    parts = [
        outcome.application_id[:SHORT_ID_SIZE].upper(),
        _LETTERS[outcome.result],
        date.fromisoformat(outcome.date).strftime("%d%m%y"),
        _plain(outcome.reference)[:LONGEST_REFERENCE].strip("-"),
    ]
    kept = [part for part in parts if part]
    return " ".join([*kept, _check(kept)])


def parse_receipt_line(text: str) -> TypedReceipt:
    """What a typed line says; case, and how many spaces, do not matter.

    Raises:
        SlipMistyped: it is not such a line; the error names the part that is wrong.
    """
    parts = unicodedata.normalize("NFKC", text).upper().split()
    if len(parts) not in (4, 5):
        raise SlipMistyped("le nombre de parties")
    short_id, letter, day = parts[:3]
    reference = parts[3] if len(parts) == 5 else ""
    if not re.fullmatch(rf"[0-9A-F]{{{SHORT_ID_SIZE}}}", short_id):
        raise SlipMistyped("la démarche")
    if letter not in _OUTCOMES:
        raise SlipMistyped("l’issue")
    if len(reference) > LONGEST_REFERENCE or _OTHER.search(reference):
        raise SlipMistyped("la référence")
    if not re.fullmatch(r"[0-9A-Z][0-9]{2}", parts[-1]):
        raise SlipMistyped("le contrôle")
    if parts[-1] != _check(parts[:-1]):
        raise SlipMistyped("une lettre ou un chiffre")
    return TypedReceipt(short_id.lower(), _OUTCOMES[letter], _day(day), reference)


def _plain(text: str) -> str:
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.upper())
        if not unicodedata.combining(letter)
    )
    return _OTHER.sub("-", bare)


def _check(parts: list[str]) -> str:
    counted = _SEPARATORS.sub("", "".join(parts))
    return str(mod_37_36.calc_check_digit(counted) + mod_97_10.calc_check_digits(counted))


def _day(text: str) -> date:
    try:
        if not re.fullmatch(r"[0-9]{6}", text):
            raise ValueError(text)
        return date(2000 + int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError as error:
        raise SlipMistyped("la date") from error
