"""`traitdunion pdf grid`, `boxes`: find where the answers go on a PDF without fields."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.speaking import existing_file, fail, new_file, spoken_errors


@click.command()
@click.argument("flat", type=existing_file)
@click.option("--pdf", "out", type=new_file, required=True, help="The PDF to write.")
@spoken_errors
def grid(flat: Path, out: Path) -> None:
    """Lay a ruler over each page, in points from its bottom left."""
    from desktop.workflows.durable_file import write_durably
    from exports.paper.foreign import with_grid

    write_durably(out, with_grid(flat.read_bytes()))


@click.command()
@click.argument("flat", type=existing_file)
@spoken_errors
def boxes(flat: Path) -> None:
    """Draft the boxes of a PDF without fields, as lines of official.yaml, to correct by eye.

    Of a scan, only cells and check boxes are found. Exit code 1 when nothing is found.
    """
    from exports.paper.foreign import find_boxes
    from exports.paper.official.box_finder import draft

    found = find_boxes(flat.read_bytes())
    if not found:
        fail("Aucune ligne ni case n’est trouvée dans ce PDF.")
    click.echo(draft(found), nl=False)
