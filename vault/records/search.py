"""Search as one types: people and applications by the beginning of any word (FTS5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from vault.database.store import Row, Store

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
_APPLICATION = "a.id, a.person_id, a.form_title, p.family_name, p.given_names, a.state"


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
    """The words of every person, kept with them in the same transaction.

    Applications have none of their own: each is found by its form's title, of which a vault has
    a few dozen, and by its person's words.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def put_person(self, person_id: str, text: str) -> None:
        """Index a person's words; those of an erased person go with the person."""
        self._store.run(
            "INSERT INTO search_entries (person_id, words) VALUES (?, ?)"
            " ON CONFLICT (person_id) DO UPDATE SET words = excluded.words"
            " WHERE words <> excluded.words",
            (person_id, fold(text)),
        )

    def strays(self) -> int:
        """How many people are not indexed."""
        row = self._store.row(
            "SELECT count(*) FROM people p LEFT JOIN search_entries e ON e.person_id = p.id"
            " WHERE e.person_id IS NULL"
        )
        return int(row[0]) if row else 0

    def find(self, text: str, *, limit: int) -> list[Hit]:
        """Records that have, for each word typed, a word beginning with it.

        First the people whose name begins as typed, then other people, then applications.
        """
        words = [word[:_LONGEST_WORD] for word in fold(text).split()[:_MOST_WORDS]]
        if not words:
            return []
        hits = self._names_beginning(" ".join(words), limit)
        if len(hits) < limit:
            named = {hit.id for hit in hits}
            others = self._people(words, limit)
            hits += [hit for hit in others if hit.id not in named][: limit - len(hits)]
        if len(hits) < limit:
            hits += self._applications(words, limit - len(hits))
        return hits

    def _names_beginning(self, typed: str, limit: int) -> list[Hit]:
        rows = self._store.rows(
            f"SELECT {_PERSON} FROM people p WHERE p.sort_key >= ? AND p.sort_key < ?"
            " ORDER BY p.sort_key, p.id LIMIT ?",
            (typed, typed + _LAST_CHARACTER, limit),
        )
        return [_person_hit(row) for row in rows]

    def _people(self, words: list[str], limit: int) -> list[Hit]:
        rows = self._store.rows(
            f"SELECT {_PERSON} FROM search_words w JOIN search_entries e ON e.id = w.rowid"
            " JOIN people p ON p.id = e.person_id WHERE search_words MATCH ? LIMIT ?",
            (_query(words), limit),
        )
        return sorted((_person_hit(row) for row in rows), key=lambda hit: fold(hit.title))

    def _applications(self, words: list[str], limit: int) -> list[Hit]:
        hits: list[Hit] = []
        for asked, titles in self._titles_by_what_they_lack(words).items():
            left = limit - len(hits)
            if left <= 0:
                break
            hits += self._of_people(asked, titles, left) if asked else self._of_forms(titles, left)
        return hits

    def _titles_by_what_they_lack(self, words: list[str]) -> dict[tuple[str, ...], list[str]]:
        """The titles there are, by the words typed that none of their own begins with.

        Those that have the most of what was typed come first.
        """
        by_lack: dict[tuple[str, ...], list[str]] = {}
        for title in self._titles():
            own = fold(title).split()
            lack = tuple(word for word in words if not any(w.startswith(word) for w in own))
            by_lack.setdefault(lack, []).append(title)
        return dict(sorted(by_lack.items(), key=lambda item: len(item[0])))

    def _titles(self) -> list[str]:
        # One step of the index for each title, not for each application as DISTINCT would take.
        rows = self._store.rows(
            "WITH RECURSIVE titles (title) AS ("
            " SELECT min(form_title) FROM applications UNION ALL"
            " SELECT (SELECT min(form_title) FROM applications WHERE form_title > title)"
            " FROM titles WHERE title IS NOT NULL)"
            " SELECT title FROM titles WHERE title IS NOT NULL"
        )
        return [str(row[0]) for row in rows]

    def _of_forms(self, titles: list[str], limit: int) -> list[Hit]:
        """Applications with one of these titles, the latest begun first for each."""
        rows: list[Row] = []
        for title in titles:
            rows += self._store.rows(
                f"SELECT {_APPLICATION} FROM applications a JOIN people p ON p.id = a.person_id"
                " WHERE a.form_title = ? ORDER BY a.rowid DESC LIMIT ?",
                (title, limit - len(rows)),
            )
        return [_application_hit(row) for row in rows]

    def _of_people(self, asked: tuple[str, ...], titles: list[str], limit: int) -> list[Hit]:
        """Applications with one of these titles, of people who have the words asked for."""
        rows = self._store.rows(
            f"SELECT {_APPLICATION}"
            " FROM search_words w JOIN search_entries e ON e.id = w.rowid"
            " JOIN applications a ON a.person_id = e.person_id"
            " JOIN people p ON p.id = a.person_id WHERE search_words MATCH ?"
            f" AND a.form_title IN ({', '.join('?' * len(titles))}) LIMIT ?",
            (_query(asked), *titles, limit),
        )
        return [_application_hit(row) for row in rows]


def _query(words: Sequence[str]) -> str:
    return " AND ".join(f'"{word}" *' for word in words)


def _person_hit(row: Row) -> Hit:
    return Hit(HitKind.PERSON, row[0], row[0], f"{row[1].upper()} {row[2]}", row[3] or "", None)


def _application_hit(row: Row) -> Hit:
    person = f"{row[3].upper()} {row[4]}"
    return Hit(HitKind.APPLICATION, row[0], row[1], row[2], person, row[5])
