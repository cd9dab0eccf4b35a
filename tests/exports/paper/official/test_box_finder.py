"""What is found on a page that draws boxes, and the ruler laid over it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from exports.paper.official.box_finder import draft, find_boxes
from exports.paper.official.ruler import with_grid
from exports.paper.render import page_text
from forms.catalogue import catalogue
from forms.official import read_official
from forms.official_boxes import BoxType


def drawn() -> bytes:
    out = io.BytesIO()
    page = Canvas(out, pagesize=(400, 300), invariant=True)
    page.setFont("Helvetica", 10)
    page.drawString(20, 252, "Nom de famille :")
    page.setLineWidth(0.5)
    page.line(100, 250, 300, 250)
    page.drawString(20, 222, "Prénom : ______________________")
    page.drawString(36, 192, "Né(e) le")
    for cell in range(8):
        x = 80 + 14.5 * cell
        shape = page.beginPath()
        shape.moveTo(x, 196)
        shape.lineTo(x, 191)
        shape.lineTo(x + 12.5, 191)
        shape.lineTo(x + 12.5, 196)
        page.drawPath(shape)
    page.rect(20, 150, 9, 9)
    page.drawString(33, 151, "Célibataire")
    page.rect(100, 150, 9, 9)
    page.drawString(113, 151, "Marié(e)")
    page.rect(20, 60, 200, 60)
    page.drawString(20, 124, "Motif")
    page.rect(20, 30, 5, 5, stroke=0, fill=1)
    page.setLineWidth(2)
    page.line(20, 20, 380, 20)
    page.save()
    return out.getvalue()


def test_lines_combs_and_check_boxes_are_found_and_named() -> None:
    found = find_boxes(drawn())
    assert [(box.name, box.type, box.cells, box.multiline) for box in found] == [
        ("nom_de_famille", BoxType.TEXT, 0, False),
        ("prenom", BoxType.TEXT, 0, False),
        ("ne_e_le", BoxType.COMB, 8, False),
        ("celibataire", BoxType.CHECK, 0, False),
        ("marie_e", BoxType.CHECK, 0, False),
        ("motif", BoxType.TEXT, 0, True),
    ]
    assert found[0].rect == pytest.approx((100, 250.5, 300, 262.5))
    assert found[2].rect == pytest.approx((79, 191.8, 195, 202.2), abs=0.11)
    assert found[3].rect == pytest.approx((20, 150, 29, 159))


def test_the_draft_is_what_a_mapping_reads() -> None:
    found = find_boxes(drawn())
    assert read_official(f"number: x\n{draft(found)}", file="official.yaml").boxes == found


def test_nothing_is_found_on_an_empty_page() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    assert find_boxes(out.getvalue()) == ()


def test_uneven_cells_are_parted() -> None:
    out = io.BytesIO()
    page = Canvas(out, pagesize=(400, 300))
    for x in (20, 34, 48, 70, 84, 98):
        page.rect(x, 100, 12, 18)
    page.save()
    assert [box.cells for box in find_boxes(out.getvalue())] == [3, 3]


@pytest.mark.official
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("cerfa_11423-06_situation-caf_flat.pdf", 220),
        ("cerfa_10840-05_aide-au-logement_flat.pdf", 80),
        ("rsa_2013_flat.pdf", 300),
        ("cerfa_12100-03_cni-passeport_flat.pdf", 0),
    ],
)
def test_the_boxes_of_a_real_print_are_found(official_dir: Path, name: str, least: int) -> None:
    found = find_boxes((official_dir / name).read_bytes())
    assert len(found) >= least
    assert len({box.name for box in found}) == len(found)


def test_the_ruler_is_numbered_and_leaves_the_page_as_it_was() -> None:
    ruled = page_text(with_grid(drawn()), 0)
    assert "Nom de famille" in ruled
    assert {"0", "50", "250", "300", "350"} <= set(ruled.split())


def scanned() -> bytes:
    """A page that is one picture: cells and boxes, light on a tinted ground; words between."""
    picture = Image.new("RGB", (1200, 900), (200, 240, 215))
    pen = ImageDraw.Draw(picture)
    for cell in range(8):
        pen.rectangle((150 + 45 * cell, 200, 185 + 45 * cell, 235), fill="white")
    for box in range(2):
        pen.rectangle((150 + 300 * box, 400, 175 + 300 * box, 425), "white", "black")
    pen.text((200, 500), "Nom de famille, nom d'usage", fill="black", font_size=30)
    pen.rectangle((150, 600, 900, 800), fill="white")
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=216)
    return out.getvalue()


def test_the_cells_and_boxes_of_a_scan_are_found() -> None:
    found = find_boxes(scanned())
    assert [(box.name, box.type, box.cells) for box in found] == [
        ("comb", BoxType.COMB, 8),
        ("check", BoxType.CHECK, 0),
        ("check_2", BoxType.CHECK, 0),
    ]
    left, bottom, right, _ = found[0].rect
    assert (left, right) == pytest.approx((48.5, 168.5), abs=2)
    assert bottom == pytest.approx(300 - 236 / 3, abs=2)


@pytest.mark.official
def test_most_boxes_of_12100_are_found_on_its_picture(official_dir: Path) -> None:
    content = (official_dir / "cerfa_12100-03_cni-passeport_flat.pdf").read_bytes()
    mapping = catalogue().official("carte-identite")
    assert mapping is not None
    ours = [box for box in mapping.boxes if box.page == 1]
    found = find_boxes(content)
    met = [
        box
        for box in ours
        if any(
            (one.type, one.cells) == (box.type, box.cells)
            and max(abs(a - b) for a, b in zip(one.rect, box.rect, strict=True)) < 4
            for one in found
        )
    ]
    assert len(met) > 0.8 * len(ours)
