"""What a filled field looks like: an appearance stream with the text drawn in FiraGO.

The appearance that a form brings cannot be relied on: those of Cerfa 16029*01 make the usual
generators draw nothing. Ours is whole: background and border as the form asks, then the text,
centred in its box or cell by cell, in one embedded font shared by all the fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from exports.paper.fields import rectangle
from exports.paper.fonts import Face

SMALLEST_SIZE = 6.0
_LARGEST_AUTO_SIZE = 12.0
_LEADING = 1.2
_CAP_HEIGHT = 0.689
_ASCENT = 0.935
_FONT_NAME = Name("/TdU")
_SIZE_IN_DA = re.compile(rb"([0-9]*\.?[0-9]+)\s+Tf")


class SharedFont:
    """State: the one font of a filled PDF; glyphs are noted as they are drawn, embedded last."""

    def __init__(self, pdf: pikepdf.Pdf, face: Face) -> None:
        self._pdf = pdf
        self.face = face
        self._characters: dict[int, str] = {}
        self.reference = pdf.make_indirect(Dictionary())

    @property
    def used(self) -> bool:
        """Whether anything was drawn with it."""
        return bool(self._characters)

    def encode(self, text: str) -> bytes:
        """A text as the hexadecimal string of a `Tj` operator."""
        codes = []
        for character in text:
            glyph = self.face.glyph(character)
            self._characters.setdefault(glyph, " " if character == "\u00a0" else character)
            codes.append(f"{glyph:04x}")
        return f"<{''.join(codes)}>".encode()

    def embed(self) -> None:
        """Write the font into the PDF: the glyphs used, their widths, what they mean."""
        glyphs = sorted(self._characters)
        name = Name("/TRAITD+FiraGO")
        data = self._pdf.make_stream(self.face.subset(glyphs))
        descriptor = self._pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=name,
                Flags=4,
                FontBBox=Array([-800, -400, 1600, 1200]),
                ItalicAngle=0,
                Ascent=935,
                Descent=-265,
                CapHeight=689,
                StemV=80,
                FontFile2=data,
            )
        )
        widths = Array()
        for glyph in glyphs:
            widths.append(glyph)
            widths.append(Array([round(self.face.glyph_width(glyph))]))
        descendant = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType2,
                BaseFont=name,
                CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
                CIDToGIDMap=Name.Identity,
                FontDescriptor=descriptor,
                DW=600,
                W=widths,
            )
        )
        self.reference.update(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([descendant]),
                ToUnicode=self._pdf.make_stream(_to_unicode(self._characters)),
            )
        )


@dataclass(frozen=True)
class Box:
    """The inside of a widget, as seen upright.

    Attributes:
        width, height: points, swapped when the widget is turned.
        turned: degrees, counter-clockwise: 0, 90, 180, 270.
        border: the width of its border, points.
    """

    width: float
    height: float
    turned: int
    border: float

    @property
    def padding(self) -> float:
        """Free space on the left and the right of a text."""
        return min(max(self.border, 1.0) * 2, self.width / 4)


@dataclass(frozen=True)
class Line:
    """A line of text and where its baseline begins."""

    text: str
    x: float
    y: float


def box_of(widget: Any) -> Box:
    """The box of a widget."""
    left, bottom, right, top = rectangle(widget)
    looks = widget.get("/MK", Dictionary())
    turned = int(looks.get("/R", 0)) % 360 // 90 * 90
    width, height = right - left, top - bottom
    if turned in (90, 270):
        width, height = height, width
    return Box(width, height, turned, _border_width(widget, looks))


def set_line(
    text: str, box: Box, face: Face, *, size: float, alignment: int
) -> tuple[float, list[Line]] | None:
    """Set one line, shrunk to fit; None when it does not fit at the smallest size.

    Args:
        text: without line breaks.
        box: where.
        face: in which face.
        size: points; 0 to choose.
        alignment: 0 left, 1 centred, 2 right (quadding).
    """
    wanted = size or min(_LARGEST_AUTO_SIZE, max(SMALLEST_SIZE, (box.height - 2) * 0.8))
    room = box.width - 2 * box.padding
    natural = face.width(text) / 1000
    fitting = min(wanted, room / natural) if natural else wanted
    fitting = min(fitting, max(SMALLEST_SIZE, box.height / _LEADING))
    if fitting < SMALLEST_SIZE and fitting < wanted:
        return None
    chosen = _steps(fitting)
    y = (box.height - _CAP_HEIGHT * chosen) / 2
    return chosen, [Line(text, _start(natural * chosen, box, alignment), y)]


def set_lines(
    text: str, box: Box, face: Face, *, size: float, alignment: int
) -> tuple[float, list[Line]] | None:
    """Set a text over several lines, wrapped, shrunk to fit; None when it does not fit."""
    wanted = size or _LARGEST_AUTO_SIZE
    room = box.width - 2 * box.padding
    while True:
        lines = _wrapped(text, face, room / wanted * 1000)
        if lines is not None and len(lines) * wanted * _LEADING <= box.height - box.border:
            break
        if wanted <= SMALLEST_SIZE:
            return None
        wanted = max(SMALLEST_SIZE, wanted - 0.5)
    first = box.height - box.border - 1 - _ASCENT * wanted
    return wanted, [
        Line(
            line,
            _start(face.width(line) * wanted / 1000, box, alignment),
            first - number * wanted * _LEADING,
        )
        for number, line in enumerate(lines)
    ]


def set_comb(
    text: str, box: Box, face: Face, *, size: float, cells: int
) -> tuple[float, list[Line]] | None:
    """Set one character a cell; None when there are more characters than cells."""
    if len(text) > cells:
        return None
    cell = box.width / cells
    widest = max((face.width(one) for one in text), default=600) / 1000
    chosen = min(size or _LARGEST_AUTO_SIZE, box.height / _CAP_HEIGHT * 0.8, cell / widest)
    if chosen < SMALLEST_SIZE:
        return None
    y = (box.height - _CAP_HEIGHT * chosen) / 2
    return chosen, [
        Line(one, number * cell + (cell - face.width(one) * chosen / 1000) / 2, y)
        for number, one in enumerate(text)
        if one != " "
    ]


def draw_text(
    pdf: pikepdf.Pdf,
    widget: Any,
    box: Box,
    font: SharedFont,
    size: float,
    lines: list[Line],
) -> None:
    """Give a widget its appearance: background, border, text."""
    drawing = [*_background(widget, box), b"/Tx BMC", b"q", _clip(box), b"BT", b"0 g"]
    drawing.append(f"/TdU {size:g} Tf".encode())
    for line in lines:
        drawing.append(f"1 0 0 1 {line.x:.3f} {line.y:.3f} Tm".encode())
        drawing.append(font.encode(line.text) + b" Tj")
    drawing += [b"ET", b"Q", b"EMC"]
    resources = Dictionary(Font=Dictionary({str(_FONT_NAME): font.reference}))
    _install(pdf, widget, box, b"\n".join(drawing), resources, None)


def draw_tick(pdf: pikepdf.Pdf, widget: Any, state: Any) -> None:
    """Give a check box or radio button without one the appearance of its on-state: a cross."""
    box = box_of(widget)
    inset = min(box.width, box.height) * 0.2
    left, bottom = inset, inset
    right, top = box.width - inset, box.height - inset
    cross = (
        f"q 0 G {max(1.0, inset / 2):g} w {left:g} {bottom:g} m {right:g} {top:g} l S "
        f"{left:g} {top:g} m {right:g} {bottom:g} l S Q"
    ).encode()
    drawing = b"\n".join([*_background(widget, box), cross])
    _install(pdf, widget, box, drawing, Dictionary(), state)


def size_in(appearance: bytes) -> float:
    """The size a default appearance (`/DA`) asks for; 0 to choose."""
    match = _SIZE_IN_DA.search(appearance)
    return float(match.group(1)) if match else 0.0


def _install(
    pdf: pikepdf.Pdf, widget: Any, box: Box, drawing: bytes, resources: Any, state: Any
) -> None:
    stream = pdf.make_stream(
        drawing,
        Type=Name.XObject,
        Subtype=Name.Form,
        FormType=1,
        BBox=Array([0, 0, _rounded(box.width), _rounded(box.height)]),
        Matrix=Array([_rounded(number) for number in _matrix(box)]),
        Resources=resources,
    )
    if state is None:
        widget.AP = Dictionary(N=stream)
        return
    appearances = widget.get("/AP")
    if not isinstance(appearances, pikepdf.Dictionary):
        appearances = widget.AP = Dictionary()
    normal = appearances.get("/N")
    if not isinstance(normal, pikepdf.Dictionary) or isinstance(normal, pikepdf.Stream):
        appearances["/N"] = Dictionary()
    appearances["/N"][state] = stream


def _matrix(box: Box) -> tuple[float, float, float, float, float, float]:
    if box.turned == 90:
        return (0, 1, -1, 0, box.height, 0)
    if box.turned == 180:
        return (-1, 0, 0, -1, box.width, box.height)
    if box.turned == 270:
        return (0, -1, 1, 0, 0, box.width)
    return (1, 0, 0, 1, 0, 0)


def _background(widget: Any, box: Box) -> list[bytes]:
    looks = widget.get("/MK", Dictionary())
    drawing = []
    fill, line = _colour(looks.get("/BG"), b"g rg k"), _colour(looks.get("/BC"), b"G RG K")
    if fill:
        drawing.append(fill + f" 0 0 {box.width:.3f} {box.height:.3f} re f".encode())
    if line and box.border:
        half = box.border / 2
        frame = (
            f" {box.border:g} w {half:g} {half:g} "
            f"{box.width - box.border:.3f} {box.height - box.border:.3f} re S"
        )
        drawing.append(line + frame.encode())
    return [b"q " + one + b" Q" for one in drawing]


def _colour(numbers: Any, operators: bytes) -> bytes:
    grey, rgb, cmyk = operators.split()
    if not isinstance(numbers, pikepdf.Array) or len(numbers) not in (1, 3, 4):
        return b""
    values = " ".join(f"{float(number):g}" for number in numbers).encode()
    return values + b" " + {1: grey, 3: rgb, 4: cmyk}[len(numbers)]


def _border_width(widget: Any, looks: Any) -> float:
    style = widget.get("/BS")
    if isinstance(style, pikepdf.Dictionary) and "/W" in style:
        return float(style.get("/W"))
    return 1.0 if "/BC" in looks else 0.0


def _clip(box: Box) -> bytes:
    return f"0 0 {box.width:.3f} {box.height:.3f} re W n".encode()


def _start(width: float, box: Box, alignment: int) -> float:
    if alignment == 1:
        return (box.width - width) / 2
    if alignment == 2:
        return box.width - box.padding - width
    return box.padding


def _steps(size: float) -> float:
    # A size that no two runs round differently, never above what fits.
    return int(size * 20) / 20


def _wrapped(text: str, face: Face, room: float) -> list[str] | None:
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if face.width(longer) <= room:
                line = longer
                continue
            if face.width(word) > room:
                return None
            lines.append(line)
            line = word
        lines.append(line)
    return lines


def _rounded(number: float) -> float:
    return round(number, 3)


def _to_unicode(characters: dict[int, str]) -> bytes:
    entries = [
        f"<{glyph:04x}> <{character.encode('utf-16-be').hex()}>"
        for glyph, character in sorted(characters.items())
    ]
    blocks = []
    for start in range(0, len(entries), 100):
        part = entries[start : start + 100]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
