"""Texts stand on the lines that a form prints, and in the cells that it draws."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Dictionary, Name

from exports.paper.official.filling import fill

MULTILINE = 1 << 12
BOX = (50, 150, 250, 210)
RULES = (196, 181, 166)
LINES = "Ünal-Œillet, à Brest\nplomb ğ, façade\nquai Îlot ș"


def printing(form: Any, content: str) -> None:
    """Print something on the page itself, in Helvetica where it is text."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = form.pdf.pages[0].obj
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = form.pdf.make_stream(content.encode())


def drawn(ys: tuple[int, ...], x0: int = 50, x1: int = 250) -> str:
    return "0.5 w [1 2] 0 d " + " ".join(f"{x0} {y} m {x1} {y} l S" for y in ys)


def written(ys: tuple[int, ...]) -> str:
    dashes = " ".join("_" * 24)
    # A low line hangs a point below the line of writing.
    return " ".join(f"BT /F 10 Tf 1 0 0 1 50 {y + 1} Tm ({dashes}) Tj ET" for y in ys)


@pytest.mark.parametrize("printed", [drawn, written], ids=["drawn", "written"])
def test_each_line_stands_on_one_of_the_rules(form_pdf: Any, seen: Any, printed: Any) -> None:
    form = form_pdf()
    form.text("motif", BOX, Ff=MULTILINE)
    content = form.bytes()
    printing(form, printed(RULES))
    filled = fill(form.bytes(), {"motif": LINES})
    assert filled.problems == ()
    bare = seen(fill(content, {"motif": LINES}).pdf).letters(BOX)
    letters = [one for one in seen(filled.pdf).letters(BOX) if one.text != "_"]
    assert "".join(one.text for one in letters) == "".join(one.text for one in bare)
    for one in letters:
        crossed = [rule for rule in RULES if one.bottom < rule - 0.3 and rule + 0.3 < one.top]
        assert crossed == [], one
    assert any(one.bottom < rule < one.top for one in bare for rule in RULES)


def test_more_lines_than_rules_are_set_by_the_box_alone(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("motif", BOX, Ff=MULTILINE)
    printing(form, drawn(RULES))
    text = "\n".join(f"ligne {number}" for number in range(6))
    filled = fill(form.bytes(), {"motif": text})
    assert filled.problems == ()
    assert seen(filled.pdf).text(BOX) == "".join(f"ligne{number}" for number in range(6))


def test_a_line_printed_through_a_box_is_stood_upon(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    box = (50, 200, 250, 220)
    form.text("nom", box)
    printing(form, drawn((207,)))
    letters = seen(fill(form.bytes(), {"nom": "Ünal"}).pdf).letters(box)
    assert min(one.bottom for one in letters) > 207


def test_a_short_line_or_a_frame_moves_nothing(form_pdf: Any, seen: Any) -> None:
    box = (50, 200, 250, 220)
    bottoms = []
    for content in ("", drawn((207,), 60, 90) + " 50 200 200 20 re S"):
        form = form_pdf()
        form.text("nom", box)
        printing(form, content)
        bottoms.append(seen(fill(form.bytes(), {"nom": "Ünal"}).pdf).letters(box)[0].bottom)
    assert bottoms[0] == bottoms[1]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("cells", [8, 0])
def test_printed_cells_hold_a_letter_each(
    form_pdf: Any, seen: Any, rotate: int, cells: int
) -> None:
    form = form_pdf(rotate=rotate)
    upright = rotate in (0, 180)
    box = (50, 200, 210, 214) if upright else (200, 50, 214, 210)
    form.text("né le", box, MaxLen=8)
    edges = [50 + 20 * number for number in range(cells + 1)] if cells else []
    lines = [f"{at} 200 m {at} 214 l S" if upright else f"200 {at} m 214 {at} l S" for at in edges]
    printing(form, "0.5 w " + " ".join(lines))
    filled = fill(form.bytes(), {"né le": "12031985"})
    assert filled.problems == ()
    middles = [
        (one.left + one.right) / 2 if upright else (one.bottom + one.top) / 2
        for one in seen(filled.pdf).letters(box)
    ]
    in_cells = sorted(int((middle - 50) // 20) for middle in middles)
    assert len(middles) == 8
    assert (in_cells == list(range(8))) is bool(cells)


def test_a_page_of_too_many_lines_is_filled_without_them(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom", BOX, Ff=MULTILINE)
    printing(form, "0 0 m 9 9 l S " * 60_000)
    filled = fill(form.bytes(), {"nom": "Kervella"})
    assert (filled.problems, seen(filled.pdf).text(BOX)) == ((), "Kervella")


def test_a_length_beyond_reason_is_no_row_of_cells(form_pdf: Any, seen: Any) -> None:
    form = form_pdf()
    form.text("nom", BOX, MaxLen=2**31 - 1)
    printing(form, "50 150 m 50 210 l S")
    filled = fill(form.bytes(), {"nom": "Kervella"})
    assert (filled.problems, seen(filled.pdf).text(BOX)) == ((), "Kervella")
