"""`traitdunion stats`: the activity of a vault by month, without anybody in it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from desktop.cli.speaking import answer, json_option, new_file, spoken_errors
from desktop.cli.vault import open_desk, vault_options

_day = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@vault_options
@click.option("--from", "first", type=_day, help="First day; a year ago when not given.")
@click.option("--to", "last", type=_day, help="Last day, included; today when not given.")
@click.option("--csv", "csv_file", type=new_file, help="Where to write the tables as CSV.")
@click.option("--pdf", "pdf_file", type=new_file, help="Where to write them as PDF, with a chart.")
@json_option
@spoken_errors
def stats(
    folder: Path,
    passphrase_file: Path | None,
    first: datetime | None,
    last: datetime | None,
    csv_file: Path | None,
    pdf_file: Path | None,
    as_json: bool,
) -> None:
    """Count what was done in a period: by month, by form, and how long each step takes.

    Counts from 1 to 4 are hidden, and those from which they could be found again.
    """
    from desktop.workflows.months import months_before
    from desktop.workflows.statistics.export import export_csv, export_pdf, tables
    from desktop.workflows.statistics.monthly import activity

    with open_desk(folder, passphrase_file) as desk:
        ends: date = last.date() if last else desk.today()
        begins: date = first.date() if first else months_before(ends, 12)
        if begins > ends:
            raise click.UsageError("--from vient après --to.")
        found = activity(desk, begins, ends)
        if csv_file is not None:
            export_csv(desk, found, csv_file)
        if pdf_file is not None:
            export_pdf(desk, found, pdf_file)
    shown = tables(found)
    if as_json:
        answer([{"title": one.title, "columns": one.columns, "lines": one.lines} for one in shown])
        return
    for table in shown:
        click.echo(f"\n{table.title}")
        for line in (table.columns, *table.lines):
            click.echo(f"  {line[0]:44}" + "".join(f"{value:>15}" for value in line[1:]))
