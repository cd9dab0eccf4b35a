"""What would be sent to a procedure, what is left for a person, what the portal may drop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from exports.online.field_types import Check, FieldType, type_of_format
from exports.online.schema import Schema, SchemaField
from exports.online.values import NotTaken, Sent, doubt_about, portal_value
from forms.filling import Filling
from forms.online import FieldFormat, MappedField, Procedure
from forms.online_values import MappedValue, field_values, identity_values

N = "\u00a0"

Payload = Mapping[str, object]


class LeftReason(Enum):
    """Why something is not sent."""

    NO_ANSWER = "no_answer"
    NOT_MAPPED = "not_mapped"
    NOT_PREFILLABLE = "not_prefillable"
    NOT_IN_PROCEDURE = "not_in_procedure"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class SentLine:
    """One value that will be sent.

    Attributes:
        section: « Ayants droit 2 », empty outside a repetition.
        text: the value, in the portal's format.
        may_drop: why the portal may drop it without a word, or show it as an error later; empty
            where what it checks was checked here.
    """

    section: str
    label: str
    text: str
    may_drop: str


@dataclass(frozen=True)
class LeftLine:
    """One field that is not prefilled; a person fills it in the browser.

    Attributes:
        why: in French.
        required: whether the procedure asks for it in any case.
    """

    section: str
    label: str
    reason: LeftReason
    why: str
    required: bool


@dataclass(frozen=True)
class Preparation:
    """What a draft would hold.

    Attributes:
        number: of the procedure.
        with_schema: whether the procedure's own description was there to compare with.
        payload: what is sent, as it is sent.
    """

    number: int
    with_schema: bool
    sent: tuple[SentLine, ...]
    left: tuple[LeftLine, ...]
    payload: Payload = field(repr=False)

    @property
    def doubtful(self) -> tuple[SentLine, ...]:
        """What the portal may drop."""
        return tuple(line for line in self.sent if line.may_drop)


def prepare(procedure: Procedure, filling: Filling, schema: Schema | None) -> Preparation:
    """Prepare the draft of a filling; nothing is sent.

    Args:
        procedure: the mapping.
        filling: the answers.
        schema: what the procedure asks today; None when it was never read.
    """
    work = _Work(schema)
    payload: dict[str, object] = {}
    for value in identity_values(procedure, filling):
        work.put(payload, f"identite_{value.field.field}", value, "", _IDENTITY)
    for value in field_values(procedure, filling):
        work.put_field(payload, value)
    work.look_for_others(procedure)
    return Preparation(
        procedure.number, schema is not None, tuple(work.sent), tuple(work.left), payload
    )


_IDENTITY = {"prenom": "Prénom", "nom": "Nom", "genre": "Civilité"}
_LOOKED_UP = f"le portail la cherche dans ses listes{N}; il l’écarte s’il ne la trouve pas"
_UNCOMPARED = "la démarche n’a pas été relue"


class _Work:
    """State: the lines of a preparation being made."""

    def __init__(self, schema: Schema | None) -> None:
        self.sent: list[SentLine] = []
        self.left: list[LeftLine] = []
        self._schema = schema

    def put_field(self, payload: dict[str, object], value: MappedValue) -> None:
        """Put a field, or the rows of a repetition."""
        if value.field.format is not FieldFormat.REPETITION:
            self.put(payload, f"champ_{value.field.field}", value, "", {})
            return
        asked, gone = self._asked(value.field)
        if gone or (asked is not None and asked.type.format is not FieldFormat.REPETITION):
            self._leave(value.field, "", LeftReason.NOT_IN_PROCEDURE, asked)
            return
        rows = []
        for number, row in enumerate(value.rows, start=1):
            cells: dict[str, object] = {}
            for cell in row:
                self.put(
                    cells, f"champ_{cell.field.field}", cell, f"{value.field.label} {number}", {}
                )
            if cells:
                rows.append(cells)
        if rows:
            payload[f"champ_{value.field.field}"] = rows
        elif not value.rows:
            self._leave(value.field, "", LeftReason.NO_ANSWER, asked)

    def put(
        self,
        payload: dict[str, object],
        key: str,
        value: MappedValue,
        section: str,
        names: Mapping[str, str],
    ) -> None:
        """Put one value, or say why not."""
        mapped = value.field
        asked, gone = (None, False) if names else self._asked(mapped)
        label = names.get(mapped.field) or (asked.label if asked else mapped.label)
        if gone:
            self._leave(mapped, section, LeftReason.NOT_IN_PROCEDURE, asked)
            return
        kind = asked.type if asked else type_of_format(mapped.format)
        if kind.format is None or kind.format is FieldFormat.REPETITION:
            self._leave(mapped, section, LeftReason.NOT_PREFILLABLE, asked)
            return
        if value.empty:
            if not names:
                self._leave(mapped, section, LeftReason.NO_ANSWER, asked)
            return
        try:
            written = _written(kind.format, value, asked)
        except NotTaken as refusal:
            why = f"le portail l’écarterait{N}; il attend {refusal}"
            required = asked.required if asked else False
            self.left.append(LeftLine(section, label, LeftReason.NOT_TAKEN, why, required))
            return
        payload[key] = written
        text = written if isinstance(written, str) else ", ".join(written)
        doubt = (
            "seulement si la démarche s’adresse à des particuliers"
            if names
            else self._doubt(kind, written)
        )
        self.sent.append(SentLine(section, label, text, doubt))

    def look_for_others(self, procedure: Procedure) -> None:
        """Note what the procedure asks that the mapping does not speak of."""
        if self._schema is None:
            return
        mapped = {one.field for top in procedure.fields for one in (top, *top.fields)}
        for top, one in _asked_fields(self._schema):
            if one.id in mapped or not one.type.asked or (top and top.id not in mapped):
                continue
            prefillable = one.type.format is not None
            why = (
                "aucune réponse n’y est reliée"
                if prefillable
                else f"{one.type.words}{N}: à remplir dans le navigateur"
            )
            reason = LeftReason.NOT_MAPPED if prefillable else LeftReason.NOT_PREFILLABLE
            section = top.label if top else ""
            self.left.append(LeftLine(section, one.label, reason, why, one.required))

    def _asked(self, mapped: MappedField) -> tuple[SchemaField | None, bool]:
        if self._schema is None:
            return None, False
        found = self._schema.find(mapped.field)
        return found, found is None

    def _leave(
        self, mapped: MappedField, section: str, reason: LeftReason, asked: SchemaField | None
    ) -> None:
        why = {
            LeftReason.NO_ANSWER: "pas de réponse",
            LeftReason.NOT_IN_PROCEDURE: "la démarche ne le demande plus ainsi",
            LeftReason.NOT_PREFILLABLE: "à remplir dans le navigateur",
        }[reason]
        required = asked.required if asked else False
        label = asked.label if asked else mapped.label
        self.left.append(LeftLine(section, label, reason, why, required))

    def _doubt(self, kind: FieldType, written: Sent) -> str:
        assert kind.format is not None, "what has no format is not sent"
        doubt = doubt_about(kind.format, written)
        if doubt:
            return f"{doubt}{N}; le portail le garderait et le refuserait plus tard"
        if self._schema is None:
            return _UNCOMPARED
        return _LOOKED_UP if kind.check is Check.LOOKED_UP else ""


def _written(form: FieldFormat, value: MappedValue, asked: SchemaField | None) -> Sent:
    if value.unmatched:
        raise NotTaken("une de ses propres réponses")
    written = portal_value(form, value.texts)
    # Another text than the options is taken by a single choice alone.
    free = asked is not None and asked.other_option and form is FieldFormat.DROP_DOWN_LIST
    if asked is not None and asked.options and not free:
        for one in (written,) if isinstance(written, str) else written:
            if one not in asked.options:
                raise NotTaken("une de ses propres réponses, au mot près")
    return written


def _asked_fields(schema: Schema) -> Iterator[tuple[SchemaField | None, SchemaField]]:
    for top in schema.fields:
        yield None, top
        for one in top.children:
            yield top, one
