"""`traitdunion vault`: create a vault, check it, describe it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from desktop.cli.speaking import answer, existing_file, fail, json_option, new_file, spoken_errors
from desktop.workflows.desk import Desk

PASSPHRASE_VARIABLE = "TRAITDUNION_PASSPHRASE"  # noqa: S105 - the variable's name, not a secret


def vault_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a command finds and opens a vault."""
    command = click.option(
        "--passphrase-file",
        type=existing_file,
        help="File whose first line is the passphrase.",
    )(command)
    return click.option(
        "--vault",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        required=True,
        help="Folder of the vault.",
    )(command)


@contextmanager
def open_desk(folder: Path, passphrase_file: Path | None) -> Iterator[Desk]:
    """Open a vault for one command, after the wait that wrong tries cost, and lock it again.

    Raises:
        VaultError: as `desktop.workflows.start.opening.unlock`.
    """
    from desktop.workflows.start.locked_state import locked_state
    from desktop.workflows.start.notices import attempts_said
    from desktop.workflows.start.opening import lock, unlock

    state = locked_state(folder)
    passphrase = read_passphrase(passphrase_file)
    if state.wait:
        click.echo(f"{state.failed} essais infructueux. Essai dans {state.wait} s…", err=True)
        time.sleep(state.wait)
    desk = unlock(folder, passphrase)
    said = attempts_said(desk.vault.session.failed_attempts)
    if said:
        click.echo(said, err=True)
    try:
        yield desk
    finally:
        lock(desk)


def read_passphrase(file: Path | None, *, confirm: bool = False) -> str:
    """Take a passphrase from a file, the environment, or a prompt that shows nothing."""
    if file is not None:
        lines = file.read_text(encoding="utf-8").splitlines()
        return lines[0] if lines else ""
    from_environment = os.environ.get(PASSPHRASE_VARIABLE)
    if from_environment is not None:
        return from_environment
    return str(
        click.prompt("Phrase de passe", hide_input=True, confirmation_prompt=confirm, err=True)
    )


@click.group()
def vault() -> None:
    """Create a vault, check it, describe it."""


@vault.command()
@vault_options
@click.option("--kind", type=click.Choice(["station", "relay"]), required=True)
@click.option("--place", required=True, help="The establishment or office, as printed.")
@click.option("--user", required=True, help="Who works here first.")
@click.option(
    "--recovery-sheet",
    type=new_file,
    required=True,
    help="Where to write the recovery sheet (PDF): it is shown once, now.",
)
@spoken_errors
def create(
    folder: Path,
    passphrase_file: Path | None,
    kind: str,
    place: str,
    user: str,
    recovery_sheet: Path,
) -> None:
    """Create a vault in a folder, and its recovery sheet."""
    from desktop.workflows.durable_file import write_durably
    from desktop.workflows.start.opening import create_vault, lock
    from desktop.workflows.start.recovery_sheet import recovery_sheet as draw
    from desktop.workflows.start.strength import passphrase_strength
    from vault.vault import VaultKind

    passphrase = read_passphrase(passphrase_file, confirm=True)
    strength = passphrase_strength(passphrase, known_words=(place, user))
    if not strength.acceptable:
        fail(f"Phrase de passe trop facile à deviner. {strength.advice}")
    created = create_vault(
        folder, kind=VaultKind(kind), place=place, user=user, passphrase=passphrase
    )
    try:
        write_durably(recovery_sheet, draw(created.desk, created.recovery))
    finally:
        lock(created.desk)
    click.echo(f"Coffre créé : {folder}\nFeuille de secours à imprimer : {recovery_sheet}")


@vault.command()
@vault_options
@json_option
@spoken_errors
def verify(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Check the database, the documents and the journal's chain, page by page."""
    with open_desk(folder, passphrase_file) as desk:
        report = desk.vault.verify()
    if as_json:
        answer({"ok": report.ok, "problems": list(report.problems)})
    if not report.ok:
        fail(*report.problems)
    if not as_json:
        click.echo("Coffre intact : base, pièces et journal vérifiés.")


@vault.command()
@vault_options
@json_option
@spoken_errors
def info(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Say what a vault is and how much it holds."""
    with open_desk(folder, passphrase_file) as desk:
        held = desk.vault
        described = {
            "id": held.id,
            "kind": held.kind.value,
            "place": held.place,
            "people": held.people.count(),
            "applications": {
                state.value: count for state, count in held.applications.counts_by_state().items()
            },
            "contacts": len(held.contacts.all()),
            "recipient": held.identity.age_recipient,
        }
    if as_json:
        answer(described)
        return
    for key, value in described.items():
        click.echo(f"{key}: {value}")
