"""Write docs/cli.md from the commands' own help; with `--check`, only say whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from desktop.cli import main as program

FILE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """\
# The terminal

Written from the commands’ own help by `make docs`; a test fails when it is stale.

"""


def document() -> str:
    """The whole page."""
    return HEAD + "\n".join(_sections(program, "traitdunion", None))


def _sections(command: click.Command, path: str, parent: click.Context | None) -> list[str]:
    context = click.Context(command, info_name=path.rsplit(" ", 1)[-1], parent=parent)
    lines = [f"## `{path}`", "", "```", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                lines += _sections(inner, f"{path} {name}", context)
    return lines


def main() -> int:
    """Write the page, or check it."""
    page = document()
    if "--check" in sys.argv[1:]:
        return 0 if FILE.read_text(encoding="utf-8") == page else 1
    FILE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
