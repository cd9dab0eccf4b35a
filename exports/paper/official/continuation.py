"""The continuation sheet: the answers longer than their box, each with its number and its place."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pikepdf
from reportlab.platypus import Flowable, KeepTogether, Spacer

from exports.paper.lettering.styles import BODY, LABEL, NBSP, OVERLINE, STRONG, TITLE, said
from exports.paper.official.pdf_file import open_pdf, saved
from exports.paper.sheets.page import typeset

# Longer than that, an answer may break over two pages rather than leave one half empty.
_KEPT_TOGETHER = 1_500


@dataclass(frozen=True)
class ContinuedAnswer:
    """One answer that goes on from its box.

    Attributes:
        number: what its box refers to.
        page: where the box is, from 1.
        question: its label, or the field's name.
        text: the whole answer.
    """

    number: int
    page: int
    question: str
    text: str


def render_continuation(
    answers: Sequence[ContinuedAnswer],
    *,
    title: str,
    number: str,
    person_name: str,
    prison_number: str,
    place: str,
    printed_on: date,
) -> bytes:
    """Set the continuation of a form as a PDF.

    Args:
        answers: in the order of their numbers; those with the same number are set once.
        title: the form's.
        number: the form's official number; empty without one.
        person_name: whom it is for; empty when nobody is named.
        prison_number: the person's, where known.
        place: the establishment.
        printed_on: the day.
    """
    who = [person_name, f"écrou {prison_number}" if prison_number else "", place]
    story: list[Flowable] = [
        said("Suite du formulaire", OVERLINE),
        said(title, TITLE),
        *([said(number, BODY)] if number else []),
        said(" · ".join(part for part in (*who, f"{printed_on:%d/%m/%Y}") if part), LABEL),
        Spacer(0, 8),
    ]
    told = set[int]()
    for answer in answers:
        if answer.number in told:
            continue
        told.add(answer.number)
        block: list[Flowable] = [
            Spacer(0, 8),
            said(f"Suite n°{NBSP}{answer.number}{NBSP}: page {answer.page}", STRONG),
            said(answer.question, LABEL),
            *(said(line or NBSP, BODY) for line in answer.text.split("\n")),
        ]
        story += [KeepTogether(block)] if len(answer.text) < _KEPT_TOGETHER else block
    foot = f"Suite de{NBSP}: {title}" + (f" · {number}" if number else "")
    return typeset(
        f"Suite{NBSP}: {title}",
        story,
        foot=foot,
        head=" · ".join(part for part in (foot, person_name) if part),
    )


def with_continuation(form: bytes, sheet: bytes) -> bytes:
    """A filled form with its continuation behind it.

    Raises:
        PaperError: one of them is no PDF, or a damaged one.
    """
    with open_pdf(form) as pdf, pikepdf.open(io.BytesIO(sheet)) as more:
        for page in more.pages:
            # The order in which it is read is the sheet's own, and does not come along.
            for key in ("/StructParents", "/Tabs"):
                if key in page.obj:
                    del page.obj[key]
            pdf.pages.append(page)
        return saved(pdf)
