"""A form as a small table: the definition and what comes out stand side by side in the test."""

from __future__ import annotations

from datetime import date

from forms.filling import Filling
from forms.reader import read_form

TODAY = date(2026, 11, 23)

HEAD = """\
settings: {form_id: essai, version: "1", form_title: Essai, worth: preparation}
choices:
  oui_non: [{name: oui, label: Oui}, {name: no, label: Non}]
  fruits: [{name: pomme, label: Pomme}, {name: poire, label: Poire}, {name: on, label: Autre}]
survey:
"""


def definition(table: str) -> str:
    """The YAML of a table whose lines are “type | name | column: value | …”.

    `group NAME` and `repeat NAME` open a block, `end` closes it.
    """
    lines, indent = [], 1
    for raw in table.strip().splitlines():
        cells = [cell.strip() for cell in raw.strip().split("|")]
        pad = "  " * (indent * 2 - 1)
        if cells[0] == "end":
            indent -= 1
            continue
        kind, name, columns = cells[0], cells[1], cells[2:]
        lines.append(f"{pad}- type: {kind}")
        lines.append(f"{pad}  name: {name}")
        if not any(column.startswith("label:") for column in columns) and kind != "calculate":
            lines.append(f"{pad}  label: {name.capitalize()}")
        for column in columns:
            key, _, value = column.partition(": ")
            quoted = value.replace('"', '\\"')
            lines.append(f'{pad}  {key}: "{quoted}"')
        if kind in ("group", "repeat"):
            lines.append(f"{pad}  children:")
            indent += 1
    return HEAD + "\n".join(lines) + "\n"


def filling(table: str, **answers: object) -> Filling:
    """A filling of a table, with top-level answers typed in by name."""
    made = Filling(read_form(definition(table), file="essai.yaml"), today=TODAY)
    for name, typed in answers.items():
        made.type_in(f"/data/{name}", str(typed))
    return made
