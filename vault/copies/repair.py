"""Bringing what can still be read of a damaged vault into a new one, and saying what is missing.

The damaged vault is only read, from a copy. Rows whose page is lost are counted, and named, by the
indexes that still know them. What has lost the record it hangs on is kept under a stand-in: an
application is never thrown away because the page of its person is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vault.copies.copying import copy_flushed
from vault.copies.wreck import Wreck
from vault.creation import UNFINISHED, VAULT_SETTING, refuse_existing, remove_unfinished
from vault.database.folder_lock import FolderLock
from vault.database.refusals import flush_folder, reachable
from vault.database.schema import bring_forward
from vault.database.store import FILE_NAME, Store
from vault.errors import DatabaseDamaged, DatabaseMissing
from vault.identity import has_identity, make_identity
from vault.key_slots.accesses import Opened, open_with_passphrase, open_with_recovery
from vault.key_slots.key_slot import Role
from vault.key_slots.keyfile import KeyFile, read_sound_key_file, write_key_file
from vault.key_slots.recovery import RecoveryKey
from vault.opening import take_custody
from vault.records.columns import now
from vault.records.documents import Documents
from vault.records.journal import Action, Author, Journal
from vault.records.people import People
from vault.records.search import SearchIndex
from vault.records.settings import Settings
from vault.records.user_records import mirror
from vault.secret_memory import SecretKey
from vault.session import Custody, Session

COPY_NAME = f"{FILE_NAME}.damaged"
"""The copy that is read, removed at the end."""

STAND_IN_NAME = "Fiche illisible"
"""The family name given to a person whose own record is lost."""

_SEARCH = "search_words"


@dataclass(frozen=True)
class LostApplication:
    """An application whose record is lost; its title and its person where an index knows them."""

    title: str | None
    person: str | None


@dataclass(frozen=True)
class Repair:
    """What a repair brought over, and what is missing.

    Attributes:
        kept: how many rows of each table.
        lost: how many rows of each table are known to be missing; tables that lost none have no
            entry. Rows that no index knows any more are not counted.
        people: the sort key (no accents, no case) of each person whose record is lost.
        applications: those whose record is lost.
        stand_ins: how many people are there only because something of theirs is.
        documents: the names of documents whose bytes are lost.
        journal_breaks_at: the first line of the journal that no longer follows, if any.
        keys_renewed: whether the vault's own keys were lost and drawn anew: its card is to be
            made again, and bundles written to the old one no longer open.
        older_keys: whether `vault.keys` was damaged and the one before was taken.
    """

    kept: Mapping[str, int]
    lost: Mapping[str, int]
    people: tuple[str, ...]
    applications: tuple[LostApplication, ...]
    stand_ins: int
    documents: tuple[str, ...]
    journal_breaks_at: int | None
    keys_renewed: bool
    older_keys: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is known to be missing."""
        return not (self.lost or self.documents or self.stand_ins or self.keys_renewed)


@dataclass
class _Found:
    """State: what the copying met, table by table."""

    kept: dict[str, int] = field(default_factory=dict)
    lost: dict[str, set[int]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    applications: tuple[LostApplication, ...] = ()


def repair(
    damaged: Path,
    folder: Path,
    secret: str | RecoveryKey,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[Custody, Repair]:
    """Bring what can be read of a vault into a new one, and open it.

    Args:
        damaged: the damaged vault's folder; nothing in it changes.
        folder: the new vault's; made if missing, and holding no vault.
        secret: a passphrase, or the recovery key.
        progress: told how much is done, from 0 to 1; it may raise to give up.

    Raises:
        DatabaseMissing, KeyFileMissing, KeyFileDamaged, KeyFileTooNew, SchemaTooNew: there is
            nothing to begin with.
        WrongPassphrase: no slot opens.
        VaultExists: the new folder holds a vault.
        DatabaseDamaged: not even the first page, the tables' names or what the vault is can be
            read; nothing is left behind.
        VaultFolderUnwritable: the new folder cannot be written.
    """
    keys, older = read_sound_key_file(damaged)
    with reachable():
        if not (damaged / FILE_NAME).exists():
            raise DatabaseMissing
    opened = (
        open_with_recovery(keys, secret)
        if isinstance(secret, RecoveryKey)
        else open_with_passphrase(keys, secret)
    )
    refuse_existing(folder)
    key = SecretKey(bytes(bytearray(opened.data_key)))
    with reachable():
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
    try:
        _copy(damaged, folder, lambda done: progress(done * 0.2))
        report = _into_new(
            folder, key, keys, opened, older=older, progress=lambda done: progress(0.2 + done * 0.8)
        )
        with reachable():
            _forget_copy(folder)
            progress(1.0)
            # Last: until the database has its name, nothing was repaired.
            (folder / UNFINISHED).rename(folder / FILE_NAME)
            flush_folder(folder)
        passphrase = secret if isinstance(secret, str) else None
        custody = take_custody(folder, keys, opened, FolderLock(folder), passphrase)
    except BaseException:
        with reachable():
            _forget_copy(folder)
        remove_unfinished(folder, made=made)
        raise
    finally:
        key.wipe()
    return custody, report


def _copy(damaged: Path, folder: Path, progress: Callable[[float], None]) -> None:
    with reachable():
        copy_flushed(damaged / FILE_NAME, folder / COPY_NAME, progress)
        log = damaged / f"{FILE_NAME}-wal"
        if log.exists():
            copy_flushed(log, folder / f"{COPY_NAME}-wal", lambda _: None)


def _forget_copy(folder: Path) -> None:
    for name in (COPY_NAME, f"{COPY_NAME}-wal", f"{COPY_NAME}-shm"):
        (folder / name).unlink(missing_ok=True)


def _into_new(
    folder: Path,
    key: SecretKey,
    keys: KeyFile,
    opened: Opened,
    *,
    older: bool,
    progress: Callable[[float], None],
) -> Repair:
    wreck = Wreck(folder / COPY_NAME, key)
    try:
        with reachable():
            for leftover in (UNFINISHED, f"{UNFINISHED}-wal"):
                (folder / leftover).unlink(missing_ok=True)
        store = Store(folder / UNFINISHED, key)
        # Whatever their role will be in the new vault: nothing there is theirs yet.
        session = Session(opened.id, opened.name, Role.RESPONSIBLE)
        try:
            found = _bring_over(wreck, store, progress)
            write_key_file(folder, keys)
            bring_forward(store)
            with store.transaction():
                people = People(store, SearchIndex(store), session)
                stand_ins = _put_stand_ins(store, people)
                keys_renewed = _set_up(store, keys, key)
                people.index_anew()
                documents = _drop_broken_documents(store, found.names)
                broken = Journal(store, Author("")).first_break()
                lost = {table: len(rows) for table, rows in sorted(found.lost.items()) if rows}
                Journal(store, Author(session.user, session.user_id)).add(
                    Action.REPAIRED, detail={"lost": str(sum(lost.values()) + len(documents))}
                )
        finally:
            store.close()
    finally:
        wreck.close()
    return Repair(
        found.kept,
        lost,
        found.people,
        found.applications,
        stand_ins,
        documents,
        broken,
        keys_renewed,
        older,
    )


def _bring_over(wreck: Wreck, store: Store, progress: Callable[[float], None]) -> _Found:
    """Make the tables as they were, and fill them with the rows that can be read."""
    schema = wreck.schema()
    tables = [
        (name, sql)
        for type, name, sql in schema
        if type == "table" and not name.startswith((_SEARCH, "sqlite_"))
    ]
    found = _Found()
    store.run("PRAGMA foreign_keys = OFF")
    with store.transaction():
        for number, (name, sql) in enumerate(tables):
            progress(number / len(tables))
            store.run(sql)
            _fill(name, wreck, store, found)
        _name_the_lost(wreck, found, store)
        for type, _, sql in schema:
            if type == "index":
                store.run(sql)
        _make_search(schema, store)
        _complete_steps(store, wreck.version)
        store.run(f"PRAGMA user_version = {wreck.version}")
    store.run("PRAGMA foreign_keys = ON")
    return found


def _fill(table: str, wreck: Wreck, store: Store, found: _Found) -> None:
    columns = [str(row[1]) for row in store.rows(f"PRAGMA table_info({table})")]
    keyed = {str(row[1]) for row in store.rows(f"PRAGMA table_info({table})") if row[5]}
    marks = ", ".join("?" * (len(columns) + 1))
    read = set[int]()
    for rowid, row in wreck.rows(table, columns):
        store.run(
            f"INSERT OR IGNORE INTO {table} (rowid, {', '.join(columns)}) VALUES ({marks})",
            (rowid, *row),
        )
        read.add(rowid)
        if table == "documents":
            document = dict(zip(columns, row, strict=True))
            found.names[str(document["id"])] = str(document["name"])
    known = set[int]()
    for column in (*keyed, *_INDEXED.get(table, ())):
        known |= set(wreck.known(table, column))
    found.kept[table] = len(read)
    found.lost[table] = known - read


_INDEXED: Mapping[str, tuple[str, ...]] = {
    "people": ("sort_key",),
    "applications": ("person_id", "state", "form_title"),
    "documents": ("person_id", "application_id"),
    "journal": ("person_id", "application_id"),
}


def _name_the_lost(wreck: Wreck, found: _Found, store: Store) -> None:
    keys_by_row = wreck.known("people", "sort_key")
    found.people = tuple(
        str(keys_by_row[row]) for row in sorted(found.lost["people"]) if row in keys_by_row
    )
    lost = sorted(found.lost["applications"])
    titles = wreck.known("applications", "form_title")
    people = wreck.known("applications", "person_id")
    names = {
        str(id): f"{family} {given}"
        for id, family, given in store.rows("SELECT id, family_name, given_names FROM people")
    }
    found.applications = tuple(
        LostApplication(titles.get(row), names.get(str(people.get(row)))) for row in lost
    )


def _make_search(schema: list[tuple[str, str, str]], store: Store) -> None:
    """Make the search's table anew and fill it, then the triggers that keep it."""
    for kind, name, sql in schema:
        if (kind, name) == ("table", _SEARCH):
            store.run(sql)
            store.run(f"INSERT INTO {_SEARCH} ({_SEARCH}, rank) VALUES ('secure-delete', 1)")
            store.run(f"INSERT INTO {_SEARCH} ({_SEARCH}) VALUES ('rebuild')")
    for type, _, sql in schema:
        if type == "trigger":
            store.run(sql)


def _complete_steps(store: Store, version: int) -> None:
    """Note the migrations that the tables have been through, should their rows be lost."""
    from sqlite_utils import Database

    from vault.database.migrations import steps

    for step in steps.pending(Database(store.connection, execute_plugins=False)):
        if int(step.name[1:4]) <= version:
            store.run(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
                (steps.name, step.name, now()),
            )


def _put_stand_ins(store: Store, people: People) -> int:
    """Give a person to whatever has lost its own, and no application to what has lost it."""
    orphans = {
        str(row[0])
        for table in ("applications", "documents", "blank_copies")
        for row in store.rows(
            f"SELECT DISTINCT person_id FROM {table} WHERE person_id IS NOT NULL"
            " AND person_id NOT IN (SELECT id FROM people)"
        )
    }
    for id in sorted(orphans):
        people.add(family_name=STAND_IN_NAME, given_names=id[:8], id=id)
    for row in store.rows("PRAGMA foreign_key_check"):
        _let_go(store, str(row[0]), row[1], int(row[3]))
    return len(orphans)


def _let_go(store: Store, table: str, rowid: object, number: int) -> None:
    column = next(
        str(row[3]) for row in store.rows(f"PRAGMA foreign_key_list({table})") if row[0] == number
    )
    required = {row[1] for row in store.rows(f"PRAGMA table_info({table})") if row[3] or row[5]}
    if column in required:
        store.run(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
    else:
        store.run(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (rowid,))


def _set_up(store: Store, keys: KeyFile, key: SecretKey) -> bool:
    """Complete the settings and the users; return whether new keys were drawn."""
    settings = Settings(store)
    if settings.get(VAULT_SETTING, None) is None:
        raise DatabaseDamaged("what the vault is for cannot be read")
    renewed = not has_identity(settings)
    if renewed:
        make_identity(settings)
    mirror(store, keys, key.reveal())
    return renewed


def _drop_broken_documents(store: Store, names: Mapping[str, str]) -> tuple[str, ...]:
    """Take out the documents whose bytes are not what they were."""
    documents = Documents(store)
    broken = list(documents.damaged())
    for id in broken:
        documents.delete(id)
    return tuple(names.get(id, id) for id in broken)
