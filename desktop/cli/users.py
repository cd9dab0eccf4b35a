"""`traitdunion vault users`: who may open a vault."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from desktop.cli.speaking import answer, existing_file, fail, json_option, spoken_errors
from desktop.cli.vault import open_desk, read_passphrase, vault_options
from desktop.workflows.desk import Desk

_role = click.Choice(["responsible", "worker", "reader"])
_new_passphrase = click.option(
    "--new-passphrase-file",
    type=existing_file,
    help="File whose first line is their passphrase; asked for without it.",
)


def add_to(vault: click.Group) -> None:
    """Add the commands to `traitdunion vault`."""
    vault.add_command(users)


@click.group()
def users() -> None:
    """Say who may open a vault, and change it. Only a *responsable* may change it."""


@users.command("list")
@vault_options
@json_option
@spoken_errors
def list_(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the accesses."""
    from desktop.workflows.settings.users import list_users

    with open_desk(folder, passphrase_file) as desk:
        rows = list_users(desk)
    if as_json:
        answer([{"id": row.id, "name": row.name, "role": row.role.value} for row in rows])
        return
    for row in rows:
        click.echo(f"{row.name} — {row.role_words} — dernière ouverture : {row.opened}")


@users.command()
@vault_options
@click.option("--name", required=True, help="Their name, as the journal will write it.")
@click.option("--role", type=_role, required=True)
@_new_passphrase
@spoken_errors
def add(
    folder: Path,
    passphrase_file: Path | None,
    name: str,
    role: str,
    new_passphrase_file: Path | None,
) -> None:
    """Give somebody an access of their own."""
    from desktop.workflows.settings.users import add_user
    from vault.key_slots.key_slot import Role

    with open_desk(folder, passphrase_file) as desk:
        add_user(desk, name, Role(role), _strong(desk, name, new_passphrase_file))
    click.echo(f"{name} peut ouvrir ce coffre.")


@users.command()
@vault_options
@click.option("--name", required=True, help="Whose access.")
@spoken_errors
def remove(folder: Path, passphrase_file: Path | None, name: str) -> None:
    """Take an access away."""
    from desktop.workflows.settings.users import remove_user

    with open_desk(folder, passphrase_file) as desk:
        remove_user(desk, _id_of(desk, name))
    click.echo(f"{name} ne peut plus ouvrir ce coffre.")


@users.command()
@vault_options
@click.option("--name", required=True, help="Whose access.")
@click.option("--role", type=_role, required=True)
@spoken_errors
def role(folder: Path, passphrase_file: Path | None, name: str, role: str) -> None:
    """Give another role, from the next opening."""
    from desktop.workflows.settings.users import ROLE_WORDS, change_role
    from vault.key_slots.key_slot import Role

    with open_desk(folder, passphrase_file) as desk:
        change_role(desk, _id_of(desk, name), Role(role))
    click.echo(f"{name} : {ROLE_WORDS[Role(role)]}, à la prochaine ouverture.")


@users.command()
@vault_options
@click.option("--name", required=True, help="Who forgot theirs.")
@_new_passphrase
@spoken_errors
def passphrase(
    folder: Path, passphrase_file: Path | None, name: str, new_passphrase_file: Path | None
) -> None:
    """Give a new passphrase to somebody who forgot theirs."""
    from desktop.workflows.settings.users import reset_passphrase

    with open_desk(folder, passphrase_file) as desk:
        new = _strong(desk, name, new_passphrase_file)
        reset_passphrase(desk, _id_of(desk, name), new)
    click.echo(f"{name} a une nouvelle phrase de passe.")


def _id_of(desk: Desk, name: str) -> str:
    from desktop.workflows.settings.users import list_users

    found = [row.id for row in list_users(desk) if row.name == " ".join(name.split())]
    return found[0] if found else _unknown(name)


def _unknown(name: str) -> NoReturn:
    fail(f"Personne ne s’appelle « {name} » dans ce coffre. Rien n’a été modifié.")


def _strong(desk: Desk, name: str, file: Path | None) -> str:
    from desktop.workflows.start.strength import passphrase_strength

    # The variable and the first file are those of whoever gives the access.
    typed = (
        read_passphrase(file)
        if file is not None
        else str(
            click.prompt("Sa phrase de passe", hide_input=True, confirmation_prompt=True, err=True)
        )
    )
    strength = passphrase_strength(typed, known_words=(name, desk.vault.place))
    if not strength.acceptable:
        fail(f"Phrase de passe trop facile à deviner. {strength.advice} Rien n’a été modifié.")
    return typed
