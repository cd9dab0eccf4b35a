"""`traitdunion relay open`: take in a whole folder of bundles."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import answer, fail, json_option, spoken_errors
from desktop.cli.vault import open_desk, vault_options

_STEP = 50
"""How often the terminal is told how far it is."""


@click.command("open")
@vault_options
@click.argument(
    "source",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@json_option
@spoken_errors
def open_(folder: Path, passphrase_file: Path | None, source: Path, as_json: bool) -> None:
    """Take in every bundle of a folder; run again, it goes on where it stopped.

    What cannot be opened is listed with its reason, and stops nothing else.
    """
    from desktop.workflows.relay.bulk_opening import open_folder

    with open_desk(folder, passphrase_file) as desk:
        opened = open_folder(desk, source, progress=_tell)
    if as_json:
        answer({**vars(opened), "unopened": [vars(one) for one in opened.unopened]})
    else:
        click.echo(
            f"{opened.found} liasses : {opened.new} reçues ({opened.applications} démarches), "
            f"{opened.already} déjà reçues, {len(opened.unopened)} refusées."
        )
        for name in opened.unknown_senders:
            click.echo(f"Expéditeur inconnu, qui se nomme « {name} » : comparez son empreinte.")
    if opened.unopened:
        fail(*(f"{one.name} : {one.why}" for one in opened.unopened))


def _tell(done: int, found: int) -> None:
    if done % _STEP == 0 or done == found:
        click.echo(f"{done} sur {found}", err=True)
