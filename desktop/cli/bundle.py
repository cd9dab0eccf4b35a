"""`traitdunion bundle`, `outcome`, `receipt`: from the station to the relay, and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.speaking import answer, existing_file, fail, json_option, new_file, spoken_errors
from desktop.cli.vault import open_desk, vault_options
from desktop.workflows.exchanges.reasons import Reason


@click.group()
def bundle() -> None:
    """Write a bundle, open it at the relay, check it."""


@bundle.command()
@vault_options
@click.option("--application", "applications", multiple=True, required=True, help="What to send.")
@click.option("--to", "contacts", multiple=True, required=True, help="Identifier of a contact.")
@click.option("--out", type=new_file, required=True, help="The .liasse file to write.")
@click.option("--to-unverified", is_flag=True, help="Send to a contact nobody has verified.")
@click.option("--with-older-keys", is_flag=True, help="Write with keys not post-quantum too.")
@json_option
@spoken_errors
def create(
    folder: Path,
    passphrase_file: Path | None,
    applications: tuple[str, ...],
    contacts: tuple[str, ...],
    out: Path,
    to_unverified: bool,
    with_older_keys: bool,
    as_json: bool,
) -> None:
    """Write applications as an encrypted, signed bundle for one or several contacts."""
    from desktop.workflows.exchanges.bundles import send_bundle

    with open_desk(folder, passphrase_file) as desk:
        sent = send_bundle(
            desk,
            applications,
            contacts,
            out,
            to_unverified=to_unverified,
            with_older_keys=with_older_keys,
        )
    if as_json:
        answer({"id": sent.id, "number": sent.number, "applications": sent.applications})
        return
    click.echo(f"Liasse n° {sent.number} : {sent.applications} démarche(s), {out}")


@bundle.command("open")
@vault_options
@click.argument("file", type=existing_file)
@json_option
@spoken_errors
def open_(folder: Path, passphrase_file: Path | None, file: Path, as_json: bool) -> None:
    """Verify a bundle and take it into a relay's vault; twice changes nothing."""
    from desktop.workflows.exchanges.bundles import receive_bundle

    with open_desk(folder, passphrase_file) as desk:
        received = receive_bundle(desk, file)
    if as_json:
        answer(
            {
                **asdict(received.preview),
                "new": received.new,
                "applications": list(received.application_ids),
            }
        )
        return
    click.echo(
        f"Liasse n° {received.preview.number} de {received.preview.sender} : "
        + ("reçue." if received.new else "déjà reçue, rien n’a changé.")
    )
    for line in received.preview.lines:
        click.echo(f"· {line}")


@bundle.command()
@vault_options
@click.argument("file", type=existing_file)
@json_option
@spoken_errors
def verify(folder: Path, passphrase_file: Path | None, file: Path, as_json: bool) -> None:
    """Open and verify a bundle without keeping anything of it."""
    from desktop.workflows.exchanges.bundles import preview_bundle

    with open_desk(folder, passphrase_file) as desk:
        preview = preview_bundle(desk, file)
    if as_json:
        answer(asdict(preview))
        return
    known = "correspondant connu" if preview.sender_known else "expéditeur inconnu"
    click.echo(f"Liasse n° {preview.number}, de {preview.sender} ({known}) : intacte.")


@bundle.command("print")
@vault_options
@click.argument("file", type=existing_file)
@click.option("--pdf", type=new_file, required=True, help="The PDF of codes to write.")
@json_option
@spoken_errors
def print_(
    folder: Path, passphrase_file: Path | None, file: Path, pdf: Path, as_json: bool
) -> None:
    """Set a bundle, or a receipt, that this vault wrote as pages of codes."""
    from desktop.workflows.codes.bundles import print_bundle, save_codes

    with open_desk(folder, passphrase_file) as desk:
        printed = print_bundle(desk, file)
    save_codes(printed, pdf)
    if as_json:
        answer({"pages": printed.pages, "codes": printed.codes, "spare": printed.spare})
        return
    click.echo(
        f"{printed.pages} page(s), {printed.codes} codes dont {printed.spare} peuvent rester "
        f"illisibles : {pdf}"
    )


@bundle.command()
@click.argument("images", nargs=-1, required=True, type=existing_file)
@click.option("--out", type=new_file, required=True, help="The file to write.")
@json_option
@spoken_errors
def scan(images: tuple[Path, ...], out: Path, as_json: bool) -> None:
    """Read printed codes from scans (PDF, PNG, JPEG, TIFF) and write the file they carry.

    No vault is needed: the file is as encrypted as it was.
    """
    from desktop.workflows.codes.bundles import save_parcel
    from desktop.workflows.codes.intake import PaperIntake
    from exports.bundle.paper.errors import NoCodeFound

    intake = PaperIntake()
    for image in images:
        scanned = intake.read(image)
        if scanned.problem:
            click.echo(f"{scanned.name} : {scanned.problem}", err=True)
    if not intake.parcels:
        raise NoCodeFound
    if len(intake.parcels) > 1:
        marks = ", ".join(one.mark for one in intake.parcels)
        fail(f"Ces pages sont celles de plusieurs envois ({marks}). Lisez-les un par un.")
    (progress,) = intake.parcels
    if progress.still_needed:
        click.echo(progress.line, err=True)
    save_parcel(progress.parcel, out)
    if as_json:
        answer(
            {
                "kind": progress.kind.name.lower(),
                "mark": progress.mark,
                "seen": progress.seen,
                "total": progress.total,
                "missing": {str(page): list(codes) for page, codes in progress.missing.items()},
            }
        )
        return
    click.echo(f"{progress.line} {out}")


@click.command()
@vault_options
@click.argument("application_id", metavar="APPLICATION")
@click.option(
    "--result",
    type=click.Choice(["filed_online", "filed_by_post", "refused", "incomplete"]),
    required=True,
)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if absent.")
@click.option("--reference", default="", help="The office's reference.")
@click.option("--comment", default="", help="A word to the station.")
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in Reason]),
    help="Why it was refused or came back; the comment begins with it.",
)
@spoken_errors
def outcome(
    folder: Path,
    passphrase_file: Path | None,
    application_id: str,
    result: str,
    day: object,
    reference: str,
    comment: str,
    reason: str | None,
) -> None:
    """Record at the relay what became of an application."""
    from datetime import datetime

    from desktop.workflows.desk import local_today
    from desktop.workflows.exchanges.receipts import record_outcome
    from exports.bundle.receipt import OutcomeKind

    on = day.date() if isinstance(day, datetime) else local_today()
    with open_desk(folder, passphrase_file) as desk:
        record_outcome(
            desk,
            application_id,
            OutcomeKind(result),
            on=on,
            reference=reference,
            comment=comment,
            reason=Reason(reason) if reason else None,
        )


@click.group()
def receipt() -> None:
    """Write the receipt of a bundle at the relay, take it in at the station."""


@receipt.command()
@vault_options
@click.argument("bundle_id", metavar="BUNDLE")
@click.option("--out", type=new_file, required=True, help="The .accuse file to write.")
@click.option("--with-older-keys", is_flag=True, help="Write with keys not post-quantum too.")
@spoken_errors
def write(
    folder: Path, passphrase_file: Path | None, bundle_id: str, out: Path, with_older_keys: bool
) -> None:
    """Write the outcomes of a bundle, encrypted for the station that sent it."""
    from desktop.workflows.exchanges.receipts import write_receipt

    with open_desk(folder, passphrase_file) as desk:
        written = write_receipt(desk, bundle_id, out, with_older_keys=with_older_keys)
    click.echo(f"Accusé de la liasse n° {written.number} : {written.outcomes} issue(s), {out}")


@receipt.command("import")
@vault_options
@click.argument("file", type=existing_file)
@json_option
@spoken_errors
def import_(folder: Path, passphrase_file: Path | None, file: Path, as_json: bool) -> None:
    """Take a relay's receipts in: states and history change; twice changes nothing."""
    from desktop.workflows.relay.station_receipts import import_receipts

    with open_desk(folder, passphrase_file) as desk:
        receipts = import_receipts(desk, file)
    if as_json:
        taken = [asdict(one) for one in receipts]
        answer(taken[0] if len(taken) == 1 else {"receipts": taken})
        return
    for one in receipts:
        click.echo(
            f"Accusé de la liasse n° {one.number}, de {one.sender} : "
            + ("pris en compte." if one.new else "déjà reçu, rien n’a changé.")
        )
        for line in one.lines:
            click.echo(f"· {line}")


@receipt.command("station")
@vault_options
@click.argument("contact_id", metavar="STATION", required=False)
@click.option("--out", type=new_file, help="The .accuse file to write for the station.")
@click.option("--with-older-keys", is_flag=True, help="Write with keys not post-quantum too.")
@spoken_errors
def station(
    folder: Path,
    passphrase_file: Path | None,
    contact_id: str | None,
    out: Path | None,
    with_older_keys: bool,
) -> None:
    """List the stations that wait for receipts, or write all of one station's in one file."""
    from desktop.workflows.relay import station_receipts

    with open_desk(folder, passphrase_file) as desk:
        if contact_id is None or out is None:
            for row in station_receipts.stations_to_answer(desk):
                click.echo(f"{row.contact_id}  {row.name} : issues à annoncer {row.outcomes}")
            return
        written = station_receipts.write_station_receipts(
            desk, contact_id, out, with_older_keys=with_older_keys
        )
    click.echo(f"Accusés pour {written.name} : {written.outcomes} issue(s), {out}")
