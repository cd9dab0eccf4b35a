"""Firefox reads and draws a filled form as we do: pdf.js, its reader, is asked."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from exports.paper.official.fields import FieldType, inspect
from exports.paper.official.filling import fill
from tests.exports.paper.official.brimful import brimful

PACKAGES = ("pdfjs-dist@4.10.38", "@napi-rs/canvas@0.1.65")
FOLDER = Path(__file__).resolve().parents[4] / "build" / "pdfjs"
FORMS = ["cerfa_16029-01_election-de-domicile.pdf", "cerfa_14952-03_procuration.pdf"]


@pytest.fixture(scope="module")
def script() -> Path:
    """The script, beside pdf.js, installed once under build/."""
    npm = shutil.which("npm")
    if not (npm and shutil.which("node")):
        pytest.skip("npm is not installed: pdf.js was not asked")
    if not (FOLDER / "node_modules" / "@napi-rs" / "canvas").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        options = ("--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
        try:
            subprocess.run(
                [npm, "install", *options, "--prefix", str(FOLDER), *PACKAGES],
                check=True,
                capture_output=True,
                timeout=120,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip("npm could not install pdf.js: is there a network?")
    return Path(shutil.copy(Path(__file__).parent / "pdfjs.mjs", FOLDER))


def read(script: Path, pdf: bytes, stem: Path) -> tuple[dict[str, object], list[Image.Image]]:
    """The values of the fields, and the pages."""
    file = stem.with_suffix(".pdf")
    file.write_bytes(pdf)
    command = ["node", str(script), str(file), str(stem)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    count = len(list(stem.parent.glob(f"{stem.name}-*.png")))
    pages = [Image.open(f"{stem}-{number}.png").convert("L") for number in range(1, count + 1)]
    return json.loads(told), pages


@pytest.mark.official
@pytest.mark.parametrize("name", FORMS)
def test_pdf_js_reads_every_value_and_draws_it(
    script: Path, official_dir: Path, tmp_path: Path, name: str
) -> None:
    content = (official_dir / name).read_bytes()
    form = inspect(content)
    wanted = brimful(form)
    filled = fill(content, wanted)
    values, pages = read(script, filled.pdf, tmp_path / "filled")
    _, blank = read(script, content, tmp_path / "blank")
    for field in form.fields:
        if field.type is FieldType.TEXT:
            assert values[field.name] == wanted[field.name]
        else:
            assert values[field.name] not in ("", "Off")
    turned = name == FORMS[1]
    for one in filled.placed:
        page, before = pages[one.page - 1], blank[one.page - 1]
        if turned and one.page == 2:
            continue
        left, bottom, right, top = one.rect
        area = (
            int(left * 2),
            int(page.height - top * 2),
            int(right * 2),
            int(page.height - bottom * 2),
        )
        ink = ImageChops.difference(page.crop(area), before.crop(area))
        assert ink.point(lambda level: level > 60 and 255).getbbox() is not None, one.field
