"""What a screen reader is told of a paper of ours: headings, paragraphs, lists, tables, pictures.

Whatever draws something that is read draws it under a `Tag`; what is drawn under none (a line, a
ground, a foot) is an artifact, that no reader speaks (ISO 32000-1, 14.8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Role(Enum):
    """What a part of a paper is, by its standard structure type (ISO 32000-1, 14.8.4)."""

    TITLE = "H1"
    HEADING = "H2"
    SUBHEADING = "H3"
    PARAGRAPH = "P"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    ITEM_BODY = "LBody"
    TABLE = "Table"
    ROW = "TR"
    HEADER = "TH"
    CELL = "TD"
    FIGURE = "Figure"


@dataclass(eq=False)
class Tag:
    """One element of a paper's structure; it may be drawn in several pieces, over several pages.

    Attributes:
        role: what it is.
        parent: what it stands in; None for the document itself.
        language: its language (BCP 47), where it is not French.
        alternative: what is said in the place of a picture.
        spoken: what is said in the place of letters that are not drawn as they are read: turned,
            or broken over lines.
        box: left, bottom, right and top of a picture on its page, points.
    """

    role: Role
    parent: Tag | None = None
    language: str = ""
    alternative: str = ""
    spoken: str = ""
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Piece:
    """What was drawn of an element in one go.

    Attributes:
        page: from 1.
        number: of the marked content, on that page.
    """

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """An element as it was drawn: its pieces and the elements in it, in reading order."""

    tag: Tag | None
    children: list[Element | Piece] = field(default_factory=list)


class Structure:
    """State: what was drawn so far of a document, as a tree; `current` is what is being drawn."""

    def __init__(self) -> None:
        self.root = Element(None)
        self.current: Tag | None = None
        self._elements: dict[Tag, Element] = {}
        self._pieces: Counter[int] = Counter()

    def piece(self, tag: Tag, page: int) -> Piece:
        """A new piece of an element, which comes after all that was drawn before."""
        piece = Piece(page, self._pieces[page])
        self._pieces[page] += 1
        self._element(tag).children.append(piece)
        return piece

    def _element(self, tag: Tag) -> Element:
        element = self._elements.get(tag)
        if element is None:
            element = self._elements[tag] = Element(tag)
            above = self.root if tag.parent is None else self._element(tag.parent)
            above.children.append(element)
        return element


ARTIFACT = "/Artifact BMC"
PAGINATION = "/Artifact <</Type /Pagination>> BDC"
END = "EMC"


@contextmanager
def tagged(canvas: Any, tag: Tag) -> Iterator[None]:
    """Draw under a tag; on a canvas without structure, just draw.

    One drawn inside another interrupts it, and stands after what was drawn of it before.
    """
    structure: Structure | None = getattr(canvas, "structure", None)
    if structure is None:
        yield
        return
    outer, structure.current = structure.current, tag
    canvas._code += [END, _begin(canvas, structure, tag)]
    yield
    structure.current = outer
    canvas._code += [END, ARTIFACT if outer is None else _begin(canvas, structure, outer)]


@contextmanager
def pictured(
    canvas: Any,
    alternative: str,
    width: float,
    height: float,
    *,
    left: float = 0,
    bottom: float = 0,
) -> Iterator[None]:
    """Draw a picture, from a corner of where the canvas stands; `alternative` is said of it."""
    x, y = canvas.absolutePosition(left, bottom)
    box = (x, y, x + width, y + height)
    with tagged(canvas, Tag(Role.FIGURE, alternative=alternative, box=box)):
        yield


def _begin(canvas: Any, structure: Structure, tag: Tag) -> str:
    piece = structure.piece(tag, canvas.getPageNumber())
    return f"/{tag.role.value} <</MCID {piece.number}>> BDC"
