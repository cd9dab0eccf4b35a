"""The input of each kind of question, and what it shows of an answer."""

from __future__ import annotations

from desktop.ui.parts.choice_fields import ChecksField, ChoiceField
from desktop.ui.parts.field import Field, LineField, TextField
from desktop.ui.parts.rank_field import RankField
from desktop.workflows.filling.open_application import OpenApplication
from forms.definition import Choice, Kind, Question
from forms.values import ACKNOWLEDGED, number_text, range_of, to_json

N = "\u00a0"
_WIDTHS = {
    Kind.DATE: 180,
    Kind.TIME: 140,
    Kind.DATETIME: 300,
    Kind.INTEGER: 140,
    Kind.DECIMAL: 160,
    Kind.RANGE: 140,
}
_CHECK_WIDTHS = {"phone": 260, "postal_code": 120, "nir": 300, "prison_number": 200}
_EXAMPLES = {
    Kind.TIME: f"Exemple{N}: 14{N}h{N}30",
    Kind.DATETIME: f"Le jour, puis l’heure. Exemple{N}: 12 03 2026 à 14{N}h{N}30",
}


def field_for(question: Question, choices: tuple[Choice, ...], *, optional: bool) -> Field:
    """The field that asks a question, with the choices offered now."""
    offered = tuple((choice.name, choice.label) for choice in choices)
    label, hint = question.label, _hint(question)
    if question.kind is Kind.SELECT_ONE:
        return ChoiceField(label, offered, hint=hint, optional=optional)
    if question.kind is Kind.SELECT_MULTIPLE:
        return ChecksField(label, offered, hint=hint, optional=optional)
    if question.kind is Kind.RANK:
        return RankField(label, offered, hint=hint, optional=optional)
    if question.kind is Kind.ACKNOWLEDGE:
        return ChecksField(label, ((ACKNOWLEDGED, "Oui"),), hint=hint, optional=optional)
    if question.kind is Kind.TEXT and "multiline" in question.appearance:
        return TextField(label, hint=hint, optional=optional)
    width = _WIDTHS.get(question.kind) or _CHECK_WIDTHS.get(question.check or "", 420)
    return LineField(label, hint=hint, optional=optional, width=width)


def shown_text(application: OpenApplication, question: Question, path: str) -> str:
    """What a field shows: names of choices, else the answer as it is written."""
    value = application.filling.value(path)
    if question.kind in (Kind.SELECT_ONE, Kind.ACKNOWLEDGE):
        return str(value or "")
    if question.kind in (Kind.SELECT_MULTIPLE, Kind.RANK):
        return " ".join(to_json(value) or [])
    return application.filling.typed(path)


def _hint(question: Question) -> str:
    said = [question.hint or _EXAMPLES.get(question.kind, ""), question.guidance_hint]
    if question.kind is Kind.RANGE and not question.hint:
        start, end, _ = range_of(question)
        said[0] = f"De {number_text(start)} à {number_text(end)}."
    return "\n".join(one for one in said if one)
