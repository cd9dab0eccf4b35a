"""From an XLSForm workbook to a definition: the same nodes as YAML gives, so the same checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import yaml

from forms.definition import Form
from forms.errors import DefinitionError, ExpressionError
from forms.reader import form_of
from forms.translations import TRANSLATED_SETTINGS
from forms.xlsform.headings import CHOICES, SURVEY, TRANSLATED, Heading, read_heading
from forms.xlsform.types import BlockType, QuestionType, RefusedType, read_type
from forms.xlsform.workbook import Row, Workbook, read_workbook
from forms.xpath import parse
from forms.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText

_FRENCH = ("fr", "français")
_YES = {"yes", "true", "true()", "oui"}
_NO = {"no", "false", "false()", "non", ""}
_SMART_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_EXPRESSIONS = {
    "relevant", "constraint", "calculation", "choice_filter", "repeat_count", "trigger",
    "required", "read_only", "default",
}  # fmt: skip
_SETTINGS_KEPT = ("instance_name", "allow_choice_duplicates")


@dataclass(frozen=True)
class ImportedForm:
    """A form from a workbook.

    Attributes:
        form: the definition, its `text` in YAML.
        notices: what has no meaning here and was left out, in French, row by row.
    """

    form: Form
    notices: tuple[str, ...]


def import_xlsform(
    data: bytes, *, file: str, beside: Mapping[str, str] | None = None
) -> ImportedForm:
    """Read a workbook as a form.

    Args:
        data: the bytes of an .xlsx or .xls file.
        file: its name.
        beside: the CSV files that stand beside it, by name.

    Raises:
        WorkbookUnreadable: it is no workbook.
        DefinitionError: with sheet, row and column, what is wrong, and what is expected.
    """
    return _Importer(read_workbook(data, file=file), beside or {}).run()


class _Importer:
    """State: a workbook being read, and what was left out of it."""

    def __init__(self, book: Workbook, beside: Mapping[str, str]) -> None:
        self._book = book
        self._beside = beside
        self._notices: dict[str, None] = {}
        self._files: dict[str, str] = {}
        self._settings = {
            re.sub(r"\s+", "_", key.strip().lower()): value
            for row in book.rows("settings")[:1]
            for key, value in row.cells.items()
        }
        self._own_language = self._find_own_language()
        self._is_french = self._own_language.lower().startswith(_FRENCH)

    def run(self) -> ImportedForm:
        """Read the whole."""
        rows = self._book.rows("survey")
        file = self._file("survey")
        if not rows:
            raise DefinitionError(
                file, 1, "la feuille “survey” manque ou est vide", "une feuille “survey”"
            )
        for name in set(self._book.sheets) & {"external_choices", "osm", "entities"}:
            self._note(0, name, "cette feuille n’est pas utilisée")
        survey = self._survey(list(rows))
        entries: list[tuple[str, YamlNode]] = [("settings", self._settings_map())]
        for extra in ("sources", "documents"):
            found = [self._plain_map(extra, row) for row in self._book.rows(extra)]
            if found:
                entries.append((extra, YamlList(self._file(extra), 1, tuple(found))))
        choices = self._choices()
        if choices.entries:
            entries.append(("choices", choices))
        if self._files:
            entries.append(("files", self._files_map()))
        entries.append(("survey", YamlList(file, 1, tuple(survey))))
        root = _map(file, 1, entries)
        text = yaml.safe_dump(_plain(root), allow_unicode=True, sort_keys=False, width=100)
        return ImportedForm(form_of(root, text, file=file), tuple(self._notices))

    def _file(self, sheet: str) -> str:
        return f"{self._book.file}, feuille {sheet}"

    def _note(self, row: int, column: str, what: str) -> None:
        where = f"ligne {row}, colonne « {column} »" if row else f"« {column} »"
        self._notices[f"{where} : {what}."] = None

    def _find_own_language(self) -> str:
        said = self._settings.get("default_language", "")
        plain, languages = False, []
        for sheet, name in (("survey", False), ("choices", True)):
            for row in self._book.rows(sheet):
                for text in row.cells:
                    heading = read_heading(text, value_means_name=name)
                    if heading.column == "label":
                        plain = plain or not heading.language
                        languages.append(heading.language)
        named = [one for one in dict.fromkeys(languages) if one]
        for one in named:
            if said and one.lower().startswith(said.lower()):
                return one
        return said or ("" if plain or not named else named[0])

    def _survey(self, rows: list[Row]) -> list[YamlMap]:
        top: list[YamlMap] = []
        blocks: list[tuple[BlockType, Row, list[YamlMap]]] = []
        level = top
        for row in rows:
            cells = self._cells("survey", row, SURVEY)
            if cells.get("disabled", ("", ""))[1].lower() in _YES:
                self._note(row.number, "disabled", "la ligne est désactivée")
                continue
            typed = self._type(row, cells)
            if isinstance(typed, BlockType):
                if typed.opens:
                    blocks.append((typed, row, level))
                    level = []
                    continue
                if not blocks or blocks[-1][0].kind != typed.kind:
                    raise self._fault(row, cells, "type", "rien à fermer ici", "un “begin” avant")
                opened, begun, outer = blocks.pop()
                outer.append(self._block(opened, begun, level))
                level = outer
                continue
            entry = self._question(row, cells, typed)
            if entry is not None:
                level.append(entry)
        if blocks:
            opened, begun, _ = blocks[-1]
            cells = self._cells("survey", begun, SURVEY)
            raise self._fault(
                begun, cells, "type", "ce qui s’ouvre ici n’est pas fermé", f"“end {opened.kind}”"
            )
        return top

    def _type(self, row: Row, cells: Mapping[str, tuple[str, str]]) -> BlockType | QuestionType:
        if "type" not in cells:
            raise self._fault(row, cells, "type", "le type manque", "un type de XLSForm")
        typed = read_type(cells["type"][1])
        if isinstance(typed, RefusedType):
            raise self._fault(
                row,
                cells,
                "type",
                f"« {typed.word} » : {typed.reason}",
                "un type que le PC connaît",
            )
        if isinstance(typed, QuestionType) and typed.lost:
            self._note(row.number, cells["type"][0], f"{typed.lost} n’existe pas sur un PC")
        return typed

    def _question(
        self, row: Row, cells: Mapping[str, tuple[str, str]], typed: QuestionType
    ) -> YamlMap | None:
        if not typed.type:
            return None
        word = cells["type"][1].strip().lower()
        if word == "csv-external":
            self._take_file(f"{cells.get('name', ('', ''))[1]}.csv")
            return None
        values = {column: given for column, given in cells.items() if column != "disabled"}
        if typed.type.partition(" ")[0].endswith("_from_file"):
            self._take_file(typed.type.partition(" ")[2].strip())
        rows = values.pop("rows", None)
        if rows is not None:
            appearance = values.get("appearance", ("appearance", ""))[1]
            values["appearance"] = (rows[0], f"{appearance} multiline".strip())
        values["type"] = (cells["type"][0], re.sub(r"\s+", " ", typed.type))
        for column, text in typed.brought.items():
            values.setdefault(column, (cells["type"][0], text))
        if values["type"][1].partition(" ")[0] in ("calculate", "hidden"):
            for column in ("hint", "image", "required", "appearance"):
                values.pop(column, None)
        if "parameters" in values:
            values["parameters"] = self._parameters(row, values["parameters"])
        for call in re.findall(
            r"pulldata\(\s*['\"]([^'\"]+)", " ".join(v for _, v in values.values())
        ):
            self._take_file(f"{call}.csv", optional=True)
        self._give_label(row, values)
        return self._entry(row, values)

    def _give_label(self, row: Row, values: dict[str, tuple[str, str]]) -> None:
        """XLSForm lets a question go without words; the hint or the name stands in for them."""
        silent = values["type"][1] in ("calculate", "hidden")
        if silent or "label" in values or "calculation" in values or "name" not in values:
            return
        values["label"] = values.get("hint", values["name"])
        self._note(row.number, "label", "la question n’a pas de libellé")

    def _parameters(self, row: Row, given: tuple[str, str]) -> tuple[str, str]:
        kept = []
        for part in re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", given[1]).strip()):
            if part.partition("=")[0] in ("app", "quality", "incremental"):
                self._note(row.number, given[0], f"« {part} » n’a pas de sens ici")
            else:
                kept.append(part)
        return given[0], " ".join(kept)

    def _block(self, opened: BlockType, begun: Row, children: list[YamlMap]) -> YamlMap:
        cells = dict(self._cells("survey", begun, SURVEY))
        cells["type"] = (cells["type"][0], opened.kind)
        allowed = {"type", "name", "label", "hint", "relevant", "appearance"}
        if opened.kind == "repeat":
            allowed |= {"repeat_count", "profile"}
        for column in list(cells):
            base = column.partition("::")[0]
            if base not in allowed:
                heading, _ = cells.pop(column)
                if base != "disabled":
                    self._note(begun.number, heading, "sans effet sur une rubrique")
        entry = self._entry(begun, cells)
        nodes = YamlList(entry.file, begun.number, tuple(children))
        return YamlMap(
            entry.file,
            entry.line,
            (*entry.entries, (YamlText(entry.file, begun.number, "children"), nodes)),
        )

    def _cells(self, sheet: str, row: Row, known: frozenset[str]) -> dict[str, tuple[str, str]]:
        """The cells of a row by column: the heading as written, and the text."""
        found: dict[str, tuple[str, str]] = {}
        for heading, text in row.cells.items():
            read = read_heading(heading, value_means_name=sheet == "choices")
            if not text.strip():
                continue
            if read.lost:
                self._note(row.number, heading, f"{read.lost} ne s’affiche pas ici")
            elif sheet == "survey" and read.column not in known:
                self._note(row.number, heading, "cette colonne est inconnue")
            elif read.column:
                if read.column == "image":
                    self._note(row.number, heading, "l’image est gardée, mais ne se montre pas ici")
                column = self._in_language(read)
                if column in _EXPRESSIONS:
                    text = _plain_quotes(text)
                elif column in TRANSLATED and self._is_french:
                    text = _french_spaces(text)
                found.setdefault(column, (heading, text.strip()))
        for column in ("required", "read_only"):
            if column in found:
                heading, text = found[column]
                low = text.lower()
                found[column] = (heading, "yes" if low in _YES else "no" if low in _NO else text)
        return found

    def _in_language(self, heading: Heading) -> str:
        if not heading.language or heading.language == self._own_language:
            return heading.column
        return f"{heading.column}::{heading.language}"

    def _entry(self, row: Row, cells: Mapping[str, tuple[str, str]]) -> YamlMap:
        file = self._file("survey")
        return YamlMap(
            file,
            row.number,
            tuple(
                (
                    YamlText(file, row.number, column, heading),
                    YamlText(file, row.number, text, heading),
                )
                for column, (heading, text) in cells.items()
            ),
        )

    def _plain_map(self, sheet: str, row: Row) -> YamlMap:
        file = self._file(sheet)
        return _map(
            file,
            row.number,
            [(key, YamlText(file, row.number, text, key)) for key, text in row.cells.items()],
        )

    def _choices(self) -> YamlMap:
        file = self._file("choices")
        lists: dict[str, list[YamlNode]] = {}
        for row in self._book.rows("choices"):
            cells = self._cells("choices", row, CHOICES)
            if "list_name" not in cells:
                self._note(row.number, "list_name", "ce choix n’est dans aucune liste")
                continue
            listed = cells.pop("list_name")[1]
            lists.setdefault(listed, []).append(
                _map(
                    file,
                    row.number,
                    [
                        (column, YamlText(file, row.number, text, heading))
                        for column, (heading, text) in cells.items()
                    ],
                )
            )
        return _map(file, 1, [(name, YamlList(file, 1, tuple(one))) for name, one in lists.items()])

    def _take_file(self, name: str, *, optional: bool = False) -> None:
        if name in self._beside:
            self._files[name] = self._beside[name]
        elif optional:
            self._note(0, name, "ce fichier n’est pas à côté du classeur")

    def _files_map(self) -> YamlMap:
        file = self._file("survey")
        return _map(
            file, 1, [(name, YamlText(file, 1, text)) for name, text in self._files.items()]
        )

    def _settings_map(self) -> YamlMap:
        file = self._file("settings")
        stem = PurePath(self._book.file).stem
        form_id = self._settings.get("form_id") or self._settings.get("id_string") or _as_name(stem)
        title = self._settings.get("form_title") or self._settings.get("title") or stem
        values = {
            "form_id": _as_name(form_id),
            "version": self._settings.get("version", "1"),
            "form_title": title,
            "worth": self._settings.get("worth", "preparation"),
            "default_language": self._own_language or "fr",
        }
        for key in ("summary", "number", *_SETTINGS_KEPT):
            if self._settings.get(key):
                values[key] = self._settings[key]
        known = {
            *values, "id_string", "title", "default_language", "style", "public_key",
            "submission_url", "auto_send", "auto_delete", "name",
        }  # fmt: skip
        for key in self._settings:
            if key not in known or key in ("public_key", "submission_url", "auto_send"):
                self._note(2, key, "ce réglage n’a pas d’effet ici")
        for row in self._book.rows("titles")[:1]:
            values.update(
                (key, text)
                for key, text in row.cells.items()
                if "::" in key and key.partition("::")[0].strip() in TRANSLATED_SETTINGS
            )
        return _map(file, 2, [(key, YamlText(file, 2, text, key)) for key, text in values.items()])

    def _fault(
        self,
        row: Row,
        cells: Mapping[str, tuple[str, str]],
        column: str,
        problem: str,
        expected: str,
    ) -> DefinitionError:
        heading = cells[column][0] if column in cells else column
        return DefinitionError(self._file("survey"), row.number, problem, expected, heading)


def _plain_quotes(text: str) -> str:
    """Quotes that a word processor made round, straightened where the expression needs it."""
    try:
        parse(text)
    except ExpressionError:
        return text.translate(_SMART_QUOTES)
    return text


def _french_spaces(text: str) -> str:
    """No-break spaces where French wants them: pyxform's reader makes plain ones of them all."""
    return re.sub(r"(?<=«) | (?=[?!:;»](?:\s|$|[.,)»]))", "\u00a0", text)


def _map(file: str, line: int, entries: list[tuple[str, YamlNode]]) -> YamlMap:
    return YamlMap(file, line, tuple((YamlText(file, line, key), node) for key, node in entries))


def _plain(node: YamlNode) -> Any:
    if isinstance(node, YamlText):
        return node.text
    if isinstance(node, YamlList):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node}


def _as_name(text: str) -> str:
    name = re.sub(r"[^\w.\-]+", "_", text.strip())
    return name if re.match(r"[^\W\d]", name) else f"f_{name}"
