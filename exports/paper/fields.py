"""The fields of a PDF form, whatever program made it: found, named, described.

Source: ISO 32000-1, 12.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pikepdf

from exports.paper.errors import PdfDamaged, PdfTooLarge
from exports.paper.pdf_file import open_pdf

MAXIMUM_FIELDS = 20_000
_DEEPEST = 32

_READ_ONLY = 1 << 0
_MULTILINE = 1 << 12
_PASSWORD = 1 << 13
_RADIO = 1 << 15
_PUSH_BUTTON = 1 << 16
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

    def to_json(self) -> dict[str, Any]:
        """The form as `traitdunion pdf inspect --json` prints it."""
        return {"pages": self.pages, "fields": [_field_json(one) for one in self.fields]}


@dataclass
class FoundField:
    """State: a field as it stands in an open PDF, for those that change it.

    Attributes:
        nodes: its dictionaries; several when separate fields share one name.
        widgets: page number from 0, and annotation.
    """

    name: str
    type: FieldType
    flags: int
    max_length: int | None
    nodes: list[Any]
    widgets: list[tuple[int, Any]] = field(default_factory=list)

    @property
    def comb(self) -> bool:
        """Whether each character has its cell."""
        unfit = _MULTILINE | _PASSWORD | _FILE_SELECT
        return bool(self.flags & _COMB) and not self.flags & unfit and self.max_length is not None

    @property
    def multiline(self) -> bool:
        """Whether the text may wrap."""
        return bool(self.flags & _MULTILINE) and self.type is FieldType.TEXT


def inspect(content: bytes) -> PdfForm:
    """Describe the fields of a PDF.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    with open_pdf(content) as pdf:
        try:
            fields = tuple(_described(one) for one in find_fields(pdf))
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError) as error:
            raise PdfDamaged from error
        return PdfForm(len(pdf.pages), fields)


def find_fields(pdf: pikepdf.Pdf) -> list[FoundField]:
    """Find the fields of an open PDF, orphan widgets included, in the order of the form.

    Raises:
        PdfTooLarge: there are more than a form has.
    """
    places = _widget_places(pdf)
    found: dict[str, FoundField] = {}
    reached: set[tuple[int, int]] = set()
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        for node in _items(form.get("/Fields")):
            for terminal in _terminals(node, 0, reached):
                _add(found, terminal, places)
    for page_number, page in enumerate(pdf.pages):
        for annotation in _items(page.get("/Annots")):
            if not _is_widget(annotation) or annotation.objgen in reached:
                continue
            terminal = annotation
            parent = annotation.get("/Parent")
            if "/T" not in annotation and isinstance(parent, pikepdf.Dictionary):
                terminal = parent
            _add_widget(found, terminal, page_number, annotation)
            reached.add(annotation.objgen)
    return list(found.values())


def inherited(node: Any, key: str) -> Any:
    """An attribute of a field or of the fields above it (ISO 32000-1, 12.7.3.1)."""
    for _ in range(_DEEPEST):
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            return None
    return None


def on_states(widget: Any) -> list[bytes]:
    """The on-states of a button's widget, as the bytes of their names."""
    appearances = widget.get("/AP")
    states: list[bytes] = []
    for key in ("/N", "/D"):
        normal = appearances.get(key) if isinstance(appearances, pikepdf.Dictionary) else None
        if isinstance(normal, pikepdf.Dictionary) and not isinstance(normal, pikepdf.Stream):
            for name in normal.keys():  # noqa: SIM118 - a pikepdf dictionary, not a mapping
                raw = name.encode("utf-8", "surrogateescape")[1:]
                if raw != b"Off" and raw not in states:
                    states.append(raw)
    return states


def name_bytes(name: Any) -> bytes:
    """The bytes of a PDF name, whatever their encoding."""
    raw = name.unparse()[1:]
    out, place = bytearray(), 0
    while place < len(raw):
        if raw[place : place + 1] == b"#" and place + 2 < len(raw) + 0:
            out.append(int(raw[place + 1 : place + 3], 16))
            place += 3
        else:
            out.append(raw[place])
            place += 1
    return bytes(out)


def name_of(raw: bytes) -> Any:
    """A PDF name from its bytes."""
    safe = b"".join(
        bytes([one]) if 33 <= one <= 126 and one not in b"#/()<>[]{}%" else b"#%02x" % one
        for one in raw
    )
    return pikepdf.Object.parse(b"/" + safe)


def readable(raw: bytes) -> str:
    """A name's bytes as text: UTF-8, else what old programs wrote on Windows or Macintosh."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = raw.decode("latin-1")
    if any("\x80" <= letter <= "\x9f" for letter in text):
        return raw.decode("mac_roman")
    return text


def rectangle(annotation: Any) -> tuple[float, float, float, float]:
    """Where an annotation is: left, bottom, right, top."""
    numbers = [float(number) for number in annotation.get("/Rect", [0, 0, 0, 0])]
    if len(numbers) != 4:
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = numbers
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def choice_options(node: Any) -> list[tuple[str, str]]:
    """The options of a choice field: what is stored, what is shown."""
    options = []
    for option in _items(inherited(node, "/Opt")):
        if isinstance(option, pikepdf.Array) and len(option) >= 2:
            options.append((str(option[0]), str(option[1])))
        elif isinstance(option, pikepdf.String):
            options.append((str(option), str(option)))
    return options


def _items(array: Any) -> list[Any]:
    if not isinstance(array, pikepdf.Array):
        return []
    return [one for one in array if one is not None]


def _is_widget(annotation: Any) -> bool:
    return isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/Widget"


def _widget_places(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    places: dict[tuple[int, int], int] = {}
    for number, page in enumerate(pdf.pages):
        for annotation in _items(page.get("/Annots")):
            if _is_widget(annotation) and annotation.objgen != (0, 0):
                places.setdefault(annotation.objgen, number)
    return places


def _terminals(node: Any, depth: int, reached: set[tuple[int, int]]) -> Iterator[Any]:
    if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST:
        return
    if node.objgen != (0, 0):
        if node.objgen in reached:
            return
        reached.add(node.objgen)
    named = [
        kid
        for kid in _items(node.get("/Kids"))
        if isinstance(kid, pikepdf.Dictionary) and "/T" in kid
    ]
    if not named:
        for kid in _items(node.get("/Kids")):
            if isinstance(kid, pikepdf.Dictionary):
                reached.add(kid.objgen)
        yield node
        return
    for kid in named:
        yield from _terminals(kid, depth + 1, reached)


def _add(found: dict[str, FoundField], node: Any, places: dict[tuple[int, int], int]) -> None:
    known = _field_for(found, node)
    if known is None:
        return
    widgets = [one for one in _items(node.get("/Kids")) if isinstance(one, pikepdf.Dictionary)]
    for widget in widgets or [node]:
        page = places.get(widget.objgen)
        if page is not None:
            known.widgets.append((page, widget))


def _add_widget(found: dict[str, FoundField], node: Any, page: int, widget: Any) -> None:
    known = _field_for(found, node)
    if known is not None:
        known.widgets.append((page, widget))


def _field_for(found: dict[str, FoundField], node: Any) -> FoundField | None:
    kind = inherited(node, "/FT")
    if kind is None:
        return None
    flags = _whole(inherited(node, "/Ff")) or 0
    name = _full_name(node)
    type_ = _type(str(kind), flags)
    # Two fields of one name and type are one field to those who fill it.
    key = f"{type_.value} {name}"
    known = found.get(key)
    if known is None:
        if len(found) >= MAXIMUM_FIELDS:
            raise PdfTooLarge
        limit = _whole(inherited(node, "/MaxLen")) if type_ is FieldType.TEXT else None
        known = found[key] = FoundField(name, type_, flags, limit, [])
    if not any(one.objgen == node.objgen and node.objgen != (0, 0) for one in known.nodes):
        known.nodes.append(node)
    return known


def _full_name(node: Any) -> str:
    parts: list[str] = []
    for _ in range(_DEEPEST):
        if "/T" in node:
            parts.append(str(node.get("/T")))
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            break
    return ".".join(reversed(parts))


def _type(kind: str, flags: int) -> FieldType:
    if kind == "/Tx":
        return FieldType.TEXT
    if kind == "/Ch":
        return FieldType.CHOICE
    if kind == "/Sig":
        return FieldType.SIGNATURE
    if flags & _PUSH_BUTTON:
        return FieldType.BUTTON
    return FieldType.RADIO if flags & _RADIO else FieldType.CHECKBOX


def _whole(number: Any) -> int | None:
    try:
        return None if number is None else int(number)
    except (TypeError, ValueError):
        return None


def _described(found: FoundField) -> PdfField:
    is_box = found.type in (FieldType.CHECKBOX, FieldType.RADIO)
    options: list[str] = []
    if is_box:
        for _, widget in found.widgets:
            options += [text for raw in on_states(widget) if (text := readable(raw)) not in options]
    elif found.type is FieldType.CHOICE:
        options = [shown for _, shown in choice_options(found.nodes[0])]
    return PdfField(
        name=found.name,
        type=found.type,
        max_length=found.max_length,
        comb=found.comb,
        multiline=found.multiline,
        read_only=bool(found.flags & _READ_ONLY),
        options=tuple(options),
        widgets=tuple(
            Widget(page + 1, rectangle(widget), _state(widget) if is_box else None)
            for page, widget in found.widgets
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
