"""The type of a question, guessed from its boxes and from what is printed beside them."""

from __future__ import annotations

import re

from exports.paper.official.field_tree import FieldType
from exports.paper.proposal.form_boxes import FormBox
from exports.paper.proposal.words import bare
from exports.paper.proposal.writing_boxes import Writing
from forms.definition import Kind

_DATE = re.compile(
    r"^((la |sa |votre |quelle est (la|votre) )?date\b|ne e le\b|nee? le\b|a compter du\b|"
    r"a partir du\b)"
    r"|^depuis$|\b(le|du|au)$|\bdate d\b|\bdate de naissance\b|\bjj mm aaaa\b"
)
_NOT_ONLY_A_DATE = re.compile(
    r"\blieu\b|\bcommune\b|\bnom s?\b|\bprenom|\bheure\b|\bdates\b|\be s\b"
)
_NUMBER = re.compile(r"^(le )?nombre\b|^nb\b|^combien\b|^age\b|^votre age\b|nombre d enfants")
_AMOUNT = re.compile(
    r"^(le |les )?montants?\b|^salaires?\b|^(autres )?(revenus?|ressources|allocations?|pensions?|"
    r"loyer|rentes?)\b"
)
_YEAR_FORMATS = {6: "%d%m%y", 8: "%d%m%Y"}
_SHORTEST_DATE = 34.0
_LINES = 26.0

_CHECKS = (
    (re.compile(r"securite sociale|\bnir\b|numero de secu"), "nir", 13),
    (re.compile(r"telephone|portable|\btel\b|mobile$"), "phone", 0),
    (re.compile(r"courriel|e mail|\bmail\b|\bemail\b|adresse electronique|\bmel\b"), "email", 0),
    (re.compile(r"code postal"), "postal_code", 0),
    (re.compile(r"\biban\b"), "iban", 0),
    (re.compile(r"\bsiret\b"), "siret", 0),
)


def kind_of(writing: Writing) -> tuple[Kind, str]:
    """The type of a question, and the format of its date where it is one."""
    box = writing.boxes[0]
    label = bare(writing.label)
    if writing.dated:
        return Kind.DATE, ""
    if box.type is FieldType.CHOICE:
        return (Kind.TEXT if box.editable or not box.options else Kind.SELECT_ONE), ""
    if len(writing.boxes) > 1:
        if writing.cells == 8 and _DATE.search(label):
            return Kind.DATE, "%d%m%Y"
        return Kind.TEXT, ""
    if _is_date(box, label):
        return Kind.DATE, _YEAR_FORMATS.get(box.max_length or 0, "%d/%m/%Y")
    if _NUMBER.search(label) and not is_long(box):
        return Kind.INTEGER, ""
    if writing.cells and _AMOUNT.search(label):
        return Kind.INTEGER, ""
    return Kind.TEXT, ""


def is_long(box: FormBox) -> bool:
    """Whether a box takes several lines."""
    return box.multiline and box.upright.height >= _LINES


def check_of(label: str, writing: Writing) -> str | None:
    """The check an answer must pass, from its label."""
    told = bare(label)
    limits = [box.max_length for box in writing.boxes if box.max_length]
    room = max(writing.cells, sum(limits))
    for pattern, check, least in _CHECKS:
        if pattern.search(told):
            return check if not room or room >= least else None
    return None


def _is_date(box: FormBox, label: str) -> bool:
    if is_long(box) or not _DATE.search(label) or _NOT_ONLY_A_DATE.search(label):
        return False
    limit = box.max_length
    if limit is not None and limit not in (6, 8) and limit < 10:
        return False
    return box.upright.width >= _SHORTEST_DATE
