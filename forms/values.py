"""Answers as values: read as people write them, shown as they are printed, kept as JSON."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from forms.definition import Kind, Question
from forms.errors import InvalidAnswer

Value = str | int | float | date | time | tuple[str, ...] | None
"""An answer: text, a whole number, a decimal number, a day (or day and time), a time, names of
choices, or none."""

JSON = Any

NBSP = "\u00a0"
ACKNOWLEDGED = "OK"
"""What ODK stores for an acknowledged question."""

_LONGEST_TEXT = 20_000
_MONTHS = {
    "janvier": 1, "janv": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4, "avr": 4,
    "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "juill": 7, "aout": 8, "septembre": 9,
    "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
_MONTH_NAMES = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_typed(question: Question, text: str, *, today: date) -> Value:
    """Read what a person typed as an answer to a question.

    Args:
        question: what is asked.
        text: as typed; an empty text is no answer.
        today: decides the century of a two-digit year.

    Raises:
        InvalidAnswer: with what is wrong and what to do, in French.
    """
    typed = _clean(text)
    if not typed:
        return None
    return _READERS[question.kind](question, typed, today)


def parse_day(text: str, *, today: date) -> date:
    """Read a day as people write it: `12 3 85`, `12031985`, `12/03/1985`, « 12 mars 1985 ».

    A two-digit year is the last one that is not more than ten years ahead of today.

    Raises:
        InvalidAnswer: with what is wrong and what to do, in French.
    """
    typed = _clean(text)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed)
    if iso:
        return _day(int(iso.group(3)), int(iso.group(2)), int(iso.group(1)))
    day, month, year = _day_parts(typed)
    if len(year) == 2:
        century = today.year // 100 * 100
        number = century + int(year)
        full = number if number <= today.year + 10 else number - 100
    else:
        full = int(year)
    return _day(int(day), month, full)


def parse_decimal(typed: str) -> float:
    """Read an amount as people write it: `450,50`, `1 200 €`.

    Raises:
        InvalidAnswer: with what is wrong and what to do, in French.
    """
    digits = re.sub(r"[\s€]", "", typed).replace(",", ".")
    if not re.fullmatch(r"[+-]?([0-9]{1,15}(\.[0-9]{0,10})?|\.[0-9]{1,10})", digits):
        raise InvalidAnswer(f"Écrivez un nombre, en chiffres. Exemple{NBSP}: 450,50.")
    return float(digits)


def parse_time(text: str) -> time:
    """Read a time as people write it: `14h30`, `14:30`, `14 h`, `9`.

    Raises:
        InvalidAnswer: with what is wrong and what to do, in French.
    """
    match = re.fullmatch(
        r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?|\s(\d{2}))?",
        _clean(text),
        re.IGNORECASE,
    )
    if not match:
        raise InvalidAnswer(f"Cette heure est illisible. Exemple{NBSP}: 14{NBSP}h{NBSP}30.")
    hour, minute = int(match.group(1)), int(match.group(2) or match.group(3) or 0)
    if hour > 23 or minute > 59:
        raise InvalidAnswer("Une heure va de 0 h 00 à 23 h 59.".replace(" h ", f"{NBSP}h{NBSP}"))
    return time(hour, minute)


def range_of(question: Question) -> tuple[float, float, float]:
    """Where a range starts and ends, and its step (XLSForm: 1, 10, 1 unless said otherwise)."""
    return (
        float(question.parameter("start", "1")),
        float(question.parameter("end", "10")),
        float(question.parameter("step", "1")),
    )


def display(question: Question, value: Value) -> str:
    """An answer as shown and printed: `12/03/1985`, labels of choices, numbers grouped."""
    if value is None or value == () or value == "":
        return ""
    if isinstance(value, tuple):
        labels = [_label(question, name) for name in value]
        # A comma inside one would pass for the end of it.
        return ("\u00a0; " if any("," in label for label in labels) else ", ").join(labels)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y} à {_time_text(value.time())}"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return _time_text(value)
    if question.kind is Kind.SELECT_ONE:
        return _label(question, str(value))
    if question.kind is Kind.ACKNOWLEDGE:
        return "Oui"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, int):
        return str(value)
    if question.check:
        from forms.checks import grouped

        return grouped(question.check, value)
    return value


def number_text(value: float) -> str:
    """A decimal number as written in French: `12,5`."""
    if math.isnan(value) or math.isinf(value):
        return ""
    return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")


def to_json(value: Value) -> JSON:
    """An answer as kept: days in ISO 8601, names of choices as a list."""
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


def from_json(question: Question, kept: JSON) -> Value:
    """An answer from what was kept.

    Raises:
        InvalidAnswer: it is no answer to this kind of question.
    """
    if kept is None or kept == "":
        return None
    kind = question.kind
    if kind is Kind.DATE and isinstance(kept, str):
        try:
            return date.fromisoformat(kept)
        except ValueError:
            raise InvalidAnswer(
                "Cette date est illisible. Écrivez le jour, le mois, l’année."
            ) from None
    if kind is Kind.TIME and isinstance(kept, str):
        return parse_time(kept)
    if kind is Kind.DATETIME and isinstance(kept, str):
        return _moment_from(kept)
    if kind in (Kind.SELECT_MULTIPLE, Kind.RANK) and isinstance(kept, str | list):
        names = kept.split() if isinstance(kept, str) else [str(name) for name in kept]
        return _known_choices(question, tuple(dict.fromkeys(names)))
    if kind is Kind.SELECT_ONE and isinstance(kept, str):
        return _known_choices(question, (kept,))[0]
    if kind is Kind.RANGE and isinstance(kept, int | float) and not isinstance(kept, bool):
        return _in_range(question, float(kept))
    if kind is Kind.INTEGER and isinstance(kept, int | float) and not isinstance(kept, bool):
        if isinstance(kept, float) and not kept.is_integer():
            raise InvalidAnswer("Écrivez un nombre entier, en chiffres.")
        return int(kept)
    if kind is Kind.DECIMAL and isinstance(kept, int | float) and not isinstance(kept, bool):
        return float(kept)
    if kind is Kind.ACKNOWLEDGE and kept in (True, ACKNOWLEDGED, "true"):
        return ACKNOWLEDGED
    if kind is Kind.ACKNOWLEDGE and kept is False:
        return None
    if kind in (Kind.TEXT, Kind.CALCULATE, Kind.HIDDEN, Kind.FILE, Kind.IMAGE) and isinstance(
        kept, str | int | float
    ):
        return str(kept)[:_LONGEST_TEXT]
    if kind in (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE) and isinstance(kept, str):
        return _READERS[kind](question, kept, date.max)
    raise InvalidAnswer("Cette réponse n’a pas la forme attendue.")


def _read_text(_: Question, typed: str, __: date) -> Value:
    if len(typed) > _LONGEST_TEXT:
        raise InvalidAnswer(f"Ce texte est trop long{NBSP}: {_LONGEST_TEXT} caractères au plus.")
    return typed


def _read_integer(_: Question, typed: str, __: date) -> Value:
    digits = re.sub(r"\s", "", typed)
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", digits):
        raise InvalidAnswer(f"Écrivez un nombre entier, en chiffres. Exemple{NBSP}: 3.")
    return int(digits)


def _read_decimal(_: Question, typed: str, __: date) -> Value:
    return parse_decimal(typed)


def _read_day(_: Question, typed: str, today: date) -> Value:
    return parse_day(typed, today=today)


def _read_range(question: Question, typed: str, _: date) -> Value:
    return _in_range(question, parse_decimal(typed))


def _in_range(question: Question, number: float) -> Value:
    start, end, step = range_of(question)
    low, high = min(start, end), max(start, end)
    if not low <= number <= high:
        raise InvalidAnswer(f"Choisissez un nombre de {number_text(low)} à {number_text(high)}.")
    if step and abs((number - start) / step - round((number - start) / step)) > 1e-9:
        raise InvalidAnswer(
            f"Ce nombre avance de {number_text(abs(step))} en {number_text(abs(step))}."
        )
    whole = all(one.is_integer() for one in (start, end, step))
    return int(number) if whole and number.is_integer() else number


def _read_time(_: Question, typed: str, __: date) -> Value:
    return parse_time(typed)


def _read_moment(_: Question, typed: str, today: date) -> Value:
    match = re.fullmatch(r"(.+?)[\sT]+(?:à\s*)?(\d{1,2}\s*[h:]\s*\d{0,2}.*)", typed)
    if not match:
        raise InvalidAnswer(
            f"Écrivez le jour, puis l’heure. Exemple{NBSP}: 12 03 2026 à 14{NBSP}h{NBSP}30."
        )
    return datetime.combine(parse_day(match.group(1), today=today), parse_time(match.group(2)))


def _moment_from(kept: str) -> datetime:
    try:
        moment = datetime.fromisoformat(kept)
    except ValueError:
        raise InvalidAnswer("Cette date est illisible. Écrivez le jour, puis l’heure.") from None
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment


def _time_text(value: time) -> str:
    return f"{value.hour}{NBSP}h{NBSP}{value.minute:02d}"


def _read_one(question: Question, typed: str, _: date) -> Value:
    return _known_choices(question, (typed,))[0]


def _read_several(question: Question, typed: str, _: date) -> Value:
    return _known_choices(question, tuple(dict.fromkeys(typed.split())))


def _read_acknowledged(_: Question, typed: str, __: date) -> Value:
    if typed != ACKNOWLEDGED:
        raise InvalidAnswer("Cochez la case, ou laissez-la vide.")
    return ACKNOWLEDGED


def _read_nothing(_: Question, __: str, ___: date) -> Value:
    return None


_READERS: dict[Kind, Callable[[Question, str, date], Value]] = {
    Kind.TEXT: _read_text,
    Kind.INTEGER: _read_integer,
    Kind.DECIMAL: _read_decimal,
    Kind.DATE: _read_day,
    Kind.SELECT_ONE: _read_one,
    Kind.SELECT_MULTIPLE: _read_several,
    Kind.ACKNOWLEDGE: _read_acknowledged,
    Kind.NOTE: _read_nothing,
    Kind.CALCULATE: _read_nothing,
    Kind.HIDDEN: _read_text,
    Kind.FILE: _read_text,
    Kind.IMAGE: _read_text,
    Kind.RANGE: _read_range,
    Kind.RANK: _read_several,
    Kind.TIME: _read_time,
    Kind.DATETIME: _read_moment,
}


def _known_choices(question: Question, names: tuple[str, ...]) -> tuple[str, ...]:
    known = {choice.name for choice in question.choices}
    for name in names:
        if name not in known:
            raise InvalidAnswer("Choisissez une des réponses proposées.")
    return names


def _label(question: Question, name: str) -> str:
    return next((choice.label for choice in question.choices if choice.name == name), name)


def _clean(text: str) -> str:
    # Control characters come with text copied from elsewhere; a line break is meant.
    kept = "".join(
        letter for letter in text if letter == "\n" or letter.isprintable() or letter.isspace()
    )
    return kept.strip()


def _day_parts(typed: str) -> tuple[str, int, str]:
    import unicodedata

    bare = unicodedata.normalize("NFKD", typed.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = re.findall(r"[a-z]+|[0-9]+", re.sub(r"\b1er\b", "1", bare))
    if len(words) == 1 and words[0].isdigit() and len(words[0]) in (6, 8):
        digits = words[0]
        words = [digits[:2], digits[2:4], digits[4:]]
    if len(words) != 3 or not (words[0].isdigit() and words[2].isdigit()):
        raise _unreadable_day()
    day, month, year = words
    if len(day) > 2 or len(year) not in (2, 4):
        raise _unreadable_day()
    if month.isdigit():
        if len(month) > 2:
            raise _unreadable_day()
        return day, int(month), year
    if month not in _MONTHS:
        raise _unreadable_day()
    return day, _MONTHS[month], year


def _unreadable_day() -> InvalidAnswer:
    return InvalidAnswer(
        f"Cette date est illisible. Écrivez le jour, le mois, l’année. Exemple{NBSP}: 12 03 1985."
    )


def _day(day: int, month: int, year: int) -> date:
    if not 1 <= month <= 12:
        raise InvalidAnswer(f"Il n’y a pas de mois {month}. Vérifiez le mois.")
    if not 1900 <= year <= 2200:
        raise InvalidAnswer(f"L’année {year} est impossible. Écrivez-la en quatre chiffres.")
    try:
        return date(year, month, day)
    except ValueError:
        name = _MONTH_NAMES[month - 1]
        if 1 <= day <= _MONTH_LENGTHS[month - 1]:
            raise InvalidAnswer(
                f"Il n’y a pas de {day} {name} en {year}. Vérifiez le jour ou l’année."
            ) from None
        raise InvalidAnswer(f"Le {day} {name} n’existe pas. Vérifiez le jour ou le mois.") from None
