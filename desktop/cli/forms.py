"""`traitdunion forms`, `fill`: the catalogue, and paper without any vault."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

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

if TYPE_CHECKING:
    from forms.definition import Form


@click.group()
def forms() -> None:
    """List the forms of the catalogue, and check definitions."""


@forms.command("list")
@json_option
@spoken_errors
def list_(as_json: bool) -> None:
    """List the forms of the catalogue."""
    from forms.catalogue import catalogue

    entries = catalogue().entries()
    if as_json:
        answer(
            [
                {
                    "id": entry.id,
                    "title": entry.title,
                    "number": entry.number,
                    "version": entry.version,
                    "worth": entry.worth.value,
                }
                for entry in entries
            ]
        )
        return
    for entry in entries:
        click.echo(f"{entry.id:24} {entry.title} ({entry.number or entry.worth.value})")


@forms.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--official-dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with official PDFs, to list their fields without an answer.",
)
@json_option
@spoken_errors
def check(paths: tuple[Path, ...], official_dir: Path | None, as_json: bool) -> None:
    """Check definitions: those of the catalogue, or form.yaml files and their folders.

    Lists, for each form, its number, its sources with their age in months, the official fields
    without an answer, the words without a translation. Exit code 1 when something must be mended.
    """
    from dataclasses import asdict

    from desktop.workflows.official.checking import check_catalogue, check_definition, lines_of

    pdfs = tuple(sorted(official_dir.glob("*.pdf"))) if official_dir else ()
    if paths:
        reports = [check_definition(path) for path in paths]
    else:
        reports = list(check_catalogue(pdfs=pdfs))
    faults = [fault for report in reports for fault in report.faults]
    if as_json:
        answer([asdict(report) for report in reports])
    else:
        for report in reports:
            for line in lines_of(report):
                click.echo(line)
    if faults:
        fail(*faults)


@forms.command("eval")
@click.argument("form_name", metavar="FORM")
@click.option("--answers", type=existing_file, required=True, help="Answers, in JSON.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day that today() gives.",
)
@json_option
@spoken_errors
def eval_(form_name: str, answers: Path, today: datetime | None, as_json: bool) -> None:
    """Fill a form with answers, and say how each question stands.

    FORM is an identifier of the catalogue, a form.yaml, or an XLSForm workbook (.xlsx, .xls). The
    answers are a JSON object, by question path ("/data/identite/nom") or nested by group; defaults
    come first. With --json, the answer is an object by question path: "value" as ODK writes it
    ("" where there is none or where the question is not relevant), "relevant", "required",
    "valid", and "message", which is empty when nothing is missing nor wrong.
    """
    from dataclasses import asdict

    from desktop.workflows.desk import local_today
    from forms.answers import read_answers
    from forms.evaluation import evaluate, fill_in

    form = _form_named(form_name)
    filling = fill_in(
        form,
        read_answers(form, read_json(answers)),
        today=today.date() if today else local_today(),
    )
    found = evaluate(filling)
    if as_json:
        answer({path: asdict(one) for path, one in found.items()})
        return
    for path, one in found.items():
        if one.relevant:
            click.echo(f"{path} = {one.value}" + (f"  ({one.message})" if one.message else ""))


def _form_named(name: str) -> Form:
    """A form of the catalogue, or of a file; a path has an ending or a separator."""
    from forms.catalogue import catalogue
    from forms.reader import read_form
    from forms.xlsform.importing import import_xlsform

    path = Path(name)
    if path.suffix.lower() in (".xlsx", ".xls"):
        beside = {
            file.name: file.read_text(encoding="utf-8-sig") for file in path.parent.glob("*.csv")
        }
        return import_xlsform(path.read_bytes(), file=path.name, beside=beside).form
    if path.suffix.lower() in (".yaml", ".yml"):
        return read_form(path.read_text(encoding="utf-8"), file=name)
    return catalogue().form(name)


@click.command()
@click.argument("form_id", metavar="FORM")
@click.option("--answers", type=existing_file, required=True, help="Answers, in JSON.")
@click.option("--pdf", "out", type=new_file, required=True, help="The PDF to write.")
@click.option("--official", type=existing_file, help="The official PDF to fill.")
@flatten_option
@report_option
@json_option
@spoken_errors
def fill(
    form_id: str,
    answers: Path,
    out: Path,
    official: Path | None,
    flat: bool,
    report: Path | None,
    as_json: bool,
) -> None:
    """Set a form on paper from answers: official form, letter, or preparation sheet.

    The answers are a JSON object, by question path ("/data/identite/nom") or nested by group.
    Exit code 1 when an answer is wrong, missing, or does not fit the official form. An answer
    longer than its box is written whole on a sheet behind the form, to which the box refers.
    """
    from desktop.workflows.desk import local_today
    from desktop.workflows.durable_file import write_durably
    from desktop.workflows.printing.papers import Heading, flattened, paper_of_filling
    from forms.answers import read_answers
    from forms.catalogue import catalogue
    from forms.filling import Filling

    shelf = catalogue()
    form = shelf.form(form_id)
    filling = Filling(form, read_answers(form, read_json(answers)), today=local_today())
    paper = paper_of_filling(
        shelf,
        filling,
        official_pdf=official.read_bytes() if official else None,
        application_id="",
        heading=Heading("", None, "", "", local_today()),
    )
    write_durably(out, flattened(paper) if flat else paper.pdf)
    if report is not None and paper.filled is not None:
        write_report(report, paper.filled)
    problems = [f"{one.path} : {one.message}" for one in filling.problems()]
    if as_json:
        answer(
            {
                "kind": paper.kind.value,
                "pages": paper.pages,
                "single_sided": paper.single_sided,
                "answers": problems,
                "paper": list(paper.problems),
                "continued": list(paper.continued),
            }
        )
    if problems or paper.problems:
        fail(*problems, *paper.problems)
