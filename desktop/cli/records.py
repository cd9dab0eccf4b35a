"""`traitdunion people`, `applications`: what a vault holds, and answering a form."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import answer, existing_file, json_option, read_json, spoken_errors
from desktop.cli.vault import open_desk, vault_options


@click.group()
def people() -> None:
    """Add and list the people of a vault."""


@people.command("add")
@vault_options
@click.option("--profile", type=existing_file, required=True, help="Facts by profile key, in JSON.")
@spoken_errors
def add_person(folder: Path, passphrase_file: Path | None, profile: Path) -> None:
    """Add a person, and print their identifier."""
    from desktop.workflows.people.profiles import add_person as add

    facts = read_json(profile)
    if not isinstance(facts, dict):
        raise click.UsageError("La fiche : un objet JSON, une valeur par clé de fiche.")
    with open_desk(folder, passphrase_file) as desk:
        click.echo(add(desk, facts))


@people.command("list")
@vault_options
@json_option
@spoken_errors
def list_people(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the people of a vault."""
    from desktop.workflows.people.profiles import list_people as rows

    with open_desk(folder, passphrase_file) as desk:
        listed = rows(desk, limit=100_000)
    if as_json:
        answer([{"id": row.id, "name": row.title, "summary": row.subtitle} for row in listed])
        return
    for row in listed:
        click.echo(f"{row.id}  {row.title}")


@click.group()
def applications() -> None:
    """Start, answer and list applications."""


@applications.command()
@vault_options
@click.option("--person", required=True, help="Identifier of the person.")
@click.option("--form", "form_id", required=True, help="Identifier of the form.")
@spoken_errors
def start(folder: Path, passphrase_file: Path | None, person: str, form_id: str) -> None:
    """Start an application, prefilled from the profile, and print its identifier."""
    from desktop.workflows.filling.applications import start_application

    with open_desk(folder, passphrase_file) as desk:
        click.echo(start_application(desk, person, form_id))


@applications.command("answer")
@vault_options
@click.argument("application_id", metavar="APPLICATION")
@click.option("--answers", type=existing_file, required=True, help="Answers, in JSON.")
@json_option
@spoken_errors
def answer_questions(
    folder: Path,
    passphrase_file: Path | None,
    application_id: str,
    answers: Path,
    as_json: bool,
) -> None:
    """Answer questions of an application; say what is still missing or wrong."""
    from desktop.workflows.filling.open_application import open_application
    from forms.answers import read_answers
    from forms.values import from_json

    with open_desk(folder, passphrase_file) as desk:
        opened = open_application(desk, application_id)
        for path, value in read_answers(opened.form, read_json(answers)).items():
            opened.choose(path, from_json(opened.filling.question(path), value))
        problems = [
            {"path": one.path, "label": one.label, "message": one.message, "kind": one.kind.value}
            for one in opened.filling.problems()
        ]
    if as_json:
        answer(problems)
        return
    for problem in problems:
        click.echo(f"{problem['path']} : {problem['message']}")


@applications.command("list")
@vault_options
@json_option
@spoken_errors
def list_applications(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the applications of a vault with their states."""
    from desktop.workflows.filling.applications import list_applications as rows

    with open_desk(folder, passphrase_file) as desk:
        listed = rows(desk)
    if as_json:
        answer(
            [
                {
                    "id": row.id,
                    "person": row.person,
                    "title": row.title,
                    "state": row.state.value,
                    "detail": row.subtitle,
                }
                for row in listed
            ]
        )
        return
    for row in listed:
        click.echo(f"{row.id}  {row.chip:14} {row.person} — {row.title}")
