"""The help sheet: what a person is about to sign, in French and in her own language.

It is read, never filled in and never sent. What depends on the law, the deadlines, stays in French:
a translation that nobody checked could cost a right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from exports.paper.blank.second_language import SECOND, heads, notices, under, under_phrase
from exports.paper.lettering.styles import (
    BAND,
    BODY,
    LABEL,
    LINE,
    NBSP,
    OVERLINE,
    SMALL,
    STRONG,
    TITLE,
    said,
)
from exports.paper.sheets.numbering import Section, is_asked, question_numbers, sections
from exports.paper.sheets.page import INNER_WIDTH, grid, typeset
from exports.paper.sheets.phrases import (
    ASKED,
    DEADLINES,
    DEADLINES_IN_FRENCH,
    HELP,
    JOINED,
    NOT_BLANK,
    NOTHING_JOINED,
    PURPOSE,
    READ_BEFORE,
    SAY_BEFORE,
    SIGNATURE,
    SIGNED_FORM,
    SIGNED_LETTER,
    SIGNED_PREPARATION,
    SIGNED_TRUE,
)
from exports.paper.sheets.sheet import foot_of
from exports.paper.sheets.tags import Role
from forms.definition import Form, Question, Worth, walk
from forms.guide import Guide
from forms.languages import beside, translation
from forms.wording import without_answers

_HALF = INNER_WIDTH / 2
_FRENCH = LABEL.clone("help french", fontSize=8.5, leading=10.5)
_HEADING = STRONG.clone("help heading", role=Role.HEADING)
_SECTION = STRONG.clone("help section", fontSize=9, leading=10.5, role=Role.SUBHEADING)
_TOLD = SECOND.clone("help told", fontSize=8.5, leading=9.5)
_TEXT = BODY.clone("help text", fontSize=9, leading=11.5)
_DEADLINE = BODY.clone("help deadline", fontSize=8.5, leading=10.5)
_SIGNED = {
    Worth.OFFICIAL: SIGNED_FORM,
    Worth.LETTER: SIGNED_LETTER,
    Worth.PREPARATION: SIGNED_PREPARATION,
}


def render_help_sheet(form: Form, guide: Guide, *, language: str) -> bytes:
    """Set what explains a paper before it is signed: one or two pages.

    Args:
        form: the definition.
        guide: its guide, for the deadlines.
        language: one of the form's, or its code.

    Raises:
        UnknownLanguage: the form is not translated into it.
    """
    form = beside(form, language)
    head, aside = heads(form)
    story: list[Flowable] = [
        said("FEUILLE D’AIDE", OVERLINE),
        said(form.title, TITLE),
        *under(form, "form_title"),
        *([said(form.number, SMALL)] if form.number else []),
        Spacer(0, 4),
        *notices(form),
        _said_twice(form, HELP),
        *_headed(form, PURPOSE, [_pair([said(form.summary, _TEXT)], under(form, "summary"))]),
        *_headed(form, ASKED, []),
    ]
    numbers = question_numbers(form)
    left: list[str] = []
    for section in sections(form):
        rows = _section(section, numbers)
        if rows:
            story += [*_in_french_alone(left), *rows]
            left.clear()
        else:
            left.append(_title(section))
    story += _in_french_alone(left)
    story += _headed(form, JOINED, _documents(form))
    signed = (_SIGNED[form.worth], SIGNED_TRUE, READ_BEFORE, NOT_BLANK, SAY_BEFORE)
    story.append(
        KeepTogether(_headed(form, SIGNATURE, [_said_twice(form, french) for french in signed]))
    )
    story += _deadlines(form, guide)
    return typeset(form.title, story, foot=foot_of(form), head=head, aside=aside)


def _headed(form: Form, french: str, block: Sequence[Flowable]) -> list[Flowable]:
    heading = grid(
        [[said(french, _HEADING), under_phrase(form, french, SECOND)]],
        [_HALF, _HALF],
        [
            ("BACKGROUND", (0, 0), (-1, -1), BAND),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ],
        space_before=5,
        space_after=2,
    )
    # A heading never stays alone at the foot of a page.
    return [CondPageBreak(24 * mm), heading, *block]


def _section(section: Section, numbers: Mapping[str, str]) -> list[Flowable]:
    """A section and its questions in both languages; nothing where none is translated."""
    rows: list[Flowable] = [
        _pair(
            [said(f"{numbers[node.path]}{NBSP}{NBSP}{without_answers(node.label)}", _FRENCH)],
            under(node, style=_TOLD),
        )
        for node in walk(section.nodes)
        if isinstance(node, Question) and is_asked(node) and translation(node, "label")
    ]
    if not rows:
        return []
    told = under(section.nodes[0], style=_TOLD) if section.is_node else []
    heading = _pair([said(_title(section), _SECTION)], told)
    return [KeepTogether([heading, rows[0]]), *rows[1:]]


def _in_french_alone(titles: Sequence[str]) -> list[Flowable]:
    """The sections that are not translated, in one paragraph."""
    return [said(" · ".join(titles), SMALL), Spacer(0, 3)] if titles else []


def _title(section: Section) -> str:
    return f"{section.number}.{NBSP}{NBSP}{section.label}"


def _documents(form: Form) -> list[Flowable]:
    if not form.documents:
        return [_said_twice(form, NOTHING_JOINED)]
    return [
        _pair([said(request.label, _FRENCH)], under(request, style=_TOLD))
        for request in form.documents
    ]


def _deadlines(form: Form, guide: Guide) -> list[Flowable]:
    section = guide.section("Délais")
    if section is None or not section.lines:
        return []
    lines = [said(f"•{NBSP}{NBSP}{line.text}", _DEADLINE) for line in section.lines]
    return [
        KeepTogether(
            [
                *_headed(form, DEADLINES, []),
                *under_phrase(form, DEADLINES_IN_FRENCH, SECOND),
                *lines,
            ]
        )
    ]


def _said_twice(form: Form, french: str) -> Flowable:
    return _pair([said(french, _TEXT)], under_phrase(form, french, SECOND))


def _pair(french: Sequence[Flowable], told: Sequence[Flowable]) -> Flowable:
    return grid(
        [[list(french), list(told)]],
        [_HALF, _HALF],
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("LEFTPADDING", (1, 0), (1, 0), 8),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE),
        ],
    )
