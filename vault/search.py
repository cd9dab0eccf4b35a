"""Search as one types: people and applications by the beginning of any word (FTS5)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from vault.store import Store

_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    }
)  # fmt: skip
_LONGEST_WORD = 40
_MOST_WORDS = 8


class HitKind(Enum):
    """What was found."""

    PERSON = "person"
    APPLICATION = "application"


@dataclass(frozen=True)
class Hit:
    """One record found.

    Attributes:
        title: the person's name, or the form's title.
        subtitle: the prison number, or the person's name.
        state: the application's state, None for a person.
    """

    kind: HitKind
    id: str
    person_id: str
    title: str
    subtitle: str
    state: str | None


def fold(text: str) -> str:
    """A text as it is compared: no accents, no case, ligatures undone (« Œillet » → « oeillet »).

    Anything that is neither a letter nor a digit becomes a space.
    """
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    spaced = "".join(letter if letter.isalnum() else " " for letter in letters)
    return " ".join(spaced.translate(_LETTERS).split())


class SearchIndex:
    """The words of every person and application, kept with them in the same transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, kind: HitKind, record_id: str, person_id: str, text: str) -> None:
        """Index a record's words in place of those it had."""
        with self._store.transaction():
            row = self._store.row("SELECT id FROM search_entries WHERE record_id = ?", (record_id,))
            if row is None:
                self._store.run(
                    "INSERT INTO search_entries (kind, record_id, person_id) VALUES (?, ?, ?)",
                    (kind.value, record_id, person_id),
                )
                row = self._store.row("SELECT last_insert_rowid()")
            assert row is not None
            self._replace_words(int(row[0]), kind, text)

    def rename_person(self, person_id: str, person_words: str) -> None:
        """Index a person's applications under their new name."""
        rows = self._store.rows(
            "SELECT e.id, a.form_title FROM search_entries e JOIN applications a"
            " ON a.id = e.record_id WHERE e.person_id = ? AND e.kind = ?",
            (person_id, HitKind.APPLICATION.value),
        )
        for entry_id, form_title in rows:
            self._replace_words(int(entry_id), HitKind.APPLICATION, f"{form_title} {person_words}")

    def remove(self, record_id: str) -> None:
        """Forget a record's words."""
        self._remove_where("record_id", record_id)

    def remove_person(self, person_id: str) -> None:
        """Forget the words of a person and of their applications."""
        self._remove_where("person_id", person_id)

    def find(self, text: str, *, limit: int) -> list[Hit]:
        """Records that have, for each word typed, a word beginning with it; people first."""
        words = [word[:_LONGEST_WORD] for word in fold(text).split()[:_MOST_WORDS]]
        if not words:
            return []
        typed = " AND ".join(f'words : "{word}" *' for word in words)
        hits = [
            Hit(HitKind.PERSON, row[0], row[0], f"{row[1].upper()} {row[2]}", row[3] or "", None)
            for row in self._store.rows(
                "SELECT p.id, p.family_name, p.given_names, p.prison_number"
                " FROM search_words w JOIN search_entries e ON e.id = w.rowid"
                " JOIN people p ON p.id = e.record_id WHERE search_words MATCH ? LIMIT ?",
                (f"kind : person AND {typed}", limit),
            )
        ]
        hits.sort(key=lambda hit: fold(hit.title))
        if len(hits) < limit:
            hits += [
                Hit(
                    HitKind.APPLICATION,
                    row[0],
                    row[1],
                    row[2],
                    f"{row[3].upper()} {row[4]}",
                    row[5],
                )
                for row in self._store.rows(
                    "SELECT a.id, a.person_id, a.form_title, p.family_name, p.given_names, a.state"
                    " FROM search_words w JOIN search_entries e ON e.id = w.rowid"
                    " JOIN applications a ON a.id = e.record_id"
                    " JOIN people p ON p.id = a.person_id WHERE search_words MATCH ? LIMIT ?",
                    (f"kind : application AND {typed}", limit - len(hits)),
                )
            ]
        return hits

    def _replace_words(self, entry_id: int, kind: HitKind, text: str) -> None:
        self._store.run("DELETE FROM search_words WHERE rowid = ?", (entry_id,))
        self._store.run(
            "INSERT INTO search_words (rowid, kind, words) VALUES (?, ?, ?)",
            (entry_id, kind.value, fold(text)),
        )

    def _remove_where(self, column: str, value: str) -> None:
        with self._store.transaction():
            rows = self._store.rows(f"SELECT id FROM search_entries WHERE {column} = ?", (value,))
            for (entry_id,) in rows:
                self._store.run("DELETE FROM search_words WHERE rowid = ?", (entry_id,))
                self._store.run("DELETE FROM search_entries WHERE id = ?", (entry_id,))
