"""Forms proposed from their PDF, against those of the catalogue that people wrote."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from exports.paper.proposal.model import Proposal, ProposedQuestion
from exports.paper.proposal.proposing import propose
from exports.paper.proposal.words import bare
from forms.catalogue import catalogue
from forms.definition import Form, Kind, Question, Repeat
from forms.official import OfficialField, OfficialMapping
from forms.profile import PROFILE_KEYS
from tests.benchmarks.measuring import Goal, say, skip

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "official"
FORMS = {
    "election-de-domicile": "cerfa_16029-01_election-de-domicile.pdf",
    "procuration-vote": "cerfa_14952-03_procuration.pdf",
    "mdph": "cerfa_15692-01_mdph.pdf",
}
TODAY = date(2026, 11, 23)
_NAME = re.compile(r"\$\{([^{}]+)\}")
_ALIKE = 0.5


@dataclass(frozen=True)
class Score:
    """How far a proposal goes towards a form written by hand, from 0 to 1, field by field.

    A form written by hand rewords and regroups: a low score of one is no fault by itself.

    Attributes:
        asked: fields that a question fills.
        kinds: fields whose question is of the same kind.
        labels: fields whose question says about the same.
        dates: fields of dates that are parts of a date question.
        links: fields whose question has the same profile link.
        office: fields left to the administration by both.
    """

    asked: float
    kinds: float
    labels: float
    dates: float
    links: float
    office: float


def score(proposal: Proposal, form: Form, mapping: OfficialMapping) -> Score:
    """Compare a proposal with a form written by hand."""
    ours = {joined.field: question for question in proposal.asked for joined in question.fields}
    theirs = [
        (mapped.field, question)
        for mapped in mapping.fields
        if (question := _question(mapped, form)) is not None
    ]
    labels = {
        mapped.field: repeat.label
        for mapped in mapping.fields
        for repeat in form.children
        if isinstance(repeat, Repeat) and repeat.name == mapped.each
    }
    pairs = [(ours.get(field), theirs_, labels.get(field)) for field, theirs_ in theirs]
    linked = [
        (mine, other)
        for mine, other, _ in pairs
        if other.profile in PROFILE_KEYS and PROFILE_KEYS[other.profile].kind is not None
    ]
    return Score(
        asked=_part([mine is not None for mine, _, _ in pairs]),
        kinds=_part([mine is not None and mine.kind is other.kind for mine, other, _ in pairs]),
        labels=_part(
            [
                mine is not None and _alike(mine, label or other.label)
                for mine, other, label in pairs
            ]
        ),
        dates=_part(
            [
                mine is not None and mine.kind is Kind.DATE
                for mine, other, label in pairs
                if other.kind is Kind.DATE and label is None
            ]
        ),
        links=_part([mine is not None and mine.profile == other.profile for mine, other in linked]),
        office=_part([field not in ours for field in mapping.left_to_administration]),
    )


def measure() -> None:
    """Score the proposals of the forms whose PDF is here."""
    if not OFFICIAL.is_dir():
        skip("forms proposed from PDFs", "no official PDF beside the project")
        return
    for form_id, file in FORMS.items():
        mapping = catalogue().official(form_id)
        if mapping is None:
            continue
        content = (OFFICIAL / file).read_bytes()
        begun = time.perf_counter()
        proposal = propose(content, today=TODAY)
        took = time.perf_counter() - begun
        result = score(proposal, catalogue().form(form_id), mapping)
        say(
            f"{form_id}: labels / kinds / links as by hand",
            f"{result.labels:.0%} / {result.kinds:.0%} / {result.links:.0%}",
            Goal("≥ 80% / - / ≥ 60%", result.labels >= 0.8 and result.links >= 0.6),
        )
        say(
            f"   asked / dates / left to the office, in {took:.2f} s",
            f"{result.asked:.0%} / {result.dates:.0%} / {result.office:.0%}",
        )


def _question(mapped: OfficialField, form: Form) -> Question | None:
    """The question a field shows, through what is calculated from it."""
    questions = {question.name: question for question in form.questions()}
    expressions = [mapped.value, mapped.check, *(condition for _, condition in mapped.choose)]
    names = [name for one in expressions if one for name in _NAME.findall(one.text)]
    for _ in range(6):
        asked = [questions[name] for name in names if name in questions]
        for question in asked:
            if question.kind.asked:
                return question
        names = [
            name
            for question in asked
            if question.calculation
            for name in _NAME.findall(question.calculation.text)
        ]
    return None


def _alike(mine: ProposedQuestion, label: str) -> bool:
    one, other = bare(mine.label), bare(label)
    shared = set(one.split()) & set(other.split())
    least = min(len(set(one.split())), len(set(other.split()))) or 1
    return len(shared) / least >= _ALIKE or SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _part(found: list[bool]) -> float:
    return sum(found) / len(found) if found else 1.0
