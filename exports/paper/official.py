"""Filling the fields of any PDF form: right box, right tick, nothing cut, nothing hidden."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from exports.paper.appearance import (
    SharedFont,
    box_of,
    draw_text,
    draw_tick,
    set_comb,
    set_line,
    set_lines,
    size_in,
)
from exports.paper.errors import PdfDamaged
from exports.paper.fields import (
    FieldType,
    FoundField,
    choice_options,
    find_fields,
    inherited,
    name_of,
    on_states,
    readable,
)
from exports.paper.fonts import face
from exports.paper.pdf_file import open_pdf
from exports.paper.readback import Expected, missing_from

NBSP = "\u00a0"


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
    FillReason.NOT_AN_OPTION: "cette réponse n’est pas une des cases à cocher",
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
class FilledPdf:
    """A filled PDF, its fields still editable, and what is not in it."""

    pdf: bytes
    problems: tuple[FillProblem, ...]


class _Refused(Exception):
    def __init__(self, reason: FillReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def fill(content: bytes, values: Mapping[str, str | bool], *, check: bool = True) -> FilledPdf:
    """Fill the fields of a PDF.

    XFA, usage rights and signature flags are removed, or viewers would show something else than
    the values. A value that does not fit is reported and left out; the others are filled.

    Args:
        content: the PDF.
        values: by full field name: text; True, False or an on-state for a check box; an on-state
            for a radio group; an option for a choice.
        check: read the result back and report what does not show.

    Raises:
        PaperError: it is no PDF, or a damaged, locked or oversized one.
    """
    with open_pdf(content) as pdf:
        try:
            return _fill(pdf, values, check)
        except pikepdf.PdfError as error:
            raise PdfDamaged from error


def _fill(pdf: pikepdf.Pdf, values: Mapping[str, str | bool], check: bool) -> FilledPdf:
    font = SharedFont(pdf, face())
    found: dict[str, list[FoundField]] = {}
    fields = find_fields(pdf)
    for field in fields:
        found.setdefault(field.name, []).append(field)
    _prepare(pdf, fields)
    problems: list[FillProblem] = []
    expected: list[Expected] = []
    for name, value in values.items():
        try:
            if name not in found:
                raise _Refused(FillReason.UNKNOWN_FIELD)
            expected += _fill_field(pdf, _fillable(found[name], value), value, font)
        except _Refused as refused:
            problems.append(FillProblem(name, str(value), refused.reason))
    if font.used:
        font.embed()
    result = _saved(pdf)
    if check:
        for unseen in missing_from(pdf, expected):
            text = str(values.get(unseen.field, unseen.text))
            problem = FillProblem(unseen.field, text, FillReason.NOT_VISIBLE)
            if problem not in problems:
                problems.append(problem)
    return FilledPdf(result, tuple(problems))


def _fillable(candidates: list[FoundField], value: str | bool) -> FoundField:
    for field in candidates:
        is_box = field.type in (FieldType.CHECKBOX, FieldType.RADIO)
        if field.type in (FieldType.SIGNATURE, FieldType.BUTTON):
            continue
        if len(candidates) == 1 or not is_box:
            return field
        states = [readable(raw) for _, widget in field.widgets for raw in on_states(widget)]
        if isinstance(value, bool) or value in states:
            return field
    if len(candidates) > 1 and any(
        one.type in (FieldType.CHECKBOX, FieldType.RADIO) for one in candidates
    ):
        raise _Refused(FillReason.NOT_AN_OPTION)
    raise _Refused(FillReason.NOT_FILLABLE)


def _fill_field(
    pdf: pikepdf.Pdf, field: FoundField, value: str | bool, font: SharedFont
) -> list[Expected]:
    if field.type in (FieldType.CHECKBOX, FieldType.RADIO):
        return _fill_box(pdf, field, value)
    if isinstance(value, bool):
        raise _Refused(FillReason.NOT_AN_OPTION)
    if field.type is FieldType.CHOICE:
        stored, shown = _option(field, value)
        return _fill_text(pdf, field, stored, shown, font)
    return _fill_text(pdf, field, value, value, font)


def _option(field: FoundField, value: str) -> tuple[str, str]:
    options = choice_options(field.nodes[0])
    for stored, shown in options:
        if value in (shown, stored):
            return stored, shown
    editable = field.flags & (1 << 18)
    if editable or not options:
        return value, value
    raise _Refused(FillReason.NOT_AN_OPTION)


def _fill_text(
    pdf: pikepdf.Pdf, field: FoundField, stored: str, shown: str, font: SharedFont
) -> list[Expected]:
    text = shown.replace("\r\n", "\n").replace("\r", "\n")
    if not field.multiline:
        text = " ".join(text.split("\n"))
    if field.max_length is not None and len(text) > field.max_length:
        raise _Refused(FillReason.TOO_LONG)
    if font.face.missing(text):
        raise _Refused(FillReason.NO_GLYPH)
    settings = []
    for page, widget in field.widgets:
        box = box_of(widget)
        size = size_in(_default_appearance(pdf, widget))
        alignment = int(inherited(widget, "/Q") or 0)
        if field.comb and field.max_length:
            setting = set_comb(text, box, font.face, size=size, cells=field.max_length)
        elif field.multiline:
            setting = set_lines(text, box, font.face, size=size, alignment=alignment)
        else:
            setting = set_line(text, box, font.face, size=size, alignment=alignment)
        if setting is None:
            raise _Refused(FillReason.DOES_NOT_FIT)
        settings.append((page, widget, box, setting))
    if not settings:
        raise _Refused(FillReason.NOT_VISIBLE)
    for _, widget, box, (size, lines) in settings:
        draw_text(pdf, widget, box, font, size, lines)
        _show(widget)
    for node in field.nodes:
        holder = _holder(node)
        holder["/V"] = pikepdf.String(stored)
        for stale in ("/RV", "/I"):
            if stale in holder:
                del holder[stale]
    return [Expected(field.name, page, widget, text) for page, widget, _, _ in settings]


def _fill_box(pdf: pikepdf.Pdf, field: FoundField, value: str | bool) -> list[Expected]:
    chosen = _chosen_state(field, value)
    expected = []
    for page, widget in field.widgets:
        states = on_states(widget)
        if chosen is not None and chosen in (states or [chosen]):
            state = name_of(chosen)
            normal = widget.get("/AP", Dictionary()).get("/N", Dictionary())
            if not isinstance(normal, pikepdf.Dictionary) or not _draws(normal, chosen):
                draw_tick(pdf, widget, state)
            widget["/AS"] = state
            _show(widget)
            expected.append(Expected(field.name, page, widget, None))
        else:
            widget["/AS"] = Name.Off
    for node in field.nodes:
        _holder(node)["/V"] = Name.Off if chosen is None else name_of(chosen)
    return expected


def _chosen_state(field: FoundField, value: str | bool) -> bytes | None:
    states: list[bytes] = []
    for _, widget in field.widgets:
        states += [raw for raw in on_states(widget) if raw not in states]
    if value is False or value == "Off":
        return None
    if value is True:
        if field.type is FieldType.RADIO and len(states) > 1:
            raise _Refused(FillReason.NOT_AN_OPTION)
        return states[0] if states else b"Yes"
    for raw in states:
        if readable(raw) == value:
            return raw
    if not states and field.type is FieldType.CHECKBOX:
        return str(value).encode()
    raise _Refused(FillReason.NOT_AN_OPTION)


def _draws(normal: Any, state: bytes) -> bool:
    key = "/" + state.decode("utf-8", "surrogateescape")
    for name in normal.keys():  # noqa: SIM118 - a pikepdf dictionary, not a mapping
        if name == key:
            stream = normal[name_of(state)]
            return isinstance(stream, pikepdf.Stream) and bool(stream.read_bytes().strip())
    return False


def _prepare(pdf: pikepdf.Pdf, fields: list[FoundField]) -> None:
    for key in ("/Perms",):
        if key in pdf.Root:
            del pdf.Root[key]
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        form = pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=pikepdf.Array()))
    for key in ("/XFA", "/SigFlags", "/NeedAppearances"):
        if key in form:
            del form[key]
    _adopt_orphans(form, fields)
    _lend_fonts(pdf, form, fields)


def _adopt_orphans(form: Any, fields: list[FoundField]) -> None:
    if "/Fields" not in form:
        form["/Fields"] = pikepdf.Array()
    if len(form["/Fields"]):
        return
    for field in fields:
        for node in field.nodes:
            if "/Parent" not in node:
                form["/Fields"].append(node)


def _lend_fonts(pdf: pikepdf.Pdf, form: Any, fields: list[FoundField]) -> None:
    """Make sure that a viewer which edits a field finds the font its appearance names."""
    resources = form.get("/DR")
    if not isinstance(resources, pikepdf.Dictionary):
        resources = form["/DR"] = Dictionary()
    fonts = resources.get("/Font")
    if not isinstance(fonts, pikepdf.Dictionary):
        fonts = resources["/Font"] = Dictionary()
    if "/Helv" not in fonts:
        fonts["/Helv"] = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
    if "/DA" not in form:
        form["/DA"] = pikepdf.String("/Helv 0 Tf 0 g")


def _default_appearance(pdf: pikepdf.Pdf, widget: Any) -> bytes:
    found = inherited(widget, "/DA")
    if found is None:
        form = pdf.Root.get("/AcroForm")
        found = form.get("/DA") if form is not None else None
    return bytes(found) if isinstance(found, pikepdf.String) else b""


def _holder(node: Any) -> Any:
    # A field merged with its only widget holds its own value; else the value sits on the field.
    if "/T" not in node and isinstance(node.get("/Parent"), pikepdf.Dictionary):
        return node.get("/Parent")
    return node


def _show(widget: Any) -> None:
    # Printed, and neither hidden nor screen-less (ISO 32000-1, table 165).
    flags = int(widget.get("/F", 0))
    widget["/F"] = (flags | 4) & ~(1 | 2 | 32)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
