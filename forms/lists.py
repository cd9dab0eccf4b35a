"""The lists of a form as tables: choice lists and CSV files, which expressions may look into."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import lru_cache

from forms.definition import Choice, Form
from forms.errors import ExpressionError

Row = Mapping[str, str]


def rows_of(form: Form, name: str) -> tuple[Row, ...]:
    """The items of a list or of a CSV file of the form, as columns by name.

    Raises:
        ExpressionError: the form has no such list.
    """
    for known, choices in form.lists:
        if known == name:
            return tuple(_as_row(choice) for choice in choices)
    for file, text in form.files:
        if file in (name, f"{name}.csv"):
            return read_csv(text)
    known_lists = ", ".join([name for name, _ in (*form.lists, *form.files)]) or "aucune"
    raise ExpressionError(f"aucune liste ne s’appelle “{name}” ; le formulaire a : {known_lists}")


@lru_cache(maxsize=32)
def read_csv(text: str) -> tuple[Row, ...]:
    """The rows of a CSV text whose first line names the columns; `;` and `,` both separate."""
    head = text.split("\n", 1)[0]
    mark = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=mark)
    return tuple(
        {str(key).strip(): (value or "").strip() for key, value in row.items() if key is not None}
        for row in reader
    )


def _as_row(choice: Choice) -> Row:
    return {"name": choice.name, "label": choice.label, **dict(choice.columns)}
