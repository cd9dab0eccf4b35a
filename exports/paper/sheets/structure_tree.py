"""Writing into a PDF what its tags say: the structure tree, the language, the title, the colours.

It follows PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) as far as docs/paper.md says.
"""

from __future__ import annotations

import io
from decimal import Decimal
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from exports.paper.sheets.tags import Element, Piece, Role, Structure, Tag
from exports.paper.sheets.xmp import packet

_LANGUAGE = "fr-FR"
_PROGRAM = "Trait d’union"


def with_structure(pdf: bytes, structure: Structure, *, title: str) -> bytes:
    """A PDF drawn under tags, with its structure written in; the same input gives the same bytes.

    Args:
        pdf: the pages, each marked as `exports.paper.sheets.tags` marks.
        structure: what was drawn, in reading order.
        title: the document’s, which names a form and never a person.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _Writer(document).write(structure)
        _describe(document, title)
        _colour(document)
        out = io.BytesIO()
        # 1.7 is what both standards are written on.
        document.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            preserve_pdfa=False,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()


class _Writer:
    """State: the document, and for each page the element of each of its pieces."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._pages = [page.obj for page in document.pages]
        self._owners: list[dict[int, Any]] = [{} for _ in self._pages]

    def write(self, structure: Structure) -> None:
        root = self._document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        whole = self._document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=root, Lang=String(_LANGUAGE))
        )
        whole.K = Array([self._element(child, whole) for child in structure.root.children])
        root.K = Array([whole])
        numbers = Array()
        for number, (page, owners) in enumerate(zip(self._pages, self._owners, strict=True)):
            page.StructParents = number
            page.Tabs = Name.S
            numbers.append(number)
            pieces = [owners[piece] for piece in sorted(owners)]
            numbers.append(self._document.make_indirect(Array(pieces)))
        root.ParentTree = self._document.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(self._pages)
        self._document.Root.StructTreeRoot = root
        self._document.Root.MarkInfo = Dictionary(Marked=True)
        self._document.Root.Lang = String(_LANGUAGE)

    def _element(self, child: Element | Piece, above: Any) -> Any:
        if isinstance(child, Piece):
            self._owners[child.page - 1][child.number] = above
            page = self._pages[child.page - 1]
            return Dictionary(Type=Name.MCR, Pg=page, MCID=child.number)
        assert child.tag is not None
        written = self._document.make_indirect(_attributes(child.tag))
        written.P = above
        written.K = Array([self._element(inner, written) for inner in child.children])
        return written


def _attributes(tag: Tag) -> Dictionary:
    element = Dictionary(Type=Name.StructElem, S=Name("/" + tag.role.value))
    if tag.language:
        element.Lang = String(tag.language)
    if tag.alternative:
        element.Alt = String(tag.alternative)
    if tag.spoken:
        element.ActualText = String(tag.spoken)
    if tag.box is not None:
        box = Array([Decimal(f"{side:.2f}") for side in tag.box])
        element.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
    if tag.role is Role.HEADER:
        element.A = Dictionary(O=Name.Table, Scope=Name.Column)
    return element


def _describe(document: pikepdf.Pdf, title: str) -> None:
    del document.docinfo
    document.docinfo["/Title"] = String(title)
    document.docinfo["/Creator"] = String(_PROGRAM)
    document.docinfo["/Producer"] = String(_PROGRAM)
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    described = document.make_stream(packet(title, language=_LANGUAGE, program=_PROGRAM))
    described.Type = Name.Metadata
    described.Subtype = Name.XML
    document.Root.Metadata = described


def _colour(document: pikepdf.Pdf) -> None:
    profile = document.make_stream(_srgb(), N=3)
    document.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                DestOutputProfile=profile,
            )
        ]
    )


@cache
def _srgb() -> bytes:
    """The sRGB profile that LittleCMS makes, without the moment it was made."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # ICC.1, 7.2.8: twelve bytes from the twenty-fourth.
    profile[24:36] = (2026).to_bytes(2) + (1).to_bytes(2) + (1).to_bytes(2) + bytes(6)
    return bytes(profile)
