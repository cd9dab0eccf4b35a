"""One question of a blank form: its words, and beside them or under them the room for a pen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports.paper.blank.geometry import YES_CHOICE
from exports.paper.blank.pen_room import Choices, Comb, PenRoom, WritingBox
from exports.paper.blank.second_language import style_of
from exports.paper.sheets.page import INNER_WIDTH, grid
from forms.definition import Kind, Question
from forms.languages import translation
from forms.values import Value, display

_COMBS: Mapping[str, tuple[int, ...]] = {
    "nir": (1, 2, 2, 2, 3, 3, 2),
    "iban": (4, 4, 4, 4, 4, 4, 3),
    "siret": (3, 3, 3, 5),
    "fiscal_number": (13,),
    "phone": (2, 2, 2, 2, 2),
    "postal_code": (5,),
    "elector_number": (9,),
    "prison_number": (8,),
    "caf_number": (8,),
    "agdref": (10,),
}
_DAY = ((2, 2, 4), ("jour", "mois", "année"))
_TIME = ((2, 2), ("heures", "minutes"))
_MOMENT = ((2, 2, 4, 2, 2), ("jour", "mois", "année", "heures", "minutes"))
_DECIMAL = ((6, 2), ("avant la virgule", "après"))

_WORDS_WIDTH = 66 * mm
_WORDS_GAP = 4 * mm
_ROOM_WIDTH = INNER_WIDTH - _WORDS_WIDTH
_DEFAULT_DIGITS = 6
_MULTILINE_ROOM = 5
_FEWEST_LINES = 3
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "huit": 8, "dizaine de": 10, "quinzaine de": 15}
_LINES_SAID = re.compile(rf"({'|'.join(_COUNTS)}) lignes")
# A longer list costs a page: the answer is written, and the list is looked up when it is typed in.
_MOST_CHOICES = 60
_UPPER_BOUND = re.compile(r"\.\s*<=?\s*(\d+)\b")


def set_question(words: Sequence[Flowable], room: PenRoom) -> list[Flowable]:
    """Set the room beside the words where that is lower, else under them."""
    under = _height(words, INNER_WIDTH) + _height([room], INNER_WIDTH) + 3
    if room.fits(_ROOM_WIDTH):
        beside = max(_height(words, _WORDS_WIDTH - _WORDS_GAP), _height([room], _ROOM_WIDTH))
        if beside <= under:
            return [_pair(words, room)]
    return [*words, Spacer(0, 3), room]


def room_for(question: Question, answer: Value) -> PenRoom:
    """The boxes that a question is answered in, with the answer where it is known."""
    if question.kind.attached:
        return Choices({YES_CHOICE: "Je joins ce document."})
    if question.kind is Kind.ACKNOWLEDGE:
        return Choices({YES_CHOICE: "Oui"}, printed={0: "X"} if answer else None)
    if question.choices:
        if len(question.choices) > _MOST_CHOICES:
            return WritingBox(1, display(question, answer))
        labels = {choice.name: choice.label for choice in question.choices}
        ranked = question.kind is Kind.RANK
        seconds = {choice.name: translation(choice, "label") for choice in question.choices}
        return Choices(
            labels,
            ranked=ranked,
            seconds=seconds,
            second_style=style_of(question.choices),
            printed=_crosses(question, answer),
        )
    found = _comb(question)
    if found is None:
        lines = _lines(question) if "multiline" in question.appearance else 1
        return WritingBox(lines, display(question, answer))
    groups, captions = found
    letters = _letters(groups, answer)
    if letters is None:
        # Longer than the comb, a number from abroad for one.
        return WritingBox(1, display(question, answer))
    return Comb(groups, captions, letters)


def _comb(question: Question) -> tuple[tuple[int, ...], tuple[str, ...]] | None:
    match question.kind:
        case Kind.DATE:
            return _DAY
        case Kind.TIME:
            return _TIME
        case Kind.DATETIME:
            return _MOMENT
        case Kind.DECIMAL | Kind.RANGE:
            return _DECIMAL
        case Kind.INTEGER:
            return (_digits(question),), ()
    groups = _COMBS.get(question.check or "")
    return None if groups is None else (groups, ())


def _letters(groups: tuple[int, ...], answer: Value) -> dict[int, str] | None:
    """What stands in each cell; None when the answer is no answer of such a comb."""
    if answer is None or answer == "":
        return {}
    if isinstance(answer, datetime):
        text = f"{answer:%d%m%Y%H%M}"
    elif isinstance(answer, date):
        text = f"{answer:%d%m%Y}"
    elif isinstance(answer, time):
        text = f"{answer:%H%M}"
    elif isinstance(answer, float):
        whole, cents = f"{answer:.2f}".split(".")
        text = whole.rjust(groups[0]) + cents if len(groups) > 1 else whole
    else:
        text = re.sub(r"[\s.\-]", "", str(answer)).upper()
    if len(text) > sum(groups) or text.startswith("-"):
        return None
    return {number: letter for number, letter in enumerate(text) if letter != " "}


def _crosses(question: Question, answer: Value) -> dict[int, str]:
    chosen = answer if isinstance(answer, tuple) else (str(answer),) if answer else ()
    places = {choice.name: number for number, choice in enumerate(question.choices)}
    ranked = question.kind is Kind.RANK
    return {
        places[name]: str(rank) if ranked else "X"
        for rank, name in enumerate(chosen, start=1)
        if name in places
    }


def _lines(question: Question) -> int:
    """The room that the hint promises; an address takes three lines."""
    promised = [_COUNTS[said] for said in _LINES_SAID.findall(question.hint.casefold())]
    if promised:
        return max(_FEWEST_LINES, *promised)
    return _FEWEST_LINES if "adresse" in question.label.casefold() else _MULTILINE_ROOM


def _digits(question: Question) -> int:
    bounds = _UPPER_BOUND.findall(question.constraint.text) if question.constraint else []
    return max((len(bound) for bound in bounds), default=_DEFAULT_DIGITS)


def _height(flowables: Sequence[Flowable], width: float) -> float:
    return float(sum(flowable.wrap(width, 10_000)[1] for flowable in flowables))


def _pair(words: Sequence[Flowable], room: PenRoom) -> Flowable:
    return grid(
        [[list(words), room]],
        [_WORDS_WIDTH, _ROOM_WIDTH],
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP" if isinstance(room, Choices) else "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (0, 0), _WORDS_GAP),
            ("RIGHTPADDING", (1, 0), (1, 0), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )
