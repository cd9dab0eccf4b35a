"""`traitdunion card`: give one's public keys, take another's, compare the fingerprint."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import answer, existing_file, json_option, new_file, spoken_errors
from desktop.cli.vault import open_desk, vault_options


@click.group()
def card() -> None:
    """Give this vault's card, take another's, compare the fingerprint."""


@card.command()
@vault_options
@click.option("--out", type=new_file, required=True, help="The .carte file to write.")
@spoken_errors
def export(folder: Path, passphrase_file: Path | None, out: Path) -> None:
    """Write this vault's card and print its fingerprint."""
    from desktop.workflows.exchanges.contacts import my_card, save_my_card

    with open_desk(folder, passphrase_file) as desk:
        save_my_card(desk, out)
        click.echo(" ".join(my_card(desk).words))


@card.command()
@vault_options
@spoken_errors
def renew(folder: Path, passphrase_file: Path | None) -> None:
    """Give this vault post-quantum keys and print the new fingerprint; its card changes."""
    from desktop.workflows.exchanges.contacts import renew_my_keys

    with open_desk(folder, passphrase_file) as desk:
        click.echo(" ".join(renew_my_keys(desk).words))


@card.command("import")
@vault_options
@click.argument("file", type=existing_file)
@spoken_errors
def import_(folder: Path, passphrase_file: Path | None, file: Path) -> None:
    """Take a contact's card; print its identifier and fingerprint, to be compared aloud."""
    from desktop.workflows.exchanges.contacts import import_card

    with open_desk(folder, passphrase_file) as desk:
        contact = import_card(desk, file)
    click.echo(f"{contact.id}\n{contact.name}\n{' '.join(contact.words)}")


@card.command()
@vault_options
@click.argument("contact_id", metavar="CONTACT")
@spoken_errors
def verified(folder: Path, passphrase_file: Path | None, contact_id: str) -> None:
    """Note that a contact's fingerprint was compared and is the same."""
    from desktop.workflows.exchanges.contacts import mark_verified

    with open_desk(folder, passphrase_file) as desk:
        mark_verified(desk, contact_id)


@card.command()
@vault_options
@click.argument("contact_id", metavar="CONTACT")
@spoken_errors
def revoke(folder: Path, passphrase_file: Path | None, contact_id: str) -> None:
    """Write nothing to a contact any more, and take nothing from it; the history stays."""
    from desktop.workflows.exchanges.contacts import revoke_contact

    with open_desk(folder, passphrase_file) as desk:
        revoke_contact(desk, contact_id)


@card.command("list")
@vault_options
@json_option
@spoken_errors
def list_(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """List the contacts of a vault."""
    from desktop.workflows.exchanges.contacts import list_contacts

    with open_desk(folder, passphrase_file) as desk:
        contacts = list_contacts(desk)
    if as_json:
        answer(
            [
                {
                    "id": contact.id,
                    "name": contact.name,
                    "kind": contact.kind,
                    "words": list(contact.words),
                    "verified": contact.verified,
                    "revoked": contact.revoked,
                    "last_exchange": contact.last_exchange,
                }
                for contact in contacts
            ]
        )
        return
    for contact in contacts:
        state = "vérifié" if contact.verified else "à vérifier"
        state = "révoqué" if contact.revoked else state
        click.echo(f"{contact.id}  {contact.name} ({contact.kind}, {state})")
