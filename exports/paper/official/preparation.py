"""Making a form fit to be filled: what would hide the values goes, what it lacks comes."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from exports.paper.official.field_tree import (
    FieldType,
    FoundField,
    dictionary_of,
    inherited,
    items,
    number_of,
)

_FONT_IN_DA = re.compile(rb"/([^\s/()<>\[\]{}%]+)\s+[-+.0-9]+\s+Tf\b")
_DEFAULT = b"/Helv 0 Tf 0 g"
_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW = 1, 2, 4, 32
_DEEPEST = 32


def prepare(pdf: pikepdf.Pdf, fields: list[FoundField]) -> tuple[bytes, list[FoundField]]:
    """Remove usage rights, XFA and signature flags; adopt orphan widgets; lend fonts.

    Args:
        pdf: the open form.
        fields: its fields; those that shared a name without a common dictionary get one.

    Returns:
        The default appearance, and the fields that hold a value which nothing draws yet.
    """
    # Usage rights are a signature that any change breaks; XFA would be shown in our place.
    for key in ("/Perms", "/NeedsRendering"):
        if key in pdf.Root:
            del pdf.Root[key]
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        form = pdf.Root["/AcroForm"] = pdf.make_indirect(Dictionary(Fields=Array()))
    left_to_viewers = bool(form.get("/NeedAppearances", False))
    undrawn = [one for one in fields if left_to_viewers and _undrawn(one)]
    for key in ("/XFA", "/SigFlags", "/NeedAppearances"):
        if key in form:
            del form[key]
    if not isinstance(form.get("/Fields"), pikepdf.Array):
        form["/Fields"] = Array()
    _adopt_orphans(pdf, form, fields)
    _lend_fonts(pdf, form, fields)
    return bytes(form["/DA"]), undrawn


def show(widget: Any) -> None:
    """Make a widget seen on screen and on paper (ISO 32000-1, table 165)."""
    flags = int(number_of(widget.get("/F")))
    widget["/F"] = (flags | _PRINT) & ~(_INVISIBLE | _HIDDEN | _NO_VIEW)


def _undrawn(field: FoundField) -> bool:
    return field.type in (FieldType.TEXT, FieldType.CHOICE) and any(
        "/N" not in dictionary_of(spot.annotation, "/AP") for spot in field.spots
    )


def _adopt_orphans(pdf: pikepdf.Pdf, form: Any, fields: list[FoundField]) -> None:
    known = {root.objgen for root in items(form["/Fields"]) if isinstance(root, pikepdf.Dictionary)}
    for field in fields:
        orphans = [
            node
            for node in field.nodes.values()
            if node.objgen != (0, 0) and _root(node).objgen not in known
        ]
        if len(orphans) > 1 and all("/Parent" not in node for node in orphans):
            root = _united(pdf, field, orphans)
            form["/Fields"].append(root)
            known.add(root.objgen)
            continue
        for node in orphans:
            root = _root(node)
            if root.objgen not in known:
                form["/Fields"].append(root)
                known.add(root.objgen)


def _root(node: Any) -> Any:
    for _ in range(_DEEPEST):
        parent = node.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            break
        node = parent
    return node


def _united(pdf: pikepdf.Pdf, field: FoundField, nodes: list[Any]) -> Any:
    # Boxes of one group that have lost their parent exclude each other only under a new one.
    parent = pdf.make_indirect(Dictionary(Kids=Array(nodes)))
    for key in ("/T", "/FT", "/Ff", "/TU", "/TM", "/MaxLen", "/Opt", "/V", "/DV"):
        for node in nodes:
            if key in node:
                if key not in parent:
                    parent[key] = node[key]
                del node[key]
    for node in nodes:
        node["/Parent"] = parent
    field.nodes = {parent.objgen: parent}
    return parent


def _lend_fonts(pdf: pikepdf.Pdf, form: Any, fields: list[FoundField]) -> None:
    """Make sure that a viewer which edits a field finds the font its appearance names."""
    resources = form.get("/DR")
    if not isinstance(resources, pikepdf.Dictionary):
        resources = form["/DR"] = Dictionary()
    fonts = resources.get("/Font")
    if not isinstance(fonts, pikepdf.Dictionary):
        fonts = resources["/Font"] = Dictionary()
    if not isinstance(form.get("/DA"), pikepdf.String):
        form["/DA"] = pikepdf.String(_DEFAULT)
    named = {b"Helv"}
    for appearance in {bytes(form["/DA"]), *_appearances(fields)}:
        named.update(_FONT_IN_DA.findall(appearance))
    lent = None
    for name in sorted(named):
        key = Name("/" + name.decode("latin-1")) if name.isascii() and b"#" not in name else None
        if key is None or key in fonts:
            continue
        lent = lent or pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
        fonts[key] = lent


def _appearances(fields: list[FoundField]) -> set[bytes]:
    found = set()
    for field in fields:
        if field.type in (FieldType.TEXT, FieldType.CHOICE):
            for widget in (spot.annotation for spot in field.spots):
                appearance = inherited(widget, "/DA")
                if isinstance(appearance, pikepdf.String):
                    found.add(bytes(appearance))
    return found
