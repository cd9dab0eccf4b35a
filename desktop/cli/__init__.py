"""The terminal: the same workflows as the window, for automation and for tests."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli import (
    backups,
    blank,
    bundle,
    contacts,
    erasing,
    form_files,
    forms,
    pdf,
    printing,
    records,
    relay,
    relay_open,
    statistics,
    transfer,
    users,
    vault,
)
from desktop.cli.speaking import spoken_errors


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="traitdunion", prog_name="traitdunion")
def main() -> None:
    """Fill rights applications, print them, and hand them over, encrypted, to a relay.

    Exit codes: 0 done; 1 not done, or not wholly (the reasons are on standard error);
    2 the command was not understood. With --json, standard output is one JSON document.

    A vault's passphrase comes from --passphrase-file, from TRAITDUNION_PASSPHRASE, or from a
    prompt; never from an argument.
    """


@main.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to fill.")
@click.option(
    "--official-dir",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with official PDFs; without it, preparation sheets are printed.",
)
@click.option("--online", is_flag=True, help="File one online too, on a portal of this PC alone.")
@spoken_errors
def demo(out: Path, official_dir: Path | None, online: bool) -> None:
    """Do the whole round trip on invented people, and say what each file is."""
    from desktop.workflows.demo.round_trip import run_demonstration

    run_demonstration(out, official_dir, click.echo)
    if online:
        from desktop.workflows.demo.online import run_online_demonstration

        run_online_demonstration(out, click.echo)


form_files.add_to(forms.forms)
erasing.add_to(vault.vault)
backups.add_to(vault.vault)
users.add_to(vault.vault)
main.add_command(forms.forms)
main.add_command(forms.fill)
main.add_command(blank.blank)
main.add_command(blank.help_sheet)
main.add_command(pdf.pdf)
main.add_command(vault.vault)
main.add_command(records.people)
main.add_command(records.applications)
main.add_command(printing.printing)
main.add_command(contacts.card)
main.add_command(bundle.bundle)
main.add_command(bundle.outcome)
main.add_command(bundle.receipt)
main.add_command(transfer.transfer)
relay.relay.add_command(relay_open.open_)
main.add_command(relay.relay)
main.add_command(statistics.stats)
