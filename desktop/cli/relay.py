"""`traitdunion relay`: filing online from a relay: schema, prepare, send, follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli.speaking import (
    answer,
    existing_file,
    json_option,
    new_file,
    spoken_errors,
)
from desktop.cli.vault import open_desk, vault_options

if TYPE_CHECKING:
    from desktop.workflows.online.filing import PreparedFiling
    from exports.online.suggestions import FieldSuggestions


@click.group()
def relay() -> None:
    """Work at a relay: open bundles; file online: read a procedure, prepare, send once, follow.

    A relay's vault alone may use the network, over HTTPS, to the portals on the program's list.
    """


@relay.command()
@click.argument("source", metavar="FILE|ADDRESS")
@click.option("--form", "form_id", required=True, help="The form to compare with.")
@click.option(
    "--vault",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="A relay's vault: needed for an address; the schema is then kept in it.",
)
@click.option("--passphrase-file", type=existing_file, help="See `vault`.")
@click.option("--out", type=new_file, help="Where to write the schema.")
@json_option
@spoken_errors
def schema(
    source: str,
    form_id: str,
    folder: Path | None,
    passphrase_file: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Read what a procedure asks, and suggest which question goes in which field."""
    from desktop.workflows.durable_file import write_durably
    from exports.online.schema import read_schema
    from exports.online.suggestions import suggest
    from forms.catalogue import catalogue

    content = _content_of(source, form_id, folder, passphrase_file)
    if out is not None:
        write_durably(out, content)
    read = read_schema(content)
    found = suggest(read, catalogue().form(form_id))
    if as_json:
        answer(
            {
                "number": read.number,
                "title": read.title,
                "open": read.open,
                "fields": [_as_json(one) for one in found],
            }
        )
        return
    click.echo(f"Démarche n° {read.number} : {read.title}")
    for one in found:
        _say(one, "")


def _content_of(
    source: str, form_id: str, folder: Path | None, passphrase_file: Path | None
) -> bytes:
    from desktop.workflows.online import procedures

    if "://" not in source:
        content = procedures.schema_from_file(Path(source))
        if folder is not None:
            with open_desk(folder, passphrase_file) as desk:
                procedures.keep_schema(desk, form_id, content)
        return content
    if folder is None:
        raise click.UsageError("Une adresse se lit depuis le coffre d’un relais : --vault.")
    with open_desk(folder, passphrase_file) as desk:
        content = procedures.client_for(desk, source).schema(source)
        procedures.keep_schema(desk, form_id, content)
    return content


@relay.command("map")
@vault_options
@click.argument("file", type=existing_file)
@click.option("--form", "form_id", required=True, help="The form that it maps.")
@spoken_errors
def map_(folder: Path, passphrase_file: Path | None, file: Path, form_id: str) -> None:
    """Tell a relay where a form is filed online: an `online.yaml` of its own."""
    from desktop.workflows.online.procedures import keep_mapping

    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file.name} : ce n’est pas un texte en UTF-8.") from error
    with open_desk(folder, passphrase_file) as desk:
        filing = keep_mapping(desk, form_id, text)
    fields = len(filing.procedure.fields) if filing.procedure else 0
    click.echo(f"{form_id} : champs reliés {fields}, lignes à recopier {len(filing.copy)}.")


@relay.command()
@vault_options
@click.argument("application_id", metavar="APPLICATION")
@json_option
@spoken_errors
def prepare(folder: Path, passphrase_file: Path | None, application_id: str, as_json: bool) -> None:
    """Show what would be sent, what is left, what the portal may drop. Nothing is sent."""
    from desktop.workflows.online.filing import prepare_filing

    with open_desk(folder, passphrase_file) as desk:
        prepared = prepare_filing(desk, application_id)
    if as_json:
        answer(_prepared_as_json(prepared))
        return
    _show(prepared)


@relay.command()
@vault_options
@click.argument("application_id", metavar="APPLICATION")
@click.option("--yes", is_flag=True, help="Send without asking: what is sent was read before.")
@click.option("--again", is_flag=True, help="Create another draft although one (may) exist.")
@json_option
@spoken_errors
def send(
    folder: Path,
    passphrase_file: Path | None,
    application_id: str,
    yes: bool,
    again: bool,
    as_json: bool,
) -> None:
    """Create the draft on the portal, once, after showing it."""
    from desktop.workflows.online.filing import client_of, prepare_filing, send_filing

    with open_desk(folder, passphrase_file) as desk:
        prepared = prepare_filing(desk, application_id)
        client = client_of(desk, prepared)
        if not yes:
            _show(prepared)
            click.confirm("Créer ce brouillon sur le portail ?", abort=True, err=True)
        draft = send_filing(desk, prepared, client, decided=again)
    if as_json:
        answer({"number": draft.number, "url": draft.url})
        return
    click.echo(f"Brouillon n° {draft.number} créé. À reprendre dans les 5 jours : {draft.url}")


@relay.command()
@vault_options
@click.argument("application_id", metavar="APPLICATION")
@click.option("--record", is_flag=True, help="Record the outcome, for the receipt.")
@json_option
@spoken_errors
def follow(
    folder: Path, passphrase_file: Path | None, application_id: str, record: bool, as_json: bool
) -> None:
    """Ask the portal how a draft stands."""
    from desktop.workflows.online.followup import follow_filing, record_followed

    with open_desk(folder, passphrase_file) as desk:
        followed = follow_filing(desk, application_id)
        outcome = record_followed(desk, application_id) if record else followed.outcome
    if as_json:
        answer(
            {
                "number": followed.draft.number,
                "state": followed.draft.state.value,
                "said": followed.said,
                "outcome": outcome.kind.value if outcome else None,
                "on": outcome.on.isoformat() if outcome else None,
            }
        )
        return
    click.echo(f"Dossier n° {followed.draft.number} : {followed.said}")
    if record and outcome is not None:
        click.echo(f"Issue notée au {outcome.on.isoformat()}.")


def _show(prepared: PreparedFiling) -> None:
    from forms.online import OnlineStatus

    told = prepared.preparation
    if prepared.status is OnlineStatus.EXAMPLE:
        click.echo("EXEMPLE INVENTÉ : cette démarche n’existe pas.")
    elif prepared.status is OnlineStatus.TO_VERIFY:
        click.echo("Démarche à vérifier.")
    click.echo(f"{prepared.title} : démarche n° {told.number}")
    for sent in told.sent:
        doubt = f"   ({sent.may_drop})" if sent.may_drop else ""
        click.echo(f"  envoyé  {_place(sent.section, sent.label)} : {sent.text}{doubt}")
    for left in told.left:
        needed = ", obligatoire" if left.required else ""
        click.echo(f"  laissé  {_place(left.section, left.label)} : {left.why}{needed}")
    for name in prepared.to_join:
        click.echo(f"  à joindre dans le navigateur : {name}")


def _place(section: str, label: str) -> str:
    return f"{section}, {label}" if section else label


def _prepared_as_json(prepared: PreparedFiling) -> dict[str, Any]:
    told = prepared.preparation
    return {
        "procedure": told.number,
        "status": prepared.status.value,
        "schema_read_on": prepared.schema_read_on,
        "sent": [vars(one) for one in told.sent],
        "left": [{**vars(one), "reason": one.reason.value} for one in told.left],
        "to_join": list(prepared.to_join),
        "payload": told.payload,
    }


def _as_json(one: FieldSuggestions) -> dict[str, Any]:
    return {
        "field": one.field.id,
        "label": one.field.label,
        "type": one.field.type.name,
        "required": one.field.required,
        "each": one.each,
        "candidates": [
            {"question": near.question.name, "likeness": round(near.likeness, 2)}
            for near in one.candidates
        ],
        "fields": [_as_json(child) for child in one.children],
    }


def _say(one: FieldSuggestions, margin: str) -> None:
    near = ", ".join(f"{it.question.name} ({it.likeness:.0%})" for it in one.candidates)
    said = near or (f"répétition {one.each}" if one.each else "—")
    click.echo(f"{margin}{one.field.id:16} {one.field.label} ({one.field.type.name}) : {said}")
    for child in one.children:
        _say(child, f"{margin}  ")
