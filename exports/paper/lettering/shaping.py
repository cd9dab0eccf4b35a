"""Text as glyphs: the letters of a line in the order and the places they are drawn.

French, and all that is written letter after letter, is looked up directly. Joined scripts, loose
diacritics and letters that FiraGO lacks go through HarfBuzz, run by run.
"""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass

import uharfbuzz as harfbuzz

from exports.paper.lettering.direction import is_leftwards, mirrored, visual_runs
from exports.paper.lettering.fonts import Face, Style, face

# Drawn as their plain likeness, or not at all: tabs, rare spaces, hyphens, invisible marks.
_LIKENESS = {
    ord("\t"): " ",
    0x00AD: None,
    0x2010: "-",
    0x2011: "-",
    **dict.fromkeys(range(0x2000, 0x200B), "\u00a0"),
    **dict.fromkeys((0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF), None),
    **dict.fromkeys((0x202F, 0x205F), "\u00a0"),
}
_MARKS = frozenset({"Mn", "Mc", "Me"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a line.

    Attributes:
        face: the face it is of.
        number: in that face.
        x, y: where it is drawn, in thousandths of the size from the line's start.
        text: what it stands for; empty when the glyph before says it.
    """

    face: Face
    number: int
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """A line ready to draw; `width` in thousandths of the size.

    Attributes:
        plain: whether the glyphs follow each other by their own widths.
    """

    glyphs: tuple[Glyph, ...]
    width: float
    plain: bool


def drawable(text: str) -> str:
    """A text as it is drawn and read back: composed letters, plain spaces and hyphens."""
    if text.isascii() and "\t" not in text:
        return text
    return unicodedata.normalize("NFC", text).translate(_LIKENESS)


def undrawable(text: str) -> str:
    """The characters of a drawable text that no face has."""
    if text.isascii() and text.isprintable():
        return ""
    regular = face()
    missing = regular.missing(text)
    return face(Style.LENT).missing(missing) if missing else ""


def shape(text: str, *, leftwards: bool | None = None) -> ShapedLine:
    """Turn one line of drawable text into glyphs.

    Args:
        text: without line breaks.
        leftwards: whether the line is read from right to left; None to let its letters say.
    """
    if leftwards:
        return _shaped(text, leftwards=True)
    regular = face()
    glyphs, x = [], 0.0
    for letter in text:
        number = regular.glyph(letter) if _is_simple(letter) else 0
        if not number:
            return _shaped(text, leftwards=is_leftwards(text) if leftwards is None else leftwards)
        glyphs.append(Glyph(regular, number, x, 0.0, letter))
        x += regular.glyph_width(number)
    return ShapedLine(tuple(glyphs), x, plain=True)


def letters(text: str) -> list[str]:
    """A text cut where a pen would lift: each letter with its diacritics."""
    cut: list[str] = []
    for character in text:
        if cut and unicodedata.category(character) in _MARKS:
            cut[-1] += character
        else:
            cut.append(character)
    return cut


def letter_by_letter(text: str) -> bool:
    """Whether a text is written from left to right, each letter apart from its neighbours."""
    return text.isascii() or all(letter == "\n" or _is_simple(letter) for letter in text)


def _is_simple(letter: str) -> bool:
    return (
        letter < "\u0300"
        or "\u0370" <= letter < "\u0483"
        or "\u048a" <= letter < "\u0590"
        or "\u1e00" <= letter < "\u200b"
        or "\u2010" <= letter < "\u2028"
        or "\u2030" <= letter < "\u2060"
        or "\u20a0" <= letter < "\u20d0"
        or "\u2100" <= letter < "\u2c00"
    )


def _shaped(text: str, *, leftwards: bool) -> ShapedLine:
    glyphs: list[Glyph] = []
    x = 0.0
    for run, turned in visual_runs(text, leftwards=leftwards):
        for part, drawn_in in _by_face(run, turned):
            buffer = harfbuzz.Buffer()
            buffer.add_str(part)
            buffer.guess_segment_properties()
            buffer.direction = "rtl" if turned else "ltr"
            harfbuzz.shape(drawn_in.font, buffer)
            x = _place(glyphs, buffer, part, drawn_in, x, turned=turned)
    return ShapedLine(tuple(glyphs), x, plain=False)


def _place(
    glyphs: list[Glyph],
    buffer: harfbuzz.Buffer,
    part: str,
    drawn_in: Face,
    x: float,
    *,
    turned: bool,
) -> float:
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    clusters = [info.cluster for info in infos]
    if turned:
        # A letter's marks stand before it here. HarfBuzz mirrors brackets: a glyph says what it
        # looks like, readers turn it back.
        said = [mirrored(text) for text in reversed(_said(clusters[::-1], part))]
    else:
        said = _said(clusters, part)
    for info, position, text in zip(infos, positions, said, strict=True):
        glyphs.append(
            Glyph(
                drawn_in,
                info.codepoint,
                x + position.x_offset * drawn_in.scale,
                position.y_offset * drawn_in.scale,
                text,
            )
        )
        x += position.x_advance * drawn_in.scale
    return x


def _said(clusters: list[int], part: str) -> list[str]:
    """What each glyph stands for: its letter, or the first of a cluster for the whole of it."""
    starts = [*sorted(set(clusters)), len(part)]
    texts = {start: list(part[start:end]) for start, end in itertools.pairwise(starts)}
    lengths = {start: len(text) for start, text in texts.items()}
    said = []
    for cluster in clusters:
        left = texts[cluster]
        if lengths[cluster] == clusters.count(cluster):
            said.append(left.pop(0))
        else:
            said.append("".join(left))
            left.clear()
    return said


def _by_face(run: str, leftwards: bool) -> list[tuple[str, Face]]:
    regular, lent = face(), face(Style.LENT)
    parts: list[tuple[str, Face]] = []
    for cluster in letters(run):
        drawn_in = lent if regular.missing(cluster) and not lent.missing(cluster) else regular
        if parts and parts[-1][1] is drawn_in:
            parts[-1] = (parts[-1][0] + cluster, drawn_in)
        else:
            parts.append((cluster, drawn_in))
    return parts[::-1] if leftwards else parts
