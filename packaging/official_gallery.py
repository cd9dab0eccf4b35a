"""Draw docs/images/official/: every page of each official form that holds an answer.

`python packaging/official_gallery.py`, where the official PDFs are at hand: filled through the
mappings of the catalogue, for invented people who have an answer to nearly everything.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from PIL import Image

from desktop.workflows.printing.papers import Heading, paper_of_filling
from exports.paper.render import render_page
from forms.answers import read_answers
from forms.catalogue import catalogue
from forms.filling import Filling

ROOT = Path(__file__).resolve().parents[1]
OFFICIAL = ROOT.parent / "shared" / "official"
ANSWERS = ROOT / "tests" / "answers"
FULLER = ROOT / "tests" / "forms" / "flat"
IMAGES = ROOT / "docs" / "images" / "official"
TODAY = date(2026, 11, 24)
_WIDTH, _NARROW = 640, 440
_MANY = 8
_ACROSS = 4
_GAP = 12


def main() -> None:
    """Draw each form whose PDF is at hand."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    prints = {
        hashlib.sha256(content).hexdigest(): content
        for content in (file.read_bytes() for file in sorted(OFFICIAL.glob("*.pdf")))
    }
    for entry in catalogue().entries():
        mapping = catalogue().official(entry.id)
        known = mapping.sha256 if mapping is not None else ()
        official = next((prints[sha256] for sha256 in known if sha256 in prints), None)
        if official is None:
            continue
        file = IMAGES / f"{entry.id}.png"
        sheet_of(entry.id, official).save(file, optimize=True)
        print(f"{file.name}: {file.stat().st_size // 1024} KB")


def sheet_of(form_id: str, official: bytes) -> Image.Image:
    """The pages that hold an answer, side by side, in few colours."""
    form = catalogue().form(form_id)
    filling = Filling(form, read_answers(form, json.loads(_answers(form_id))), today=TODAY)
    paper = paper_of_filling(
        catalogue(),
        filling,
        official_pdf=official,
        application_id="",
        heading=Heading("Zoë ÜNAL-ŒILLET", None, "48 213", "Maison d’arrêt de Valmont", TODAY),
    )
    assert paper.filled is not None
    assert paper.problems == (), paper.problems
    written = sorted({one.page - 1 for one in paper.filled.placed})
    width = _WIDTH if len(written) <= _MANY else _NARROW
    pages = [_page(paper.pdf, number, width) for number in written]
    # A page on its side takes a row of its own height.
    rows = [pages[start : start + _ACROSS] for start in range(0, len(pages), _ACROSS)]
    across = max(sum(page.width + _GAP for page in row) for row in rows) - _GAP
    high = sum(max(page.height for page in row) + _GAP for row in rows) - _GAP
    sheet = Image.new("RGB", (across, high), "white")
    top = 0
    for row in rows:
        left = 0
        for page in row:
            sheet.paste(page, (left, top))
            left += page.width + _GAP
        top += max(page.height for page in row) + _GAP
    return sheet.quantize(48, dither=Image.Dither.NONE)


def _answers(form_id: str) -> str:
    named = (
        FULLER / f"{form_id}.maximal.json",
        FULLER / f"{form_id}.locataire.json",
        ANSWERS / f"{form_id}.json",
    )
    return next(file for file in named if file.is_file()).read_text("utf-8")


def _page(pdf: bytes, number: int, narrow: int) -> Image.Image:
    page = render_page(pdf, number, scale=2.0)
    size = (page.width, page.height)
    drawn = Image.frombuffer("RGB", size, page.data, "raw", "BGRX", page.stride, 1)
    # A page on its side is as large as the others.
    width = round(narrow * max(1.0, page.width / page.height))
    height = round(page.height * width / page.width)
    return drawn.resize((width, height), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
