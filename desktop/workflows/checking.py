"""Checking definitions: those of the catalogue with their sources, or one being written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.workflows.desk import local_today
from forms.catalogue import Entry, catalogue
from forms.definition import Form
from forms.errors import FormError
from forms.reader import read_form


@dataclass(frozen=True)
class CheckReport:
    """What was found of one definition.

    Attributes:
        lines: number, version, questions, sources with the day they were read.
        faults: what must be mended, with file and line.
    """

    lines: tuple[str, ...]
    faults: tuple[str, ...]


def check_catalogue(*, today: date | None = None) -> Iterator[CheckReport]:
    """Check every form of the catalogue: definition, guide, official mapping, letter."""
    shelf = catalogue()
    for entry in shelf.entries():
        try:
            form = shelf.form(entry.id)
            shelf.guide(entry.id)
            official = shelf.official(entry.id)
            shelf.letter(entry.id)
        except FormError as error:
            yield CheckReport((), (str(error),))
            continue
        lines = _lines(entry, form, today or local_today())
        if official is not None and official.superseded:
            lines += (
                f"    {official.number or 'official PDF'}: an older print; "
                "check it against the version in force",
            )
        yield CheckReport(lines, _source_faults(form))


def check_definition(path: Path) -> CheckReport:
    """Check one `form.yaml`, or the one in a folder."""
    file = path / "form.yaml" if path.is_dir() else path
    try:
        form = read_form(file.read_text(encoding="utf-8"), file=str(file))
    except UnicodeDecodeError:
        return CheckReport((), (f"{file}: not UTF-8 text",))
    except FormError as error:
        return CheckReport((), (str(error),))
    count = sum(1 for _ in form.questions())
    return CheckReport((f"{form.id} {form.version}: {count} questions",), ())


def _lines(entry: Entry, form: Form, today: date) -> tuple[str, ...]:
    count = sum(1 for _ in form.questions())
    lines = [
        f"{entry.id} {entry.version} — {entry.title} ({entry.number or entry.worth.value}), "
        f"{count} questions, {len(form.documents)} documents"
    ]
    for source in form.sources:
        months = (today.year - source.read.year) * 12 + today.month - source.read.month
        lines.append(
            f"    {source.title} — read {source.read.isoformat()} ({months} months), "
            f"{source.status.value}"
        )
    return tuple(lines)


def _source_faults(form: Form) -> tuple[str, ...]:
    if form.sources:
        return ()
    return (f"{form.id}/form.yaml: no source is named; expected at least one, with its date",)
