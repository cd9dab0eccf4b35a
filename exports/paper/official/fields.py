"""What a PDF form asks, whatever program made it: each field named and described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf

from exports.paper.official.field_tree import (
    READ_ONLY,
    FieldType,
    FoundField,
    choice_options,
    find_fields,
    rectangle,
)
from exports.paper.official.oddities import Oddity, find_oddities
from exports.paper.official.pdf_file import open_pdf
from exports.paper.official.pdf_names import name_bytes, readable

__all__ = ["FieldType", "PdfField", "PdfForm", "Widget", "inspect"]


@dataclass(frozen=True)
class Widget:
    """One place on a page where a field shows.

    Attributes:
        page: from 1.
        rect: left, bottom, right, top, in points from the bottom left of the unrotated page.
        state: of a check box or radio button, its on-state or « Off »; None for other fields.
    """

    page: int
    rect: tuple[float, float, float, float]
    state: str | None


@dataclass(frozen=True)
class PdfField:
    """One field.

    Attributes:
        name: the full name, partial names joined by points.
        max_length: characters at most; None without limit.
        options: on-states of buttons, texts of a choice.
    """

    name: str
    type: FieldType
    max_length: int | None
    comb: bool
    multiline: bool
    read_only: bool
    options: tuple[str, ...]
    widgets: tuple[Widget, ...]


@dataclass(frozen=True)
class PdfForm:
    """What a PDF asks."""

    pages: int
    fields: tuple[PdfField, ...]
    oddities: tuple[Oddity, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The form as `traitdunion pdf inspect --json` prints it."""
        return {
            "pages": self.pages,
            "oddities": [one.value for one in self.oddities],
            "fields": [_field_json(one) for one in self.fields],
        }


def inspect(content: bytes) -> PdfForm:
    """Describe the fields of a PDF; orphan widgets count as fields.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    with open_pdf(content) as pdf:
        found = find_fields(pdf)
        described = tuple(_described(one) for one in found)
        return PdfForm(len(pdf.pages), described, find_oddities(pdf, found))


def _described(found: FoundField) -> PdfField:
    options: list[str] = []
    if found.ticked:
        options = [readable(raw) for states in found.states() for raw in states]
    elif found.type is FieldType.CHOICE:
        options = [shown for _, shown in choice_options(found.node)]
    return PdfField(
        name=found.name,
        type=found.type,
        max_length=found.max_length,
        comb=found.comb,
        multiline=found.multiline,
        read_only=bool(found.flags & READ_ONLY),
        options=tuple(dict.fromkeys(options)),
        widgets=tuple(
            Widget(
                spot.page + 1,
                rectangle(spot.annotation),
                _state(spot.annotation) if found.ticked else None,
            )
            for spot in found.spots
        ),
    )


def _state(widget: Any) -> str:
    state = widget.get("/AS")
    return readable(name_bytes(state)) if isinstance(state, pikepdf.Name) else "Off"


def _field_json(described: PdfField) -> dict[str, Any]:
    return {
        "name": described.name,
        "type": described.type.value,
        "max_length": described.max_length,
        "comb": described.comb,
        "multiline": described.multiline,
        "read_only": described.read_only,
        "options": list(described.options),
        "widgets": [
            {"page": widget.page, "rect": [round(number, 3) for number in widget.rect]}
            | ({} if widget.state is None else {"state": widget.state})
            for widget in described.widgets
        ],
    }
