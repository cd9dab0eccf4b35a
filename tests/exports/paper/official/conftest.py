"""Small PDF forms made for one oddity each, and what a reader sees in a filled one."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from pikepdf import Array, Dictionary, Name, String

Rectangle = tuple[float, float, float, float]


@dataclass
class FormPdf:
    """State: a PDF form in the making; each method adds one thing to it."""

    pages: int = 1
    media_box: Rectangle = (0, 0, 400, 300)
    rotate: int = 0
    pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)

    def __post_init__(self) -> None:
        for _ in range(self.pages):
            self.pdf.add_blank_page()
            page = self.pdf.pages[-1].obj
            page.MediaBox = Array(self.media_box)
            if self.rotate:
                page.Rotate = self.rotate
        self.form = self.pdf.make_indirect(
            Dictionary(Fields=Array(), DA=String("/Helv 0 Tf 0 g"), DR=Dictionary())
        )
        self.pdf.Root.AcroForm = self.form

    def widget(self, rect: Rectangle, page: int = 0, **entries: Any) -> Any:
        """A widget on a page; in no field until it is put there."""
        widget = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array(rect), F=4, **entries)
        )
        sheet = self.pdf.pages[page].obj
        if "/Annots" not in sheet:
            sheet.Annots = Array()
        sheet.Annots.append(widget)
        return widget

    def text(self, name: str, rect: Rectangle = (50, 200, 250, 216), **entries: Any) -> Any:
        """A text field merged with its widget."""
        node = self.widget(rect, T=String(name), FT=Name.Tx, **entries)
        self.form.Fields.append(node)
        return node

    def group(self, name: str, kids: list[Any], **entries: Any) -> Any:
        """A field above others."""
        node = self.pdf.make_indirect(Dictionary(Kids=Array(kids), **entries))
        if name:
            node.T = String(name)
        for kid in kids:
            kid.Parent = node
        self.form.Fields.append(node)
        return node

    def marked(self, *states: str | bytes) -> Any:
        """The appearances of a box: a filled square for each on-state."""
        square = b"0 g 2 2 8 8 re f"
        looks = Dictionary(Off=self._drawing(b" "))
        for state in states:
            name = state.encode() if isinstance(state, str) else state
            spelled = b"".join(b"#%02x" % byte for byte in name)
            key: Any = pikepdf.Object.parse(b"/" + spelled)
            looks[key] = self._drawing(square)
        return Dictionary(N=looks)

    def _drawing(self, content: bytes) -> Any:
        return self.pdf.make_stream(
            content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 12, 12])
        )

    def box(self, rect: Rectangle, *states: str | bytes, **entries: Any) -> Any:
        """A widget to tick."""
        return self.widget(rect, AP=self.marked(*states), AS=Name.Off, **entries)

    def orphan(self) -> None:
        """Take the form away, and leave its widgets."""
        del self.pdf.Root.AcroForm

    def bytes(self, **saving: Any) -> bytes:
        """The file."""
        out = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
            self.pdf.save(out, **saving)
        return out.getvalue()


@pytest.fixture
def form_pdf() -> Callable[..., FormPdf]:
    """A maker of small forms."""
    return FormPdf


@dataclass(frozen=True)
class Letter:
    """A letter of a page and its box, in points of the unrotated page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Seen:
    """What pdfium shows of a filled form once it is printed."""

    pdf: bytes

    def letters(self, rect: Rectangle, page: int = 0) -> list[Letter]:
        """The letters wholly within a rectangle."""
        found = []
        document = pdfium.PdfDocument(self.pdf)
        raw.FPDFPage_Flatten(document[page], raw.FLAT_PRINT)
        text = document[page].get_textpage()
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            left, bottom, right, top = text.get_charbox(index)
            if (
                letter.strip()
                and left >= rect[0] - 0.5
                and right <= rect[2] + 0.5
                and bottom >= rect[1] - 0.5
                and top <= rect[3] + 0.5
            ):
                found.append(Letter(letter, left, bottom, right, top))
        text.close()
        document.close()
        return found

    def text(self, rect: Rectangle, page: int = 0) -> str:
        """The letters within a rectangle, without spaces."""
        return "".join(letter.text for letter in self.letters(rect, page))

    def ink(self, rect: Rectangle, page: int = 0) -> float:
        """How dark a rectangle is, from 0 to 1."""
        document = pdfium.PdfDocument(self.pdf)
        raw.FPDFPage_Flatten(document[page], raw.FLAT_PRINT)
        sheet = document[page]
        bitmap = sheet.render(scale=3, grayscale=True)
        place = bitmap.get_posconv(sheet).to_bitmap
        (x0, y0), (x1, y1) = place(rect[0], rect[1]), place(rect[2], rect[3])
        area = bitmap.to_pil().crop((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        levels = area.histogram()
        document.close()
        dark = sum((255 - level) * count for level, count in enumerate(levels))
        return float(dark / 255 / sum(levels))


@pytest.fixture
def seen() -> Callable[[bytes], Seen]:
    """A reader of filled forms."""
    return Seen
