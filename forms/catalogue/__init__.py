"""The catalogue: one folder a form, with its definition, guide, official mapping or letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from forms.definition import Form, Worth
from forms.errors import UnknownForm
from forms.filling import Filling
from forms.guide import Guide, read_guide
from forms.letter import LetterTemplate, check_letter, read_letter
from forms.official import OfficialMapping, check_mapping, read_official
from forms.reader import read_form
from forms.yaml_nodes import read_yaml


@dataclass(frozen=True)
class Entry:
    """One form of the catalogue, as listed.

    Attributes:
        summary: one sentence that says what it is for.
    """

    id: str
    title: str
    number: str
    worth: Worth
    version: str
    summary: str


class Catalogue:
    """The forms of one folder; each file is read once, when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: tuple[Entry, ...] | None = None
        self._forms: dict[str, Form] = {}
        self._guides: dict[str, Guide] = {}
        self._officials: dict[str, OfficialMapping | None] = {}
        self._letters: dict[str, LetterTemplate | None] = {}

    def entries(self) -> tuple[Entry, ...]:
        """The forms, in alphabetical order of their titles.

        Raises:
            DefinitionError: the settings of one cannot be read.
        """
        if self._entries is None:
            folders = sorted(path.parent for path in self._folder.glob("*/form.yaml"))
            entries = [self._entry(folder.name) for folder in folders]
            self._entries = tuple(sorted(entries, key=lambda entry: entry.title.casefold()))
        return self._entries

    def form(self, form_id: str) -> Form:
        """The definition of a form.

        Raises:
            UnknownForm: there is none with this identifier.
            DefinitionError: it has a fault.
        """
        if form_id not in self._forms:
            self._forms[form_id] = read_form(
                self._text(form_id, "form.yaml"), file=f"{form_id}/form.yaml"
            )
        return self._forms[form_id]

    def guide(self, form_id: str) -> Guide:
        """The guide of a form; raises as `form`."""
        if form_id not in self._guides:
            self._guides[form_id] = read_guide(
                self._text(form_id, "guide.md"), file=f"{form_id}/guide.md"
            )
        return self._guides[form_id]

    def official(self, form_id: str) -> OfficialMapping | None:
        """Where the answers of a form go on its official PDF, if it has one; raises as `form`."""
        if form_id not in self._officials:
            file = f"{form_id}/official.yaml"
            mapping = None
            if self._has(form_id, "official.yaml"):
                mapping = read_official(self._text(form_id, "official.yaml"), file=file)
                check_mapping(mapping, self._empty(form_id), file=file)
            self._officials[form_id] = mapping
        return self._officials[form_id]

    def letter(self, form_id: str) -> LetterTemplate | None:
        """The letter a form writes, if it is one; raises as `form`."""
        if form_id not in self._letters:
            file = f"{form_id}/letter.yaml"
            template = None
            if self._has(form_id, "letter.yaml"):
                template = read_letter(self._text(form_id, "letter.yaml"), file=file)
                check_letter(template, self._empty(form_id), file=file)
            self._letters[form_id] = template
        return self._letters[form_id]

    def _entry(self, form_id: str) -> Entry:
        text = self._text(form_id, "form.yaml")
        settings = read_yaml(text, file=f"{form_id}/form.yaml").map("settings")
        return Entry(
            form_id,
            settings.text("form_title"),
            settings.text("number", ""),
            Worth(settings.text("worth")),
            settings.text("version"),
            settings.text("summary", ""),
        )

    def _empty(self, form_id: str) -> Filling:
        return Filling(self.form(form_id), {}, today=date(2026, 1, 1))

    def _has(self, form_id: str, name: str) -> bool:
        if not (self._folder / form_id / "form.yaml").is_file():
            raise UnknownForm(form_id)
        return (self._folder / form_id / name).is_file()

    def _text(self, form_id: str, name: str) -> str:
        # An identifier may come from outside: it never leaves the catalogue's folder.
        if not form_id or Path(form_id).name != form_id:
            raise UnknownForm(form_id)
        try:
            return (self._folder / form_id / name).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            raise UnknownForm(form_id) from None


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with the program."""
    return Catalogue(Path(__file__).parent)
