"""Filling an official PDF, against pdftk's `fill_form` where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from exports.paper.fields import FieldType, inspect
from exports.paper.official import fill
from tests.benchmarks.measuring import ratio, say, seconds, side_by_side

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "official"
_FORMS = ("cerfa_16029-01_election-de-domicile.pdf", "cerfa_15692-01_mdph.pdf")


def measure() -> None:
    """Fill every text field of two forms."""
    if not OFFICIAL.is_dir():
        say("official PDF filling", "skipped: no official PDF beside the project")
        return
    for name in _FORMS:
        content = (OFFICIAL / name).read_bytes()
        values: dict[str, str | bool] = {
            field.name: "Zoe"[: field.max_length or 3]
            for field in inspect(content).fields
            if field.type is FieldType.TEXT
        }
        title = f"{name.split('_')[1]}: {len(values)} fields"
        say(
            f"{title}, filled / with the reading back",
            ratio(
                *side_by_side(
                    lambda content=content, values=values: fill(content, values, check=False),  # type: ignore[misc]  # bound now
                    lambda content=content, values=values: fill(content, values),  # type: ignore[misc]  # bound now
                    runs=5,
                )
            ),
        )
        if shutil.which("pdftk") is None:
            say(f"{title} / pdftk", "skipped: pdftk is not installed")
            continue
        _against_pdftk(title, OFFICIAL / name, content, values)


def _against_pdftk(title: str, file: Path, content: bytes, values: dict[str, str | bool]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "values.fdf"
        data.write_bytes(_fdf(values))
        out = Path(temporary) / "out.pdf"
        command = ["pdftk", str(file), "fill_form", str(data), "output", str(out)]
        idle = min(
            seconds(lambda: subprocess.run(["pdftk", "--version"], capture_output=True, check=True))
            for _ in range(3)
        )
        ours, whole = side_by_side(
            lambda: fill(content, values),
            lambda: subprocess.run(command, check=True, capture_output=True),
            runs=5,
        )
    say(f"{title}, read back / pdftk fill_form", ratio(ours, whole))
    say("   the same, less pdftk’s own start", ratio(ours, max(whole - idle, 0.001)))


def _fdf(values: dict[str, str | bool]) -> bytes:
    fields = b"".join(
        b"<</T<feff%s>/V(%s)>>"
        % (name.encode("utf-16-be").hex().encode(), str(value).encode("latin-1"))
        for name, value in values.items()
    )
    return b"%FDF-1.2\n1 0 obj<</FDF<</Fields[" + fields + b"]>>>>endobj\ntrailer<</Root 1 0 R>>\n"
