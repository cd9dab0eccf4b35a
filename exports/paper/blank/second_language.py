"""A second language under the French: smaller, softer, and never taken for the form itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from exports.paper.lettering.direction import has_leftwards
from exports.paper.lettering.fonts import Style
from exports.paper.lettering.glyph_font import draw_glyphs
from exports.paper.lettering.shaping import drawable as drawable_glyphs
from exports.paper.lettering.shaping import shape
from exports.paper.lettering.styles import (
    BODY,
    INK,
    LABEL,
    NOTICE,
    SMALL,
    drawable,
    said,
    text_width,
)
from exports.paper.lettering.turned_text import TurnedText
from exports.paper.sheets.phrases import EASY, PARTIAL, aid_notices, phrase
from forms.definition import Choice, DocumentRequest, Form, Node, Question, walk
from forms.languages import language_code, translation
from forms.wording import without_answers

SECOND = LABEL.clone("second", fontSize=9, leading=12)
SECOND_HINT = SMALL.clone("second hint", fontSize=8, leading=10.5)
EASY_TO_READ = BODY.clone("easy", fontSize=11, leading=14.5, textColor=INK)
"""Easy-to-read French is never small: whoever needs it would not read it."""

# Arabic letters stand lower than Latin ones of the same size.
_TURNED_SCALE = 1.15


def second(text: str, style: ParagraphStyle = SECOND, *, beside: bool = False) -> Flowable:
    """A text in a second language, from whichever side it is read.

    Args:
        text: what it says.
        style: one of the styles above.
        beside: whether it stands close to a French text on its left.
    """
    if not has_leftwards(text):
        return said(text, style)
    turned = style.clone(
        f"turned {style.name}",
        fontSize=style.fontSize * _TURNED_SCALE,
        leading=style.leading * _TURNED_SCALE,
    )
    return TurnedText(text, turned, beside=beside)


def under(
    thing: Node | Choice | DocumentRequest | Form,
    column: str = "label",
    style: ParagraphStyle | None = None,
) -> list[Flowable]:
    """What stands under a French text: its translation, or nothing.

    Args:
        thing: a part of a form that `forms.languages.beside` was given.
        column: the French text's.
        style: of the second language; else small, and smaller for what explains.
    """
    text = without_answers(translation(thing, column))
    if not text:
        return []
    usual = SECOND_HINT if column in ("hint", "note") else SECOND
    return [second(text, told_in(style or usual, thing.translations[0].language))]


@cache
def in_language(style: ParagraphStyle, language: str) -> ParagraphStyle:
    """A style for words in another language, one of a form's or its code; it looks the same."""
    code = language_code(language)
    return style.clone(f"{style.name} {code}", language=code) if code else style


def told_in(style: ParagraphStyle, language: str) -> ParagraphStyle:
    """How a second language is set: easy-to-read French is never small."""
    return in_language(EASY_TO_READ if language_code(language) == EASY else style, language)


def style_of(things: Sequence[Choice | DocumentRequest]) -> ParagraphStyle:
    """How the second language of some choices, or documents, is set."""
    languages = (one.language for thing in things for one in thing.translations)
    return told_in(SECOND, next(languages, ""))


def under_phrase(
    form: Form, french: str, style: ParagraphStyle = SECOND_HINT, **words: str
) -> list[Flowable]:
    """What stands under a phrase of ours: the same in the form's second language, or nothing.

    Args:
        form: as `forms.languages.beside` gave it.
        french: one of `exports.paper.sheets.phrases`.
        style: of the second language.
        words: what goes in the gaps of the phrase.
    """
    language = form.languages[0] if form.languages else ""
    text = phrase(french, language)
    return [second(text.format(**words), told_in(style, language))] if text else []


class _Stacked(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """Texts one under the other, as one."""

    def __init__(self, parts: Sequence[Flowable]) -> None:
        super().__init__()
        self._parts = tuple(parts)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room they take."""
        self.width = width
        self.height = float(sum(part.wrap(width, height)[1] for part in self._parts))
        return self.width, self.height

    def draw(self) -> None:
        """Draw them, the last at 0."""
        top = self.height
        for part in self._parts:
            top -= part.height
            part.drawOn(self.canv, 0, top)


def said_twice(
    text: str, told: str, style: ParagraphStyle = BODY, told_style: ParagraphStyle = SECOND
) -> Flowable:
    """A French text and, close under it, the same in a second language; not the same words twice.

    Args:
        text: the French.
        told: the other; empty where there is none.
        style: of the French.
        told_style: of the other.
    """
    french = said(text, style)
    if not told or told == text:
        return french
    return _Stacked([french, second(told, told_style, beside=True)])


def notices(form: Form) -> list[Flowable]:
    """That the second language is a help, and whether some of it is missing."""
    if not form.languages:
        return []
    french, *translated = aid_notices(form.languages[0])
    style = in_language(NOTICE, form.languages[0])
    said_of_it = [said(french, NOTICE), *(second(text, style) for text in translated)]
    if not is_partial(form):
        return said_of_it
    return [*said_of_it, said(PARTIAL, SMALL), *under_phrase(form, PARTIAL)]


def is_partial(form: Form) -> bool:
    """Whether some question has no label in the form's second language."""
    return any(
        not translation(node, "label")
        for node in walk(form.children)
        if node.label and (not isinstance(node, Question) or node.kind.shown)
    )


def heads(form: Form) -> tuple[str, str]:
    """What the head of the pages after the first says, on the left and on the right.

    With a second language, that it is a help; the form's title stands in the foot as well.
    """
    if not form.languages:
        return form.title, ""
    french, *translated = aid_notices(form.languages[0])
    return french, "".join(translated)


def second_width(text: str, style: ParagraphStyle = SECOND) -> float:
    """How wide a text in a second language stands on one line, in points; 0 for no text."""
    if not text:
        return 0.0
    flowable = second(text, style)
    if isinstance(flowable, TurnedText):
        return flowable.natural_width()
    return text_width(text, style)


def draw_aside(canvas: Canvas, text: str, right: float, base: float) -> None:
    """Draw a line in any language that ends at `right`, in the canvas's fill colour."""
    size = float(SMALL.fontSize)
    if has_leftwards(text):
        line = shape(drawable_glyphs(text), leftwards=True)
        draw_glyphs(canvas, line, right - line.width * size / 1000, base, size)
    elif text:
        canvas.setFont(Style.REGULAR.value, size)
        canvas.drawRightString(right, base, drawable(text))
