"""`traitdunion vault due`, `vault erase`: what is to be erased, and erasing it."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import answer, fail, json_option, spoken_errors
from desktop.cli.vault import open_desk, vault_options


def add_to(vault: click.Group) -> None:
    """Add the commands to `traitdunion vault`."""
    vault.add_command(due)
    vault.add_command(erase)


@click.command()
@vault_options
@json_option
@spoken_errors
def due(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List what is to be erased by the vault's durations; erase nothing."""
    from desktop.workflows.retention.rules import clock_doubt, due_items

    with open_desk(folder, passphrase_file) as desk:
        items, doubt = due_items(desk), clock_doubt(desk)
    if doubt:
        click.echo(doubt, err=True)
    if as_json:
        answer(
            [
                {
                    "person": item.person_id,
                    "application": item.application_id,
                    "name": item.name,
                    "what": item.what,
                    "since": item.since.isoformat(),
                    "why": item.why,
                }
                for item in items
            ]
        )
        return
    for item in items:
        id = item.application_id or item.person_id
        click.echo(f"{id}  {item.since:%d/%m/%Y}  {item.name} — {item.what}")


@click.command()
@vault_options
@click.option("--person", "people", multiple=True, help="Identifier of a person; may be repeated.")
@click.option(
    "--application",
    "applications",
    multiple=True,
    help="Identifier of an application alone; may be repeated.",
)
@click.option("--due", "all_due", is_flag=True, help="All that `due` lists.")
@click.option(
    "--erased-in",
    "elsewhere",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="All that this other copy of the vault, opened with the same passphrase, erased since.",
)
@click.option("--yes", is_flag=True, help="Do not ask: it cannot be undone.")
@spoken_errors
def erase(
    folder: Path,
    passphrase_file: Path | None,
    people: tuple[str, ...],
    applications: tuple[str, ...],
    all_due: bool,
    elsewhere: Path | None,
    yes: bool,
) -> None:
    """Erase people with all that is theirs, and applications alone, from every page of the file.

    Without anything to erase, finish a cleaning of the file that was cut short.
    """
    from desktop.workflows.retention.erasing import erase as take_out
    from desktop.workflows.retention.erasing import erased_elsewhere, erasure_said, finish_cleaning
    from desktop.workflows.retention.rules import due_items, erased_with

    with open_desk(folder, passphrase_file) as desk:
        if all_due:
            due_people, due_applications = erased_with(due_items(desk))
            people, applications = (*people, *due_people), (*applications, *due_applications)
        if elsewhere is not None:
            with open_desk(elsewhere, passphrase_file) as other:
                gone, alone = erased_elsewhere(desk, other)
            people, applications = (*people, *gone), (*applications, *alone)
        if not people and not applications:
            finish_cleaning(desk)
            click.echo("Rien à effacer. Le fichier du coffre est nettoyé.")
            return
        said = erasure_said(desk, people, applications)
        lines = [said.question, *(f"  efface : {one}" for one in said.goes)]
        click.echo("\n".join([*lines, *(f"  garde : {one}" for one in said.stays)]), err=True)
        if not yes and not click.confirm("Effacer définitivement ?", err=True):
            fail("Rien n’a été effacé.")
        take_out(desk, people, applications)
    click.echo("C’est effacé, dans le coffre et dans son fichier.")
