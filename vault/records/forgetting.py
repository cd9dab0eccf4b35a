"""Taking every trace of some people and applications out of the tables, the journal aside.

Tables are found by their columns, so that a new one that names a person is not forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from vault.database.store import Store
from vault.records.columns import from_json, to_json

_GONE = object()
# The journal is emptied line by line; a bundle stays known, not to be taken in twice.
_APART = ("applications", "bundles", "journal", "people")


def applications_of(store: Store, people: Collection[str]) -> list[str]:
    """The applications of some people."""
    return [
        row[0]
        for id in people
        for row in store.rows("SELECT id FROM applications WHERE person_id = ?", (id,))
    ]


def forget(store: Store, people: Collection[str], applications: Collection[str]) -> None:
    """Take out every row and every setting about people and applications.

    Args:
        store: the database, in a transaction.
        people: their identifiers.
        applications: theirs, those of the people included.
    """
    for column, ids in (("application_id", applications), ("person_id", people)):
        for table in _tables_with(store, column):
            for id in ids:
                store.run(f"DELETE FROM {table} WHERE {column} = ?", (id,))
    for id in applications:
        store.run("DELETE FROM applications WHERE id = ?", (id,))
        _forget_in_bundles(store, id)
        _forget_in_receipts(store, id)
    for id in people:
        store.run(
            "UPDATE bundles SET person_id = NULL, file_name = number || '.liasse'"
            " WHERE person_id = ?",
            (id,),
        )
        store.run("DELETE FROM people WHERE id = ?", (id,))
    for id in (*people, *applications):
        _forget_in_settings(store, id)


def _tables_with(store: Store, column: str) -> Iterator[str]:
    for (table,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        named = {row[1] for row in store.rows(f"PRAGMA table_info({table})")}
        if column in named and table not in _APART:
            yield table


def _forget_in_bundles(store: Store, application_id: str) -> None:
    for id, number, listed in store.rows(
        "SELECT id, number, application_ids FROM bundles WHERE instr(application_ids, ?)",
        (application_id,),
    ):
        left = [one for one in from_json(listed) if one != application_id]
        # The file's name was its sender's choice.
        store.run(
            "UPDATE bundles SET application_ids = ?, file_name = ? WHERE id = ?",
            (to_json(left), f"{number}.liasse", id),
        )


def _forget_in_receipts(store: Store, application_id: str) -> None:
    for id, outcomes in store.rows(
        "SELECT id, outcomes FROM receipts WHERE instr(outcomes, ?)", (application_id,)
    ):
        left = without(from_json(outcomes), application_id)
        store.run("UPDATE receipts SET outcomes = ? WHERE id = ?", (to_json(left or []), id))


def _forget_in_settings(store: Store, id: str) -> None:
    for key, value in store.rows(
        "SELECT key, value FROM settings WHERE instr(key, ?) OR instr(value, ?)", (id, id)
    ):
        left = _without(from_json(value), id)
        if id in key or left is _GONE:
            store.run("DELETE FROM settings WHERE key = ?", (key,))
        else:
            store.run("UPDATE settings SET value = ? WHERE key = ?", (to_json(left), key))


def without(value: Any, id: str) -> Any:
    """A JSON value less all that is about an identifier; None when nothing is left.

    An object that names it in one of its fields goes whole; in one of its keys, that key alone.
    """
    left = _without(value, id)
    return None if left is _GONE else left


def _without(value: Any, id: str) -> Any:
    if isinstance(value, str):
        return _GONE if id in value else value
    if isinstance(value, list):
        return [left for left in (_without(one, id) for one in value) if left is not _GONE]
    if isinstance(value, dict):
        left = {key: _without(one, id) for key, one in value.items() if id not in key}
        named = any(one is _GONE and isinstance(value[key], str) for key, one in left.items())
        if named:
            return _GONE
        return {key: one for key, one in left.items() if one is not _GONE}
    return value
