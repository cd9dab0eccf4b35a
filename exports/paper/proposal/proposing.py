"""From the bytes of a fillable PDF to a proposed form."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from exports.paper.proposal.adjusting import with_choices
from exports.paper.proposal.form_boxes import FormBox, FormBoxes, read_boxes
from exports.paper.proposal.headings import Heading, find_headings, heading_above
from exports.paper.proposal.kinds import check_of, is_long, kind_of
from exports.paper.proposal.layout import Layout
from exports.paper.proposal.model import (
    Dropped,
    JoinedField,
    LabelSource,
    NothingToFill,
    Proposal,
    ProposedChoice,
    ProposedQuestion,
    Spot,
)
from exports.paper.proposal.printed_text import PrintedPage, Run, read_pages
from exports.paper.proposal.profile_links import LEAST, Link, guess, is_own
from exports.paper.proposal.rect import Rect
from exports.paper.proposal.ticks import KNOWN_LABELS, Tick, TickReader, TickSet
from exports.paper.proposal.words import bare, clean, cut, label_of, name_of, single
from exports.paper.proposal.writing_boxes import Writing, read_writings
from forms.definition import Kind
from forms.profile import PROFILE_KEYS

_NUMBER = re.compile(r"\b(\d{5})\s*\*\s*(\d{2})\b")
_SINGLE_SIDED = re.compile(r"(ne pas|pas de|sans|pas)\b.{0,40}recto[ -]?verso")
_OFFICE = re.compile(
    r"reserve e? ?a|\breserve (a|au|aux)\b|reservee (a|au|aux)\b|"
    r"(a (remplir|completer|renseigner)|rempli|complete|renseigne) (obligatoirement )?par "
    r"(l |le |la |votre |un |une )?(organisme|administration|mairie|medecin|service|caisse|"
    r"employeur|autorite|prefecture|agent|professionnel)|"
    r"ne rien (inscrire|ecrire|remplir)|partie administration|"
    r"^decision\b|^avis d(e|u)\b|cachet de l organisme"
)
_OFFICE_SIGNS = re.compile(r"cachet|organisme|administration|autorite|medecin|agent|service")
_SIGNATURE = "Signature"
_MOST_NAMES = 7
_SAME_FORM = 3
_NARROWEST = 24.0


def propose(content: bytes, *, today: date) -> Proposal:
    """Propose a form from a fillable PDF.

    Args:
        content: the PDF.
        today: the day it is read.

    Raises:
        NothingToFill: it has no field that a person fills.
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    form = read_boxes(content)
    if not form.boxes:
        raise NothingToFill
    obstacles: dict[int, list[Rect]] = {0: []}
    for box in form.boxes:
        obstacles.setdefault(box.page, []).append(box.rect)
    pages = read_pages(content, obstacles)
    layouts = {
        number: _layout(page, [box for box in form.boxes if box.page == number])
        for number, page in pages.items()
    }
    title = _title(pages[0])
    said = " ".join(run.text for page in pages.values() for run in page.runs)
    number = _NUMBER.search(said)
    questions = _linked(_gathered(_questions(layouts, _with_several_states(form))))
    return Proposal(
        form_id=name_of(title, "formulaire").replace("_", "-"),
        title=title,
        number=f"{number.group(1)}*{number.group(2)}" if number else "",
        read_on=today,
        pages=form.pages,
        sha256=hashlib.sha256(content).hexdigest(),
        recognised_by=_recognised_by(form),
        single_sided=bool(_SINGLE_SIDED.search(bare(said))),
        questions=tuple(questions),
        left_out=form.left_out,
    )


def _layout(page: PrintedPage, boxes: list[FormBox]) -> Layout:
    return Layout(
        page.runs, tuple(replace(box, upright=page.turn.upright(box.rect)) for box in boxes)
    )


class _Found:
    """A question before its heading is known, and where it stands upright."""

    def __init__(self, page: int, rect: Rect, question: ProposedQuestion) -> None:
        self.page = page
        self.rect = rect
        self.question = question
        self.signed: str | None = None
        self.headed = False


def _with_several_states(form: FormBoxes) -> set[str]:
    states: dict[str, set[str]] = {}
    for box in form.boxes:
        states.setdefault(box.field, set()).update(box.states)
    return {field for field, names in states.items() if len(names) > 1}


def _questions(layouts: dict[int, Layout], several: set[str]) -> Iterator[_Found]:
    found: list[_Found] = []
    taken: dict[int, set[Run]] = {}
    seen: set[str] = set()
    for page, layout in sorted(layouts.items()):
        reader = TickReader(layout)
        sets = reader.read()
        taken[page] = reader.lines
        of_page = [_of_ticks(page, one, several) for one in sets]
        writings = read_writings(layout, sets)
        of_page += [_of_writing(page, one) for one in writings]
        ordered = _in_order(one for one in of_page if not _repeated(one.question, seen))
        _signed(layout, ordered)
        found += ordered
    headings = find_headings(layouts, taken)
    repeated = _on_every_page(headings)
    last = ""
    for one in found:
        if one.signed is not None:
            office = _OFFICE_SIGNS.search(bare(one.signed))
            one.question = replace(
                one.question, section=_SIGNATURE, dropped=Dropped.OFFICE if office else None
            )
            yield one
            continue
        section = heading_above(
            headings[one.page], one.rect, every_page=repeated, middle=layouts[one.page].middle
        )
        one.headed = bool(section)
        last = section or last or f"Page {one.page + 1}"
        one.question = replace(one.question, section=last)
        yield one


def _signed(layout: Layout, found: list[_Found]) -> None:
    """Mark « Fait à … le … » with what is printed where the signature goes."""
    place: _Found | None = None
    for one in found:
        label = bare(one.question.label)
        if label in ("fait a", "signe a"):
            place = one
            one.signed = layout.signature_under(one.rect)
        elif place is not None and label in ("le", "date"):
            if 0 <= place.rect.bottom - one.rect.bottom < 30 or place.rect.beside(one.rect):
                one.signed = place.signed
            place = None


def _repeated(question: ProposedQuestion, seen: set[str]) -> bool:
    # A field with a widget at the foot of each page is asked once.
    names = {one.field for one in question.fields}
    if names <= seen:
        return True
    seen |= names
    return False


def _on_every_page(headings: dict[int, list[Heading]]) -> set[str]:
    counted = Counter(text for page in headings.values() for text in {one.text for one in page})
    return {text for text, pages in counted.items() if pages >= _SAME_FORM}


def _in_order(found: Iterator[_Found]) -> list[_Found]:
    rows: list[list[_Found]] = []
    for one in sorted(found, key=lambda one: -one.rect.middle[1]):
        first = rows[-1][0].rect if rows else None
        if first is not None and abs(first.middle[1] - one.rect.middle[1]) < 6:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one for row in rows for one in sorted(row, key=lambda one: one.rect.left)]


def _of_ticks(page: int, ticks: TickSet, several: set[str]) -> _Found:
    kind = Kind.ACKNOWLEDGE
    choices: tuple[ProposedChoice, ...] = ()
    if len(ticks.ticks) > 1:
        kind = Kind.SELECT_ONE if ticks.exclusive else Kind.SELECT_MULTIPLE
        choices = _choices([tick.label for tick in ticks.ticks])
    names = [choice.name for choice in choices] or [""]
    fields = tuple(
        JoinedField(
            tick.box.field,
            ticked=True,
            choice=name,
            state=tick.state if tick.box.field in several else "",
        )
        for tick, name in zip(ticks.ticks, names, strict=True)
    )
    rect = ticks.ticks[0].box.upright
    for tick in ticks.ticks:
        rect = rect.around(tick.box.upright)
    question = ProposedQuestion(
        label=ticks.label or f"Case de la page {page + 1}",
        label_from=ticks.label_from,
        kind=kind,
        section="",
        fields=fields,
        spots=tuple(Spot(page + 1, tick.box.rect) for tick in ticks.ticks),
        hint=ticks.hint,
        choices=choices,
    )
    return _Found(page, _first_row(ticks.ticks), question)


def _first_row(ticks: Sequence[Tick]) -> Rect:
    return max((tick.box.upright for tick in ticks), key=lambda rect: rect.top)


def _choices(labels: Sequence[str]) -> tuple[ProposedChoice, ...]:
    choices: list[ProposedChoice] = []
    for label in labels:
        name = single(name_of(label, "choix"), (one.name for one in choices))
        choices.append(ProposedChoice(name, label or name))
    return tuple(choices)


def _of_writing(page: int, writing: Writing) -> _Found:
    kind, form = kind_of(writing)
    box = writing.boxes[0]
    fields = writing.fields
    choices: tuple[ProposedChoice, ...] = ()
    if form:
        fields = tuple(replace(one, format=form) for one in fields)
    if kind is Kind.SELECT_ONE:
        choices = _choices([label_of(option)[0] or option for option in box.options])
        fields = tuple(
            JoinedField(box.field, choice=choice.name, option=option)
            for choice, option in zip(choices, box.options, strict=True)
        )
    question = ProposedQuestion(
        label=writing.label,
        label_from=writing.label_from,
        kind=kind,
        section="",
        fields=fields,
        spots=tuple(Spot(page + 1, one.rect) for one in writing.boxes),
        hint=writing.hint,
        choices=choices,
        multiline=kind is Kind.TEXT and is_long(box),
        cells=writing.cells,
        check=check_of(writing.label, writing) if kind is Kind.TEXT else None,
    )
    return _Found(page, writing.rect, question)


def _gathered(found: Iterator[_Found]) -> list[ProposedQuestion]:
    """What is printed again on a later page, under the same heading, is asked once."""
    gathered: list[_Found] = []
    for one in found:
        one.question = _for_the_office(one.question)
        same = next((other for other in gathered if _asks_the_same(other, one)), None)
        if same is None:
            gathered.append(one)
        else:
            same.question = _also_in(same.question, one.question)
    return [one.question for one in gathered]


def _asks_the_same(one: _Found, other: _Found) -> bool:
    first, second = one.question, other.question
    if one.page == other.page or not (one.headed and other.headed):
        return False
    # Under another heading, the same words may ask of somebody else.
    if not is_own(first.section):
        return False
    if first.label_from is LabelSource.CHOICES and first.label not in KNOWN_LABELS:
        return False
    return (
        first.kind is second.kind
        and first.dropped is second.dropped
        and bare(first.section) == bare(second.section)
        and bare(first.label) == bare(second.label)
        and first.label_from.value in ("left", "above", "choices")
        and [choice.name for choice in first.choices] == [choice.name for choice in second.choices]
        and all(spot.page != second.page for spot in first.spots)
    )


def _also_in(first: ProposedQuestion, again: ProposedQuestion) -> ProposedQuestion:
    return replace(first, fields=first.fields + again.fields, spots=first.spots + again.spots)


def _for_the_office(question: ProposedQuestion) -> ProposedQuestion:
    told = " ".join((bare(question.label), bare(question.hint)))
    if question.section == _SIGNATURE:
        return question
    if _OFFICE.search(bare(question.section)) or _OFFICE.search(told):
        return replace(question, dropped=Dropped.OFFICE)
    return question


def _linked(questions: list[ProposedQuestion]) -> list[ProposedQuestion]:
    places: dict[str, int] = {}
    linked: list[ProposedQuestion] = []
    for question in questions:
        link = None
        if question.dropped is None:
            before = linked[-1].profile if linked else None
            link = guess(question.label, question.kind, question.choices,
                         section=question.section, before=before)  # fmt: skip
        if link is None or link.confidence < LEAST or not _has_room(question):
            linked.append(question)
        elif link.key not in places:
            places[link.key] = len(linked)
            linked.append(_with_link(question, link))
        elif _is_said_again(linked[places[link.key]], question):
            place = places[link.key]
            again = _with_link(question, link)
            linked[place] = _also_in(linked[place], again)
        else:
            linked.append(question)
    return linked


def _has_room(question: ProposedQuestion) -> bool:
    # A cell that was not joined to its neighbours holds no fact.
    if question.kind is not Kind.TEXT or len(question.fields) > 1:
        return True
    return max(question.rect.width, question.rect.height) >= _NARROWEST


def _is_said_again(first: ProposedQuestion, again: ProposedQuestion) -> bool:
    """Whether a second page asks the same person, in a heading that says so."""
    return (
        all(spot.page != again.page for spot in first.spots)
        and is_own(first.section)
        and is_own(again.section)
        and len(first.choices) == len(again.choices)
        and first.multiline == again.multiline
    )


def _with_link(question: ProposedQuestion, link: Link) -> ProposedQuestion:
    told = with_choices(question, link.choices) if link.choices else question
    return replace(
        told,
        profile=link.key,
        confidence=round(link.confidence, 2),
        check=PROFILE_KEYS[link.key].check or question.check,
    )


def _title(page: PrintedPage) -> str:
    told = [run for run in page.runs if sum(one.isalpha() for one in run.text) >= 6]
    if not told:
        return "Formulaire"
    largest = max(run.size for run in told)
    lines = [run for run in told if run.size >= 0.95 * largest]
    text = lines[0].text
    for before, line in pairwise(lines):
        if before.baseline - line.baseline > 1.6 * largest:
            break
        text += f" {line.text}"
    return cut(clean(text), 90)


def _recognised_by(form: FormBoxes) -> tuple[str, ...]:
    # Names spread over the whole form: another form may share its first ones.
    names = list(dict.fromkeys(box.field for box in form.boxes))
    step = max(1, len(names) // _MOST_NAMES)
    return tuple(names[::step][:_MOST_NAMES])
