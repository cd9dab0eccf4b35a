"""`traitdunion pdf`: look into any PDF form, fill it, make a form of it."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.pdf_flat import boxes, grid
from desktop.cli.pdf_propose import propose
from desktop.cli.pdf_report import flatten_option, report_option, write_report
from desktop.cli.speaking import (
    answer,
    existing_file,
    fail,
    json_option,
    new_file,
    read_json,
    spoken_errors,
)


@click.group()
def pdf() -> None:
    """Look into any PDF form, fill it, make a form of it."""


pdf.add_command(boxes)
pdf.add_command(grid)
pdf.add_command(propose)


@pdf.command()
@click.argument("official", type=existing_file)
@json_option
@spoken_errors
def inspect(official: Path, as_json: bool) -> None:
    """List the fields of a PDF: names, types, places, states; and what else it carries."""
    from exports.paper.foreign import inspect as look
    from exports.paper.official.oddities import ODDITY_WORDS

    form = look(official.read_bytes())
    if as_json:
        answer(form.to_json())
        return
    click.echo(f"{form.pages} page(s), {len(form.fields)} champ(s)")
    for oddity in form.oddities:
        click.echo(f"! {ODDITY_WORDS[oddity]}")
    for field in form.fields:
        pages = ",".join(str(widget.page) for widget in field.widgets)
        click.echo(f"p. {pages:6} {field.type.value:10} {field.name}")


@pdf.command()
@click.argument("official", type=existing_file)
@click.option("--values", type=existing_file, required=True, help="Values by field name, in JSON.")
@click.option("--pdf", "out", type=new_file, required=True, help="The PDF to write.")
@flatten_option
@report_option
@json_option
@spoken_errors
def fill(
    official: Path, values: Path, out: Path, flat: bool, report: Path | None, as_json: bool
) -> None:
    """Fill the fields of a PDF; exit code 0 only if every value is visible in the result.

    Values: text; true, false or an on-state for a check box; an on-state for a radio group; an
    option for a choice.
    """
    from desktop.workflows.durable_file import write_durably
    from exports.paper.foreign import fill as fill_fields
    from exports.paper.foreign import flatten

    wanted = read_json(values)
    if not isinstance(wanted, dict) or not all(
        isinstance(value, str | bool | int | float) for value in wanted.values()
    ):
        raise click.UsageError("Les valeurs : un objet JSON, du texte ou true/false par champ.")
    filled = fill_fields(
        official.read_bytes(),
        {name: value if isinstance(value, bool) else str(value) for name, value in wanted.items()},
    )
    write_durably(out, flatten(filled.pdf) if flat else filled.pdf)
    if report is not None:
        write_report(report, filled)
    if as_json:
        answer(
            {
                "problems": [
                    {"field": one.field, "value": one.value, "reason": one.reason.value}
                    for one in filled.problems
                ]
            }
        )
    if filled.problems:
        fail(*(problem.message for problem in filled.problems))
