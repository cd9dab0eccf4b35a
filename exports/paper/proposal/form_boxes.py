"""The boxes of a fillable PDF: each widget with what its field takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from exports.paper.errors import PdfTooLarge
from exports.paper.official.field_tree import (
    EDITABLE,
    READ_ONLY,
    FieldType,
    FoundField,
    choice_options,
    find_fields,
    inherited,
    number_of,
    rectangle,
    text_of,
)
from exports.paper.official.pdf_file import open_pdf
from exports.paper.official.pdf_names import readable
from exports.paper.proposal.rect import Rect

MAXIMUM_BOXES = 3_000
"""More boxes than the longest form has; a person would not read so many questions either."""

_HIDDEN = 1 << 0 | 1 << 1 | 1 << 5
_SMALLEST = 2.0
_LONGEST_TOOLTIP = 500
_MOST_OPTIONS = 300


@dataclass(frozen=True, slots=True)
class FormBox:
    """One place to fill.

    Attributes:
        field: the full name of its field.
        page: from 0.
        rect: as the PDF has it.
        upright: the same, once the print of the page runs to the right.
        states: its on-states, for a box to tick.
        max_length: characters at most; None without limit.
        options: what a choice field offers, as shown.
        editable: whether a choice field takes other answers too.
        tooltip: what the form says of the field; not to be believed.
    """

    field: str
    type: FieldType
    page: int
    rect: Rect
    upright: Rect
    states: tuple[str, ...] = ()
    max_length: int | None = None
    comb: bool = False
    multiline: bool = False
    options: tuple[str, ...] = ()
    editable: bool = False
    tooltip: str = ""

    @property
    def ticked(self) -> bool:
        """Whether it is filled by ticking."""
        return self.type in (FieldType.CHECKBOX, FieldType.RADIO)


@dataclass(frozen=True)
class FormBoxes:
    """What a PDF gives to fill.

    Attributes:
        left_out: fields that nobody fills by hand: read-only, hidden, signatures, buttons.
    """

    pages: int
    boxes: tuple[FormBox, ...]
    left_out: tuple[str, ...]


def read_boxes(content: bytes) -> FormBoxes:
    """Read the boxes of a PDF.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    with open_pdf(content) as pdf:
        boxes: list[FormBox] = []
        left_out: list[str] = []
        known: set[str] = set()
        for found in find_fields(pdf):
            # A mapping names each field once: a second of the same name follows the first.
            name = unicodedata.normalize("NFC", found.name)
            if name in known:
                continue
            known.add(name)
            of_field = list(_boxes(found)) if _is_filled(found) else []
            if len(boxes) + len(of_field) > MAXIMUM_BOXES:
                raise PdfTooLarge
            boxes += of_field
            if not of_field:
                left_out.append(found.name)
        return FormBoxes(len(pdf.pages), tuple(boxes), tuple(left_out))


def _is_filled(found: FoundField) -> bool:
    if found.flags & READ_ONLY or not found.name:
        return False
    if found.max_length == 0:
        return False
    return found.type in (
        FieldType.TEXT, FieldType.CHOICE, FieldType.CHECKBOX, FieldType.RADIO,
    )  # fmt: skip


def _boxes(found: FoundField) -> Iterator[FormBox]:
    states = found.states() if found.ticked else [[] for _ in found.spots]
    blank = FormBox(
        found.name, found.type, 0, Rect(0, 0, 0, 0), Rect(0, 0, 0, 0),
        max_length=found.max_length,
        comb=found.comb,
        multiline=found.multiline,
        options=_options(found),
        editable=bool(found.flags & EDITABLE),
        tooltip=_tooltip(found),
    )  # fmt: skip
    for spot, of_spot in zip(found.spots, states, strict=True):
        rect = Rect(*rectangle(spot.annotation))
        flags = int(number_of(spot.annotation.get("/F"))) & 0xFFFFFFFF
        if flags & _HIDDEN or min(rect.width, rect.height) < _SMALLEST:
            continue
        names = tuple(dict.fromkeys(readable(raw) for raw in of_spot))
        if found.ticked and not names:
            continue
        yield replace(blank, page=spot.page, rect=rect, upright=rect, states=names)


def _options(found: FoundField) -> tuple[str, ...]:
    if found.type is not FieldType.CHOICE:
        return ()
    shown = dict.fromkeys(label for _, label in choice_options(found.node) if label.strip())
    return tuple(shown)[:_MOST_OPTIONS]


def _tooltip(found: FoundField) -> str:
    said: Any = inherited(found.node, "/TU")
    return text_of(said)[:_LONGEST_TOOLTIP] if isinstance(said, pikepdf.String) else ""
