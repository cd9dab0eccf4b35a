"""A font of glyphs for our own papers: what HarfBuzz shaped is drawn and embedded as it is.

reportlab draws letters, each by itself; joined scripts need glyphs that no letter names.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from exports.paper.lettering.fonts import Face
from exports.paper.lettering.shaping import ShapedLine
from exports.paper.lettering.to_unicode import to_unicode


class GlyphFont:
    """State: the glyphs of one face drawn in one document; reportlab calls `addObjects` last."""

    def __init__(self, face: Face, document: Any) -> None:
        self.face = face
        self._texts: dict[int, str] = {}
        # reportlab counts its fonts by this table, and asks the delayed ones at the end.
        self.fontName = f"{face.style.value}-glyphs"
        self.name = f"G{len(document.fontMapping) + 1}"
        document.fontMapping[self.fontName] = f"/{self.name}"
        document.delayedFonts.append(self)

    def encode(self, glyph: int, text: str) -> str:
        """A glyph as hexadecimal digits of a `Tj` operator."""
        if not self._texts.get(glyph):
            self._texts[glyph] = " " if text == "\u00a0" else text
        return f"{glyph:04x}"

    def addObjects(self, document: Any) -> None:
        """Write the font: the glyphs used, their widths, what they mean."""
        glyphs = sorted(self._texts)
        name = f"TRAITD+{self.face.style.value}"
        program = _stream(document, self.face.subset(glyphs))
        program.dictionary.dict["Length1"] = len(program.content)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{name}",
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([-800, -400, 1600, 1200]),
                "ItalicAngle": 0,
                "Ascent": 935,
                "Descent": -265,
                "CapHeight": 689,
                "StemV": 80,
                "FontFile2": document.Reference(program, f"glyphs:{self.name}"),
            }
        )
        widths: list[Any] = []
        for glyph in glyphs:
            widths += [glyph, pdfdoc.PDFArray([round(self.face.glyph_width(glyph))])]
        system = {
            "Registry": pdfdoc.PDFString("Adobe"),
            "Ordering": pdfdoc.PDFString("Identity"),
            "Supplement": 0,
        }
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": f"/{name}",
                "CIDSystemInfo": pdfdoc.PDFDictionary(system),
                "CIDToGIDMap": "/Identity",
                "FontDescriptor": document.Reference(descriptor, f"descriptor:{self.name}"),
                "DW": 600,
                "W": pdfdoc.PDFArray(widths),
            }
        )
        meaning = _stream(document, to_unicode(self._texts))
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "Name": f"/{self.name}",
                "BaseFont": f"/{name}",
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray(
                    [document.Reference(descendant, f"descendant:{self.name}")]
                ),
                "ToUnicode": document.Reference(meaning, f"meaning:{self.name}"),
            }
        )
        fonts = document.idToObject["BasicFonts"].dict
        fonts[self.name] = document.Reference(font, f"font:{self.name}")


def draw_glyphs(canvas: Canvas, line: ShapedLine, x: float, y: float, size: float) -> None:
    """Draw a shaped line, its baseline beginning at x, y, in the canvas's fill colour."""
    operators = ["BT"]
    current: GlyphFont | None = None
    for glyph in line.glyphs:
        font = _font(canvas, glyph.face)
        if font is not current:
            current = font
            operators.append(f"/{font.name} {size:g} Tf")
        left, bottom = x + glyph.x * size / 1000, y + glyph.y * size / 1000
        code = font.encode(glyph.number, glyph.text)
        operators.append(f"1 0 0 1 {left:.3f} {bottom:.3f} Tm <{code}> Tj")
    canvas._code.append(" ".join([*operators, "ET"]))


def _font(canvas: Canvas, face: Face) -> GlyphFont:
    document = canvas._doc
    for font in document.delayedFonts:
        if isinstance(font, GlyphFont) and font.face is face:
            return font
    return GlyphFont(face, document)


def _stream(document: Any, content: bytes) -> Any:
    stream = pdfdoc.PDFStream(content=content)
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream
