"""Definitions kept in a vault: those from outside, and each version a draft was begun with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vault.database.store import Store
from vault.records.columns import from_json, now, to_json

_COLUMNS = "form_id, version, files, issuer, listed, added_at"


@dataclass(frozen=True)
class StoredForm:
    """One version of a form.

    Attributes:
        files: the texts of its folder by name: `form.yaml`, `guide.md`…
        issuer: the contact whose signed pack it came in, "local" when made or imported here, ""
            when it is the program's own, kept because a draft was begun with it.
        listed: whether the catalogue proposes it.
    """

    form_id: str
    version: str
    files: Mapping[str, str]
    issuer: str
    listed: bool
    added_at: str


class StoredForms:
    """The definitions of one vault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(
        self, form_id: str, version: str, files: Mapping[str, str], *, issuer: str, listed: bool
    ) -> StoredForm:
        """Keep a version of a form, in place of the same version; a listed one replaces others."""
        form = StoredForm(form_id, version, dict(files), issuer, listed, now())
        if listed:
            self._store.run("UPDATE forms SET listed = 0 WHERE form_id = ?", (form_id,))
        self._store.run(
            f"INSERT OR REPLACE INTO forms ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            (form_id, version, to_json(form.files), issuer, int(listed), form.added_at),
        )
        return form

    def remember(self, form_id: str, version: str, files: Mapping[str, str]) -> None:
        """Keep the definition a draft is begun with, unless this version is already here."""
        if self.find(form_id, version) is None:
            self.put(form_id, version, files, issuer="", listed=False)

    def find(self, form_id: str, version: str) -> StoredForm | None:
        """One version of a form, if it is here."""
        row = self._store.row(
            f"SELECT {_COLUMNS} FROM forms WHERE form_id = ? AND version = ?", (form_id, version)
        )
        return None if row is None else _form(row)

    def versions(self, form_id: str) -> list[StoredForm]:
        """Every version of a form that is here, the last kept first."""
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM forms WHERE form_id = ? ORDER BY added_at DESC, version DESC",
            (form_id,),
        )
        return [_form(row) for row in rows]

    def listed(self) -> list[StoredForm]:
        """The forms that the catalogue proposes beside the program's own."""
        rows = self._store.rows(f"SELECT {_COLUMNS} FROM forms WHERE listed = 1 ORDER BY form_id")
        return [_form(row) for row in rows]

    def unlist(self, form_id: str) -> None:
        """Propose a form no more; what was filled with it keeps it."""
        self._store.run("UPDATE forms SET listed = 0 WHERE form_id = ?", (form_id,))


def _form(row: tuple[object, ...]) -> StoredForm:
    form_id, version, files, issuer, listed, added_at = row
    return StoredForm(
        str(form_id), str(version), from_json(str(files)), str(issuer), bool(listed), str(added_at)
    )
