"""`traitdunion blank`, `help-sheet`: a blank form for the cell, and what explains it."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import existing_file, new_file, spoken_errors
from desktop.cli.vault import open_desk

_LANGUAGE = "A language of the form: en, es, ar, or fr-x-falc for easy-to-read French."


@click.command()
@click.argument("form_id", metavar="FORM")
@click.option("--pdf", "out", type=new_file, required=True, help="The PDF to write.")
@click.option(
    "--geometry",
    type=new_file,
    help="Where to write where each box lies, in JSON; a vault keeps it too.",
)
@click.option(
    "--vault",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the vault that will know the copy again.",
)
@click.option(
    "--passphrase-file", type=existing_file, help="File whose first line is the passphrase."
)
@click.option("--person", "person_id", metavar="ID", help="Print what this person’s profile tells.")
@click.option("--language", default="", metavar="CODE", help=_LANGUAGE)
@spoken_errors
def blank(
    form_id: str,
    out: Path,
    geometry: Path | None,
    folder: Path | None,
    passphrase_file: Path | None,
    person_id: str | None,
    language: str,
) -> None:
    """Write a blank form, to be filled by pen.

    With --vault, the codes on its pages are sealed by the vault, which keeps where their boxes
    lie; with --person too, what is known of the person is printed and the rest left open. With
    --language, the translation stands in smaller type under the French.
    """
    from desktop.workflows.durable_file import write_durably
    from desktop.workflows.printing.blank_papers import (
        new_copy_id,
        prepare_blank,
        prepare_blank_for_person,
        save_blank,
    )

    if folder is None:
        from exports.paper.blank.form import render_blank
        from forms.catalogue import catalogue

        if person_id is not None:
            raise click.UsageError("--person demande --vault.")
        made = render_blank(catalogue().form(form_id), copy_id=new_copy_id(), language=language)
        write_durably(out, made.pdf)
        sidecar = made.geometry
    else:
        with open_desk(folder, passphrase_file) as desk:
            paper = (
                prepare_blank(desk, form_id, language=language)
                if person_id is None
                else prepare_blank_for_person(desk, form_id, person_id, language=language)
            )
            save_blank(desk, paper, out)
            sidecar = paper.geometry
    if geometry is not None:
        write_durably(geometry, sidecar.to_json())


@click.command("help-sheet")
@click.argument("form_id", metavar="FORM")
@click.option("--language", required=True, metavar="CODE", help=_LANGUAGE)
@click.option("--pdf", "out", type=new_file, required=True, help="The PDF to write.")
@spoken_errors
def help_sheet(form_id: str, language: str, out: Path) -> None:
    """Write the sheet that explains, in a person’s language, what is signed."""
    from desktop.workflows.durable_file import write_durably
    from desktop.workflows.printing.blank_papers import help_sheet_of
    from forms.catalogue import catalogue

    write_durably(out, help_sheet_of(catalogue(), form_id, language=language))
