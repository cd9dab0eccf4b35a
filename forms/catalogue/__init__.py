"""The catalogue: the program's own forms, and those brought to this PC; the newest version wins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from forms.catalogue.shelf import Entry, FolderTexts, FormTexts, Shelf
from forms.definition import Form
from forms.errors import UnknownForm
from forms.guide import Guide
from forms.letter import LetterTemplate
from forms.official import OfficialMapping
from forms.online import OnlineFiling

__all__ = ["Catalogue", "Entry", "FormTexts", "catalogue", "version_order", "with_local_forms"]


class Catalogue:
    """State: several shelves of definitions, seen as one."""

    def __init__(self, *shelves: Shelf) -> None:
        self._shelves = shelves
        self._where: dict[str, Shelf] | None = None

    def refresh(self) -> None:
        """See what was brought or taken away since."""
        self._where = None
        for shelf in self._shelves[1:]:
            shelf.forget()

    def entries(self) -> tuple[Entry, ...]:
        """The forms, in alphabetical order of their titles.

        Raises:
            DefinitionError: the settings of one cannot be read.
        """
        found = [shelf.entries()[form_id] for form_id, shelf in self._places().items()]
        return tuple(sorted(found, key=lambda entry: entry.title.casefold()))

    def entry(self, form_id: str) -> Entry:
        """One form as listed; raises as `form`."""
        return self._shelf(form_id).entries()[form_id]

    def files(self, form_id: str) -> Mapping[str, str]:
        """The texts of a form; raises as `form`."""
        return self._shelf(form_id).files(form_id)

    def form(self, form_id: str) -> Form:
        """The definition of a form.

        Raises:
            UnknownForm: there is none with this identifier.
            DefinitionError: it has a fault.
        """
        return self._shelf(form_id).form(form_id)

    def guide(self, form_id: str) -> Guide:
        """The guide of a form; raises as `form`."""
        return self._shelf(form_id).guide(form_id)

    def official(self, form_id: str) -> OfficialMapping | None:
        """Where the answers of a form go on its official PDF, if it has one; raises as `form`."""
        return self._shelf(form_id).official(form_id)

    def letter(self, form_id: str) -> LetterTemplate | None:
        """The letter a form writes, if it is one; raises as `form`."""
        return self._shelf(form_id).letter(form_id)

    def online(self, form_id: str) -> OnlineFiling | None:
        """Where a form is filed online, if anywhere; raises as `form`."""
        return self._shelf(form_id).online(form_id)

    def _shelf(self, form_id: str) -> Shelf:
        shelf = self._places().get(form_id)
        if shelf is None:
            raise UnknownForm(form_id)
        return shelf

    def _places(self) -> dict[str, Shelf]:
        if self._where is None:
            found: dict[str, Shelf] = {}
            for shelf in self._shelves:
                for form_id, entry in shelf.entries().items():
                    other = found.get(form_id)
                    if other is None or version_order(entry.version) > version_order(
                        other.entries()[form_id].version
                    ):
                        found[form_id] = shelf
            self._where = found
        return self._where


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """What to sort versions by: « 2026.9 » comes before « 2026.11 »."""
    return tuple(
        (int(part), "") if part.isdecimal() else (-1, part)
        for part in re.split(r"[.\-_ ]", version.strip())
    )


@cache
def _own_shelf() -> Shelf:
    return Shelf(FolderTexts(Path(__file__).parent))


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with the program."""
    return Catalogue(_own_shelf())


def with_local_forms(texts: FormTexts) -> Catalogue:
    """The program's forms and those of another place; the newer version of a form wins."""
    return Catalogue(_own_shelf(), Shelf(texts, local=True))
