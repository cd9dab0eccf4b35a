"""Linking a procedure's fields to a form's questions: what is proposed, what was chosen, the file.

What comes out is an `online.yaml` of this relay's own, read back by the reader that every other
one goes through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from desktop.workflows.desk import Desk
from desktop.workflows.online.errors import NoOnlineFiling
from desktop.workflows.online.procedures import (
    keep_mapping,
    keep_schema,
    online_filing,
    suggestions,
)
from exports.online.labels import likeness
from exports.online.schema import Schema, SchemaField, read_schema
from forms.definition import Form, Group, Kind, Node, Question, Repeat
from forms.online import CopyLine, FieldFormat, MappedField, OnlineFiling

Pairs = tuple[tuple[str, str], ...]

IDENTITY_LABELS = {"genre": "Civilité", "prenom": "Prénom", "nom": "Nom"}
"""Who files, where a procedure is for individuals: its description does not say whether it is."""

_TITLES: Pairs = (("M.", "M."), ("Mme", "Mme"))
_TRUTH: Pairs = (("true", "oui"), ("false", "non"))
_LISTS = (FieldFormat.DROP_DOWN_LIST, FieldFormat.MULTIPLE_DROP_DOWN_LIST)
_BARE = re.compile(r"(?:jr:choice-name\()?\$\{(\w+)\}(?:, '\$\{\1\}'\))?")
_FORMULA = "="
"""What begins the name of a link that is no question, but an expression written by hand."""
_LEAST = 0.6


@dataclass(frozen=True)
class Mappable:
    """One field of a procedure, and what may fill it.

    Attributes:
        key: the field's identifier, or the portal's name for a fact of who files.
        words: what it takes, in French.
        questions: the names of the questions that may fill it, with their labels, the likeliest
            first; the names of repeats, for a repetition.
        proposed: the one proposed; empty for none.
        wants: the portal's values with their words, where it takes no others.
        pairs: which of those is proposed for each choice of the question proposed.
    """

    key: str
    label: str
    words: str
    required: bool
    questions: Pairs
    proposed: str
    wants: Pairs = ()
    pairs: Pairs = ()
    repetition: bool = False
    children: tuple[Mappable, ...] = ()


@dataclass(frozen=True)
class ChosenLink:
    """What a person chose for a field; an empty question leaves it to the browser."""

    question: str
    pairs: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, ChosenLink] = field(default_factory=dict)


@dataclass(frozen=True)
class MappingProposal:
    """All that can be linked.

    Attributes:
        left: the labels of the fields that only a person can fill, in the browser.
    """

    schema: Schema
    identity: tuple[Mappable, ...]
    fields: tuple[Mappable, ...]
    left: tuple[str, ...]


def propose_mapping(desk: Desk, form_id: str, content: bytes) -> MappingProposal:
    """What may fill each field of a procedure: what was linked before, else what looks alike.

    Args:
        desk: the relay.
        form_id: the form whose questions are linked.
        content: the procedure's description.

    Raises:
        NotARelay: the vault is a station's.
        SchemaUnreadable: it is no description.
        UnknownForm: this relay does not have the form.
    """
    desk.require_relay()
    schema = read_schema(content)
    form = desk.catalogue.form(form_id)
    outside = _questions(form.children)
    before = _linked_before(desk, form_id, schema.number)
    near = {one.field.id: one for one in suggestions(desk, form_id, schema)}
    fields = []
    for one in schema.fields:
        if one.type.format is None:
            continue
        candidates = near[one.id].candidates
        if one.type.format is FieldFormat.REPETITION:
            fields.append(_repetition(form, one, before, near[one.id].each))
        else:
            names = [near_one.question.name for near_one in candidates]
            fields.append(_mappable(one, outside, names, before))
    left = tuple(
        one.label for one in schema.all_fields() if one.type.format is None and one.type.asked
    )
    return MappingProposal(schema, _identity(form, before), tuple(fields), left)


def rows_of(form: Form, one: SchemaField, repeat: str) -> tuple[Mappable, ...]:
    """What may fill the fields of a repetition's rows, from a repeat of the form."""
    node = next((node for node in _repeats(form) if node.name == repeat), None)
    if node is None:
        return ()
    inside = _questions(node.children)
    return tuple(
        _mappable(child, inside, _alike(child.label, inside), {})
        for child in one.children
        if child.type.format is not None
    )


def pairs_for(question: Question | None, wants: Pairs) -> Pairs:
    """Which of a portal's values is proposed for each choice of a question."""
    if question is None:
        return ()
    pairs = []
    for choice in question.choices:
        best = max(wants, key=lambda want: _alike_words(choice.label, want[1]), default=None)
        if best is not None and _alike_words(choice.label, best[1]) >= _LEAST:
            pairs.append((choice.name, best[0]))
    return tuple(pairs)


def save_mapping(
    desk: Desk,
    form_id: str,
    content: bytes,
    chosen: Mapping[str, ChosenLink],
    *,
    address: str,
    verified: bool,
) -> OnlineFiling:
    """Keep what was linked, and the description it was linked with.

    Args:
        desk: the relay.
        form_id: the form.
        content: the procedure's description.
        chosen: by `Mappable.key`.
        address: where the description was read; used where it does not say its own.
        verified: the user compared the procedure with what the organisation says.

    Raises:
        NotARelay: the vault is a station's.
        DefinitionError: the links make no valid mapping; nothing is kept.
    """
    desk.require_relay()
    desk.require_writer()
    schema = read_schema(content)
    text = mapping_text(desk, form_id, schema, chosen, address=address, verified=verified)
    with desk.vault.transaction():
        filing = keep_mapping(desk, form_id, text)
        keep_schema(desk, form_id, content)
    return filing


def mapping_text(
    desk: Desk,
    form_id: str,
    schema: Schema,
    chosen: Mapping[str, ChosenLink],
    *,
    address: str,
    verified: bool,
) -> str:
    """The `online.yaml` of what was chosen."""
    import yaml

    form = desk.catalogue.form(form_id)
    where = schema.address or address
    example = (urlsplit(where).hostname or "").endswith(".example")
    identity = {
        name: _value(form, FieldFormat.CIVILITE if name == "genre" else None, chosen[name])
        for name in IDENTITY_LABELS
        if name in chosen and chosen[name].question
    }
    document: dict[str, Any] = {
        "status": "example" if example else "verified" if verified else "to_verify",
        "read": desk.today().isoformat(),
        "note": f"Reliée à ce relais. Démarche n° {schema.number}.",
        "procedure": {
            "number": str(schema.number),
            "address": where,
            **({"identity": identity} if identity else {}),
            "fields": [
                made for one in schema.fields if (made := _field(form, one, chosen)) is not None
            ],
        },
    }
    copy = _copy_kept(desk, form_id)
    if copy:
        document["copy"] = [_copy_data(line) for line in copy]
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)


def _field(form: Form, one: SchemaField, chosen: Mapping[str, ChosenLink]) -> dict[str, Any] | None:
    link = chosen.get(one.id)
    if link is None or not link.question or one.type.format is None:
        return None
    head = {"field": one.id, "label": one.label or one.id, "format": one.type.format.value}
    if one.type.format is not FieldFormat.REPETITION:
        return {**head, **_value(form, one.type.format, link)}
    rows = [made for child in one.children if (made := _field(form, child, link.children))]
    return {**head, "each": link.question, "fields": rows} if rows else None


def _value(form: Form, wanted: FieldFormat | None, link: ChosenLink) -> dict[str, Any]:
    if link.question.startswith(_FORMULA):
        options = {"options": dict(link.pairs)} if link.pairs else {}
        return {"value": link.question.removeprefix(_FORMULA), **options}
    question = find_question(form, link.question)
    bare = f"${{{link.question}}}"
    if link.pairs:
        return {"value": bare, "options": dict(link.pairs)}
    if question is not None and question.kind is Kind.SELECT_ONE and wanted not in _LISTS:
        # A person reads the words of a choice, not its name.
        return {"value": f"jr:choice-name({bare}, '{bare}')"}
    return {"value": bare}


def find_question(form: Form, name: str) -> Question | None:
    """The question with a name, repeats gone through."""
    every = [*_questions(form.children)]
    for repeat in _repeats(form):
        every += _questions(repeat.children)
    return next((one for one in every if one.name == name), None)


def wanted_of(one: SchemaField) -> Pairs:
    """The only values that a field takes, with their words; empty where it takes others."""
    if one.type.format in (FieldFormat.YES_NO, FieldFormat.CHECKBOX):
        return _TRUTH
    if one.type.format is FieldFormat.CIVILITE:
        return _TITLES
    return tuple((option, option) for option in one.options)


def _mappable(
    one: SchemaField,
    questions: list[Question],
    alike: Iterable[str],
    before: Mapping[str, MappedField],
) -> Mappable:
    alike = list(alike)
    linked = before.get(one.id)
    by_name = {question.name: question for question in questions}
    proposed = _known(_link_of(linked) or (alike[0] if alike else ""), by_name)
    ranked = [*(name for name in alike if name in by_name)]
    ranked += [name for name in by_name if name not in ranked]
    wants = wanted_of(one)
    pairs = linked.options if linked and linked.options else pairs_for(by_name.get(proposed), wants)
    return Mappable(
        one.id,
        one.label,
        one.type.words,
        one.required,
        _with_formula(tuple((name, _words_of(by_name[name])) for name in ranked), proposed),
        proposed,
        wants,
        tuple(pairs) if wants else (),
    )


def _repetition(
    form: Form, one: SchemaField, before: Mapping[str, MappedField], each: str
) -> Mappable:
    linked = before.get(one.id)
    repeat = (linked.each if linked else "") or each
    children = rows_of(form, one, repeat)
    if linked is not None:
        inside = {inner.field: inner for inner in linked.fields}
        children = tuple(_relinked(child, inside.get(child.key)) for child in children)
    return Mappable(
        one.id,
        one.label,
        one.type.words,
        one.required,
        tuple((node.name, node.label) for node in _repeats(form)),
        repeat,
        repetition=True,
        children=children,
    )


def _relinked(child: Mappable, linked: MappedField | None) -> Mappable:
    proposed = _link_of(linked)
    return replace(child, proposed=proposed, questions=_with_formula(child.questions, proposed))


def _identity(form: Form, before: Mapping[str, MappedField]) -> tuple[Mappable, ...]:
    questions = _questions(form.children)
    by_name = {question.name: question for question in questions}
    made = []
    for name, label in IDENTITY_LABELS.items():
        linked = before.get(name)
        alike = [one for one in _alike(label, questions) if name != "genre" or by_name[one].choices]
        proposed = _known(_link_of(linked) or (alike[0] if alike else ""), by_name)
        wants = _TITLES if name == "genre" else ()
        rest = [one for one in by_name if one not in alike]
        made.append(
            Mappable(
                name,
                label,
                "une civilité" if wants else "un texte",
                False,
                _with_formula(
                    tuple((one, _words_of(by_name[one])) for one in [*alike, *rest]), proposed
                ),
                proposed,
                wants,
                pairs_for(by_name.get(proposed), wants),
            )
        )
    return tuple(made)


def _known(proposed: str, questions: Mapping[str, Question]) -> str:
    return proposed if proposed in questions or proposed.startswith(_FORMULA) else ""


def _linked_before(desk: Desk, form_id: str, number: int) -> dict[str, MappedField]:
    try:
        procedure = online_filing(desk, form_id).procedure
    except NoOnlineFiling:
        return {}
    if procedure is None or procedure.number != number:
        return {}
    return {one.field: one for one in (*procedure.identity, *procedure.fields)}


def _link_of(linked: MappedField | None) -> str:
    if linked is None or linked.value is None:
        return ""
    found = _BARE.fullmatch(linked.value.text)
    return found.group(1) if found else f"{_FORMULA}{linked.value.text}"


def _with_formula(pairs: Pairs, proposed: str) -> Pairs:
    if not proposed.startswith(_FORMULA):
        return pairs
    return (*pairs, (proposed, f"Formule {proposed.removeprefix(_FORMULA)}"))


def _words_of(question: Question) -> str:
    return question.label or f"Calcul {question.name}"


def _alike(label: str, questions: list[Question]) -> list[str]:
    scored = [(likeness(one.label, label), one.name) for one in questions]
    return [name for score, name in sorted(scored, key=lambda pair: -pair[0]) if score >= _LEAST]


def _alike_words(ours: str, theirs: str) -> float:
    if theirs in ("M.", "Mme"):
        return 1.0 if (ours[:2].casefold() == "mo") == (theirs == "M.") else 0.0
    return likeness(ours, theirs)


def _copy_kept(desk: Desk, form_id: str) -> tuple[CopyLine, ...]:
    # The order of an invented website would only mislead beside a real procedure.
    from forms.online import OnlineStatus

    try:
        filing = online_filing(desk, form_id)
    except NoOnlineFiling:
        return ()
    return () if filing.status is OnlineStatus.EXAMPLE else filing.copy


def _copy_data(line: CopyLine) -> dict[str, Any]:
    if line.each is not None:
        rows = [_copy_data(one) for one in line.lines]
        return {"label": line.label, "each": line.each, "lines": rows}
    made: dict[str, Any] = {"label": line.label, "format": line.format.value}
    if line.value is not None:
        made["value"] = line.value.text
    if line.options:
        made["options"] = dict(line.options)
    return made


def _questions(nodes: tuple[Node, ...]) -> list[Question]:
    found: list[Question] = []
    for node in nodes:
        if isinstance(node, Question):
            if not node.kind.attached and node.kind is not Kind.NOTE:
                found.append(node)
        elif isinstance(node, Group):
            found += _questions(node.children)
    return found


def _repeats(form: Form) -> list[Repeat]:
    return [node for node in form.children if isinstance(node, Repeat)]
