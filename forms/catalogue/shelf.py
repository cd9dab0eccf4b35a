"""One place where definitions stand, by form; each text is read once, when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import yaml

from forms.definition import Form, Worth
from forms.errors import UnknownForm
from forms.filling import Filling
from forms.guide import Guide, read_guide
from forms.letter import LetterTemplate, check_letter, read_letter
from forms.official import OfficialMapping, check_mapping, read_official
from forms.online import OnlineFiling
from forms.online_reader import check_online, read_online
from forms.reader import read_form
from forms.translations import languages_named
from forms.yaml_nodes import read_yaml


@dataclass(frozen=True)
class Entry:
    """One form of the catalogue, as listed.

    Attributes:
        summary: one sentence that says what it is for.
        local: whether it was brought to this PC, beside the program's own.
        languages: those it is translated into, beside its own.
    """

    id: str
    title: str
    number: str
    worth: Worth
    version: str
    summary: str
    local: bool = False
    languages: tuple[str, ...] = ()


class FormTexts(Protocol):
    """Where a shelf takes its texts."""

    def ids(self) -> Iterable[str]:
        """The forms that are there."""
        ...

    def files(self, form_id: str) -> Mapping[str, str]:
        """The texts of a form by file name; none for an unknown form."""
        ...


class FolderTexts:
    """The definitions of a folder: one folder a form."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ids(self) -> list[str]:
        """The folders that hold a definition."""
        return sorted(path.parent.name for path in self._folder.glob("*/form.yaml"))

    def files(self, form_id: str) -> dict[str, str]:
        """The texts of a form's folder."""
        # An identifier may come from outside: it never leaves the folder.
        if not form_id or Path(form_id).name != form_id:
            return {}
        return {
            path.name: path.read_text(encoding="utf-8")
            for path in sorted((self._folder / form_id).glob("*"))
            if path.suffix in (".yaml", ".md", ".csv")
        }


class Shelf:
    """State: the definitions of one place, and those already read."""

    def __init__(self, texts: FormTexts, *, local: bool = False) -> None:
        self._texts = texts
        self._local = local
        self.forget()

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._files: dict[str, Mapping[str, str]] = {}
        self._entries: dict[str, Entry] | None = None
        self._forms: dict[str, Form] = {}
        self._guides: dict[str, Guide] = {}
        self._officials: dict[str, OfficialMapping | None] = {}
        self._letters: dict[str, LetterTemplate | None] = {}
        self._onlines: dict[str, OnlineFiling | None] = {}

    def entries(self) -> Mapping[str, Entry]:
        """The forms that stand here, by identifier.

        Raises:
            DefinitionError: the settings of one cannot be read.
        """
        if self._entries is None:
            self._entries = {form_id: self._entry(form_id) for form_id in self._texts.ids()}
        return self._entries

    def files(self, form_id: str) -> Mapping[str, str]:
        """The texts of a form; raises as `form`."""
        if form_id not in self._files:
            files = self._texts.files(form_id)
            if "form.yaml" not in files:
                raise UnknownForm(form_id)
            self._files[form_id] = files
        return self._files[form_id]

    def form(self, form_id: str) -> Form:
        """The definition of a form.

        Raises:
            UnknownForm: there is none with this identifier.
            DefinitionError: it has a fault.
        """
        if form_id not in self._forms:
            text = whole_definition(self.files(form_id))
            self._forms[form_id] = read_form(text, file=f"{form_id}/form.yaml")
        return self._forms[form_id]

    def guide(self, form_id: str) -> Guide:
        """The guide of a form, empty where it has none; raises as `form`."""
        if form_id not in self._guides:
            text = self.files(form_id).get("guide.md", "")
            self._guides[form_id] = read_guide(text, file=f"{form_id}/guide.md")
        return self._guides[form_id]

    def official(self, form_id: str) -> OfficialMapping | None:
        """Where the answers of a form go on its official PDF, if it has one; raises as `form`."""
        if form_id not in self._officials:
            file, mapping = f"{form_id}/official.yaml", None
            text = self.files(form_id).get("official.yaml")
            if text is not None:
                mapping = read_official(text, file=file)
                check_mapping(mapping, self._empty(form_id), file=file)
            self._officials[form_id] = mapping
        return self._officials[form_id]

    def letter(self, form_id: str) -> LetterTemplate | None:
        """The letter a form writes, if it is one; raises as `form`."""
        if form_id not in self._letters:
            file, template = f"{form_id}/letter.yaml", None
            text = self.files(form_id).get("letter.yaml")
            if text is not None:
                template = read_letter(text, file=file)
                check_letter(template, self._empty(form_id), file=file)
            self._letters[form_id] = template
        return self._letters[form_id]

    def online(self, form_id: str) -> OnlineFiling | None:
        """Where a form is filed online, if anywhere; raises as `form`."""
        if form_id not in self._onlines:
            file, filing = f"{form_id}/online.yaml", None
            text = self.files(form_id).get("online.yaml")
            if text is not None:
                filing = read_online(text, file=file)
                check_online(filing, self._empty(form_id), file=file)
            self._onlines[form_id] = filing
        return self._onlines[form_id]

    def _entry(self, form_id: str) -> Entry:
        root = read_yaml(self.files(form_id)["form.yaml"], file=f"{form_id}/form.yaml")
        settings = root.map("settings")
        return Entry(
            form_id,
            settings.text("form_title"),
            settings.text("number", ""),
            Worth(settings.text("worth")),
            settings.text("version"),
            settings.text("summary", ""),
            self._local,
            languages_named(root),
        )

    def _empty(self, form_id: str) -> Filling:
        return Filling(self.form(form_id), {}, today=date(2026, 1, 1))


def whole_definition(files: Mapping[str, str]) -> str:
    """A definition with the CSV lists that stand beside it, so that it can travel alone."""
    lists = {name: text for name, text in files.items() if name.endswith(".csv")}
    if not lists:
        return files["form.yaml"]
    block = yaml.safe_dump({"files": lists}, allow_unicode=True, sort_keys=True)
    return f"{files['form.yaml'].rstrip()}\n\n{block}"
