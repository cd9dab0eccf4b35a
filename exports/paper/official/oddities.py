"""What a PDF carries beside its pages and fields, told to whoever looks into it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import pikepdf

from exports.paper.official.field_tree import FieldType, FoundField, dictionary_of, items

_DEEPEST = 32


class Oddity(Enum):
    """One thing that a viewer, or a person, should know of a PDF."""

    ENCRYPTED = "encrypted"
    XFA = "xfa"
    USAGE_RIGHTS = "usage_rights"
    JAVASCRIPT = "javascript"
    EMBEDDED_FILES = "embedded_files"
    ORPHAN_WIDGETS = "orphan_widgets"
    SIGNATURE_FIELDS = "signature_fields"
    NO_FIELDS = "no_fields"


ODDITY_WORDS: dict[Oddity, str] = {
    Oddity.ENCRYPTED: "chiffré sans mot de passe : écrit sans chiffrement",
    Oddity.XFA: "double formulaire XFA : retiré au remplissage, sinon il cacherait les réponses",
    Oddity.USAGE_RIGHTS: "droits d’usage signés : retirés au remplissage, qui les romprait",
    Oddity.JAVASCRIPT: "scripts : gardés, jamais exécutés ici",
    Oddity.EMBEDDED_FILES: "fichiers attachés : gardés, jamais ouverts ici",
    Oddity.ORPHAN_WIDGETS: "champs posés sur les pages sans formulaire : adoptés",
    Oddity.SIGNATURE_FIELDS: "champs de signature : laissés tels quels",
    Oddity.NO_FIELDS: "aucun champ : à remplir par position (traitdunion pdf boxes)",
}


def find_oddities(pdf: pikepdf.Pdf, fields: list[FoundField]) -> tuple[Oddity, ...]:
    """What there is to know of an open PDF, in the order of `Oddity`."""
    found = set(_found(pdf, fields))
    return tuple(one for one in Oddity if one in found)


def _found(pdf: pikepdf.Pdf, fields: list[FoundField]) -> Iterator[Oddity]:
    form = dictionary_of(pdf.Root, "/AcroForm")
    if pdf.is_encrypted:
        yield Oddity.ENCRYPTED
    if "/XFA" in form:
        yield Oddity.XFA
    if "/Perms" in pdf.Root:
        yield Oddity.USAGE_RIGHTS
    names = dictionary_of(pdf.Root, "/Names")
    if "/JavaScript" in names or _runs(pdf.Root) or any(_runs(node) for node in _nodes(fields)):
        yield Oddity.JAVASCRIPT
    if "/EmbeddedFiles" in names or "/Collection" in pdf.Root:
        yield Oddity.EMBEDDED_FILES
    if fields and not any(True for _ in items(form.get("/Fields"))):
        yield Oddity.ORPHAN_WIDGETS
    if any(field.type is FieldType.SIGNATURE for field in fields):
        yield Oddity.SIGNATURE_FIELDS
    if not fields:
        yield Oddity.NO_FIELDS


def _nodes(fields: list[FoundField]) -> Iterator[object]:
    for field in fields:
        yield from field.nodes.values()
        for spot in field.spots:
            yield spot.annotation


def _runs(holder: object) -> bool:
    """Whether an action of a dictionary, its own or additional, is a script."""
    if not isinstance(holder, pikepdf.Dictionary):
        return False
    actions = [holder.get(key) for key in ("/A", "/OpenAction")]
    additional = dictionary_of(holder, "/AA")
    actions += [additional.get(key) for key in additional]
    return any(_is_script(action) for action in actions)


def _is_script(action: object) -> bool:
    for _ in range(_DEEPEST):
        if not isinstance(action, pikepdf.Dictionary):
            return False
        if action.get("/S") == pikepdf.Name("/JavaScript"):
            return True
        action = action.get("/Next")
    return False
