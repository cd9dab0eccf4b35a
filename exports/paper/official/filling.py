"""Filling the fields of any PDF form: right box, right tick, nothing cut, nothing hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import pikepdf

from exports.paper.lettering.setting import Box, Setting, set_comb, set_line, set_lines
from exports.paper.lettering.shaping import drawable, undrawable
from exports.paper.lettering.shared_font import SharedFonts
from exports.paper.official.appearance import box_of, draw_text, draw_tick, size_in
from exports.paper.official.field_tree import (
    COMBO,
    EDITABLE,
    FieldType,
    FoundField,
    Spot,
    choice_options,
    find_fields,
    inherited,
    number_of,
    rectangle,
    text_of,
)
from exports.paper.official.pdf_file import open_pdf, saved
from exports.paper.official.preparation import prepare, show
from exports.paper.official.printed_lines import PrintedLines
from exports.paper.official.readback import Expected, unseen_in
from exports.paper.official.tick import NoSuchState, tick

NBSP = "\u00a0"

REFERENCES = (
    f"voir suite n°{NBSP}{{number}}",
    f"suite n°{NBSP}{{number}}",
    f"suite{NBSP}{{number}}",
)
"""What a box says in place of a text too long for it, the first that fits."""


class FillReason(Enum):
    """Why a value is not in the result."""

    UNKNOWN_FIELD = "unknown_field"
    NOT_FILLABLE = "not_fillable"
    TOO_LONG = "too_long"
    DOES_NOT_FIT = "does_not_fit"
    NOT_AN_OPTION = "not_an_option"
    NO_GLYPH = "no_glyph"
    NOT_VISIBLE = "not_visible"


_SENTENCES = {
    FillReason.UNKNOWN_FIELD: "ce champ n’existe pas dans ce PDF",
    FillReason.NOT_FILLABLE: "ce champ ne se remplit pas",
    FillReason.TOO_LONG: "la réponse a plus de caractères que la case n’en prend",
    FillReason.DOES_NOT_FIT: "la réponse est trop longue pour la case",
    FillReason.NOT_AN_OPTION: "cette réponse n’est pas une des réponses prévues",
    FillReason.NO_GLYPH: "un caractère de la réponse ne peut pas être imprimé",
    FillReason.NOT_VISIBLE: "la réponse ne se lit pas sur la page",
}


@dataclass(frozen=True)
class FillProblem:
    """A value that is not, or not wholly, in the result."""

    field: str
    value: str
    reason: FillReason

    @property
    def message(self) -> str:
        """The problem in one French sentence that names the field."""
        return f"Champ «{NBSP}{self.field}{NBSP}»{NBSP}: {_SENTENCES[self.reason]}."


@dataclass(frozen=True)
class Placed:
    """One place of the page where a value was put.

    Attributes:
        page: from 1.
        rect: left, bottom, right, top, in points from the bottom left of the unrotated page.
        text: what is to be read there; None for a tick.
        size: of its letters, in points; None for a tick.
        seen: whether it was read back there; None when nothing was read back.
    """

    field: str
    page: int
    rect: tuple[float, float, float, float]
    text: str | None
    size: float | None
    seen: bool | None


@dataclass(frozen=True)
class Continued:
    """A value longer than its box, whose box sends to a continuation sheet.

    Attributes:
        number: of the continuation, from 1; fields with the same value share one.
        page: where the box is, from 1.
        text: the whole value.
    """

    number: int
    field: str
    page: int
    text: str


@dataclass(frozen=True)
class FilledPdf:
    """A filled PDF, its fields still editable; what is not in it, and where the rest stands."""

    pdf: bytes
    problems: tuple[FillProblem, ...]
    placed: tuple[Placed, ...] = ()
    continued: tuple[Continued, ...] = ()


def fill(
    content: bytes,
    values: Mapping[str, str | bool],
    *,
    check: bool = True,
    continuations: bool = False,
) -> FilledPdf:
    """Fill the fields of a PDF.

    XFA, usage rights and signature flags are removed, or viewers would show something else than
    the values. A value that does not fit is reported and left out; the others are filled.

    Args:
        content: the PDF.
        values: by full field name: text; True, False or an on-state for a check box; an on-state
            for a radio group; an option, shown or stored, for a choice.
        check: look at the pages: keep texts clear of the lines that the form prints, read the
            result back and report what does not show.
        continuations: where a text does not fit, write « voir suite n° 1 » in its box and hand the
            text back, for a sheet of its own (`exports.paper.official.continuation`).

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    printed = PrintedLines(content) if check else None
    with open_pdf(content) as pdf, closing(printed) if printed else nullcontext():
        filling = _OpenForm(pdf, printed, continuations=continuations)
        for name, value in values.items():
            filling.fill(name, value)
        filling.fonts.embed()
        result = saved(pdf)
        unseen: list[Expected] = []
        if check:
            unseen = unseen_in(result, filling.expected)
            if filling.redraw_ticks(unseen):
                result = saved(pdf)
                unseen = unseen_in(result, filling.expected)
            asked = {_composed(name): name for name in values}
            for name in dict.fromkeys(asked[_composed(one.field)] for one in unseen):
                filling.refuse(name, values[name], FillReason.NOT_VISIBLE)
        return FilledPdf(
            result,
            tuple(filling.problems),
            tuple(
                _placed(one, seen=one not in unseen if check else None) for one in filling.expected
            ),
            tuple(filling.continued),
        )


def _placed(one: Expected, *, seen: bool | None) -> Placed:
    return Placed(one.field, one.page + 1, one.rect, one.text, one.size, seen)


_OVERLONG = (FillReason.DOES_NOT_FIT, FillReason.TOO_LONG)


class _Refused(Exception):
    def __init__(self, reason: FillReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class _OpenForm:
    """State: a form being filled: its fields by name, what it must show, what it cannot."""

    def __init__(
        self, pdf: pikepdf.Pdf, printed: PrintedLines | None, *, continuations: bool
    ) -> None:
        self._printed = printed
        self.fonts = SharedFonts(pdf)
        self.expected: list[Expected] = []
        self.problems: list[FillProblem] = []
        self.continued: list[Continued] = []
        self._continuations = continuations
        self._numbers: dict[str, int] = {}
        self._places: dict[tuple[int, tuple[int, int]], tuple[float, float, float, float]] = {}
        self._pdf = pdf
        self._ticked: dict[tuple[str, int, Any], tuple[Spot, Any]] = {}
        fields = find_fields(pdf)
        self._default, undrawn = prepare(pdf, fields)
        self._turned = [_rotation(page) for page in pdf.pages]
        self._by_name: dict[str, list[FoundField]] = {}
        for field in fields:
            self._by_name.setdefault(_composed(field.name), []).append(field)
        for field in undrawn:
            self._draw_kept(field)

    def fill(self, name: str, value: str | bool) -> None:
        """Fill one field, or note why it cannot be."""
        candidates = self._by_name.get(_composed(name))
        try:
            if candidates is None:
                raise _Refused(FillReason.UNKNOWN_FIELD)
            self.expected += self._filled(candidates, value)
        except _Refused as refused:
            self.refuse(name, value, refused.reason)

    def refuse(self, name: str, value: str | bool, reason: FillReason) -> None:
        """Note a value that is not in the result."""
        self.problems.append(FillProblem(name, str(value), reason))

    def redraw_ticks(self, unseen: Iterable[Expected]) -> bool:
        """Draw our own cross where the form's own mark does not show; whether there was one."""
        redrawn = False
        for one in unseen:
            known = self._ticked.get((one.field, one.page, one.rect))
            if known is not None:
                spot, state = known
                draw_tick(self._pdf, spot.annotation, self._box(spot), state)
                redrawn = True
        return redrawn

    def _filled(self, candidates: list[FoundField], value: str | bool) -> list[Expected]:
        ticked = [field for field in candidates if field.ticked]
        written = [
            field for field in candidates if field.type in (FieldType.TEXT, FieldType.CHOICE)
        ]
        if ticked and (isinstance(value, bool) or not written):
            return self._ticks(ticked, value)
        if not written:
            raise _Refused(FillReason.NOT_FILLABLE)
        if isinstance(value, bool):
            raise _Refused(FillReason.NOT_AN_OPTION)
        if written[0].type is FieldType.CHOICE:
            return self._write(written[0], *_option(written[0], value))
        return self._write(written[0], value, value)

    def _ticks(self, fields: list[FoundField], value: str | bool) -> list[Expected]:
        try:
            marks = tick(self._pdf, fields, value, self._box)
        except NoSuchState as refused:
            raise _Refused(FillReason.NOT_AN_OPTION) from refused
        expected = []
        for spot, state in marks:
            self._list(spot)
            show(spot.annotation)
            place = self._place(spot)
            expected.append(Expected(fields[0].name, spot.page, place, None))
            self._ticked[fields[0].name, spot.page, place] = (spot, state)
        return expected

    def _write(self, field: FoundField, stored: str, shown: str) -> list[Expected]:
        text = _in_lines(field, shown)
        if undrawable(text.replace("\n", "")):
            raise _Refused(FillReason.NO_GLYPH)
        try:
            settings = self._settings(field, text)
        except _Refused as refused:
            if refused.reason not in _OVERLONG or not self._may_continue(field):
                raise
            stored, settings = self._sent_on(field, text)
            text = stored
        cells = field.max_length or 0 if field.comb else 0
        for spot, box, setting in settings:
            draw_text(self._pdf, spot.annotation, box, self.fonts, setting, cells=cells)
            self._list(spot)
            show(spot.annotation)
        for node in field.nodes.values():
            _store(node, field, stored)
        return [
            Expected(field.name, spot.page, self._place(spot), text, setting.size)
            for spot, _, setting in settings
        ]

    def _settings(self, field: FoundField, text: str) -> list[tuple[Spot, Box, Setting]]:
        """The text set in each of the field's boxes."""
        if field.max_length and len(text) > field.max_length:
            raise _Refused(FillReason.TOO_LONG)
        settings = []
        for spot in field.spots:
            box = self._box(spot)
            setting = self._set(field, spot, box, text)
            if setting is None:
                raise _Refused(FillReason.DOES_NOT_FIT)
            settings.append((spot, box, setting))
        if not settings:
            raise _Refused(FillReason.NOT_VISIBLE)
        return settings

    def _may_continue(self, field: FoundField) -> bool:
        return self._continuations and field.type is FieldType.TEXT and not field.comb

    def _sent_on(self, field: FoundField, text: str) -> tuple[str, list[tuple[Spot, Box, Setting]]]:
        """What the box says in place of a text too long for it, set."""
        number = self._numbers.get(text, len(self._numbers) + 1)
        for words in REFERENCES:
            reference = words.format(number=number)
            try:
                settings = self._settings(field, reference)
            except _Refused:
                continue
            self._numbers[text] = number
            self.continued.append(Continued(number, field.name, field.spots[0].page + 1, text))
            return reference, settings
        raise _Refused(FillReason.DOES_NOT_FIT)

    def _set(self, field: FoundField, spot: Spot, box: Box, text: str) -> Setting | None:
        size = size_in(self._appearance(spot.annotation))
        alignment = int(number_of(inherited(spot.annotation, "/Q")))
        alignment = alignment if alignment in (0, 1, 2) else 0
        if field.max_length and (field.comb or self._is_printed_comb(field, spot, box)):
            cells = field.max_length
            return set_comb(text, box, size=size, cells=cells, alignment=alignment)
        rules = self._printed.rules(spot.page, self._place(spot), box) if self._printed else ()
        if field.multiline:
            return set_lines(text, box, size=size, alignment=alignment, rules=rules)
        if field.type is FieldType.CHOICE and not field.flags & COMBO:
            # A list shows its chosen line at the top.
            line = replace(box, height=min(box.height, (size or 12.0) * 1.5))
            setting = set_line(text, line, size=size, alignment=alignment)
            return setting and _raised(setting, box.height - line.height)
        return set_line(text, box, size=size, alignment=alignment, rules=rules)

    def _is_printed_comb(self, field: FoundField, spot: Spot, box: Box) -> bool:
        # Forms that come from elsewhere have lost the mark of their combs.
        if self._printed is None or field.multiline or field.type is not FieldType.TEXT:
            return False
        return self._printed.is_comb(spot.page, self._place(spot), box, field.max_length or 0)

    def _appearance(self, widget: Any) -> bytes:
        found = inherited(widget, "/DA")
        return bytes(found) if isinstance(found, pikepdf.String) else self._default

    def _box(self, spot: Spot) -> Box:
        return box_of(spot.annotation, self._turned[spot.page], self._place(spot))

    def _place(self, spot: Spot) -> tuple[float, float, float, float]:
        key = spot.page, spot.annotation.objgen
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = rectangle(spot.annotation)
        return known

    def _list(self, spot: Spot) -> None:
        if not spot.listed:
            page = self._pdf.pages[spot.page].obj
            if not isinstance(page.get("/Annots"), pikepdf.Array):
                page["/Annots"] = pikepdf.Array()
            page["/Annots"].append(spot.annotation)

    def _draw_kept(self, field: FoundField) -> None:
        # What the form already held, and left to the viewer to draw, must not vanish.
        kept = inherited(field.node, "/V")
        if isinstance(kept, pikepdf.String):
            try:
                self._write(field, text_of(kept), _shown(field, text_of(kept)))
            except _Refused:
                return


def _composed(name: str) -> str:
    # An accent may be part of its letter or beside it: the same name to those who read it.
    return unicodedata.normalize("NFC", name)


def _in_lines(field: FoundField, value: str) -> str:
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = ("\n" if field.multiline else " ").join(drawable(line) for line in lines)
    return text if field.multiline or field.comb else text.strip()


def _option(field: FoundField, value: str) -> tuple[str, str]:
    options = choice_options(field.node)
    for stored, shown in options:
        if value == shown:
            return stored, shown
    for stored, shown in options:
        if value == stored:
            return stored, shown
    if field.flags & EDITABLE or not options:
        return value, value
    raise _Refused(FillReason.NOT_AN_OPTION)


def _shown(field: FoundField, stored: str) -> str:
    if field.type is not FieldType.CHOICE:
        return stored
    return next((shown for one, shown in choice_options(field.node) if one == stored), stored)


def _store(node: Any, field: FoundField, stored: str) -> None:
    node["/V"] = pikepdf.String(stored)
    for stale in ("/RV", "/I"):
        if stale in node:
            del node[stale]
    for spot in field.spots:
        # A value on the widget itself would be believed before the field's.
        if "/T" not in spot.annotation and "/V" in spot.annotation:
            del spot.annotation["/V"]


def _raised(setting: Setting, by: float) -> Setting:
    return replace(setting, lines=tuple(replace(line, y=line.y + by) for line in setting.lines))


def _rotation(page: pikepdf.Page) -> int:
    return int(number_of(inherited(page.obj, "/Rotate"))) % 360 // 90 * 90
