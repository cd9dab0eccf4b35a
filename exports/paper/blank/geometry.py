"""Where every box of a printed blank lies: what a scanned copy is read against.

Kept as JSON beside the copy, never printed. Points, from the page's bottom left corner. A field
names the question it answers, with the number of each repeat: `/data/enfants[2]/prenom`; a
document asked for is `documents/<name>`; the place of the signature is `signature`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

import msgspec

from exports.paper.errors import GeometryUnreadable

GEOMETRY_VERSION = 1
"""The number of this layout of the JSON; a reader refuses the ones it does not know."""

DOCUMENTS = "documents"
SIGNATURE = "signature"
YES_CHOICE = "yes"
"""The name of the only box of a question that is answered by a cross."""


class Rect(NamedTuple):
    """A rectangle; in JSON, four numbers."""

    left: float
    bottom: float
    width: float
    height: float

    def shifted(self, across: float, up: float) -> Rect:
        """The same rectangle elsewhere, to the hundredth of a point."""
        left, bottom = round(self.left + across, 2), round(self.bottom + up, 2)
        return Rect(left, bottom, round(self.width, 2), round(self.height, 2))


class FieldKind(Enum):
    """How the boxes of a field are filled."""

    TICKS = "ticks"
    RANKS = "ranks"
    COMB = "comb"
    WRITING = "writing"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Field:
    """The boxes of one question, on one page.

    Attributes:
        path: the question, repeats numbered.
        page: from 1.
        boxes: one a choice, in the order of `choices`; one a cell of a comb, from its left; else
            one.
        choices: the names of the choices.
        groups: how many cells each group of a comb has: `[2, 2, 4]` for a day.
        printed: what the boxes already held when they left the printer, a text a box, as the
            boxes are; empty when they were open.
    """

    path: str
    kind: FieldKind
    page: int
    boxes: tuple[Rect, ...]
    choices: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class BlankGeometry:
    """One printed copy of a blank form.

    Attributes:
        marks: the registration marks, the same on each page: bottom left, bottom right, top
            left, top right.
        size: the page's width and height.
        pages: how many.
    """

    form_id: str
    version: str
    copy_id: str
    size: tuple[float, float]
    pages: int
    marks: tuple[Rect, ...]
    fields: tuple[Field, ...]
    layout: int = GEOMETRY_VERSION

    def to_json(self) -> bytes:
        """The sidecar, the same bytes for the same copy."""
        return msgspec.json.encode(self)

    def of_page(self, page: int) -> tuple[Field, ...]:
        """The fields of one page, from 1."""
        return tuple(one for one in self.fields if one.page == page)


def read_geometry(sidecar: bytes | str) -> BlankGeometry:
    """The geometry that `to_json` wrote.

    Raises:
        GeometryUnreadable: it is damaged, or of a layout this program does not know.
    """
    try:
        if msgspec.json.decode(sidecar, type=_Layout).layout != GEOMETRY_VERSION:
            raise GeometryUnreadable
        return msgspec.json.decode(sidecar, type=BlankGeometry)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise GeometryUnreadable from error


@dataclass
class GeometryLedger:
    """State: the fields drawn so far, page after page."""

    fields: list[Field] = field(default_factory=list)

    def note(
        self,
        path: str,
        kind: FieldKind,
        page: int,
        boxes: Sequence[Rect],
        *,
        choices: Sequence[str] = (),
        groups: Sequence[int] = (),
        printed: Mapping[int, str] | None = None,
    ) -> None:
        """Write a field down as it is drawn."""
        said = tuple((printed or {}).get(number, "") for number in range(len(boxes)))
        self.fields.append(
            Field(
                path,
                kind,
                page,
                tuple(boxes),
                tuple(choices),
                tuple(groups),
                said if any(said) else (),
            )
        )


class _Layout(msgspec.Struct):
    layout: int
