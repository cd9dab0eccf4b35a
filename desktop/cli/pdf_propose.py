"""`traitdunion pdf propose`: a form from any fillable PDF, to be read over by hand."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import existing_file, fail, spoken_errors


@click.command()
@click.argument("official", type=existing_file)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to write; the files of a form must not be there yet.",
)
@spoken_errors
def propose(official: Path, out: Path) -> None:
    """Propose a form from a fillable PDF: form.yaml, official.yaml, guide.md.

    The labels are those printed beside the fields. Read the form over before using it: types,
    profile links and what is left to the office are guesses.
    """
    from desktop.workflows.desk import local_today
    from desktop.workflows.durable_file import write_durably
    from exports.paper.foreign import propose as propose_form
    from exports.paper.proposal.model import NothingToFill
    from exports.paper.proposal.writing import write_form

    try:
        proposal = propose_form(official.read_bytes(), today=local_today())
    except NothingToFill:
        fail(f"{official.name} : ce PDF n’a pas de champ à remplir. Il se remplit à la main.")
    if not proposal.asked:
        fail(f"{official.name} : tous les champs de ce PDF sont réservés à l’administration.")
    texts = write_form(proposal)
    files = {"form.yaml": texts.form, "official.yaml": texts.official, "guide.md": texts.guide}
    present = [name for name in files if (out / name).exists()]
    if present:
        fail(f"{out} contient déjà {', '.join(present)}. Rien n’a été écrit.")
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        write_durably(out / name, text.encode("utf-8"))
    linked = sum(one.profile is not None for one in proposal.asked)
    dropped = len(proposal.questions) - len(proposal.asked)
    click.echo(f"{proposal.title} ({proposal.number or 'sans numéro'}), {proposal.pages} page(s)")
    click.echo(
        f"{len(proposal.asked)} question(s), dont {linked} reliée(s) au profil ; "
        f"{dropped} laissée(s) à l’administration"
    )
