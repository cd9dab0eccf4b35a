"""A form made part of its pages: it looks the same, and holds nothing to type in any more."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary

from exports.paper.official.fields import FieldType, inspect
from exports.paper.official.filling import fill
from exports.paper.official.flattening import flatten
from exports.paper.render import page_count, page_text, render_page

FILES = (
    "cerfa_16029-01_election-de-domicile.pdf",
    "cerfa_14952-03_procuration.pdf",
    "cerfa_12504-03_cmuc.pdf",
)


# pdfium smooths the edges of a field and of a page's content a little differently.
SMOOTHING = 0.004


def difference(one: bytes, other: bytes, page: int) -> float:
    """The share of bytes of a page, drawn by pdfium, that differ by more than a shade."""
    first, second = (render_page(pdf, page, scale=1.5) for pdf in (one, other))
    assert (first.width, first.height) == (second.width, second.height)
    differing = sum(abs(a - b) > 40 for a, b in zip(first.data, second.data, strict=True))
    return differing / len(first.data)


@pytest.mark.parametrize("turned", [0, 90, 270])
def test_text_and_ticks_stay_where_they_were(form_pdf: Any, turned: int) -> None:
    form = form_pdf(rotate=turned)
    form.text("nom")
    form.text("de côté", (300, 20, 316, 200), MK=Dictionary(R=90))
    kids = [form.box((50 + 30 * n, 60, 62 + 30 * n, 72), f"o{n}") for n in range(2)]
    form.group("choix", kids, FT=pikepdf.Name.Btn, Ff=1 << 15)
    filled = fill(form.bytes(), {"nom": "Ünal-Œillet", "de côté": "Zoë", "choix": "o1"})
    assert filled.problems == ()
    flat = flatten(filled.pdf)
    assert difference(filled.pdf, flat, 0) < SMOOTHING
    assert "Ünal-Œillet" in page_text(flat, 0)
    assert inspect(flat).fields == ()
    with pikepdf.open(io.BytesIO(flat)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert all("/Annots" not in page.obj for page in pdf.pages)


@pytest.mark.official
@pytest.mark.parametrize("name", FILES)
def test_official_forms_look_the_same_flat(official_dir: Path, name: str) -> None:
    content = (official_dir / name).read_bytes()
    form = inspect(content)
    values = {
        one.name: "Zoë"[: one.max_length or 3] if one.type is FieldType.TEXT else one.options[0]
        for one in form.fields
        if one.type in (FieldType.TEXT, FieldType.CHECKBOX)
        and (one.options or one.type is FieldType.TEXT)
    }
    filled = fill(content, values)
    flat = flatten(filled.pdf)
    for page in range(page_count(flat)):
        assert difference(filled.pdf, flat, page) < SMOOTHING
    assert inspect(flat).fields == ()
    assert any("Zoë" in page_text(flat, page) for page in range(page_count(flat)))


@pytest.mark.official
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is missing")
@pytest.mark.parametrize("name", FILES)
def test_another_reader_draws_the_very_same(official_dir: Path, tmp_path: Path, name: str) -> None:
    content = (official_dir / name).read_bytes()
    values = {
        one.name: "Zoë"[: one.max_length or 3]
        for one in inspect(content).fields
        if one.type is FieldType.TEXT
    }
    filled = fill(content, values).pdf
    drawn = []
    for kind, pdf in (("editable", filled), ("flat", flatten(filled))):
        file = tmp_path / f"{kind}.pdf"
        file.write_bytes(pdf)
        subprocess.run(
            ["pdftoppm", "-r", "50", str(file), str(tmp_path / kind)],
            check=True,
            capture_output=True,
        )
        drawn.append([page.read_bytes() for page in sorted(tmp_path.glob(f"{kind}-*.ppm"))])
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == page_count(filled)
