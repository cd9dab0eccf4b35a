"""From a definition to an XLSForm workbook that pyxform, ODK and Kobo accept.

What is ours beside XLSForm (profile, check, documents, sources) goes in columns and sheets that
they ignore and that we read back.
"""

from __future__ import annotations

import io
import re

from forms.definition import (
    NO,
    YES,
    Choice,
    Expression,
    Form,
    Node,
    Question,
    Repeat,
    Translation,
)

_SURVEY = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant",
    "constraint", "constraint_message", "calculation", "default", "read_only", "appearance",
    "choice_filter", "parameters", "trigger", "repeat_count", "media::image", "profile", "check",
)  # fmt: skip
_DOCUMENTS = ("name", "label", "relevant", "required", "note")
_SOURCES = ("title", "url", "read", "status")

Cells = dict[str, str]


def export_xlsform(form: Form) -> bytes:
    """Write a form as an .xlsx workbook; its CSV files, if any, go beside it (`form.files`)."""
    from openpyxl import Workbook

    book = Workbook()
    for blank in list(book.worksheets):
        book.remove(blank)
    lists = _Lists(form)
    survey = [row for node in form.children for row in _rows(node, lists)]
    _sheet(book, "survey", survey, _SURVEY)
    _sheet(book, "choices", lists.rows(), ("list_name", "name", "label", "media::image"))
    settings = {
        "form_title": form.title,
        "form_id": form.id,
        "version": form.version,
        "default_language": form.language,
        "instance_name": form.instance_name.text if form.instance_name else "",
        "summary": form.summary,
        "number": form.number,
        "worth": form.worth.value,
    }
    _sheet(book, "settings", [{key: text for key, text in settings.items() if text}], ())
    documents = [
        {
            "name": request.name,
            "label": request.label,
            "relevant": _text(request.relevant),
            "required": _truth(request.required),
            "note": request.note,
            **_translations(request.translations),
        }
        for request in form.documents
    ]
    if form.translations:
        # Among the settings, pyxform would take them for a title that it cannot write.
        _sheet(book, "titles", [_translations(form.translations)], ())
    if documents:
        _sheet(book, "documents", documents, _DOCUMENTS)
    sources = [
        {
            "title": source.title,
            "url": source.url,
            "read": source.read.isoformat(),
            "status": source.status.value,
        }
        for source in form.sources
    ]
    if sources:
        _sheet(book, "sources", sources, _SOURCES)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class _Lists:
    """State: the choice lists that the survey was seen to use."""

    def __init__(self, form: Form) -> None:
        self._files = {name for name, _ in form.files}
        self._defined = dict(form.lists)
        self._used: dict[str, tuple[Choice, ...]] = {}

    def type_of(self, question: Question) -> str:
        """The type of a question, with its list."""
        kind = question.kind.value
        if not question.kind.chosen:
            return kind
        if question.choice_list in self._files:
            return f"{kind}_from_file {question.choice_list}"
        name = question.choice_list
        while self._used.get(name, question.choices) != question.choices:
            name += "_"
        self._used[name] = question.choices
        return f"{kind} {name}"

    def rows(self) -> list[Cells]:
        """The sheet of choices."""
        return [
            {
                "list_name": name,
                "name": choice.name,
                "label": choice.label,
                "media::image": choice.image,
                **dict(choice.columns),
                **_translations(choice.translations),
            }
            # A list that only expressions look into goes out too.
            for name, choices in {**self._defined, **self._used}.items()
            for choice in choices
        ]


def _rows(node: Node, lists: _Lists) -> list[Cells]:
    if isinstance(node, Question):
        return [_question(node, lists)]
    kind = "repeat" if isinstance(node, Repeat) else "group"
    begun: Cells = {
        "type": f"begin_{kind}",
        "name": node.name,
        "label": node.label,
        "hint": node.hint,
        "relevant": _text(node.relevant),
        "appearance": node.appearance,
        **_translations(node.translations),
    }
    if isinstance(node, Repeat):
        begun["profile"] = node.profile or ""
        begun["repeat_count"] = node.count.text if node.count else ""
    children = [row for child in node.children for row in _rows(child, lists)]
    return [begun, *children, {"type": f"end_{kind}", "name": node.name}]


def _question(question: Question, lists: _Lists) -> Cells:
    return {
        "type": lists.type_of(question),
        "name": question.name,
        "label": question.label,
        "hint": question.hint,
        "guidance_hint": question.guidance_hint,
        "required": _truth(question.required),
        "required_message": question.required_message,
        "relevant": _text(question.relevant),
        "constraint": _text(question.constraint),
        "constraint_message": question.constraint_message,
        "calculation": _text(question.calculation),
        "default": _default(question.default),
        "read_only": _truth(question.read_only),
        "appearance": question.appearance,
        "choice_filter": _text(question.choice_filter),
        "parameters": " ".join(f"{key}={value}" for key, value in question.parameters),
        "trigger": ", ".join(f"${{{name}}}" for name in question.triggers),
        "media::image": question.image,
        "profile": question.profile or "",
        "check": question.check or "",
        **_translations(question.translations),
    }


def _text(expression: Expression | None) -> str:
    return "" if expression is None or expression == YES else _quoted(expression.text)


def _truth(expression: Expression) -> str:
    if expression == NO:
        return ""
    return "yes" if expression == YES else _quoted(expression.text)


def _quoted(text: str) -> str:
    # pyxform straightens round apostrophes, which would end a text between straight ones.
    return re.sub(r"'([^'\"]*\u2019[^'\"]*)'", r'"\1"', text)


def _default(expression: Expression | None) -> str:
    if expression is None:
        return ""
    plain = re.fullmatch(r"'([^']*)'|\"([^\"]*)\"", expression.text)
    return (plain.group(1) or plain.group(2) or "") if plain else _quoted(expression.text)


def _translations(translations: tuple[Translation, ...]) -> Cells:
    return {
        f"{'media::image' if one.column == 'image' else one.column}::{one.language}": one.text
        for one in translations
    }


def _sheet(book: object, title: str, rows: list[Cells], first: tuple[str, ...]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    assert isinstance(book, Workbook)
    used = dict.fromkeys(key for row in rows for key, text in row.items() if text)
    columns = [column for column in first if column in used]
    columns += [column for column in used if column not in columns]
    sheet = book.create_sheet(title)
    sheet.append(columns)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([row.get(column) or None for column in columns])
    for row_cells in sheet.iter_rows(min_row=2):
        for cell in row_cells:
            # A text that begins with “=” is a text here, never a formula.
            cell.data_type = "s" if cell.value is not None else cell.data_type
