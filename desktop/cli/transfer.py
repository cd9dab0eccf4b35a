"""`traitdunion transfer`: a whole person from one station to another."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.speaking import answer, existing_file, json_option, new_file, spoken_errors
from desktop.cli.vault import open_desk, vault_options


@click.group()
def transfer() -> None:
    """Send a person's whole file to another station, take one in, confirm it."""


@transfer.command()
@vault_options
@click.option("--person", required=True, help="Identifier of the person.")
@click.option("--to", "contact", required=True, help="Identifier of a verified station.")
@click.option("--out", type=new_file, required=True, help="The .transfert file to write.")
@click.option("--with-older-keys", is_flag=True, help="Write with keys not post-quantum too.")
@json_option
@spoken_errors
def send(
    folder: Path,
    passphrase_file: Path | None,
    person: str,
    contact: str,
    out: Path,
    with_older_keys: bool,
    as_json: bool,
) -> None:
    """Write a person, with applications, documents and history, for another station."""
    from desktop.workflows.transfers.sending import send_person

    with open_desk(folder, passphrase_file) as desk:
        sent = send_person(desk, person, contact, out, with_older_keys=with_older_keys)
    if as_json:
        answer({"id": sent.id, "number": sent.number, "to": sent.to})
        return
    click.echo(f"Dossier n° {sent.number} pour {sent.to} : {out}")


@transfer.command()
@vault_options
@click.argument("file", type=existing_file)
@click.option("--person", help="Somebody here: say what differs.")
@json_option
@spoken_errors
def show(
    folder: Path, passphrase_file: Path | None, file: Path, person: str | None, as_json: bool
) -> None:
    """Verify a transfer, say who arrives and who they may be here; keep nothing."""
    from desktop.workflows.transfers.comparison import differences, preview_arrival

    with open_desk(folder, passphrase_file) as desk:
        arrival = preview_arrival(desk, file)
        found = differences(desk, file, person) if person else ()
    if as_json:
        answer({**asdict(arrival), "differences": [asdict(one) for one in found]})
        return
    click.echo(f"Dossier n° {arrival.number} de {arrival.sender} : {arrival.name}")
    for line in arrival.lines:
        click.echo(f"· {line}")
    for candidate in arrival.candidates:
        click.echo(f"Peut-être ici : {candidate.person_id}  {candidate.title}")
    for one in found:
        click.echo(f"{one.key} — {one.label} : ici {one.here_text} ; dossier {one.there_text}")


@transfer.command()
@vault_options
@click.argument("file", type=existing_file)
@click.option("--into", help="Identifier of the person here; without it, they are added.")
@click.option("--take", multiple=True, help="Key of a difference in which the file is right.")
@json_option
@spoken_errors
def receive(
    folder: Path,
    passphrase_file: Path | None,
    file: Path,
    into: str | None,
    take: tuple[str, ...],
    as_json: bool,
) -> None:
    """Take a transfer in; twice changes nothing. Where both differ, what is here stays."""
    from desktop.workflows.transfers.arrivals import keep_arrival

    with open_desk(folder, passphrase_file) as desk:
        kept = keep_arrival(desk, file, into=into, taken=take)
    if as_json:
        answer(asdict(kept))
        return
    click.echo(f"{kept.person_id} : " + ("pris." if kept.new else "déjà pris, rien n’a changé."))


@transfer.command()
@vault_options
@click.argument("bundle_id", metavar="TRANSFER")
@click.option("--out", type=new_file, required=True, help="The .accuse file to write.")
@click.option("--with-older-keys", is_flag=True, help="Write with keys not post-quantum too.")
@spoken_errors
def confirm(
    folder: Path, passphrase_file: Path | None, bundle_id: str, out: Path, with_older_keys: bool
) -> None:
    """Write the receipt of a transfer for the station that sent it (`receipt import` there)."""
    from desktop.workflows.transfers.arrivals import confirm_arrival

    with open_desk(folder, passphrase_file) as desk:
        name = confirm_arrival(desk, bundle_id, out, with_older_keys=with_older_keys)
    click.echo(f"Accusé pour {name} : {out}")
