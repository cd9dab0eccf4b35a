"""`traitdunion forms import|export|pack|install`: forms that come from outside and go out."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import existing_file, new_file, spoken_errors
from desktop.cli.vault import open_desk, vault_options


def add_to(group: click.Group) -> None:
    """Put these commands under `forms`."""
    for command in (import_, export, pack, install):
        group.add_command(command)


@click.command("import")
@click.argument("file", type=existing_file)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder where the form’s own folder is made; without it, the form is only checked.",
)
@spoken_errors
def import_(file: Path, out: Path | None) -> None:
    """Turn an XLSForm workbook (.xlsx, .xls) into a form: a folder with form.yaml and guide.md.

    CSV lists are taken from beside the workbook. What has no meaning on a PC is refused by sheet,
    row and column; what is left out is said.
    """
    from desktop.workflows.durable_file import write_durably
    from desktop.workflows.official.local_forms import empty_guide
    from forms.xlsform.importing import import_xlsform

    beside = {
        one.name: one.read_text(encoding="utf-8-sig", errors="replace")
        for one in sorted(file.parent.glob("*.csv"))
    }
    imported = import_xlsform(file.read_bytes(), file=file.name, beside=beside)
    form = imported.form
    for notice in imported.notices:
        click.echo(notice, err=True)
    count = sum(1 for _ in form.questions())
    if out is None:
        click.echo(f"{form.id} {form.version} — {form.title} : {count} questions")
        return
    folder = out / form.id
    folder.mkdir(parents=True, exist_ok=True)
    write_durably(folder / "form.yaml", form.text.encode())
    if not (folder / "guide.md").exists():
        write_durably(folder / "guide.md", empty_guide(form).encode())
    click.echo(f"{form.title} : {count} questions, {folder}")


@click.command()
@click.argument("form_id", metavar="FORM")
@click.option("--xlsx", "out", type=new_file, required=True, help="The workbook to write.")
@spoken_errors
def export(form_id: str, out: Path) -> None:
    """Write a form of the catalogue as an XLSForm workbook, for ODK or Kobo.

    Lists that stand in CSV files are written beside it.
    """
    from desktop.workflows.durable_file import write_durably
    from forms.catalogue import catalogue
    from forms.xlsform.exporting import export_xlsform

    form = catalogue().form(form_id)
    write_durably(out, export_xlsform(form))
    for name, text in form.files:
        write_durably(out.parent / name, text.encode())
    click.echo(f"{form.title} : {out}")


@click.command()
@vault_options
@click.argument("form_ids", metavar="FORM...", nargs=-1, required=True)
@click.option("--out", type=new_file, required=True, help="The .formulaires file to write.")
@spoken_errors
def pack(folder: Path, passphrase_file: Path | None, form_ids: tuple[str, ...], out: Path) -> None:
    """Sign forms into a pack that other PCs install without a network."""
    from desktop.workflows.durable_file import write_durably
    from desktop.workflows.official.local_forms import make_pack

    with open_desk(folder, passphrase_file) as desk:
        write_durably(out, make_pack(desk, form_ids))
    click.echo(f"{len(form_ids)} formulaire(s) : {out}")


@click.command()
@vault_options
@click.argument("file", type=existing_file)
@spoken_errors
def install(folder: Path, passphrase_file: Path | None, file: Path) -> None:
    """Install what a verified contact has signed: a pack, if it brings newer forms.

    A workbook (.xlsx) or a form.yaml is added as a form of this PC.
    """
    from desktop.workflows.official.local_forms import import_form, install_pack

    with open_desk(folder, passphrase_file) as desk:
        if file.suffix == ".formulaires":
            titles = install_pack(desk, file.read_bytes())
        else:
            brought = import_form(desk, file)
            titles = (brought.title,)
            for notice in brought.notices:
                click.echo(notice, err=True)
    click.echo(f"Formulaires à jour : {', '.join(titles)}")
