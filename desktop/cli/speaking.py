"""How the terminal speaks: one French sentence an error, one JSON document an answer."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")

MAXIMUM_JSON_SIZE = 16 * 1024 * 1024


def spoken_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the errors of a workflow into a sentence on standard error and exit code 1.

    An error that nobody foresaw is a defect and keeps its traceback.
    """

    @functools.wraps(command)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> R:
        from desktop.workflows.sentences import KNOWN_ERRORS, sentence

        try:
            return command(*args, **kwargs)
        except KNOWN_ERRORS as error:
            fail(sentence(error))

    return speaking


def fail(*lines: str) -> NoReturn:
    """Say what went wrong on standard error and leave with exit code 1."""
    for line in lines:
        click.echo(line, err=True)
    raise click.exceptions.Exit(1)


def answer(document: Any) -> None:
    """Print one JSON document on standard output, in UTF-8, keys in their order."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def read_json(file: Path) -> Any:
    """Read a JSON file of a reasonable size.

    Raises:
        click.UsageError: it is too large, or not JSON.
    """
    if file.stat().st_size > MAXIMUM_JSON_SIZE:
        raise click.UsageError(f"{file.name} : fichier trop volumineux.")
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise click.UsageError(f"{file.name} : ce n’est pas du JSON ({error}).") from error


existing_file = click.Path(path_type=Path, exists=True, dir_okay=False)
new_file = click.Path(path_type=Path, dir_okay=False)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
