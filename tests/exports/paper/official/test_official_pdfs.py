"""The real forms, filled to the brim: every value in its box, by two readers, or reported."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops

from exports.paper.official.fields import FieldType, PdfField, PdfForm, Widget, inspect
from exports.paper.official.filling import fill
from tests.exports.paper.official.brimful import PAGE, SENTENCE, brimful
from tests.exports.paper.official.brimful import page as table

ELECTION = "cerfa_16029-01_election-de-domicile.pdf"
PROXY = "cerfa_14952-03_procuration.pdf"
OLD_PROXY = "cerfa_14952-01_procuration_orphan-widgets.pdf"
MDPH = "cerfa_15692-01_mdph.pdf"
CMUC = "cerfa_12504-03_cmuc.pdf"
XFA = "cerfa_15548-02_election-de-domicile_xfa.pdf"
SHELL = "rsa_2013_flat.pdf"

COUNTS = [
    pytest.param(ELECTION, 2, {"text": 47, "radio": 4}, id="16029"),
    pytest.param(PROXY, 2, {"text": 30, "radio": 7, "checkbox": 8}, id="14952-03"),
    pytest.param(OLD_PROXY, 2, {"text": 48, "radio": 6, "checkbox": 4, "button": 2}, id="orphans"),
    pytest.param(MDPH, 32, {"text": 412, "checkbox": 411, "signature": 5}, id="15692"),
    pytest.param(CMUC, 8, {"text": 141, "checkbox": 90}, id="12504"),
    pytest.param(XFA, 2, {"text": 46, "radio": 4}, id="15548-xfa"),
    pytest.param(SHELL, 6, {"text": 1}, id="shell"),
    pytest.param("cerfa_12100-03_cni-passeport_flat.pdf", 2, {}, id="flat"),
]


@pytest.fixture
def official(official_dir: Path) -> Callable[[str], bytes]:
    """The bytes of an official PDF."""
    return lambda name: (official_dir / name).read_bytes()


@pytest.mark.official
@pytest.mark.parametrize(("name", "pages", "counts"), COUNTS)
def test_the_fields_of_each_form(
    official: Callable[[str], bytes], name: str, pages: int, counts: dict[str, int]
) -> None:
    form = inspect(official(name))
    assert form.pages == pages
    assert Counter(field.type.value for field in form.fields) == counts


@pytest.mark.official
@pytest.mark.parametrize("name", [ELECTION, PROXY, OLD_PROXY, MDPH, CMUC, XFA])
def test_every_value_shows_in_its_box(
    official: Callable[[str], bytes], seen: Any, name: str
) -> None:
    content = official(name)
    form = inspect(content)
    values = brimful(form)
    filled = fill(content, values)
    assert filled.problems == ()
    with pikepdf.open(BytesIO(filled.pdf)) as pdf:
        # The form's own print is set aside, to read the answers alone.
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"")
        out = BytesIO()
        pdf.save(out)
    shown = seen(out.getvalue())
    texts = [field for field in form.fields if field.type is FieldType.TEXT]
    for field in texts if len(texts) < 100 else texts[::5]:
        wanted = re.sub(r"\s", "", str(values[field.name]))
        for widget in field.widgets:
            assert shown.text(widget.rect, widget.page - 1) == wanted, field.name


@pytest.mark.official
@pytest.mark.parametrize("name", [ELECTION, PROXY, XFA])
def test_poppler_sees_ink_in_every_box_and_nowhere_else(
    official: Callable[[str], bytes], tmp_path: Path, name: str
) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("pdftoppm (poppler-utils) is not installed")
    content = official(name)
    form = inspect(content)
    values = brimful(form)
    blank = _drawn(content, tmp_path / "blank", form.pages)
    filled = _drawn(fill(content, values).pdf, tmp_path / "filled", form.pages)
    for number in range(form.pages):
        ink = ImageChops.difference(blank[number], filled[number])
        for field, widget in _on_page(form, number):
            area = _pixels(widget, ink.height)
            here = ink.crop(area).point(lambda level: level > 60 and 255)
            chosen = field.type is FieldType.TEXT or _state_of(field, widget, values)
            if chosen:
                assert here.getbbox() is not None, field.name
            ink.paste(0, area)
        left = ink.point(lambda level: level > 60 and 255).getbbox()
        assert left is None, f"ink outside the boxes of page {number + 1}: {left}"


@pytest.mark.official
def test_pdftotext_reads_the_values_of_16029(
    official: Callable[[str], bytes], tmp_path: Path
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    content = official(ELECTION)
    form = inspect(content)
    values = {
        field.name: "Zoë Ünal-Œillet"
        for field in form.fields
        if field.type is FieldType.TEXT and field.widgets[0].rect[2] - field.widgets[0].rect[0] > 90
    }
    file = tmp_path / "filled.pdf"
    file.write_bytes(fill(content, values).pdf)
    text = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], check=True, capture_output=True, text=True
    ).stdout
    places: dict[int, list[tuple[float, float]]] = {}
    for number, page in enumerate(text.split("<page ")[1:]):
        places[number] = [
            (float(found[1]), 842 - float(found[2]))
            for found in re.finditer(
                r'xMin="([\d.]+)" yMin="[\d.]+" xMax="[\d.]+" yMax="([\d.]+)">[^<]*Ünal-Œillet',
                page,
            )
        ]
    for name in values:
        (field,) = (one for one in form.fields if one.name == name)
        left, bottom, right, top = field.widgets[0].rect
        assert any(
            left <= x <= right and bottom - 4 <= y <= top
            for x, y in places[field.widgets[0].page - 1]
        ), name


@pytest.mark.official
@pytest.mark.parametrize("name", [ELECTION, PROXY, OLD_PROXY, MDPH, CMUC, XFA])
def test_what_is_written_is_sound_and_free_of_rights(
    official: Callable[[str], bytes], tmp_path: Path, name: str
) -> None:
    content = official(name)
    filled = fill(content, brimful(inspect(content)), check=False).pdf
    with pikepdf.open(BytesIO(filled)) as pdf:
        assert "/Perms" not in pdf.Root
        assert not {"/XFA", "/SigFlags", "/NeedAppearances"} & set(pdf.Root.AcroForm.keys())
        assert "/Helv" in pdf.Root.AcroForm.DR.Font
        assert SENTENCE[:15].encode() not in filled
    assert [(one.name, one.type) for one in inspect(filled).fields] == [
        (one.name, one.type) for one in inspect(content).fields
    ]
    if qpdf := shutil.which("qpdf"):
        file = tmp_path / "filled.pdf"
        file.write_bytes(filled)
        checked = subprocess.run([qpdf, "--check", file], capture_output=True, text=True)
        assert checked.returncode != 2, checked.stderr


@pytest.mark.official
def test_a_flat_form_comes_back_as_it_was(official: Callable[[str], bytes]) -> None:
    filled = fill(official("cerfa_12100-03_cni-passeport_flat.pdf"), {})
    assert (filled.problems, inspect(filled.pdf).pages) == ((), 2)


def _drawn(content: bytes, stem: Path, pages: int) -> list[Image.Image]:
    subprocess.run(["pdftoppm", "-png", "-gray", "-r", "144", "-", stem], input=content, check=True)
    return [Image.open(f"{stem}-{number}.png").convert("L") for number in range(1, pages + 1)]


def _on_page(form: PdfForm, number: int) -> list[tuple[PdfField, Widget]]:
    return [
        (field, widget)
        for field in form.fields
        for widget in field.widgets
        if widget.page == number + 1
    ]


def _pixels(widget: Widget, height: int) -> tuple[int, int, int, int]:
    left, bottom, right, top = widget.rect
    return (
        int(left * 2) - 2,
        int(height - top * 2) - 2,
        int(right * 2) + 3,
        int(height - bottom * 2) + 3,
    )


def _state_of(field: PdfField, widget: Widget, values: dict[str, str | bool]) -> bool:
    # Of a group, only the box of the chosen state is inked.
    return len(field.widgets) == 1 and values[field.name] == field.options[-1]


@pytest.mark.official
def test_the_page_on_official_forms_says_what_is_so(official_dir: Path) -> None:
    """`make docs` writes it anew."""
    assert PAGE.read_text("utf-8") == table(official_dir)
