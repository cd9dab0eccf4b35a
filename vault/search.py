"""Search as one types: people and applications by the beginning of any word (FTS5)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from vault.store import Row, Store

_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    }
)  # fmt: skip
_LONGEST_WORD = 40
_MOST_WORDS = 8
_LAST_CHARACTER = chr(0x10FFFF)
_PERSON = "p.id, p.family_name, p.given_names, p.prison_number"


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
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    bare = unicodedata.normalize("NFKD", plain)
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    spaced = "".join(letter if letter.isalnum() else " " for letter in letters)
    return " ".join(spaced.translate(_LETTERS).split())


class SearchIndex:
    """The words of every person and application, kept with them in the same transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put_person(self, person_id: str, text: str) -> None:
        """Index a person's words, and their applications under them."""
        words = fold(text)
        with self._store.transaction():
            if self._words_of(person_id) == words:
                return
            self._put(HitKind.PERSON, person_id, person_id, words)
            titles = self._store.rows(
                "SELECT id, form_title FROM applications WHERE person_id = ?", (person_id,)
            )
            for application_id, title in titles:
                self._put(HitKind.APPLICATION, application_id, person_id, f"{fold(title)} {words}")

    def put_application(self, application_id: str, person_id: str, title: str) -> None:
        """Index an application under its form's title and its person's words."""
        with self._store.transaction():
            words = f"{fold(title)} {self._words_of(person_id) or ''}"
            self._put(HitKind.APPLICATION, application_id, person_id, words)

    def strays(self) -> int:
        """How many people and applications are not indexed, or are without being there."""
        row = self._store.row(
            "SELECT count(*) FROM (SELECT id FROM people UNION ALL SELECT id FROM applications) r"
            " FULL JOIN search_entries e ON e.record_id = r.id"
            " WHERE r.id IS NULL OR e.record_id IS NULL"
        )
        return int(row[0]) if row else 0

    def remove(self, record_id: str) -> None:
        """Forget a record's words; those of an erased person go with the person."""
        self._store.run("DELETE FROM search_entries WHERE record_id = ?", (record_id,))

    def find(self, text: str, *, limit: int) -> list[Hit]:
        """Records that have, for each word typed, a word beginning with it.

        First the people whose name begins as typed, then other people, then applications.
        """
        words = [word[:_LONGEST_WORD] for word in fold(text).split()[:_MOST_WORDS]]
        if not words:
            return []
        typed = " AND ".join(f'words : "{word}" *' for word in words)
        hits = self._names_beginning(" ".join(words), limit)
        if len(hits) < limit:
            named = {hit.id for hit in hits}
            others = self._people(typed, limit)
            hits += [hit for hit in others if hit.id not in named][: limit - len(hits)]
        if len(hits) < limit:
            hits += self._applications(typed, limit - len(hits))
        return hits

    def _names_beginning(self, typed: str, limit: int) -> list[Hit]:
        rows = self._store.rows(
            f"SELECT {_PERSON} FROM people p WHERE p.sort_key >= ? AND p.sort_key < ?"
            " ORDER BY p.sort_key, p.id LIMIT ?",
            (typed, typed + _LAST_CHARACTER, limit),
        )
        return [_person_hit(row) for row in rows]

    def _people(self, typed: str, limit: int) -> list[Hit]:
        rows = self._store.rows(
            f"SELECT {_PERSON} FROM search_words w JOIN search_entries e ON e.id = w.rowid"
            " JOIN people p ON p.id = e.record_id WHERE search_words MATCH ? LIMIT ?",
            (f"kind : person AND {typed}", limit),
        )
        return sorted((_person_hit(row) for row in rows), key=lambda hit: fold(hit.title))

    def _applications(self, typed: str, limit: int) -> list[Hit]:
        rows = self._store.rows(
            "SELECT a.id, a.person_id, a.form_title, p.family_name, p.given_names, a.state"
            " FROM search_words w JOIN search_entries e ON e.id = w.rowid"
            " JOIN applications a ON a.id = e.record_id"
            " JOIN people p ON p.id = a.person_id WHERE search_words MATCH ? LIMIT ?",
            (f"kind : application AND {typed}", limit),
        )
        return [
            Hit(HitKind.APPLICATION, row[0], row[1], row[2], f"{row[3].upper()} {row[4]}", row[5])
            for row in rows
        ]

    def _words_of(self, record_id: str) -> str | None:
        row = self._store.row("SELECT words FROM search_entries WHERE record_id = ?", (record_id,))
        return str(row[0]) if row else None

    def _put(self, kind: HitKind, record_id: str, person_id: str, words: str) -> None:
        self._store.run(
            "INSERT INTO search_entries (kind, record_id, person_id, words) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (record_id) DO UPDATE SET words = excluded.words",
            (kind.value, record_id, person_id, words),
        )


def _person_hit(row: Row) -> Hit:
    return Hit(HitKind.PERSON, row[0], row[0], f"{row[1].upper()} {row[2]}", row[3] or "", None)
