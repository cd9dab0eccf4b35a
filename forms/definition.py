"""What a form is: XLSForm's vocabulary as values, and what Trait d'union adds beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Kind(Enum):
    """The type of a question, as XLSForm names it."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"
    CALCULATE = "calculate"
    ACKNOWLEDGE = "acknowledge"


class Worth(Enum):
    """What a form's paper is worth in front of an office."""

    OFFICIAL = "official"
    LETTER = "letter"
    PREPARATION = "preparation"


class SourceStatus(Enum):
    """Whether what a source says was verified, or is shown as « à vérifier »."""

    VERIFIED = "verified"
    TO_VERIFY = "to_verify"


@dataclass(frozen=True)
class Expression:
    """An ODK XPath expression and the line it stands on; `constant` when it is yes or no."""

    text: str
    line: int


YES = Expression("true()", 0)
NO = Expression("false()", 0)


@dataclass(frozen=True)
class Choice:
    """One choice of a list."""

    name: str
    label: str


@dataclass(frozen=True)
class DocumentRequest:
    """A supporting document, asked for when relevant (beside XLSForm)."""

    name: str
    label: str
    relevant: Expression
    required: Expression
    note: str
    line: int


@dataclass(frozen=True)
class Source:
    """Where a form's facts were read, and when."""

    title: str
    url: str
    read: date
    status: SourceStatus


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        path: as in ODK without indices, `/data/group/question`.
        calculation, constraint, default: None where the definition gives none.
        profile: the profile key that prefills it and is fed back (beside XLSForm).
        check: a named check of `forms.checks` (beside XLSForm).
    """

    path: str
    name: str
    kind: Kind
    label: str
    hint: str
    required: Expression
    required_message: str
    relevant: Expression
    constraint: Expression | None
    constraint_message: str
    calculation: Expression | None
    default: Expression | None
    read_only: Expression
    appearance: str
    choices: tuple[Choice, ...]
    profile: str | None
    check: str | None
    line: int


@dataclass(frozen=True)
class Group:
    """Questions under one heading."""

    path: str
    name: str
    label: str
    hint: str
    relevant: Expression
    appearance: str
    children: tuple[Question | Group | Repeat, ...]
    line: int


@dataclass(frozen=True)
class Repeat:
    """Questions asked several times; `profile` names a key that holds a list."""

    path: str
    name: str
    label: str
    hint: str
    relevant: Expression
    appearance: str
    profile: str | None
    children: tuple[Question | Group | Repeat, ...]
    line: int


Node = Question | Group | Repeat


@dataclass(frozen=True)
class Form:
    """A whole definition.

    Attributes:
        id: the name of its folder in the catalogue.
        number: « Cerfa 16029*01 », empty for a form without one.
        text: the definition itself, to travel with the answers.
    """

    id: str
    version: str
    title: str
    summary: str
    number: str
    worth: Worth
    children: tuple[Node, ...]
    documents: tuple[DocumentRequest, ...]
    sources: tuple[Source, ...]
    text: str

    def questions(self) -> Iterator[Question]:
        """Every question, in order, groups and repeats gone through."""
        for node in walk(self.children):
            if isinstance(node, Question):
                yield node


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every node below, each before its children."""
    for node in nodes:
        yield node
        if not isinstance(node, Question):
            yield from walk(node.children)
