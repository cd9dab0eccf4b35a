"""The schema of a procedure: `/preremplir/:path/schema`, the GraphQL `demarcheDescriptor`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import msgspec

from exports.online.errors import SchemaUnreadable
from exports.online.field_types import FieldType, type_of_descriptor
from forms.online import FieldFormat, bare_field_id

MOST_BYTES = 4 * 1024 * 1024
_MOST_FIELDS = 2000
_OPEN = ("publiee", "brouillon")

_Words = Annotated[str, msgspec.Meta(max_length=20_000)]


@dataclass(frozen=True)
class SchemaField:
    """One field of a procedure.

    Attributes:
        id: without the `=` that ends it in the schema.
        options: the exact texts of a list; empty for other types.
        other_option: whether another text than those is taken.
        children: the fields of a row, for a repetition.
    """

    id: str
    label: str
    description: str
    type: FieldType
    required: bool
    options: tuple[str, ...]
    other_option: bool
    children: tuple[SchemaField, ...]

    @property
    def key(self) -> str:
        """The key under which a value is sent: `champ_` and the identifier without `=`."""
        return f"champ_{self.id}"


@dataclass(frozen=True)
class Schema:
    """What a procedure asks.

    Attributes:
        number: what drafts are created under.
        address: where a person begins it; empty where the schema does not say.
        legal_basis: the address of the law it rests on; empty where the schema does not say.
        modified_on: as the portal writes it; empty where unknown.
        open: whether the portal takes drafts for it: published, or being written.
    """

    number: int
    title: str
    description: str
    address: str
    modified_on: str
    open: bool
    fields: tuple[SchemaField, ...]
    legal_basis: str = ""

    def find(self, field: str) -> SchemaField | None:
        """The field with an identifier, rows of repetitions gone through."""
        return next((one for one in self.all_fields() if one.id == field), None)

    def all_fields(self) -> Iterator[SchemaField]:
        """Every field in order, each repetition before the fields of its rows."""
        for field in self.fields:
            yield field
            yield from field.children


class _Field(msgspec.Struct):
    id: Annotated[str, msgspec.Meta(max_length=100)]
    label: _Words
    typename: str = msgspec.field(name="__typename")
    description: _Words | None = None
    required: bool | None = None
    options: list[_Words] | None = None
    other_option: bool | None = msgspec.field(name="otherOption", default=None)
    children: list[_Field] | None = msgspec.field(name="champDescriptors", default=None)


class _Revision(msgspec.Struct):
    fields: list[_Field] = msgspec.field(name="champDescriptors")


class _Schema(msgspec.Struct):
    number: Annotated[int, msgspec.Meta(gt=0, lt=10**12)]
    title: _Words
    revision: _Revision
    description: _Words | None = None
    state: str | None = None
    modified: str | None = msgspec.field(name="dateDerniereModification", default=None)
    # The portal's code writes « URL », its documentation « Url ».
    address: _Words | None = msgspec.field(name="demarcheURL", default=None)
    address_documented: _Words | None = msgspec.field(name="demarcheUrl", default=None)
    legal: _Words | None = msgspec.field(name="cadreJuridiqueURL", default=None)
    legal_documented: _Words | None = msgspec.field(name="cadreJuridiqueUrl", default=None)


def read_schema(content: bytes) -> Schema:
    """Read a schema, from a file or from the portal's answer.

    What is not understood is left alone (the portal adds types); what is needed must be there.

    Raises:
        SchemaUnreadable: it is none, or is too large.
    """
    if len(content) > MOST_BYTES:
        raise SchemaUnreadable
    try:
        found = msgspec.json.decode(content, type=_Schema)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SchemaUnreadable from None
    fields = tuple(_field(one) for one in found.revision.fields)
    if sum(1 + len(field.children) for field in fields) > _MOST_FIELDS:
        raise SchemaUnreadable
    return Schema(
        found.number,
        found.title,
        found.description or "",
        found.address or found.address_documented or "",
        found.modified or "",
        # Without a state, the portal answered: it only describes procedures that are open.
        found.state in (*_OPEN, None),
        fields,
        found.legal or found.legal_documented or "",
    )


def _field(found: _Field, *, inside: bool = False) -> SchemaField:
    field = bare_field_id(found.id)
    if field is None:
        raise SchemaUnreadable
    kind = type_of_descriptor(found.typename)
    children: tuple[SchemaField, ...] = ()
    if kind.format is FieldFormat.REPETITION:
        # The portal has no repetition inside another.
        if inside:
            raise SchemaUnreadable
        children = tuple(_field(one, inside=True) for one in found.children or ())
    return SchemaField(
        field,
        found.label,
        found.description or "",
        kind,
        found.required or False,
        tuple(found.options or ()),
        found.other_option or False,
        children,
    )
