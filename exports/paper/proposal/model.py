"""What is proposed of a PDF: questions as values, adjusted by a person before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from exports.paper.errors import PaperError
from exports.paper.proposal.rect import Rect
from forms.definition import Kind


class NothingToFill(PaperError):
    """The PDF has no field that a person fills."""


class LabelSource(Enum):
    """Where a label was read; the later, the less it is worth."""

    LEFT = "left"
    RIGHT = "right"
    ABOVE = "above"
    ROW_AND_COLUMN = "row_and_column"
    CHOICES = "choices"
    TOOLTIP = "tooltip"
    NAME = "name"


class Dropped(Enum):
    """Why a question is not asked: its fields are then left to the administration."""

    OFFICE = "office"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class ProposedChoice:
    """One answer of a select."""

    name: str
    label: str


@dataclass(frozen=True)
class JoinedField:
    """A field that a question fills, and with what of its answer.

    Attributes:
        field: its full name in the PDF.
        format: of a date, as `format-date` takes it.
        start, length: which characters of the answer; all of them when the length is 0.
        choice: the choice that ticks it; empty for an acknowledged question.
        state: its on-state, where the field has several; empty where it has one.
        option: what to write for a choice, in a field that offers a list.
    """

    field: str
    format: str = ""
    start: int = 0
    length: int = 0
    ticked: bool = False
    choice: str = ""
    state: str = ""
    option: str = ""


@dataclass(frozen=True)
class Spot:
    """Where a question shows.

    Attributes:
        page: from 1.
        rect: in points, from the bottom left of the unrotated page.
    """

    page: int
    rect: Rect


@dataclass(frozen=True)
class ProposedQuestion:
    """One question as proposed, or as adjusted.

    Attributes:
        hint: what the print says between brackets.
        label_from: where the label was read.
        section: the heading it stands under.
        multiline: whether its answer takes several lines.
        cells: how many characters its fields take, where each has its cell; else 0.
        fields: what it fills.
        spots: where it shows, first place first.
        profile: the key of the profile that prefills it, if any.
        confidence: how sure that link is, from 0 to 1.
        check: a named check of `forms.checks`.
        dropped: why it is not asked; None when it is.
    """

    label: str
    label_from: LabelSource
    kind: Kind
    section: str
    fields: tuple[JoinedField, ...]
    spots: tuple[Spot, ...]
    hint: str = ""
    choices: tuple[ProposedChoice, ...] = ()
    multiline: bool = False
    cells: int = 0
    profile: str | None = None
    confidence: float = 0.0
    check: str | None = None
    dropped: Dropped | None = None

    @property
    def page(self) -> int:
        """The page where it first shows, from 1."""
        return self.spots[0].page

    @property
    def rect(self) -> Rect:
        """Where it first shows."""
        return self.spots[0].rect


@dataclass(frozen=True)
class Proposal:
    """A form as proposed from a PDF, or as adjusted.

    Attributes:
        form_id: the name of its folder.
        title: the largest print of its first page.
        number: « 16029*01 »; empty when none was read.
        read_on: the day the PDF was read, the date of its source.
        sha256: of the PDF.
        recognised_by: field names that together identify it.
        single_sided: whether the print asks for separate sheets.
        left_out: fields that nobody fills by hand.
    """

    form_id: str
    title: str
    number: str
    read_on: date
    pages: int
    sha256: str
    recognised_by: tuple[str, ...]
    single_sided: bool
    questions: tuple[ProposedQuestion, ...]
    left_out: tuple[str, ...]

    @property
    def asked(self) -> tuple[ProposedQuestion, ...]:
        """The questions that are not dropped."""
        return tuple(one for one in self.questions if one.dropped is None)
