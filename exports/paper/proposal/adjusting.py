"""What a person changes of a proposal: words, types, links, and what is not asked at all."""

from __future__ import annotations

from dataclasses import replace

from exports.paper.proposal.model import Dropped, Proposal, ProposedChoice, ProposedQuestion
from exports.paper.proposal.profile_links import choices_of, keys_for
from exports.paper.proposal.words import cut
from forms.definition import Kind
from forms.profile import PROFILE_KEYS

_WRITTEN = (Kind.TEXT, Kind.DATE, Kind.INTEGER, Kind.DECIMAL)


def kinds_for(question: ProposedQuestion) -> tuple[Kind, ...]:
    """The types a question may take, given the fields it fills."""
    if not question.fields[0].ticked:
        if question.choices:
            return (Kind.SELECT_ONE,)
        sliced = any(one.length for one in question.fields)
        # Parts of an amount cannot be told apart.
        return (Kind.TEXT, Kind.DATE, Kind.INTEGER) if sliced else _WRITTEN
    if not question.choices:
        return (Kind.ACKNOWLEDGE,)
    alone = len({one.field for one in question.fields}) < len(question.fields)
    # A group of radio buttons holds one answer.
    return (Kind.SELECT_ONE,) if alone else (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)


def profile_keys_for(question: ProposedQuestion) -> tuple[str, ...]:
    """The facts of the profile a question may be linked to, given its type and choices."""
    return keys_for(question.kind, question.choices)


def renamed(question: ProposedQuestion, label: str) -> ProposedQuestion:
    """The question under another label; an empty one changes nothing."""
    told = cut(" ".join(label.split()), 300)
    return replace(question, label=told) if told else question


def retyped(question: ProposedQuestion, kind: Kind) -> ProposedQuestion:
    """The question with another type; its link goes when the types no longer agree.

    Raises:
        ValueError: its fields cannot take this type.
    """
    if kind not in kinds_for(question):
        raise ValueError(kind.value)
    changed = replace(question, kind=kind, multiline=question.multiline and kind is Kind.TEXT)
    if changed.profile is not None and PROFILE_KEYS[changed.profile].kind is not kind:
        changed = linked(changed, None)
    return changed


def linked(question: ProposedQuestion, key: str | None) -> ProposedQuestion:
    """The question linked to a fact of the profile, or to none.

    Raises:
        ValueError: the fact is of another type, or has other choices.
    """
    if key is None:
        return replace(question, profile=None, confidence=0.0)
    fact = PROFILE_KEYS[key]
    if key not in profile_keys_for(question):
        raise ValueError(key)
    changed = question
    if question.kind is Kind.SELECT_ONE:
        changed = with_choices(question, choices_of(key, question.choices) or question.choices)
    return replace(changed, profile=key, confidence=1.0, check=fact.check or question.check)


def with_choices(
    question: ProposedQuestion, choices: tuple[ProposedChoice, ...]
) -> ProposedQuestion:
    """The question with other names or words for its choices, one for one."""
    names = {old.name: new.name for old, new in zip(question.choices, choices, strict=True)}
    fields = tuple(replace(one, choice=names.get(one.choice, "")) for one in question.fields)
    return replace(question, choices=choices, fields=fields)


def dropped(question: ProposedQuestion) -> ProposedQuestion:
    """The question no longer asked: its fields are left to be filled by hand, or by the office."""
    return question if question.dropped else replace(question, dropped=Dropped.BY_HAND)


def kept(question: ProposedQuestion) -> ProposedQuestion:
    """The question asked again."""
    return replace(question, dropped=None)


def with_question(proposal: Proposal, place: int, question: ProposedQuestion) -> Proposal:
    """The proposal with one of its questions changed."""
    questions = list(proposal.questions)
    questions[place] = question
    return replace(proposal, questions=tuple(questions))
