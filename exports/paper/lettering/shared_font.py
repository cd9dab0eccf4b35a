"""The fonts of a filled PDF: glyphs are noted as they are drawn, embedded once at the end."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from exports.paper.lettering.fonts import Face, Style
from exports.paper.lettering.setting import Setting
from exports.paper.lettering.shaping import ShapedLine
from exports.paper.lettering.to_unicode import to_unicode

_RESOURCE_NAMES = {Style.REGULAR: "/TdU", Style.LENT: "/TdV"}


class SharedFont:
    """State: what was drawn in one face, and the font object that every field refers to."""

    def __init__(self, pdf: pikepdf.Pdf, face: Face) -> None:
        self._pdf = pdf
        self._face = face
        self._texts: dict[int, str] = {}
        self.reference = pdf.make_indirect(Dictionary())

    def encode(self, glyph: int, text: str) -> str:
        """A glyph as hexadecimal digits of a `Tj` operator."""
        if not self._texts.get(glyph):
            self._texts[glyph] = " " if text == "\u00a0" else text
        return f"{glyph:04x}"

    def embed(self) -> None:
        """Write the font into the PDF: the glyphs used, their widths, what they mean."""
        glyphs = sorted(self._texts)
        name = Name(f"/TRAITD+{self._face.style.value}")
        subset = self._face.subset(glyphs)
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
                FontFile2=self._pdf.make_stream(subset, Length1=len(subset)),
            )
        )
        widths = Array()
        for glyph in glyphs:
            widths.append(glyph)
            widths.append(Array([round(self._face.glyph_width(glyph))]))
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
                ToUnicode=self._pdf.make_stream(to_unicode(self._texts)),
            )
        )


class SharedFonts:
    """State: the faces that a PDF being filled uses, made as they are needed."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fonts: dict[Style, SharedFont] = {}
        self._named: dict[tuple[Style, ...], Any] = {}

    def draw(self, setting: Setting) -> tuple[list[bytes], Any]:
        """The operators that draw a text, and the resources they name."""
        operators: list[str] = []
        used: list[Style] = []
        current: Style | None = None
        drawn: set[ShapedLine] = set()
        only = len(setting.lines) == 1
        for line in setting.lines:
            # Readers take a line drawn twice, one under the other, for one line made bold.
            whole = line.shaped.plain and (only or line.shaped not in drawn)
            if not only:
                drawn.add(line.shaped)
            pieces = [line.shaped.glyphs] if whole else [(one,) for one in line.shaped.glyphs]
            for glyphs in pieces:
                if not glyphs:
                    continue
                first = glyphs[0]
                style = first.face.style
                font = self._font(first.face)
                if style is not current:
                    current = style
                    if style not in used:
                        used.append(style)
                    operators.append(f"{_RESOURCE_NAMES[style]} {setting.size:g} Tf")
                x = line.x + first.x * setting.size / 1000
                y = line.y + first.y * setting.size / 1000
                codes = "".join(font.encode(glyph.number, glyph.text) for glyph in glyphs)
                operators.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm <{codes}> Tj")
        return [operator.encode() for operator in operators], self._resources(tuple(used))

    def embed(self) -> None:
        """Embed every face that drew something."""
        for font in self._fonts.values():
            font.embed()

    def _resources(self, styles: tuple[Style, ...]) -> Any:
        # Hundreds of fields are drawn in the same fonts: they share one dictionary.
        known = self._named.get(styles)
        if known is None:
            fonts = Dictionary({_RESOURCE_NAMES[one]: self._fonts[one].reference for one in styles})
            known = self._named[styles] = self._pdf.make_indirect(Dictionary(Font=fonts))
        return known

    def _font(self, face: Face) -> SharedFont:
        font = self._fonts.get(face.style)
        if font is None:
            font = self._fonts[face.style] = SharedFont(self._pdf, face)
        return font
