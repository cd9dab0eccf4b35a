"""The people, expenses or jobs that an official form has no row left for.

A form prints four rows for children; a family has six. What has no row must not vanish: it is told
here, to be written on a sheet behind the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms.definition import Form, Repeat
from forms.filling import Filling
from forms.official import OfficialField, OfficialMapping, occurrences
from forms.values import display

_INDEXED = re.compile(
    r"indexed-repeat\(\s*\$\{[^}]+\}\s*,\s*\$\{([^}]+)\}\s*,\s*(\d+)"
    r"(?:\s*-\s*count\(\$\{([^}]+)\}\))?\s*\)"
)
"""A row of a table, counted from the first, or from behind another repeat."""


@dataclass(frozen=True)
class WithoutRow:
    """One occurrence of a repeat that the form does not show, or not wholly.

    Attributes:
        label: of the repeat.
        number: which occurrence, from 1.
        after: the field of the PDF that shows the last occurrence with a row.
        lines: its answers, each with its label.
    """

    label: str
    number: int
    after: str
    lines: tuple[str, ...]


def without_row(mapping: OfficialMapping, filling: Filling) -> tuple[WithoutRow, ...]:
    """The occurrences that a form has no row for, in the order of the form."""
    found: list[WithoutRow] = []
    for repeat in _repeats(filling.form):
        owners = _owners(filling, repeat)
        left: dict[int, WithoutRow] = {}
        for shown, rows, after in _tables(mapping, filling, repeat):
            for owner in shown[max(0, rows) :]:
                number = owners.index(owner) + 1
                lines = tuple(_lines(filling, owner))
                if lines:
                    left.setdefault(number, WithoutRow(repeat.label, number, after, lines))
        found += (left[number] for number in sorted(left))
    return tuple(found)


def _tables(
    mapping: OfficialMapping, filling: Filling, repeat: Repeat
) -> Iterator[tuple[list[str], int, str]]:
    """Each table that shows a repeat: the occurrences it is about, its rows, its last field."""
    tables: dict[str, tuple[list[str], int, str]] = {}
    for field in mapping.fields:
        for key, shown, row in _rows(field, filling, repeat):
            known = tables.get(key)
            if known is None or row > known[1]:
                tables[key] = (shown, row, field.field)
    yield from tables.values()


def _rows(
    field: OfficialField, filling: Filling, repeat: Repeat
) -> Iterator[tuple[str, list[str], int]]:
    if field.each == repeat.name:
        shown = occurrences(field, filling)
        # A field that takes one line each has room for all, or goes on behind by itself.
        yield field.where.text if field.where else "", shown, field.nth or len(shown)
    texts = [field.value, field.check, *(condition for _, condition in field.choose)]
    for expression in texts:
        for name, row, before in _INDEXED.findall(expression.text) if expression else ():
            if name == repeat.name:
                taken = sum(filling.count(one.path) for one in _named(filling.form, before))
                yield "", _owners(filling, repeat), int(row) - taken


def _lines(filling: Filling, owner: str) -> Iterator[str]:
    for path, question in filling.questions():
        if path.startswith(f"{owner}/") and question.label and filling.state(path).relevant:
            answer = display(question, filling.value(path))
            if answer:
                yield f"{question.label}\u00a0: {answer}"


def _owners(filling: Filling, repeat: Repeat) -> list[str]:
    return [f"{repeat.path}[{place}]" for place in range(1, filling.count(repeat.path) + 1)]


def _named(form: Form, name: str) -> Iterator[Repeat]:
    return (one for one in _repeats(form) if one.name == name)


def _repeats(form: Form) -> Iterator[Repeat]:
    return (node for node in form.children if isinstance(node, Repeat))
