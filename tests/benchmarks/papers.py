"""Filling official PDFs, against pdftk's `fill_form` and pypdf; hundreds in a row."""

from __future__ import annotations

import importlib.util
import io
import logging
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

from exports.paper.official.fields import FieldType, inspect
from exports.paper.official.filling import fill
from tests.benchmarks.measuring import at_most, ratio, say, seconds, side_by_side, skip

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "official"
_BATCH = 500
_FORMS = ("cerfa_16029-01_election-de-domicile.pdf", "cerfa_15692-01_mdph.pdf")


def measure() -> None:
    """Fill every text field of two forms."""
    if not OFFICIAL.is_dir():
        skip("official PDF filling", "no official PDF beside the project")
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
        _against_pypdf(title, content, values)
        if shutil.which("pdftk") is None:
            skip(f"{title} / pdftk", "pdftk is not installed")
            continue
        _against_pdftk(title, OFFICIAL / name, content, values)
    _in_a_row()


def _against_pypdf(title: str, content: bytes, values: dict[str, str | bool]) -> None:
    if importlib.util.find_spec("pypdf") is None:
        skip(f"{title} / pypdf", "pypdf is not installed")
        return

    def theirs() -> None:
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
        for page in writer.pages:
            writer.update_page_form_field_values(
                page, {name: str(value) for name, value in values.items()}, auto_regenerate=False
            )
        writer.write(io.BytesIO())

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        try:
            plain, other = side_by_side(lambda: fill(content, values, check=False), theirs, runs=5)
            whole, again = side_by_side(lambda: fill(content, values), theirs, runs=5)
        finally:
            logging.disable(logging.NOTSET)
    say(
        f"{title}, filled / pypdf, which reads nothing back",
        ratio(plain, other),
        at_most(plain / other, 0.2),
    )
    say(f"{title}, read back / pypdf", ratio(whole, again), at_most(whole / again, 1))


def _in_a_row() -> None:
    """Fill and read back hundreds of forms, and see whether memory grows."""
    content = (OFFICIAL / _FORMS[0]).read_bytes()
    values: dict[str, str | bool] = {
        field.name: "Zoe"[: field.max_length or 3]
        for field in inspect(content).fields
        if field.type is FieldType.TEXT
    }
    pages = inspect(content).pages
    begun = time.perf_counter()
    early = 0
    for number in range(_BATCH):
        fill(content, {**values, next(iter(values)): f"n° {number}"})
        if number == _BATCH // 10:
            early = _resident()
    taken = time.perf_counter() - begun
    say(
        f"{_BATCH} times 16029, filled and read back",
        f"{_BATCH * pages / taken:.0f} pages a second",
    )
    say(
        f"   memory after {_BATCH} / after {_BATCH // 10}",
        f"{_resident() / 1e6:.0f} MB / {early / 1e6:.0f} MB = {_resident() / early:.2f}",
        at_most(_resident() / early, 1.1),
    )


def _resident() -> int:
    fields = Path("/proc/self/statm").read_text("ascii").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


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
