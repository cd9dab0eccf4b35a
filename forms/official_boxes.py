"""The boxes of an official PDF that has no fields: what stands where on its pages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from forms.yaml_nodes import YamlMap, YamlText, fault

MOST_CELLS = 100
SMALLEST_SIZE, LARGEST_SIZE = 4.0, 40.0


class BoxType(Enum):
    """What a box takes: text, a tick, or one character a cell."""

    TEXT = "text"
    CHECK = "check"
    COMB = "comb"


@dataclass(frozen=True)
class OfficialBox:
    """One place of a flat page where an answer goes.

    Attributes:
        page: from 1.
        rect: left, bottom, right, top, in points from the bottom left of the unrotated page.
        cells: of a comb, how many; 0 otherwise.
        multiline: whether a text may wrap.
        size: of the letters, points; 0 to choose.
        then: the box where a text that is too long goes on; empty when there is none.
    """

    name: str
    page: int
    rect: tuple[float, float, float, float]
    type: BoxType
    cells: int
    multiline: bool
    size: float
    then: str = ""


def read_boxes(root: YamlMap) -> tuple[OfficialBox, ...]:
    """Read the `boxes:` of a mapping; its `size:` is theirs where they give none.

    Raises:
        DefinitionError: with file, line, what is wrong, and what is expected.
    """
    boxes: dict[str, OfficialBox] = {}
    size = _size(root, 0.0)
    for entry in root.maps("boxes"):
        box = _box(entry, size)
        if box.name in boxes:
            raise fault(entry, f"la case “{box.name}” est là deux fois", "un nom par case")
        boxes[box.name] = box
    continued: set[str] = set()
    for entry, box in zip(root.maps("boxes"), boxes.values(), strict=True):
        if box.then:
            _check_continuation(entry, box, boxes, continued)
    return tuple(boxes.values())


def _box(entry: YamlMap, size: float) -> OfficialBox:
    entry.allow("name", "page", "rect", "type", "cells", "multiline", "size", "then")
    name = entry.text("name")
    if not name or "." in name:
        # A point would part the name of a PDF field in two.
        raise fault(entry.place("name"), f"le nom “{name}”", "un nom sans point")
    return OfficialBox(
        name=name,
        page=whole(entry, "page", 1, 2000),
        rect=_rect(entry),
        type=_type(entry),
        cells=_cells(entry),
        multiline=_multiline(entry),
        size=_size(entry, size),
        then=entry.text("then", ""),
    )


def _check_continuation(
    entry: YamlMap, box: OfficialBox, boxes: dict[str, OfficialBox], continued: set[str]
) -> None:
    node = entry.place("then")
    names = list(boxes)
    # Further down: a text cannot come back to where it was.
    if box.then not in names[names.index(box.name) + 1 :]:
        raise fault(node, f"“then” vaut “{box.then}”", "le nom d’une case écrite plus bas")
    if box.then in continued:
        raise fault(node, f"deux cases continuent dans “{box.then}”", "une seule")
    continued.add(box.then)
    after = boxes[box.then]
    if box.type is BoxType.CHECK or after.type is not box.type or box.multiline:
        raise fault(node, "“then” relie deux cases différentes", "deux lignes, ou deux peignes")


def _type(entry: YamlMap) -> BoxType:
    text = entry.text("type", BoxType.TEXT.value)
    try:
        return BoxType(text)
    except ValueError:
        known = ", ".join(one.value for one in BoxType)
        raise fault(entry.place("type"), f"“type” vaut “{text}”", f"un de : {known}") from None


def _cells(entry: YamlMap) -> int:
    comb = _type(entry) is BoxType.COMB
    if comb != (entry.find("cells") is not None):
        raise fault(
            entry.place("cells"),
            "“cells” va avec “type: comb”, et lui seul",
            "le nombre de cases du peigne",
        )
    return whole(entry, "cells", 1, MOST_CELLS) if comb else 0


def _multiline(entry: YamlMap) -> bool:
    multiline = flag(entry, "multiline")
    if multiline and _type(entry) is not BoxType.TEXT:
        raise fault(entry.place("multiline"), "“multiline” va avec “type: text”", "une case text")
    return multiline


def _size(entry: YamlMap, otherwise: float) -> float:
    node = entry.find("size")
    if node is None:
        return otherwise
    size = _number(entry.text("size"))
    if size is None or not SMALLEST_SIZE <= size <= LARGEST_SIZE:
        raise fault(
            node,
            f"“size” vaut “{entry.text('size')}”",
            f"des points, de {SMALLEST_SIZE:g} à {LARGEST_SIZE:g}",
        )
    return size


def _rect(entry: YamlMap) -> tuple[float, float, float, float]:
    nodes = entry.items("rect")
    numbers = [_number(node.text) for node in nodes if isinstance(node, YamlText)]
    known = [number for number in numbers if number is not None]
    if len(nodes) != 4 or len(known) != 4:
        raise fault(entry.place("rect"), "“rect” n’a pas quatre nombres", "[x0, y0, x1, y1]")
    left, bottom, right, top = known
    if left >= right or bottom >= top:
        raise fault(
            entry.place("rect"), "“rect” est à l’envers ou vide", "x0 < x1 et y0 < y1, en points"
        )
    return left, bottom, right, top


def flag(entry: YamlMap, key: str) -> bool:
    """A key that is true or false; false where it is missing.

    Raises:
        DefinitionError: it is neither.
    """
    text = entry.text(key, "false")
    if text not in ("true", "false"):
        raise fault(entry.place(key), f"“{key}” vaut “{text}”", "true ou false")
    return text == "true"


def whole(entry: YamlMap, key: str, least: int, most: int) -> int:
    """A key that is a whole number.

    Raises:
        DefinitionError: it is none, or out of bounds.
    """
    text = entry.text(key)
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise fault(
            entry.place(key), f"“{key}” vaut “{text}”", f"un nombre entier, de {least} à {most}"
        )
    return int(text)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
