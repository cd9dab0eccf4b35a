"""`traitdunion print`: what goes with applications sent by post, as PDFs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from desktop.cli.speaking import existing_file, new_file, spoken_errors
from desktop.cli.vault import open_desk, vault_options
from desktop.workflows.desk import Desk
from desktop.workflows.printing.mailing import MailPaper

_APPLICATIONS = click.argument("applications", metavar="APPLICATION...", nargs=-1, required=True)
_PDF = click.option("--pdf", "out", type=new_file, required=True, help="The PDF to write.")
_TO = click.option(
    "--to",
    "address",
    type=existing_file,
    help="File with the recipient’s address; else the first letter’s.",
)
_ENVELOPES = ("DL", "C5", "C4")
_SHEETS = {"2x7": 0, "2x8": 1, "3x7": 2, "3x8": 3}


@click.group("print")
def printing() -> None:
    """Set what goes with applications sent by post.

    Each command writes a PDF in clear, and the journal keeps that it did.
    """


def _command(name: str, *options: Callable[..., Any]) -> Callable[..., Any]:
    def decorate(function: Callable[..., None]) -> Any:
        decorated: Any = spoken_errors(function)
        for option in reversed((vault_options, _APPLICATIONS, _PDF, *options)):
            decorated = option(decorated)
        return printing.command(name)(decorated)

    return decorate


@_command("covering-slip", _TO)
def covering_slip(
    folder: Path,
    passphrase_file: Path | None,
    applications: tuple[str, ...],
    out: Path,
    address: Path | None,
) -> None:
    """List what an envelope holds, for who opens it to check."""
    from desktop.workflows.printing.mailing import prepare_covering_slip

    _write(
        folder,
        passphrase_file,
        out,
        lambda desk: prepare_covering_slip(
            desk, applications, _address(desk, applications, address)
        ),
    )


@_command("checklist")
def checklist(
    folder: Path, passphrase_file: Path | None, applications: tuple[str, ...], out: Path
) -> None:
    """List the documents of applications: joined, to ask for, not needed."""
    from desktop.workflows.printing.mailing import prepare_checklist

    _write(folder, passphrase_file, out, lambda desk: prepare_checklist(desk, applications))


@_command(
    "envelope",
    _TO,
    click.option("--size", type=click.Choice(_ENVELOPES), default="DL", show_default=True),
    click.option("--sender", is_flag=True, help="Name this office outside."),
)
def envelope(
    folder: Path,
    passphrase_file: Path | None,
    applications: tuple[str, ...],
    out: Path,
    address: Path | None,
    size: str,
    sender: bool,
) -> None:
    """Set an envelope to print on."""
    from desktop.workflows.printing.mailing import prepare_envelope

    _write(
        folder,
        passphrase_file,
        out,
        lambda desk: prepare_envelope(
            desk,
            applications,
            _address(desk, applications, address),
            envelope=size,
            with_sender=sender,
        ),
    )


@_command(
    "labels",
    _TO,
    click.option("--sheet", type=click.Choice(tuple(_SHEETS)), default="2x7", show_default=True),
    click.option(
        "--first",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        help="The first label still on the sheet.",
    ),
)
def labels(
    folder: Path,
    passphrase_file: Path | None,
    applications: tuple[str, ...],
    out: Path,
    address: Path | None,
    sheet: str,
    first: int,
) -> None:
    """Set a label for each place that applications go to."""
    from desktop.workflows.printing.mailing import prepare_labels
    from exports.paper.mail.labels import SHEETS

    given = address.read_text(encoding="utf-8").splitlines() if address else []
    chosen = SHEETS[_SHEETS[sheet]]
    if first > chosen.count:
        raise click.UsageError(f"--first : cette planche a {chosen.count} étiquettes.")
    _write(
        folder,
        passphrase_file,
        out,
        lambda desk: prepare_labels(desk, applications, given, sheet=chosen.name, first=first),
    )


def _write(
    folder: Path, passphrase_file: Path | None, out: Path, prepare: Callable[[Desk], MailPaper]
) -> None:
    from desktop.workflows.printing.mailing import save_mail_paper

    with open_desk(folder, passphrase_file) as desk:
        save_mail_paper(desk, prepare(desk), out)


def _address(desk: Desk, applications: tuple[str, ...], file: Path | None) -> list[str]:
    """The lines of a file, else of the first letter among the applications."""
    from desktop.workflows.printing.mailing import recipient_of

    if file is not None:
        return file.read_text(encoding="utf-8").splitlines()
    return list(next(filter(None, (recipient_of(desk, one) for one in applications)), ()))
