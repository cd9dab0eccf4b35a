"""How our own papers are lettered: styles, French spacing, and what the typeface cannot draw."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from exports.paper.lettering.fonts import Style, face, font_bytes, register_with_reportlab
from exports.paper.lettering.hyphenation import SOFT_HYPHEN, with_soft_hyphens
from exports.paper.lettering.line_breaks import even_lines
from exports.paper.sheets.tags import Role, Tag, tagged
from forms.french import bound

NBSP = "\u00a0"
PLACEHOLDER = "¤"
"""Stands where the typeface has no glyph; the paper says so rather than print a bare box."""

INK: Color = HexColor("#1d2733")
SOFT: Color = HexColor("#55606d")
LINE: Color = HexColor("#b9b5aa")
BAND: Color = HexColor("#efede8")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES = re.compile("[\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")


def _style(name: str, size: float, **settings: Any) -> ParagraphStyle:
    defaults: dict[str, Any] = {
        "fontName": Style.REGULAR.value,
        "fontSize": size,
        "leading": size * 1.35,
        "textColor": INK,
        "alignment": TA_LEFT,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
        "role": Role.PARAGRAPH,
        "language": "",
        "hyphenated": False,
    }
    return ParagraphStyle(name, **{**defaults, **settings})


TITLE = _style("title", 19, role=Role.TITLE, fontName=Style.BOLD.value, leading=24, spaceAfter=2)
OVERLINE = _style("overline", 8.5, fontName=Style.BOLD.value, textColor=SOFT)
HEADING = _style(
    "heading", 12.5, role=Role.HEADING, fontName=Style.BOLD.value, spaceBefore=11, spaceAfter=3
)
SUBHEADING = _style(
    "subheading", 10.5, role=Role.SUBHEADING, fontName=Style.BOLD.value, spaceBefore=7, spaceAfter=2
)
BODY = _style("body", 11)
STRONG = _style("strong", 11, fontName=Style.BOLD.value)
NOTICE = _style("notice", 10, fontName=Style.BOLD.value)
LABEL = _style("label", 9.5, textColor=SOFT)
SMALL = _style("small", 8.5, textColor=SOFT)
CONDITION = _style("condition", 9, fontName=Style.ITALIC.value, textColor=SOFT)


class Said(Paragraph):  # type: ignore[misc]  # reportlab carries no types
    """A paragraph that says what it is; one broken over two pages stays one paragraph."""

    tag: Tag | None = None
    words: str = ""

    def split(self, width: float, height: float) -> list[Said]:
        """Its parts on this page and the next."""
        parts: list[Said] = super().split(width, height)
        for part in parts:
            part.tag, part.words = self.tag, self.words
        # Of a paragraph that is broken, each part stands over several lines.
        if len(parts) > 1 and self.tag is not None:
            self.tag.spoken = self.words
        return parts

    def draw(self) -> None:
        """Draw it, under its tag."""
        assert self.tag is not None
        # Its lines end without a space, some of them amid a word.
        if len(self.blPara.lines) > 1:
            self.tag.spoken = self.words
        with tagged(self.canv, self.tag):
            super().draw()


def said(
    text: str, style: ParagraphStyle = BODY, *, tag: Tag | None = None, room: float = 0
) -> Said:
    """A paragraph of plain text; line breaks are kept, markup is not.

    Args:
        text: what it says.
        style: how; it knows whether this is a heading, and in which language.
        tag: what it is, where the style does not tell.
        room: how wide its lines may be, in points, where their ends are to be chosen together.

    A letter that FiraGO lacks is lent by Noto Sans; one that neither has is `PLACEHOLDER`.
    """
    register_with_reportlab()
    plain = bound(_plain(text))
    broken = with_soft_hyphens(plain) if style.hyphenated else plain
    even = _even(broken, style, room) if room else None
    if even is None:
        paragraph = Said(_lettered(broken), style)
    else:
        paragraph = Said(_lettered(even), style.clone(style.name, justifyBreaks=1))
    paragraph.words = plain
    paragraph.tag = tag or Tag(style.role, language=style.language)
    return paragraph


def _even(broken: str, style: ParagraphStyle, room: float) -> str | None:
    """A paragraph with the ends of its lines; None where they are left to come as they may."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    # A line that somebody ended is not stretched; letters that are lent have other widths.
    if "\n" in broken or _missing(broken):
        return None

    @cache
    def width_of(text: str) -> float:
        return float(stringWidth(text, style.fontName, style.fontSize))

    lines = even_lines(
        broken,
        width_of,
        # What is rounded on the way never pushes a word to a line of its own.
        room - 0.1,
        justified=style.alignment == TA_JUSTIFY,
    )
    return None if lines is None else "\n".join(lines)


def _lettered(plain: str) -> str:
    missing = _missing(plain)
    if not missing:
        return _marked_up(plain)
    _register_lent()
    runs = groupby(plain, lambda one: _is_lent(one) if one in missing else None)
    marked = []
    for lent, letters in runs:
        run = "".join(letters)
        if lent:
            run = f'<font name="{Style.LENT.value}">{_marked_up(run)}</font>'
        elif lent is None:
            run = _marked_up(run)
        else:
            run = PLACEHOLDER * len(run)
        marked.append(run)
    return "".join(marked)


def drawable(text: str) -> str:
    """A text as FiraGO alone can draw it, for a single line outside any paragraph.

    Accents are composed, odd spaces made plain, a sign of French punctuation bound to its word.
    A letter that only Noto Sans has loses its accents; one that neither has is `PLACEHOLDER`.
    """
    plain = _plain(text)
    for one in _missing(plain):
        plain = plain.replace(one, _bare(one) if _is_lent(one) else PLACEHOLDER)
    return bound(plain)


def unprintable(text: str) -> str:
    """The characters of a text that paper shows as `PLACEHOLDER`, each once."""
    return "".join(one for one in _missing(_plain(text)) if not _is_lent(one))


def text_width(text: str, style: ParagraphStyle) -> float:
    """How wide a text stands on one line, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_with_reportlab()
    return float(stringWidth(drawable(text), style.fontName, style.fontSize))


def _marked_up(plain: str) -> str:
    return escape(plain).replace("\n", "<br/>")


def _is_lent(letter: str) -> bool:
    return not _is_turned(letter) and bool(face(Style.LENT).glyph(letter))


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return PLACEHOLDER if face().missing(base) else base


def _is_turned(letter: str) -> bool:
    # Written from right to left, often joined: set letter by letter, it would mislead.
    return unicodedata.bidirectional(letter) in ("R", "AL", "AN")


@cache
def _register_lent() -> None:
    import io

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(Style.LENT.value, io.BytesIO(font_bytes(Style.LENT))))


def _missing(plain: str) -> dict[str, None]:
    drawn = plain.replace(SOFT_HYPHEN, "")
    return dict.fromkeys((*face().missing(drawn), *filter(_is_turned, drawn)))


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    composed = _BREAKS.sub("\n", composed.replace("\t", " "))
    composed = _SPACES.sub(NBSP, _INVISIBLE.sub("", composed))
    return "".join(one for one in composed if one == "\n" or unicodedata.category(one) != "Cc")
