"""Which question goes in which field of a procedure: suggested by their labels, for a person."""

from __future__ import annotations

from dataclasses import dataclass

from exports.online.labels import likeness
from exports.online.schema import Schema, SchemaField
from forms.definition import Form, Group, Kind, Node, Question, Repeat
from forms.online import FieldFormat

LEAST = 0.6
"""How alike two labels must be, from 0 to 1."""

_KINDS: dict[FieldFormat, tuple[Kind, ...]] = {
    FieldFormat.DATE: (Kind.DATE, Kind.CALCULATE),
    FieldFormat.DATETIME: (Kind.DATETIME, Kind.CALCULATE),
    FieldFormat.INTEGER_NUMBER: (Kind.INTEGER, Kind.RANGE, Kind.CALCULATE),
    FieldFormat.DECIMAL_NUMBER: (Kind.DECIMAL, Kind.INTEGER, Kind.RANGE, Kind.CALCULATE),
    FieldFormat.DROP_DOWN_LIST: (Kind.SELECT_ONE,),
    FieldFormat.MULTIPLE_DROP_DOWN_LIST: (Kind.SELECT_MULTIPLE, Kind.SELECT_ONE),
    FieldFormat.YES_NO: (Kind.SELECT_ONE, Kind.ACKNOWLEDGE, Kind.CALCULATE),
    FieldFormat.CHECKBOX: (Kind.SELECT_ONE, Kind.ACKNOWLEDGE, Kind.CALCULATE),
    FieldFormat.CIVILITE: (Kind.SELECT_ONE,),
}
"""What can fill a format; any question, where nothing is said."""


@dataclass(frozen=True)
class Suggestion:
    """A question that may answer a field, and how alike their labels are (0 to 1)."""

    question: Question
    likeness: float
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FieldSuggestions:
    """What may answer one field of a procedure, the likeliest first.

    Attributes:
        each: for a repetition, the repeat that resembles it most; else empty.
        children: for a repetition, the fields of its rows.
    """

    field: SchemaField
    candidates: tuple[Suggestion, ...]
    each: str = ""
    children: tuple[FieldSuggestions, ...] = ()


def suggest(schema: Schema, form: Form, *, most: int = 3) -> tuple[FieldSuggestions, ...]:
    """Suggest questions for each field that can be prefilled, by label, accents left out."""
    outside = _questions(form.children, "")
    repeats = [node for node in form.children if isinstance(node, Repeat)]
    found = []
    for field in schema.fields:
        if field.type.format is None:
            continue
        if field.type.format is FieldFormat.REPETITION:
            found.append(_for_rows(field, repeats, most))
        else:
            found.append(FieldSuggestions(field, _candidates(field, outside, most)))
    return tuple(found)


def matching_options(question: Question, field: SchemaField) -> tuple[tuple[str, str], ...]:
    """The portal's exact words for each of our choices, where one is alike enough."""
    pairs = []
    for choice in question.choices:
        ranked = sorted(field.options, key=lambda one: -likeness(choice.label, one))
        if ranked and likeness(choice.label, ranked[0]) >= LEAST:
            pairs.append((choice.name, ranked[0]))
    return tuple(pairs)


def _for_rows(field: SchemaField, repeats: list[Repeat], most: int) -> FieldSuggestions:
    best, found = FieldSuggestions(field, ()), 0.0
    for repeat in repeats:
        inside = _questions(repeat.children, repeat.label)
        children = tuple(
            FieldSuggestions(one, _candidates(one, inside, most))
            for one in field.children
            if one.type.format is not None
        )
        score = likeness(repeat.label, field.label) + sum(
            one.candidates[0].likeness for one in children if one.candidates
        ) / max(1, len(children))
        if score > found:
            best, found = FieldSuggestions(field, (), repeat.name, children), score
    return best if found >= 2 * LEAST else FieldSuggestions(field, ())


def _candidates(
    field: SchemaField, questions: list[tuple[Question, str]], most: int
) -> tuple[Suggestion, ...]:
    kinds = _KINDS.get(field.type.format) if field.type.format else None
    ranked = []
    for question, heading in questions:
        if kinds is not None and question.kind not in kinds:
            continue
        near = max(
            likeness(question.label, field.label),
            # « Nom » under « Conjoint » is « Nom du conjoint »; under others it is not.
            0.98 * likeness(f"{question.label} {heading}", field.label),
        )
        if near >= LEAST:
            options = matching_options(question, field) if field.options else ()
            ranked.append(Suggestion(question, near, options))
    ranked.sort(key=lambda one: -one.likeness)
    return tuple(ranked[:most])


def _questions(nodes: tuple[Node, ...], heading: str) -> list[tuple[Question, str]]:
    found: list[tuple[Question, str]] = []
    for node in nodes:
        if isinstance(node, Question):
            if node.label and not node.kind.attached and node.kind is not Kind.NOTE:
                found.append((node, heading))
        elif isinstance(node, Group):
            found += _questions(node.children, node.label)
    return found
