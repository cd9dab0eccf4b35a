"""`traitdunion vault backup`, `vault restore`, `vault repair`: against loss."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import answer, existing_file, fail, json_option, spoken_errors
from desktop.cli.vault import open_desk, read_passphrase, vault_options

_folder = click.Path(path_type=Path, file_okay=False)
_existing_folder = click.Path(path_type=Path, exists=True, file_okay=False)
_recovery_file = click.option(
    "--recovery-file",
    type=existing_file,
    help="File with the lines of the recovery sheet, instead of a passphrase.",
)
_passphrase_file = click.option(
    "--passphrase-file", type=existing_file, help="File whose first line is the passphrase."
)


def add_to(vault: click.Group) -> None:
    """Add the commands to `traitdunion vault`."""
    vault.add_command(backup)
    vault.add_command(restore)
    vault.add_command(repair)


@click.command()
@vault_options
@click.option("--to", "place", type=_folder, required=True, help="Folder of backups, on a stick.")
@spoken_errors
def backup(folder: Path, passphrase_file: Path | None, place: Path) -> None:
    """Make a backup, encrypted as the vault is, and read it back."""
    from desktop.workflows.settings.backups import make_backup

    with open_desk(folder, passphrase_file) as desk:
        made = make_backup(desk, place)
    click.echo(f"Sauvegarde faite et relue : {made.folder}")


@click.command()
@click.option(
    "--from", "backup_folder", type=_existing_folder, required=True, help="Folder of the backup."
)
@click.option("--vault", "folder", type=_folder, required=True, help="Folder of the new vault.")
@_passphrase_file
@_recovery_file
@spoken_errors
def restore(
    backup_folder: Path, folder: Path, passphrase_file: Path | None, recovery_file: Path | None
) -> None:
    """Put a backup back into a new folder; what is there already is left alone."""
    from desktop.workflows.settings.backups import restore_backup, what_it_lacks
    from desktop.workflows.start.opening import lock

    secret = _secret(passphrase_file, recovery_file)
    lacks = what_it_lacks(backup_folder, secret)
    if lacks:
        click.echo(lacks, err=True)
    desk = restore_backup(backup_folder, folder, secret)
    people = desk.vault.people.count()
    lock(desk)
    click.echo(f"Coffre repris dans {folder} : {people} fiches.")


@click.command()
@click.option(
    "--vault", "folder", type=_existing_folder, required=True, help="Folder of the damaged vault."
)
@click.option("--out", type=_folder, required=True, help="Folder of the new vault.")
@_passphrase_file
@_recovery_file
@json_option
@spoken_errors
def repair(
    folder: Path,
    out: Path,
    passphrase_file: Path | None,
    recovery_file: Path | None,
    as_json: bool,
) -> None:
    """Bring what can still be read of a damaged vault into a new one, and say what is missing.

    The damaged vault does not change. Exit code 1 when something is known to be missing.
    """
    from desktop.workflows.settings.repairs import repair_vault
    from desktop.workflows.start.opening import lock

    repaired = repair_vault(folder, out, _secret(passphrase_file, recovery_file))
    report = repaired.report
    lock(repaired.desk)
    if as_json:
        answer({"kept": report.kept, "missing": list(report.missing)})
    else:
        click.echo(f"Coffre réparé dans {out}.\n{report.kept}")
    if report.missing:
        fail(*report.missing)


def _secret(passphrase_file: Path | None, recovery_file: Path | None) -> str:
    if recovery_file is not None:
        return recovery_file.read_text(encoding="utf-8")
    return read_passphrase(passphrase_file)
