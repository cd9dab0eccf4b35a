"""How our own papers are lettered: styles, French spacing, and what the typeface cannot draw."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from exports.paper.fonts import Style, face, register_with_reportlab

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
_BEFORE_SIGN = re.compile(r" +(?=[:;?!»%€])")
_AFTER_QUOTE = re.compile(r"(?<=«) +")


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
    }
    return ParagraphStyle(name, **{**defaults, **settings})


TITLE = _style("title", 19, fontName=Style.BOLD.value, leading=24, spaceAfter=2)
OVERLINE = _style("overline", 8.5, fontName=Style.BOLD.value, textColor=SOFT)
HEADING = _style("heading", 12.5, fontName=Style.BOLD.value, spaceBefore=11, spaceAfter=3)
SUBHEADING = _style("subheading", 10.5, fontName=Style.BOLD.value, spaceBefore=7, spaceAfter=2)
BODY = _style("body", 11)
STRONG = _style("strong", 11, fontName=Style.BOLD.value)
NOTICE = _style("notice", 10, fontName=Style.BOLD.value)
LABEL = _style("label", 9.5, textColor=SOFT)
SMALL = _style("small", 8.5, textColor=SOFT)
CONDITION = _style("condition", 9, fontName=Style.ITALIC.value, textColor=SOFT)


def said(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text; line breaks are kept, markup is not."""
    register_with_reportlab()
    lines = escape(drawable(text)).split("\n")
    return Paragraph("<br/>".join(lines), style)


def drawable(text: str) -> str:
    """A text as the typeface can draw it.

    Accents are composed, odd spaces made plain, a sign of French punctuation bound to its word.
    A character without a glyph becomes `PLACEHOLDER`; `unprintable` names those.
    """
    plain = _plain(text)
    missing = _missing(plain)
    if missing:
        plain = "".join(PLACEHOLDER if one in missing else one for one in plain)
    return _AFTER_QUOTE.sub(NBSP, _BEFORE_SIGN.sub(NBSP, plain))


def unprintable(text: str) -> str:
    """The characters of a text that paper shows as `PLACEHOLDER`, each once."""
    return "".join(_missing(_plain(text)))


def text_width(text: str, style: ParagraphStyle) -> float:
    """How wide a text stands on one line, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_with_reportlab()
    return float(stringWidth(drawable(text), style.fontName, style.fontSize))


def _missing(plain: str) -> dict[str, None]:
    # Written from right to left, or letters joined: set letter by letter, they would mislead.
    turned = (one for one in plain if unicodedata.bidirectional(one) in ("R", "AL", "AN"))
    return dict.fromkeys((*face().missing(plain), *turned))


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    composed = _BREAKS.sub("\n", composed.replace("\t", " "))
    composed = _SPACES.sub(NBSP, _INVISIBLE.sub("", composed))
    return "".join(one for one in composed if one == "\n" or unicodedata.category(one) != "Cc")
