"""FiraGO, the one typeface of the screen and of paper: its bytes, widths, subsets.

It comes from the `pymupdf-fonts` package (SIL Open Font License 1.1) and carries Latin with every
diacritic of French names, Cyrillic, Greek, Arabic, Hebrew, Georgian, Devanagari and Thai. Noto
Sans, of the same package and licence, lends the few letters of transliterations that it lacks.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from enum import Enum
from functools import cache

import uharfbuzz as harfbuzz


class Style(Enum):
    """A face, by the name reportlab and PDF give it."""

    REGULAR = "FiraGO"
    BOLD = "FiraGO-Bold"
    ITALIC = "FiraGO-Italic"
    LENT = "NotoSans"


_PACKAGE_NAMES = {
    Style.REGULAR: "figo",
    Style.BOLD: "figbo",
    Style.ITALIC: "figit",
    Style.LENT: "notos",
}

# FiraGO lacks the narrow no-break space; the plain one is drawn in its place.
_DRAWN_AS = {0x202F: 0x00A0, 0x2011: 0x2010, 0x0009: 0x0020}


class Face:
    """One face, opened: glyphs and widths in thousandths of the size."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.data = font_bytes(style)
        self._face = harfbuzz.Face(self.data)
        self.font = harfbuzz.Font(self._face)
        self.scale = 1000 / self._face.upem
        self._glyphs: dict[str, int] = {}
        self._widths: dict[int, float] = {}

    def glyph(self, character: str) -> int:
        """The glyph of a character; 0 when the face has none."""
        known = self._glyphs.get(character)
        if known is None:
            code = _DRAWN_AS.get(ord(character), ord(character))
            known = self._glyphs[character] = self.font.get_nominal_glyph(code) or 0
        return known

    def width(self, text: str) -> float:
        """The width of a text in thousandths of its size, without kerning."""
        return sum(self.glyph_width(self.glyph(character)) for character in text)

    def glyph_width(self, glyph: int) -> float:
        """The width of a glyph in thousandths of its size."""
        known = self._widths.get(glyph)
        if known is None:
            known = self._widths[glyph] = self.font.get_glyph_h_advance(glyph) * self.scale
        return known

    def missing(self, text: str) -> str:
        """The characters of a text that the face cannot draw."""
        return "".join(one for one in text if one != "\n" and not self.glyph(one))

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A TrueType file with these glyphs alone, under their own numbers."""
        wanted = harfbuzz.SubsetInput()
        wanted.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).update(set(glyphs) | {0})
        wanted.flags = (
            harfbuzz.SubsetFlags.RETAIN_GIDS
            | harfbuzz.SubsetFlags.NO_HINTING
            | harfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        )
        wanted.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(tag) for tag in (b"GSUB", b"GPOS", b"GDEF", b"DSIG", b"name")
        )
        return bytes(harfbuzz.subset(self._face, wanted).blob.data)


@cache
def font_bytes(style: Style) -> bytes:
    """The TrueType file of a face."""
    import pymupdf_fonts

    return bytes(pymupdf_fonts.myfont(_PACKAGE_NAMES[style]))


@cache
def face(style: Style = Style.REGULAR) -> Face:
    """A face, opened once."""
    return Face(style)


@cache
def register_with_reportlab() -> None:
    """Make FiraGO known to reportlab as one family, with bold and italic."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for style in (Style.REGULAR, Style.BOLD, Style.ITALIC):
        pdfmetrics.registerFont(TTFont(style.value, io.BytesIO(font_bytes(style))))
    pdfmetrics.registerFontFamily(
        "FiraGO",
        normal=Style.REGULAR.value,
        bold=Style.BOLD.value,
        italic=Style.ITALIC.value,
        boldItalic=Style.BOLD.value,
    )
