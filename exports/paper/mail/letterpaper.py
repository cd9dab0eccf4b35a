"""A letter set as an office expects it, the address where a DL window envelope shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from exports.paper.blank.code import PageCode
from exports.paper.blank.pen import Drawn
from exports.paper.lettering.fonts import Style
from exports.paper.lettering.styles import BODY, LINE, NBSP, SMALL, SOFT, said, text_width
from exports.paper.mail.address_blocks import WINDOW_LEFT, AddressBlocks, holds_in_window
from exports.paper.render import page_count
from exports.paper.sheets.page import HEIGHT, INNER_WIDTH, MARGIN, typeset
from exports.paper.sheets.sheet import foot_of
from exports.paper.sheets.tags import Role, Tag, tagged
from forms.definition import Form
from forms.letter import Letter

_ENCLOSURE = BODY.clone("enclosure", fontSize=10, leading=13)
_LONGEST_LAST_PARAGRAPH = 600
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


@dataclass(frozen=True)
class _Setting:
    """How loosely a letter is set.

    Attributes:
        size, leading: of its letters, points.
        paragraph: the space after a paragraph.
        part: the space around the parts.
        signature: the room for a signature.
    """

    size: float
    leading: float
    paragraph: float
    part: float
    signature: float


# The first that keeps the letter on one page is used: the spaces give way before the letters, and
# no letter is smaller than 10 points. A longer letter is set loosely.
_SETTINGS = (
    _Setting(11, 15.5, 8, 14, 26 * mm),
    _Setting(11, 14.5, 6, 10, 22 * mm),
    _Setting(11, 13.6, 4, 7, 20 * mm),
    _Setting(10.5, 13.2, 4, 7, 20 * mm),
    _Setting(10, 12.6, 4, 6, 20 * mm),
)


_SUM = re.compile(r"(?<![\w.,/-])[1-9][0-9]{3,8}(?=(?:,[0-9]{1,2})?[ \u00a0]?€)")
_EMPTY_LINES = re.compile(r"\n\s*\n")


class Alignment(Enum):
    """How the lines of a letter end."""

    RAGGED = TA_LEFT
    JUSTIFIED = TA_JUSTIFY


def render_letter(
    letter: Letter,
    *,
    form: Form,
    application_id: str,
    alignment: Alignment = Alignment.RAGGED,
) -> bytes:
    """Set a letter as a PDF, on one page where it can be.

    Args:
        letter: its words.
        form: the form it comes from, named at the foot.
        application_id: what the code at the foot names.
        alignment: how its lines end.
    """
    settings = iter(_SETTINGS)
    loose = _set(letter, form, application_id, next(settings), alignment)
    # The tightest holds three quarters more than the loosest: three pages never become one.
    if page_count(loose) != 2:
        return loose
    for setting in settings:
        tight = _set(letter, form, application_id, setting, alignment)
        if page_count(tight) == 1:
            return tight
    return loose


def shows_in_window(letter: Letter) -> bool:
    """Whether the window of an envelope shows the whole address of a letter."""
    return holds_in_window(letter.recipient)


def _set(
    letter: Letter, form: Form, application_id: str, setting: _Setting, alignment: Alignment
) -> bytes:
    addresses = AddressBlocks(letter.sender, letter.recipient, left=MARGIN, sheet_height=HEIGHT)
    return typeset(
        form.title,
        _story(letter, setting, alignment),
        foot=foot_of(form),
        head=_head(letter),
        code=lambda page: PageCode("A", application_id, form.id, form.version, page),
        decorate=addresses.draw,
        top=addresses.bottom,
    )


def _head(letter: Letter) -> str:
    """Whose letter a later page is of, about what, under which reference: as much as fits."""
    name, subject, reference = letter.signature_name, letter.subject, "".join(letter.references[:1])
    heads = [
        " · ".join(part for part in parts if part)
        for parts in ((name, subject, reference), (name, reference), (name, subject))
    ]
    return next((head for head in heads if text_width(head, SMALL) <= INNER_WIDTH), name)


def _story(letter: Letter, setting: _Setting, alignment: Alignment) -> list[Flowable]:
    body = BODY.clone("letter", fontSize=setting.size, leading=setting.leading, alignment=TA_LEFT)
    text = body.clone("letter text", alignment=alignment.value, hyphenated=True)
    story: list[Flowable] = []
    if letter.place_and_date:
        date_style = body.clone("date", leftIndent=WINDOW_LEFT - MARGIN)
        story += [said(_day_in_words(letter.place_and_date), date_style), Spacer(0, setting.part)]
    if letter.subject:
        story.append(said(f"Objet{NBSP}: {letter.subject}", _strong(body)))
    story += [said(reference, body) for reference in letter.references]
    story.append(Spacer(0, setting.part))
    if letter.salutation:
        story += [said(letter.salutation, body), Spacer(0, setting.paragraph)]
    # A person parts paragraphs with an empty line.
    paragraphs = [_sums(part) for one in letter.paragraphs for part in _EMPTY_LINES.split(one)]
    # The signature never stands on a page without the last words of the letter.
    last = [paragraphs.pop()] if paragraphs and _is_short(paragraphs[-1]) else []
    for paragraph in paragraphs:
        story += [*_lines(paragraph, text), Spacer(0, setting.paragraph)]
    end: list[Flowable] = []
    for paragraph in last:
        end += [*_lines(paragraph, text), Spacer(0, setting.paragraph)]
    if letter.closing:
        end.append(said(letter.closing, text))
    end += [Spacer(0, setting.part), _Signature(letter.signature_name, setting.signature)]
    end += _enclosures(letter.enclosures)
    return [*story, CondPageBreak(30 * mm), KeepTogether(end)]


def _lines(paragraph: str, style: ParagraphStyle) -> list[Flowable]:
    """A paragraph; a line that somebody ended begins another close under it."""
    return [said(part, style, room=INNER_WIDTH) for part in paragraph.split("\n")]


def _sums(paragraph: str) -> str:
    """A sum of money as a letter writes it: « 1 240,50 € »."""
    return _SUM.sub(lambda found: f"{int(found.group()):,}".replace(",", NBSP), paragraph)


def _strong(body: ParagraphStyle) -> ParagraphStyle:
    return body.clone("letter strong", fontName=Style.BOLD.value)


def _is_short(paragraph: str) -> bool:
    return len(paragraph) <= _LONGEST_LAST_PARAGRAPH


def _enclosures(enclosures: Sequence[str]) -> list[Flowable]:
    if not enclosures:
        return []
    if len(enclosures) == 1:
        return [Spacer(0, 10), said(f"Pièce jointe{NBSP}: {enclosures[0]}", _ENCLOSURE)]
    item = _ENCLOSURE.clone("enclosed", leftIndent=8, firstLineIndent=-8)
    listed = Tag(Role.LIST)
    lines = [
        said(f"–{NBSP}{enclosure}", item, tag=Tag(Role.ITEM_BODY, parent=Tag(Role.ITEM, listed)))
        for enclosure in enclosures
    ]
    return [Spacer(0, 10), said(f"Pièces jointes{NBSP}:", _ENCLOSURE), *lines]


def _day_in_words(place_and_date: str) -> str:
    """« 23/11/2026 » as a letter dates: « 23 novembre 2026 »."""

    def spoken(match: re.Match[str]) -> str:
        day, month, year = (int(part) for part in match.groups())
        if not 1 <= month <= len(_MONTHS):
            return match.group()
        number = "1er" if day == 1 else str(day)
        return f"{number}{NBSP}{_MONTHS[month - 1]}{NBSP}{year}"

    # Without a place, « , le 3 mai » begins with its day.
    said = re.sub(r"^[ ,]+le ", "Le ", place_and_date)
    return re.sub(r"\b(\d{2})/(\d{2})/(\d{4})\b", spoken, said)


class _Signature(Drawn):
    """The place of the signature, on the right, over the name of who signs."""

    def __init__(self, name: str, room: float) -> None:
        super().__init__()
        self._name = said(name)
        self._room = room
        self._left = WINDOW_LEFT - MARGIN
        self._width = INNER_WIDTH - self._left

    def _measure(self, _: float) -> float:
        self._name_height = float(self._name.wrap(self._width, HEIGHT)[1])
        return self._room + self._name_height + 3

    def _draw(self, canvas: Canvas) -> None:
        canvas.setStrokeColor(LINE)
        canvas.rect(self._left, self._name_height + 3, self._width, self._room)
        canvas.setFont(Style.REGULAR.value, 8.5)
        canvas.setFillColor(SOFT)
        with tagged(canvas, Tag(Role.PARAGRAPH)):
            canvas.drawString(self._left + 6, self.height - 12, "Signature")
        self._name.drawOn(canvas, self._left, 0)
