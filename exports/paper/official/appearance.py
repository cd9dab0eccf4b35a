"""What a filled field looks like: an appearance stream with the text drawn in FiraGO.

The appearance that a form brings cannot be relied on: those of Cerfa 16029*01 make the usual
generators draw nothing. Ours is whole: background and border as the form asks, then the text, set
in its box or cell by cell, in one embedded font shared by all the fields.
"""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from exports.paper.lettering.setting import Box, Setting
from exports.paper.lettering.shared_font import SharedFonts
from exports.paper.official.field_tree import dictionary_of, items, number_of, numbers_of, rectangle

_SIZE_IN_DA = re.compile(rb"([+-]?[0-9]*\.?[0-9]+)\s+Tf\b")
_LARGEST_SIZE = 200.0
_XOBJECT, _FORM = Name.XObject, Name.Form
_SMALLEST_MARK = 0.45
"""Of the side of a box: a mark set in smaller letters is drawn anew."""
_TURNS: dict[tuple[int, ...], int] = {(0, 1, -1, 0): 90, (-1, 0, 0, -1): 180, (0, -1, 1, 0): 270}


def box_of(
    widget: Any,
    page_turned: int = 0,
    rect: tuple[float, float, float, float] | None = None,
) -> Box:
    """The box of a widget.

    Args:
        widget: its annotation.
        rect: its rectangle, where it was read already.
        page_turned: the page's `/Rotate`. A form saved without saying which way its text runs
            has, on a turned page, boxes that are high and narrow: their text follows the page.
    """
    left, bottom, right, top = rect or rectangle(widget)
    width, height = right - left, top - bottom
    looks = dictionary_of(widget, "/MK")
    said = looks.get("/R")
    if said is not None:
        turned = int(number_of(said)) % 360 // 90 * 90
    elif (drawn := _drawn_turn(widget)) is not None:
        turned = drawn
    elif page_turned in (90, 270):
        turned = page_turned if height > width else 0
    else:
        turned = page_turned
    if turned in (90, 270):
        width, height = height, width
    return Box(width, height, turned, _border_width(widget, looks))


def draw_text(
    pdf: pikepdf.Pdf,
    widget: Any,
    box: Box,
    fonts: SharedFonts,
    setting: Setting,
    *,
    cells: int = 0,
) -> None:
    """Give a widget its appearance: background, border, cells of a comb, text."""
    text, resources = fonts.draw(setting)
    drawing = [*_background(widget, box, cells), b"/Tx BMC q"]
    drawing.append(f"0 0 {box.width:.3f} {box.height:.3f} re W n BT 0 g".encode())
    drawing += [*text, b"ET Q EMC"]
    widget["/AP"] = Dictionary(N=_stream(pdf, box, drawing, resources))
    _keep_turn(widget, box)


def draw_tick(pdf: pikepdf.Pdf, widget: Any, box: Box, state: Any) -> None:
    """Give a check box or radio button the appearance of its on-state: a cross."""
    inset = min(box.width, box.height) * 0.2
    left, bottom = (box.width - box.height) / 2 + inset, inset
    if box.width < box.height:
        left, bottom = inset, (box.height - box.width) / 2 + inset
    right, top = box.width - left, box.height - bottom
    cross = (
        f"q 0 G {max(1.0, inset / 2):g} w {left:g} {bottom:g} m {right:g} {top:g} l S "
        f"{left:g} {top:g} m {right:g} {bottom:g} l S Q"
    ).encode()
    frame = _background(widget, box, 0)
    appearances = widget.get("/AP")
    if not isinstance(appearances, pikepdf.Dictionary):
        appearances = widget["/AP"] = Dictionary()
    looks = appearances.get("/N")
    if not isinstance(looks, pikepdf.Dictionary) or isinstance(looks, pikepdf.Stream):
        looks = appearances["/N"] = Dictionary(Off=_stream(pdf, box, frame, Dictionary()))
    looks[state] = _stream(pdf, box, [*frame, cross], Dictionary())


def draws_tick(widget: Any, box: Box, state: Any) -> bool:
    """Whether a widget has a mark for an on-state, and one that is seen in its box."""
    looks = dictionary_of(widget, "/AP").get("/N")
    if not isinstance(looks, pikepdf.Dictionary) or isinstance(looks, pikepdf.Stream):
        return False
    stream = looks.get(state)
    if not isinstance(stream, pikepdf.Stream):
        return False
    drawing = stream.read_bytes()
    size = size_in(drawing)
    if size and size < _SMALLEST_MARK * min(box.width, box.height):
        # Cerfa 16029*01 marks its boxes with a letter of 4 points.
        return False
    return bool(drawing.strip())


def size_in(appearance: bytes) -> float:
    """The size a default appearance (`/DA`) asks for, points; 0 to choose."""
    found = _SIZE_IN_DA.findall(appearance)
    return min(_LARGEST_SIZE, abs(float(found[-1]))) if found else 0.0


def _stream(pdf: pikepdf.Pdf, box: Box, drawing: list[bytes], resources: Any) -> Any:
    stream = pdf.make_stream(
        b"\n".join(drawing),
        Type=_XOBJECT,
        Subtype=_FORM,
        BBox=Array([0, 0, round(box.width, 3), round(box.height, 3)]),
        Resources=resources,
    )
    if box.turned:
        stream["/Matrix"] = Array([round(number, 3) for number in _matrix(box)])
    return stream


def _keep_turn(widget: Any, box: Box) -> None:
    if not box.turned:
        return
    looks = widget.get("/MK")
    if not (isinstance(looks, pikepdf.Dictionary) and "/R" in looks):
        if not isinstance(looks, pikepdf.Dictionary):
            looks = widget["/MK"] = Dictionary()
        looks["/R"] = box.turned


def _drawn_turn(widget: Any) -> int | None:
    # The look that the form brought tells how it is turned, where it was not said.
    look = dictionary_of(widget, "/AP").get("/N")
    matrix = numbers_of(look.get("/Matrix")) if isinstance(look, pikepdf.Stream) else []
    return _TURNS.get(tuple(round(number) for number in matrix[:4]))


def _matrix(box: Box) -> tuple[float, float, float, float, float, float]:
    if box.turned == 90:
        return (0, 1, -1, 0, box.height, 0)
    if box.turned == 180:
        return (-1, 0, 0, -1, box.width, box.height)
    if box.turned == 270:
        return (0, -1, 1, 0, 0, box.width)
    return (1, 0, 0, 1, 0, 0)


def _background(widget: Any, box: Box, cells: int) -> list[bytes]:
    looks = widget.get("/MK")
    if not isinstance(looks, pikepdf.Dictionary):
        return []
    fill = _colour(looks.get("/BG"), "g rg k")
    line = _colour(looks.get("/BC"), "G RG K")
    drawing = []
    if fill:
        drawing.append(f"q {fill} 0 0 {box.width:.3f} {box.height:.3f} re f Q")
    if line and box.border:
        half = box.border / 2
        style = dictionary_of(widget, "/BS")
        if style.get("/S") == "/U":
            frame = f"0 {half:g} m {box.width:.3f} {half:g} l S"
        else:
            inner = f"{box.width - box.border:.3f} {box.height - box.border:.3f}"
            frame = f"{half:g} {half:g} {inner} re S"
        dashes = "[3] 0 d " if style.get("/S") == "/D" else ""
        for cell in range(1, cells):
            x = cell * box.width / cells
            frame += f" {x:.3f} 0 m {x:.3f} {box.height:.3f} l S"
        drawing.append(f"q {line} {box.border:g} w {dashes}{frame} Q")
    return [one.encode() for one in drawing]


def _colour(numbers: Any, operators: str) -> str:
    parts = numbers_of(numbers)
    operator = {1: 0, 3: 1, 4: 2}.get(len(parts))
    if operator is None:
        return ""
    return " ".join(f"{part:g}" for part in parts) + " " + operators.split()[operator]


def _border_width(widget: Any, looks: Any) -> float:
    if not items(looks.get("/BC")):
        return 0.0
    width = 1.0
    style = widget.get("/BS")
    border = items(widget.get("/Border"))
    if isinstance(style, pikepdf.Dictionary):
        width = number_of(style.get("/W"), 1.0)
    elif len(border) >= 3:
        width = number_of(border[2])
    return min(abs(width), 12.0)
