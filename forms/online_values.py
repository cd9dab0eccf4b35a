"""What a form's answers give for a procedure's fields, and for a website's, before any network."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from forms.definition import Expression
from forms.filling import Filling
from forms.online import (
    CopyFormat,
    CopyLine,
    MappedField,
    OnlineFiling,
    Procedure,
)
from forms.online_reader import repeat_path
from forms.xvalue import to_day, to_number, to_string

_FILE = "online.yaml"


@dataclass(frozen=True)
class MappedValue:
    """What one field of a procedure is given.

    Attributes:
        texts: empty without an answer; one, or several for a format that takes a list.
        unmatched: names of our choices that the mapping gives no words of the portal for.
        rows: for a repetition, the values of each row.
    """

    field: MappedField
    texts: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    rows: tuple[tuple[MappedValue, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.texts and not self.unmatched and not self.rows


@dataclass(frozen=True)
class CopiedValue:
    """One value to copy, in the website's order.

    Attributes:
        section: « Ayant droit 2 », empty outside a repeat.
        text: in the format the website wants; empty without an answer.
    """

    section: str
    label: str
    text: str


def identity_values(procedure: Procedure, filling: Filling) -> tuple[MappedValue, ...]:
    """Who files, by the portal's names."""
    return tuple(_mapped(field, filling, "") for field in procedure.identity)


def field_values(procedure: Procedure, filling: Filling) -> tuple[MappedValue, ...]:
    """What each field of a procedure is given, in the mapping's order."""
    values = []
    for field in procedure.fields:
        if field.each is None:
            values.append(_mapped(field, filling, ""))
            continue
        rows = tuple(
            tuple(_mapped(inner, filling, owner) for inner in field.fields)
            for owner in _owners(filling, field.each, field.line)
        )
        values.append(MappedValue(field, rows=rows))
    return tuple(values)


def copied_values(filing: OnlineFiling, filling: Filling) -> tuple[CopiedValue, ...]:
    """What to copy to the website, in its order; lines without an answer included."""
    copied = []
    for line in filing.copy:
        if line.each is None:
            copied.append(_copied(line, filling, "", ""))
            continue
        for number, owner in enumerate(_owners(filling, line.each, 1), start=1):
            section = f"{line.label} {number}"
            copied += [_copied(inner, filling, owner, section) for inner in line.lines]
    return tuple(copied)


def _mapped(field: MappedField, filling: Filling, owner: str) -> MappedValue:
    text = _text(field.value, filling, owner)
    if not text:
        return MappedValue(field)
    names = tuple(text.split()) if field.format.several else (text,)
    if not field.options:
        return MappedValue(field, names)
    known = dict(field.options)
    return MappedValue(
        field,
        tuple(known[name] for name in names if name in known),
        tuple(name for name in names if name not in known),
    )


def _copied(line: CopyLine, filling: Filling, owner: str, section: str) -> CopiedValue:
    text = _text(line.value, filling, owner)
    known = dict(line.options)
    if known:
        text = ", ".join(known.get(name, name) for name in text.split())
    return CopiedValue(section, line.label, _in_format(text, line.format))


def _in_format(text: str, form: CopyFormat) -> str:
    if not text:
        return ""
    if form is CopyFormat.LINE:
        return " ".join(text.split())
    if form is CopyFormat.CAPITALS:
        return " ".join(text.split()).upper()
    if form is CopyFormat.DIGITS:
        return re.sub(r"\D", "", text)
    if form in (CopyFormat.DATE, CopyFormat.DATE_ISO):
        day = to_day(text)
        if day is None:
            return text
        return day.isoformat() if form is CopyFormat.DATE_ISO else day.strftime("%d/%m/%Y")
    if form is CopyFormat.AMOUNT:
        number = to_number(text)
        return text if math.isnan(number) else f"{number:.2f}".replace(".", ",")
    return text


def _text(expression: Expression | None, filling: Filling, owner: str) -> str:
    assert expression is not None, "only a repetition has no expression"
    text = to_string(filling.evaluate(expression.text, owner)).strip()
    # XPath's word for a number that is none; nobody answered that.
    return "" if text == "NaN" else text


def _owners(filling: Filling, each: str, line: int) -> list[str]:
    repeat = repeat_path(filling, each, _FILE, line)
    return [f"{repeat}[{number}]" for number in range(1, filling.count(repeat) + 1)]
