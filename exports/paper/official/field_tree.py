"""The tree of fields inside an open PDF, and the widgets that show them.

Source: ISO 32000-1, 12.7. Forms break its rules: widgets that no field lists, fields that share a
name, dictionaries that loop. Every walk is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pikepdf

from exports.paper.errors import PdfTooLarge
from exports.paper.official.pdf_names import key_bytes

MAXIMUM_FIELDS = 20_000
MAXIMUM_WIDGETS = 100_000
_DEEPEST = 32

READ_ONLY = 1 << 0
MULTILINE = 1 << 12
_PASSWORD = 1 << 13
_RADIO = 1 << 15
_PUSH_BUTTON = 1 << 16
COMBO = 1 << 17
EDITABLE = 1 << 18
_FILE_SELECT = 1 << 20
_COMB = 1 << 24


class FieldType(Enum):
    """What a field takes."""

    TEXT = "text"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    CHOICE = "choice"
    SIGNATURE = "signature"
    BUTTON = "button"


@dataclass(frozen=True, slots=True)
class Spot:
    """A widget where it stands.

    Attributes:
        page: from 0.
        annotation: its dictionary.
        listed: whether its page lists it, without which no viewer shows it.
    """

    page: int
    annotation: Any
    listed: bool = True


@dataclass
class FoundField:
    """State: a field as it stands in an open PDF, for those that change it.

    Attributes:
        nodes: its dictionaries; several when separate fields share one name.
        spots: its widgets, in the order of the form.
    """

    name: str
    type: FieldType
    flags: int
    max_length: int | None
    nodes: dict[tuple[int, int], Any] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)

    @property
    def node(self) -> Any:
        """Its first dictionary."""
        return next(iter(self.nodes.values()))

    @property
    def comb(self) -> bool:
        """Whether each character has its cell."""
        unfit = MULTILINE | _PASSWORD | _FILE_SELECT
        return bool(self.flags & _COMB) and not self.flags & unfit and bool(self.max_length)

    @property
    def multiline(self) -> bool:
        """Whether the text may wrap."""
        return bool(self.flags & MULTILINE) and self.type is FieldType.TEXT

    @property
    def ticked(self) -> bool:
        """Whether it is filled by ticking."""
        return self.type in (FieldType.CHECKBOX, FieldType.RADIO)

    def states(self) -> list[list[bytes]]:
        """The on-states of each widget; where the form names none, the names it would give."""
        states = [on_states(spot.annotation) for spot in self.spots]
        if any(states):
            return states
        if self.type is FieldType.RADIO:
            return [[str(number).encode()] for number, _ in enumerate(states, 1)]
        return [[b"Yes"] for _ in states]


def find_fields(pdf: pikepdf.Pdf) -> list[FoundField]:
    """Find the fields of an open PDF, orphan widgets included, in the order of the form.

    Raises:
        PdfTooLarge: there are more than a form has.
    """
    pages = list(pdf.pages)
    listed = _listed_widgets(pdf, pages)
    numbers = {page.obj.objgen: number for number, page in enumerate(pages)}
    found: dict[tuple[FieldType, str], FoundField] = {}
    reached: set[tuple[int, int]] = set()
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        for root in items(form.get("/Fields")):
            for node, widgets in _terminals(root, 0, reached):
                known = _field_for(found, node)
                if known is not None:
                    known.spots += _spots(widgets, listed, numbers, reached)
    for key, (number, annotation) in listed.items():
        if key in reached:
            continue
        reached.add(key)
        known = _field_for(found, _holder(annotation))
        if known is not None:
            known.spots.append(Spot(number, annotation))
    return list(found.values())


def inherited(node: Any, key: str) -> Any:
    """An attribute of a field or of the fields above it (ISO 32000-1, 12.7.3.1)."""
    for _ in range(_DEEPEST):
        value = node.get(key)
        if value is not None:
            return value
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            return None
    return None


def on_states(widget: Any) -> list[bytes]:
    """The on-states of a button's widget, as the bytes of their names."""
    appearances = widget.get("/AP")
    states: list[bytes] = []
    if isinstance(appearances, pikepdf.Dictionary):
        for key in ("/N", "/D"):
            looks = appearances.get(key)
            if isinstance(looks, pikepdf.Dictionary) and not isinstance(looks, pikepdf.Stream):
                names = (key_bytes(name) for name in looks.keys())  # noqa: SIM118 - not a mapping
                states += [name for name in names if name != b"Off" and name not in states]
    return states


def rectangle(annotation: Any) -> tuple[float, float, float, float]:
    """Where an annotation is: left, bottom, right, top."""
    numbers = numbers_of(annotation.get("/Rect"))
    if len(numbers) != 4:
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = numbers
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def choice_options(node: Any) -> list[tuple[str, str]]:
    """The options of a choice field: what is stored, what is shown."""
    options = []
    for option in items(inherited(node, "/Opt")):
        if isinstance(option, pikepdf.Array) and len(option) >= 2:
            options.append((text_of(option[0]), text_of(option[1])))
        elif isinstance(option, pikepdf.String):
            options.append((text_of(option), text_of(option)))
    return options


def items(array: Any) -> list[Any]:
    """The members of an array; none when it is something else."""
    return list(array) if isinstance(array, pikepdf.Array) else []


def numbers_of(array: Any) -> list[float]:
    """The numbers of an array; what is no number counts for zero."""
    return [number_of(one) for one in items(array)]


def number_of(value: Any, otherwise: float = 0.0) -> float:
    """A number of a PDF, or another when it is none."""
    try:
        return otherwise if value is None else float(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise


def text_of(string: Any) -> str:
    """A text string as text that any file can hold."""
    return str(string).encode("utf-8", "replace").decode("utf-8") if string is not None else ""


def dictionary_of(owner: Any, key: str) -> Any:
    """A dictionary under a key; an empty one when there is none."""
    value = owner.get(key)
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def _listed_widgets(
    pdf: pikepdf.Pdf, pages: list[pikepdf.Page]
) -> dict[tuple[int, int], tuple[int, Any]]:
    listed: dict[tuple[int, int], tuple[int, Any]] = {}
    for number, page in enumerate(pages):
        annotations: Any = page.obj.get("/Annots")
        for place, annotation in enumerate(items(annotations)):
            if not isinstance(annotation, pikepdf.Dictionary):
                continue
            if annotation.get("/Subtype") != "/Widget":
                continue
            if annotation.objgen == (0, 0):
                annotation = annotations[place] = pdf.make_indirect(annotation)
            if len(listed) >= MAXIMUM_WIDGETS:
                raise PdfTooLarge
            listed.setdefault(annotation.objgen, (number, annotation))
    return listed


def _terminals(
    node: Any, depth: int, reached: set[tuple[int, int]]
) -> Iterator[tuple[Any, list[Any]]]:
    if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST:
        return
    if node.objgen != (0, 0):
        if node.objgen in reached:
            return
        reached.add(node.objgen)
    kids = [one for one in items(node.get("/Kids")) if isinstance(one, pikepdf.Dictionary)]
    if not kids:
        yield node, [node]
        return
    named = [kid for kid in kids if "/T" in kid]
    widgets = [kid for kid in kids if "/T" not in kid]
    if widgets or not named:
        yield node, [one for kid in widgets for one in _leaves(kid, depth + 1, reached)]
    for kid in named:
        yield from _terminals(kid, depth + 1, reached)


def _leaves(kid: Any, depth: int, reached: set[tuple[int, int]]) -> Iterator[Any]:
    below = [one for one in items(kid.get("/Kids")) if isinstance(one, pikepdf.Dictionary)]
    if not below:
        yield kid
        return
    if depth > _DEEPEST or kid.objgen in reached:
        return
    reached.add(kid.objgen)
    for one in below:
        yield from _leaves(one, depth + 1, reached)


def _spots(
    widgets: list[Any],
    listed: dict[tuple[int, int], tuple[int, Any]],
    numbers: dict[tuple[int, int], int],
    reached: set[tuple[int, int]],
) -> Iterator[Spot]:
    seen: set[tuple[int, int]] = set()
    for widget in widgets:
        if widget.objgen in seen:
            continue
        if widget.objgen != (0, 0):
            seen.add(widget.objgen)
            reached.add(widget.objgen)
        place = listed.get(widget.objgen)
        if place is not None:
            yield Spot(place[0], widget)
            continue
        page = widget.get("/P")
        if isinstance(page, pikepdf.Dictionary) and page.objgen in numbers and "/Rect" in widget:
            yield Spot(numbers[page.objgen], widget, listed=False)


def _holder(widget: Any) -> Any:
    parent = widget.get("/Parent")
    if "/T" not in widget and isinstance(parent, pikepdf.Dictionary):
        return parent
    return widget


def _field_for(
    found: dict[tuple[FieldType, str], FoundField],
    node: Any,
) -> FoundField | None:
    kind = inherited(node, "/FT")
    if kind is None:
        return None
    flags = int(number_of(inherited(node, "/Ff"))) & 0xFFFFFFFF
    name = _full_name(node)
    type_ = _type(kind, flags)
    # Two fields of one name and type are one field to those who fill it.
    known = found.get((type_, name))
    if known is None:
        if len(found) >= MAXIMUM_FIELDS:
            raise PdfTooLarge
        limit = inherited(node, "/MaxLen") if type_ is FieldType.TEXT else None
        length = None if limit is None else max(0, int(number_of(limit)))
        known = found[type_, name] = FoundField(name, type_, flags, length)
    known.nodes.setdefault(node.objgen, node)
    return known


def _full_name(node: Any) -> str:
    parts: list[str] = []
    for _ in range(_DEEPEST):
        part = node.get("/T")
        if part is not None:
            parts.append(text_of(part))
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            break
    return ".".join(reversed(parts))


def _type(kind: Any, flags: int) -> FieldType:
    if kind == "/Tx":
        return FieldType.TEXT
    if kind == "/Ch":
        return FieldType.CHOICE
    if kind == "/Sig":
        return FieldType.SIGNATURE
    if flags & _PUSH_BUTTON:
        return FieldType.BUTTON
    return FieldType.RADIO if flags & _RADIO else FieldType.CHECKBOX
