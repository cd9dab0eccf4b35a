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
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    NOTE = "note"
    CALCULATE = "calculate"
    ACKNOWLEDGE = "acknowledge"
    FILE = "file"
    IMAGE = "image"
    HIDDEN = "hidden"

    @property
    def asked(self) -> bool:
        """Whether a person answers it: a note says, a calculation and a hidden value are silent."""
        return self not in (Kind.NOTE, Kind.CALCULATE, Kind.HIDDEN)

    @property
    def shown(self) -> bool:
        """Whether a person sees it."""
        return self not in (Kind.CALCULATE, Kind.HIDDEN)

    @property
    def chosen(self) -> bool:
        """Whether it is answered from a list of choices."""
        return self in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK)

    @property
    def attached(self) -> bool:
        """Whether its answer is a supporting document."""
        return self in (Kind.FILE, Kind.IMAGE)


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
    """An ODK XPath expression, the line it stands on, and the column in a workbook."""

    text: str
    line: int
    column: str = ""


YES = Expression("true()", 0)
NO = Expression("false()", 0)


@dataclass(frozen=True)
class Translation:
    """The words of one column in another language than the form's own.

    Attributes:
        column: `label`, `hint`, `guidance_hint`, `constraint_message`, `required_message`, `image`;
            `note` of a document, `form_title` and `summary` of a form.
        language: as XLSForm writes it, « English (en) ».
    """

    column: str
    language: str
    text: str


@dataclass(frozen=True)
class Choice:
    """One choice of a list.

    Attributes:
        columns: its other columns, which a choice filter reads.
        image: the name of a picture shown beside it.
    """

    name: str
    label: str
    columns: tuple[tuple[str, str], ...] = ()
    image: str = ""
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True)
class DocumentRequest:
    """A supporting document, asked for when relevant (beside XLSForm)."""

    name: str
    label: str
    relevant: Expression
    required: Expression
    note: str
    line: int
    translations: tuple[Translation, ...] = ()


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
        calculation: without triggers, its value always; with some, its value when one changes.
        triggers: the names of the questions at whose change it is calculated.
        choice_filter: which choices are offered; a bare name in it is a column of the choice.
        parameters: `start`, `end`, `step` of a range; `randomize`, `seed` of a select.
        guidance_hint: more than the hint says, shown on demand and on paper.
        image: the name of a picture shown with the label.
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
    guidance_hint: str = ""
    choice_list: str = ""
    choice_filter: Expression | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    triggers: tuple[str, ...] = ()
    image: str = ""
    translations: tuple[Translation, ...] = ()

    def parameter(self, name: str, default: str = "") -> str:
        """One of the parameters."""
        return dict(self.parameters).get(name, default)


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
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True)
class Repeat:
    """Questions asked several times.

    Attributes:
        profile: names a key that holds a list.
        count: how often it stands; None when the person decides.
    """

    path: str
    name: str
    label: str
    hint: str
    relevant: Expression
    appearance: str
    profile: str | None
    children: tuple[Question | Group | Repeat, ...]
    line: int
    count: Expression | None = None
    translations: tuple[Translation, ...] = ()


Node = Question | Group | Repeat


@dataclass(frozen=True)
class Form:
    """A whole definition.

    Attributes:
        id: the name of its folder in the catalogue.
        number: « Cerfa 16029*01 », empty for a form without one.
        text: the definition itself, to travel with the answers.
        language: the form's own, « français (fr) » or a code.
        languages: the others it is translated into.
        files: the lists that stand in a file of their own (CSV), by name.
        instance_name: how one filling of it is named; None without such a setting.
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
    language: str = "fr"
    languages: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    lists: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    instance_name: Expression | None = None
    translations: tuple[Translation, ...] = ()

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
