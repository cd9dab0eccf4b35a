"""The official PDFs at hand, filled to the brim: `python -m tests.exports.paper.official.brimful`.

Writes docs/official-forms.md: for each form, how many values were put in, how many were read back
in their place, what was reported, and how small the letters became.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exports.paper.official.fields import FieldType, PdfField, PdfForm, inspect
from exports.paper.official.filling import FilledPdf, fill
from exports.paper.official.flat_form import with_fields
from forms.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[4]
OFFICIAL = ROOT.parent / "shared" / "official"
PAGE = ROOT / "docs" / "official-forms.md"

SENTENCE = (
    "Zoë Ünal-Œillet ş ğ İ ł ț, d’Hœrdt épouse Öztürk née à İzmir (Turquie) le 12 mars 1985, "
    "Maison d’arrêt de Valmont, 2 chemin des Aulnes, 76540 Valmont"
)

_HEAD = """\
# The official forms, filled to the brim

Written by `make docs` where the official PDFs are at hand, and held by a test. Each field is given
as much as a person would write in it: French and transliterated letters, lines in what takes
several, digits in cells, each box ticked. Then the page is rendered and read back: a value counts
as seen when it stands in its box, letter for letter, or when its tick left ink. Flat forms are
filled through the boxes of our `official.yaml`.

| form | pages | fields | values | seen in place | reported | smallest letters |
|---|---|---|---|---|---|---|
"""
_FOOT = """
What is reported is told to the user before printing; an answer longer than its box is written whole
on a sheet behind the form, and the box says « voir suite n° 1 »
(`tests/exports/paper/official/test_continuation.py`). Signature fields and buttons are left alone.

## Filled for invented people

Drawn by `make screenshots` through the mappings of the catalogue: every page that holds an answer.
"""


@dataclass(frozen=True)
class Row:
    """What filling one PDF gave."""

    name: str
    form: PdfForm
    values: int
    filled: FilledPdf

    @property
    def line(self) -> str:
        """The row of the table."""
        fields = [one for one in self.form.fields if one.type in _FILLABLE]
        kinds = Counter(one.type.value for one in fields)
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        seen = len({one.field for one in self.filled.placed if one.seen})
        sizes = [one.size for one in self.filled.placed if one.size is not None]
        reasons = Counter(one.reason.value for one in self.filled.problems)
        reported = ", ".join(f"{count} {reason}" for reason, count in reasons.items()) or "none"
        small = f"{min(sizes):.1f} pt" if sizes else "—"
        cells = (
            self.name, self.form.pages, told or "—", self.values, seen, reported, small,
        )  # fmt: skip
        return "| " + " | ".join(str(cell) for cell in cells) + " |"


_FILLABLE = (FieldType.TEXT, FieldType.CHECKBOX, FieldType.RADIO, FieldType.CHOICE)


def longest(field: PdfField) -> str | bool:
    """As much as a person would write in a field."""
    if field.type is not FieldType.TEXT:
        return field.options[-1]
    sides = [
        sorted((widget.rect[2] - widget.rect[0], widget.rect[3] - widget.rect[1]))
        for widget in field.widgets
    ]
    height, width = min(side[0] for side in sides), min(side[1] for side in sides)
    limit = field.max_length or len(SENTENCE)
    if field.comb or limit < 12 or width < 60:
        # A box as narrow as that takes one digit.
        return "1234567890"[: min(limit, 1 if width < 20 else int(width / 7))]
    if field.multiline:
        line = SENTENCE[: int(width / 6)].strip()
        return "\n".join([line] * max(1, int(height / 13)))[:limit].strip()
    return SENTENCE[: min(limit, int(width / 4.6))].strip()


def brimful(form: PdfForm) -> dict[str, str | bool]:
    """A value for every field that is filled in."""
    return {
        field.name: longest(field)
        for field in form.fields
        if field.type not in (FieldType.SIGNATURE, FieldType.BUTTON)
    }


def rows(official: Path) -> Iterator[Row]:
    """Fill each PDF of a folder that has fields, or boxes in the catalogue."""
    boxes = {
        sha256: mapping.boxes
        for entry in catalogue().entries()
        if (mapping := catalogue().official(entry.id)) is not None and mapping.boxes
        for sha256 in mapping.sha256
    }
    for file in sorted(official.glob("*.pdf")):
        content = file.read_bytes()
        by_position = boxes.get(_sha256(content))
        if by_position is not None:
            content = with_fields(content, by_position)
        form = inspect(content)
        if sum(one.type in _FILLABLE for one in form.fields) < _A_FORM:
            continue
        values = brimful(form)
        yield Row(file.stem, form, len(values), fill(content, values))


# A shell of XFA has one field, which nobody fills.
_A_FORM = 3


def page(official: Path) -> str:
    """The whole of docs/official-forms.md."""
    return _HEAD + "\n".join(row.line for row in rows(official)) + "\n" + _FOOT + _pictures()


def _pictures() -> str:
    mapped = [one for one in catalogue().entries() if catalogue().official(one.id) is not None]
    return "".join(
        f"\n### {one.title}\n\n![{one.title}](images/official/{one.id}.png)\n" for one in mapped
    )


def _sha256(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def main() -> int:
    """Write the page."""
    if not OFFICIAL.is_dir():
        print("The official PDFs are not at hand: docs/official-forms.md is left as it is.")
        return 0
    PAGE.write_text(page(OFFICIAL), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
