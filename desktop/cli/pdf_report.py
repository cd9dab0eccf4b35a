"""`--report` and `--flatten`: how a PDF was filled, for machines; and filled for good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli.speaking import new_file

if TYPE_CHECKING:
    from exports.paper.official.filling import FilledPdf

flatten_option = click.option(
    "--flatten", "flat", is_flag=True, help="Make the answers part of the page, not editable."
)
report_option = click.option(
    "--report", type=new_file, help="Write in JSON where each value stands and what was read back."
)


def write_report(file: Path, filled: FilledPdf) -> None:
    """Write how a PDF was filled; the keys are told in docs/paper.md.

    Raises:
        OSError: the file cannot be written.
    """
    from desktop.workflows.durable_file import write_durably

    document = json.dumps(_document(filled), ensure_ascii=False, indent=2)
    write_durably(file, f"{document}\n".encode())


def _document(filled: FilledPdf) -> dict[str, Any]:
    numbers = {one.field: one.number for one in filled.continued}
    return {
        "values": [
            {
                "field": one.field,
                "page": one.page,
                "rect": [round(number, 2) for number in one.rect],
                "kind": "tick" if one.text is None else "text",
                "text": one.text,
                "size": one.size,
                "seen": one.seen,
                "continued": numbers.get(one.field),
            }
            for one in filled.placed
        ],
        "continued": [
            {"number": one.number, "field": one.field, "page": one.page, "text": one.text}
            for one in filled.continued
        ],
        "problems": [
            {"field": one.field, "value": one.value, "reason": one.reason.value}
            for one in filled.problems
        ],
    }
