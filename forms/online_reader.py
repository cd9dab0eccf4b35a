"""Reading `online.yaml`: where a form is filed online, checked against the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit

from forms.definition import Expression, Repeat
from forms.errors import DefinitionError, ExpressionError
from forms.filling import Filling
from forms.online import (
    IDENTITY,
    CopyFormat,
    CopyLine,
    FieldFormat,
    MappedField,
    OnlineFiling,
    OnlineStatus,
    Procedure,
    bare_field_id,
)
from forms.tree import ROOT
from forms.yaml_nodes import YamlMap, YamlText, fault, read_yaml

E = TypeVar("E", bound=Enum)


def read_online(text: str, *, file: str) -> OnlineFiling:
    """Read where a form is filed online.

    Raises:
        DefinitionError: with file, line, what is wrong, and what is expected.
    """
    root = read_yaml(text, file=file)
    root.allow("status", "read", "note", "site", "procedure", "copy")
    status = _one_of(root, "status", OnlineStatus)
    try:
        read = date.fromisoformat(root.text("read"))
    except ValueError:
        raise fault(
            root.place("read"), f"“{root.text('read')}” n’est pas un jour", "AAAA-MM-JJ"
        ) from None
    site = _address(root, "site", status) if root.find("site") is not None else ""
    has_procedure = root.find("procedure") is not None
    procedure = _procedure(root.map("procedure"), status) if has_procedure else None
    copy = tuple(_copy_line(entry, inside=False) for entry in root.maps("copy"))
    if procedure is None and not copy:
        raise fault(root, "rien n’est dit du dépôt en ligne", "“procedure”, “copy”, ou les deux")
    return OnlineFiling(status, read, root.text("note", ""), site, procedure, copy)


def check_online(filing: OnlineFiling, filling: Filling, *, file: str) -> None:
    """Compile every expression against the form.

    Raises:
        DefinitionError: one cannot be understood, or a repeat is not in the form.
    """
    for each, expression in _expressions(filing):
        owner = repeat_path(filling, each, file, expression.line) if each else ROOT
        try:
            filling.compile(expression.text, owner)
        except ExpressionError as error:
            raise DefinitionError(
                file,
                expression.line,
                f"dans “{expression.text}” : {error}",
                "une expression ODK XPath sur les questions de ce formulaire",
            ) from error


def repeat_path(filling: Filling, name: str, file: str, line: int) -> str:
    """The path of the top-level repeat with a name.

    Raises:
        DefinitionError: the form has none.
    """
    for node in filling.form.children:
        if isinstance(node, Repeat) and node.name == name:
            return node.path
    raise DefinitionError(
        file, line, f"aucun “repeat” ne s’appelle “{name}”", "un “repeat” du formulaire"
    )


def _expressions(filing: OnlineFiling) -> Iterator[tuple[str | None, Expression]]:
    procedure = filing.procedure
    for field in (*procedure.identity, *procedure.fields) if procedure else ():
        for one, each in ((field, None), *((inner, field.each) for inner in field.fields)):
            if one.value is not None:
                yield each, one.value
    for line in filing.copy:
        for copied, each in ((line, None), *((inner, line.each) for inner in line.lines)):
            if copied.value is not None:
                yield each, copied.value


def _procedure(entry: YamlMap, status: OnlineStatus) -> Procedure:
    entry.allow("number", "address", "identity", "fields")
    number = entry.text("number")
    if not re.fullmatch(r"[1-9]\d{0,11}", number):
        raise fault(entry.place("number"), f"“{number}” n’est pas un numéro", "le numéro entier")
    identity: tuple[MappedField, ...] = ()
    if entry.find("identity") is not None:
        asked = entry.map("identity")
        asked.allow(*IDENTITY)
        identity = tuple(_identity(asked.map(key.text), key.text) for key, _ in asked)
    fields = tuple(_field(one, inside=False) for one in entry.maps("fields"))
    seen: set[str] = set()
    for field in (one for top in fields for one in (top, *top.fields)):
        if field.field in seen:
            raise DefinitionError(
                entry.file, field.line, f"“{field.field}” est là deux fois", "chaque champ une fois"
            )
        seen.add(field.field)
    return Procedure(int(number), _address(entry, "address", status), identity, fields)


def _identity(entry: YamlMap, name: str) -> MappedField:
    entry.allow("value", "options")
    form = FieldFormat.CIVILITE if name == "genre" else FieldFormat.TEXT
    return MappedField(name, name, form, _value(entry), _options(entry), None, (), entry.line)


def _field(entry: YamlMap, *, inside: bool) -> MappedField:
    entry.allow("field", "label", "format", "value", "options", "each", "fields")
    field = bare_field_id(entry.text("field"))
    if field is None:
        raise fault(
            entry.place("field"),
            f"“{entry.text('field')}” n’est pas un champ de démarche",
            "son “id” dans le schéma, par exemple Q2hhbXAtMjI=",
        )
    form = _one_of(entry, "format", FieldFormat)
    if form is not FieldFormat.REPETITION:
        for key in ("each", "fields"):
            if entry.find(key) is not None:
                raise fault(entry.place(key), f"“{key}” va avec “repetition”", "“value” seul")
        return MappedField(
            field, entry.text("label"), form, _value(entry), _options(entry), None, (), entry.line
        )
    if inside:
        raise fault(entry, "une répétition dans une répétition", "un seul niveau")
    for key in ("value", "options"):
        if entry.find(key) is not None:
            raise fault(entry.place(key), f"une répétition n’a pas de “{key}”", "each et fields")
    fields = tuple(_field(one, inside=True) for one in entry.maps("fields"))
    if not fields:
        raise fault(entry, "cette répétition ne contient rien", "des champs dans “fields”")
    return MappedField(
        field, entry.text("label"), form, None, (), entry.text("each"), fields, entry.line
    )


def _copy_line(entry: YamlMap, *, inside: bool) -> CopyLine:
    entry.allow("label", "value", "format", "options", "each", "lines")
    label = entry.text("label")
    if entry.find("each") is None:
        if entry.find("lines") is not None:
            raise fault(entry.place("lines"), "“lines” va avec “each”", "un “repeat” dans “each”")
        has_format = entry.find("format") is not None
        form = _one_of(entry, "format", CopyFormat) if has_format else CopyFormat.TEXT
        return CopyLine(label, _value(entry), form, _options(entry), None, ())
    if inside:
        raise fault(entry, "une répétition dans une répétition", "un seul niveau")
    for key in ("value", "format", "options"):
        if entry.find(key) is not None:
            raise fault(entry.place(key), f"“{key}” ne va pas avec “each”", "each et lines")
    lines = tuple(_copy_line(one, inside=True) for one in entry.maps("lines"))
    if not lines:
        raise fault(entry, "cette répétition ne contient rien", "des lignes dans “lines”")
    return CopyLine(label, None, CopyFormat.TEXT, (), entry.text("each"), lines)


def _value(entry: YamlMap) -> Expression:
    node = entry.find("value")
    if not isinstance(node, YamlText) or not node.text:
        raise fault(entry.place("value"), "“value” manque", "une expression")
    return Expression(node.text, node.line)


def _options(entry: YamlMap) -> tuple[tuple[str, str], ...]:
    if entry.find("options") is None:
        return ()
    options = entry.map("options")
    return tuple((key.text, options.text(key.text)) for key, _ in options)


def _address(entry: YamlMap, key: str, status: OnlineStatus) -> str:
    address = entry.text(key)
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme != "https" or parts.username is not None:
        raise fault(entry.place(key), f"“{address}” n’est pas une adresse sûre", "https://…")
    # RFC 2606 keeps .example for those that never exist: an invented address cannot lead anywhere.
    if (status is OnlineStatus.EXAMPLE) != host.endswith(".example"):
        raise fault(
            entry.place(key),
            f"l’adresse “{host}” ne va pas avec “status: {status.value}”",
            "une adresse en .example pour un exemple, et pour lui seul",
        )
    return address


def _one_of(entry: YamlMap, key: str, options: type[E]) -> E:
    text = entry.text(key)
    for option in options:
        if option.value == text:
            return option
    raise fault(
        entry.place(key),
        f"“{key}” vaut “{text}”",
        f"un de ceux-ci : {', '.join(str(one.value) for one in options)}",
    )
