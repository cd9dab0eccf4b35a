"""Printed words as labels and names: cleaned, compared, turned into identifiers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_LABEL = 160
_LONGEST_NAME = 40
_EMPTY_WORDS = frozenset(
    (
        "a", "au", "aux", "c", "ce", "ces", "cet", "cette", "d", "de", "des", "du", "en", "est",
        "et", "j", "l", "la", "le", "les", "leur", "leurs", "m", "ma", "mes", "mon", "n", "ou",
        "par", "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "si", "son", "sur", "t", "un",
        "une", "vos", "votre", "vous", "y",
    )
)  # fmt: skip
_BULLET = re.compile(r"^[^\w(«]+")
_NOTE = re.compile(r"(?<=[a-zà-ÿ]{2})[1-9](?=[\s:]|$)")
_END = re.compile(r"[\s:;,.…_*/-]+$")
_BRACKETS = re.compile(r"\s*\(([^()]{12,})\)")


def label_of(text: str) -> tuple[str, str]:
    """A label and a hint from print: without its colon, long words in brackets put aside."""
    hints = [one.strip() for one in _BRACKETS.findall(text)]
    label = clean(_BRACKETS.sub("", text))
    if not any(letter.isalpha() for letter in label):
        label, hints = clean(text), []
    return label, sentence_of("; ".join(hints))[:LONGEST_LABEL]


def clean(text: str) -> str:
    """Print without bullets, leaders and the colon at its end; never longer than a label."""
    shown = "".join(one if one.isprintable() else " " for one in text)
    text = " ".join(unicodedata.normalize("NFC", shown).split())
    text = re.sub(r"\s+([,.)])", r"\1", text)
    text = _NOTE.sub("", _BULLET.sub("", text))
    shortened = _END.sub("", text)
    return cut("M." if shortened == "M" and text != "M" else sentence_of(shortened))


def cut(text: str, longest: int = LONGEST_LABEL) -> str:
    """A text cut at a word."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0]}…"


def sentence_of(text: str) -> str:
    """A text that begins with a capital, and does not shout."""
    if len(text) > 4 and text == text.upper() and any(letter.isalpha() for letter in text):
        text = text.lower()
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """A text to compare: lower case, no accents, no punctuation, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("°", "o"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def name_of(text: str, otherwise: str) -> str:
    """An identifier in ASCII from a label."""
    words = bare(text).split()
    told = [word for word in words if word not in _EMPTY_WORDS] or words
    name = ""
    for word in told:
        longer = f"{name}_{word}" if name else word
        if len(longer) > _LONGEST_NAME:
            break
        name = longer
    name = name or "_".join(told)[:_LONGEST_NAME]
    if not name:
        return otherwise
    return name if name[0].isalpha() else f"{otherwise}_{name}"


def spoken(field: str) -> str:
    """A label from the name of a field: its last part, in words."""
    last = re.sub(r"\[\d+\]|[_\-]+", " ", field.rsplit(".", 1)[-1])
    return label_of(re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z0-9])", " ", last))[0]


def single(name: str, taken: Iterable[str]) -> str:
    """A name that is not taken: the same, or with a number."""
    known = set(taken)
    if name not in known:
        return name
    number = 2
    while f"{name}_{number}" in known:
        number += 1
    return f"{name}_{number}"
