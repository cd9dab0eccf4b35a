"""From an adjusted proposal to the texts of a form: `form.yaml`, `official.yaml`, `guide.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from exports.paper.proposal.model import JoinedField, Proposal, ProposedQuestion
from exports.paper.proposal.words import name_of, single
from forms.definition import Kind
from forms.guide import HEADINGS

_CELLS = frozenset(
    {"nir", "phone", "iban", "siret", "fiscal_number", "caf_number", "elector_number", "agdref",
     "postal_code"}
)  # fmt: skip
_PAST = frozenset({"naissance.date", "ecrou.date_entree", "sejour.date_entree"})
_DATE_SLICES = {"%d": (1, 2), "%m": (3, 2), "%Y": (5, 4)}


@dataclass(frozen=True)
class FormTexts:
    """The files of a form's folder.

    Attributes:
        form: `form.yaml`, which `forms.reader.read_form` accepts.
        official: `official.yaml`, which `forms.official` accepts.
        guide: `guide.md`, its six headings to be written.
    """

    form: str
    official: str
    guide: str


class _Flow(dict[str, Any]):
    """A mapping written on one line."""


def write_form(proposal: Proposal) -> FormTexts:
    """Write the texts of a form from a proposal, as proposed or as adjusted.

    Args:
        proposal: at least one of its questions is asked.
    """
    names = question_names(proposal)
    return FormTexts(
        form=_yaml(_definition(proposal, names)),
        official=_yaml(_mapping(proposal, names)),
        guide=_guide(proposal),
    )


def question_names(proposal: Proposal) -> tuple[str, ...]:
    """The name of each question that is asked, in their order, each once in the form."""
    taken = {name for name, _, _ in _sections(proposal)}
    names: list[str] = []
    for question in proposal.asked:
        name = single(name_of(question.label, "question"), taken)
        taken.add(name)
        names.append(name)
    return tuple(names)


def _sections(
    proposal: Proposal,
) -> list[tuple[str, str, list[tuple[int, ProposedQuestion]]]]:
    """Name, label and numbered questions of each section, in the order they are first met."""
    by_label: dict[str, list[tuple[int, ProposedQuestion]]] = {}
    for number, question in enumerate(proposal.asked):
        by_label.setdefault(question.section, []).append((number, question))
    sections: list[tuple[str, str, list[tuple[int, ProposedQuestion]]]] = []
    for label, questions in by_label.items():
        name = single(f"section_{name_of(label, 'page')}", (one[0] for one in sections))
        sections.append((name, label, questions))
    return sections


def _definition(proposal: Proposal, names: tuple[str, ...]) -> dict[str, Any]:
    number = f"Cerfa {proposal.number}" if proposal.number else ""
    settings = {
        "form_id": proposal.form_id,
        "version": f"{proposal.read_on.year}.{proposal.read_on.month}.1",
        "form_title": proposal.title,
        "summary": "Formulaire proposé à partir de son PDF, à relire avant de s’en servir.",
        **({"number": number} if number else {}),
        "worth": "official",
        "default_language": "fr",
    }
    source = f"Formulaire {number} (PDF)" if number else f"Formulaire « {proposal.title} » (PDF)"
    definition: dict[str, Any] = {
        "settings": settings,
        "sources": [{"title": source, "read": proposal.read_on.isoformat(), "status": "to_verify"}],
    }
    lists = {
        name: [_Flow(name=choice.name, label=choice.label) for choice in question.choices]
        for name, question in zip(names, proposal.asked, strict=True)
        if question.kind.chosen
    }
    if lists:
        definition["choices"] = lists
    definition["survey"] = [
        {
            "type": "group",
            "name": name,
            "label": label,
            "children": [_question(names[number], question) for number, question in questions],
        }
        for name, label, questions in _sections(proposal)
    ]
    return definition


def _question(name: str, question: ProposedQuestion) -> dict[str, str]:
    kind = question.kind.value
    entry = {"type": f"{kind} {name}" if question.kind.chosen else kind, "name": name}
    entry["label"] = question.label
    if question.hint:
        entry["hint"] = question.hint
    if question.kind is Kind.TEXT and question.multiline:
        entry["appearance"] = "multiline"
    if question.kind is Kind.TEXT and question.check:
        entry["check"] = question.check
    if question.kind is Kind.DATE and question.profile in _PAST:
        entry["constraint"] = ". <= today()"
        entry["constraint_message"] = "Cette date est dans le futur. Vérifiez l’année."
    if question.profile:
        entry["profile"] = question.profile
    return entry


def _mapping(proposal: Proposal, names: tuple[str, ...]) -> dict[str, Any]:
    parts: dict[str, list[_Part]] = {}
    for name, question in zip(names, proposal.asked, strict=True):
        for joined in question.fields:
            parts.setdefault(joined.field, []).append(_Part(name, question, joined))
    left = [
        field.field
        for question in proposal.questions
        if question.dropped is not None
        for field in question.fields
    ]
    mapping: dict[str, Any] = {
        "number": proposal.number,
        "sha256": [proposal.sha256],
        "recognised_by": list(proposal.recognised_by),
        "print": "simplex" if proposal.single_sided else "duplex",
        "fields": [_entry(field, of_field) for field, of_field in parts.items()],
    }
    others = [name for name in dict.fromkeys([*left, *proposal.left_out]) if name not in parts]
    if others:
        mapping["left_to_administration"] = others
    return mapping


@dataclass(frozen=True)
class _Part:
    name: str
    question: ProposedQuestion
    joined: JoinedField


def _entry(field: str, parts: list[_Part]) -> _Flow:
    first = parts[0]
    if first.joined.ticked:
        chosen = {
            one.joined.state: _condition(one.name, one.question, one.joined.choice)
            for one in reversed(parts)
            if one.joined.state
        }
        if chosen:
            return _Flow(field=field, choose=_Flow(reversed(chosen.items())))
        return _Flow(field=field, check=_condition(first.name, first.question, first.joined.choice))
    if first.question.kind is Kind.SELECT_ONE:
        options = [one.joined for one in parts if one.name == first.name]
        return _Flow(field=field, value=_option(first.name, options))
    return _Flow(field=field, value=_value(first.name, first.question, first.joined))


def _condition(name: str, question: ProposedQuestion, choice: str) -> str:
    if question.kind is Kind.SELECT_MULTIPLE:
        return f"selected(${{{name}}}, '{choice}')"
    return f"${{{name}}} = '{choice or 'OK'}'"


def _option(name: str, parts: list[JoinedField]) -> str:
    chosen = [f"if(${{{name}}} = '{part.choice}', {literal(part.option)}, '')" for part in parts]
    return f"concat({', '.join(chosen)}, '')"


def _value(name: str, question: ProposedQuestion, joined: JoinedField) -> str:
    told, start, length = f"${{{name}}}", joined.start, joined.length
    if question.kind is Kind.DATE:
        told = f"format-date({told}, '{joined.format or '%d/%m/%Y'}')"
        if joined.format in _DATE_SLICES:
            start = length = 0
    elif question.kind is Kind.DECIMAL:
        told = f"translate(string({told}), '.', ',')"
    elif question.kind is Kind.TEXT and question.check in _CELLS and (length or question.cells):
        # Typed with spaces, written in cells.
        told = f"translate({told}, ' .-', '')"
    if length:
        return f"substring({told}, {start}, {length})"
    return told


def literal(text: str) -> str:
    """A text as a string of XPath, which has no way to write a quote within its own quotes."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = [f"'{part}'" for part in text.split("'")]
    return "concat(" + ', "\'", '.join(parts) + ")"


def _guide(proposal: Proposal) -> str:
    written = {
        HEADINGS[0]: "À écrire : à quoi sert ce formulaire, et qui peut le demander.",
        HEADINGS[1]: "À écrire : où envoyer le formulaire rempli.",
        HEADINGS[2]: "À écrire : ce que la détention change.",
        HEADINGS[3]: "À écrire : les pièces à joindre.",
        HEADINGS[4]: "À écrire : les délais.",
        HEADINGS[5]: (
            f"- Formulaire {proposal.number or proposal.title}, lu le "
            f"{proposal.read_on.strftime('%d/%m/%Y')} (à vérifier)."
        ),
    }
    return "\n\n".join(f"## {title}\n\n{text}" for title, text in written.items()) + "\n"


class _Dumper(yaml.SafeDumper):
    """Writes YAML as the forms of the catalogue are written."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Put the items of a list under its key, two spaces in."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Repeat what is the same rather than point at it."""
        return True


def _flow(dumper: yaml.SafeDumper, data: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


def _text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    style = '"' if "'" in data else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(_Flow, _flow)
_Dumper.add_representer(str, _text)


def _yaml(document: dict[str, Any]) -> str:
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
