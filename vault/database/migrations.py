"""The tables of a vault, as numbered steps forward; a newer vault is refused, never guessed at.

Written with sqlite-utils, whose import takes a third of a second: this module is only loaded
when a vault is created or is older than the program.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

steps = Migrations("vault")


@steps()
def m001_first_tables(db: Database) -> None:
    """People, applications, documents, exchanges, journal, settings, search."""
    db.table("people").create(
        {
            "id": str,
            "family_name": str,
            "given_names": str,
            "birth_date": str,
            "prison_number": str,
            "sort_key": str,
            "profile": str,
            "created_at": str,
            "updated_at": str,
        },
        pk="id",
        not_null={"family_name", "given_names", "sort_key", "profile", "created_at", "updated_at"},
    )
    db.table("people").create_index(["sort_key", "id"])
    db.table("applications").create(
        {
            "id": str,
            "person_id": str,
            "form_id": str,
            "form_version": str,
            "form_title": str,
            "state": str,
            "answers": str,
            "position": str,
            "answered": int,
            "total": int,
            "definition": str,
            "deadline": str,
            "organisation": str,
            "reference": str,
            "comment": str,
            "outcome": str,
            "outcome_on": str,
            "bundle_id": str,
            "created_at": str,
            "updated_at": str,
        },
        pk="id",
        not_null={"person_id", "form_id", "form_version", "form_title", "state", "answers"},
    )
    _cascade(db, "applications", "person_id", "people")
    db.table("applications").create_index(["person_id", "updated_at"])
    db.table("applications").create_index(["state", "updated_at"])
    db.table("documents").create(
        {
            "id": str,
            "person_id": str,
            "application_id": str,
            "request_name": str,
            "name": str,
            "media_type": str,
            "size": int,
            "sha256": str,
            "pages": int,
            "created_at": str,
            "content": bytes,
        },
        pk="id",
        not_null={"person_id", "name", "media_type", "size", "sha256", "content"},
    )
    _cascade(db, "documents", "person_id", "people")
    _cascade(db, "documents", "application_id", "applications")
    db.table("documents").create_index(["application_id"])
    db.table("documents").create_index(["person_id"])
    db.table("official_pdfs").create(
        {"form_id": str, "sha256": str, "added_at": str, "content": bytes},
        pk="form_id",
        not_null={"sha256", "added_at", "content"},
    )
    db.table("contacts").create(
        {
            "id": str,
            "name": str,
            "kind": str,
            "age_recipient": str,
            "verify_key": bytes,
            "card": bytes,
            "verified_at": str,
            "last_exchange_at": str,
            "created_at": str,
        },
        pk="id",
        not_null={"name", "kind", "age_recipient", "verify_key", "card", "created_at"},
    )
    db.table("bundles").create(
        {
            "id": str,
            "number": str,
            "direction": str,
            "contact_ids": str,
            "file_name": str,
            "sha256": str,
            "application_ids": str,
            "created_at": str,
            "imported_at": str,
        },
        pk="id",
        not_null={"number", "direction", "contact_ids", "application_ids", "created_at"},
    )
    db.table("receipts").create(
        {
            "id": str,
            "bundle_id": str,
            "direction": str,
            "outcomes": str,
            "sha256": str,
            "created_at": str,
        },
        pk="id",
        not_null={"bundle_id", "direction", "outcomes", "sha256", "created_at"},
    )
    db.table("journal").create(
        {
            "seq": int,
            "at": str,
            "user": str,
            "action": str,
            "person_id": str,
            "application_id": str,
            "detail": str,
            "previous": str,
            "hash": str,
        },
        pk="seq",
        not_null={"at", "user", "action", "detail", "previous", "hash"},
    )
    db.table("journal").create_index(["person_id"])
    db.table("journal").create_index(["application_id"])
    db.table("settings").create({"key": str, "value": str}, pk="key", not_null={"value"})
    db.table("search_entries").create(
        {"id": int, "kind": str, "record_id": str, "person_id": str, "words": str},
        pk="id",
        not_null={"kind", "record_id", "person_id", "words"},
    )
    _cascade(db, "search_entries", "person_id", "people")
    db.table("search_entries").create_index(["record_id"], unique=True)
    db.table("search_entries").create_index(["person_id"])
    db.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5("
        "kind, words, content='search_entries', content_rowid='id', prefix='1 2 3')"
    )
    # An erased name must leave the index too, not only be marked as gone.
    db.execute("INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1)")
    # Triggers, so that a person erased by cascade leaves no word behind.
    forget = (
        "INSERT INTO search_words (search_words, rowid, kind, words)"
        " VALUES ('delete', old.id, old.kind, old.words);"
    )
    learn = "INSERT INTO search_words (rowid, kind, words) VALUES (new.id, new.kind, new.words);"
    for event, work in (("INSERT", learn), ("DELETE", forget), ("UPDATE", forget + learn)):
        db.execute(
            f"CREATE TRIGGER search_entries_{event.lower()} AFTER {event} ON search_entries"
            f" BEGIN {work} END"
        )


@steps()
def m002_forms(db: Database) -> None:
    """Definitions brought from outside, and the versions that drafts were begun with."""
    db.table("forms").create(
        {
            "form_id": str,
            "version": str,
            "files": str,
            "issuer": str,
            "listed": int,
            "added_at": str,
        },
        pk=("form_id", "version"),
        not_null={"files", "issuer", "listed", "added_at"},
    )


@steps()
def m003_users_and_retention(db: Database) -> None:
    """Who did what, by identifier; when an application closed, and what is kept longer."""
    db.table("users").create(
        {
            "id": str,
            "name": str,
            "role": str,
            "created_at": str,
            "last_opened_at": str,
            "removed_at": str,
        },
        pk="id",
        not_null={"name", "role", "created_at"},
    )
    db.table("journal").add_column("user_id", str)
    db.table("people").add_column("kept_until", str)
    db.table("applications").add_column("closed_on", str)
    db.table("applications").add_column("kept_until", str)
    db.execute(
        "UPDATE applications SET closed_on = coalesce(outcome_on, substr(updated_at, 1, 10))"
        " WHERE state IN ('accepted', 'refused', 'closed')"
    )
    # What falls due is asked at each opening: from this index alone, not from every answer.
    db.table("applications").create_index(
        ["person_id", "closed_on", "updated_at", "kept_until"], index_name="applications_retention"
    )


@steps()
def m004_blank_copies(db: Database) -> None:
    """Blank forms printed for the cell, and where their boxes lie."""
    db.table("blank_copies").create(
        {
            "copy_id": str,
            "form_id": str,
            "version": str,
            "person_id": str,
            "application_id": str,
            "sidecar": str,
            "printed_at": str,
        },
        pk="copy_id",
        not_null={"form_id", "version", "sidecar", "printed_at"},
    )
    _cascade(db, "blank_copies", "person_id", "people")
    _cascade(db, "blank_copies", "application_id", "applications")
    db.table("blank_copies").create_index(["person_id"])
    db.table("blank_copies").create_index(["application_id"])


@steps()
def m005_search_among_people(db: Database) -> None:
    """Only people have words in the index: an application is found by its form's title.

    The same title three hundred thousand times over made every search for one of its words slow,
    and every new application dear.
    """
    for event in ("insert", "delete", "update"):
        db.execute(f"DROP TRIGGER search_entries_{event}")
    db.execute("DROP TABLE search_words")
    db.execute("ALTER TABLE search_entries RENAME TO search_entries_before")
    db.table("search_entries").create(
        {"id": int, "person_id": str, "words": str}, pk="id", not_null={"person_id", "words"}
    )
    _cascade(db, "search_entries", "person_id", "people")
    db.execute(
        "INSERT INTO search_entries (person_id, words)"
        " SELECT person_id, words FROM search_entries_before WHERE kind = 'person'"
    )
    db.execute("DROP TABLE search_entries_before")
    db.table("search_entries").create_index(["person_id"], unique=True)
    db.table("applications").create_index(["form_title"])
    db.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5("
        "words, content='search_entries', content_rowid='id', prefix='1 2 3')"
    )
    db.execute("INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1)")
    db.execute("INSERT INTO search_words (search_words) VALUES ('rebuild')")
    forget = (
        "INSERT INTO search_words (search_words, rowid, words)"
        " VALUES ('delete', old.id, old.words);"
    )
    learn = "INSERT INTO search_words (rowid, words) VALUES (new.id, new.words);"
    for event, work in (("INSERT", learn), ("DELETE", forget), ("UPDATE", forget + learn)):
        db.execute(
            f"CREATE TRIGGER search_entries_{event.lower()} AFTER {event} ON search_entries"
            f" BEGIN {work} END"
        )
    _exchanges(db)
    _erasing(db)
    # Who of a relay's users files an application.
    db.table("applications").add_column("assigned_to", str)
    # The inbox is read from this index alone: the rows hold definitions and answers, page on page.
    db.table("applications").create_index(
        [
            "updated_at",
            "id",
            "person_id",
            "form_id",
            "form_title",
            "state",
            "deadline",
            "reference",
            "assigned_to",
            "bundle_id",
        ],
        index_name="applications_inbox",
    )


def _exchanges(db: Database) -> None:
    """Large documents in pieces; revisions, receipts by sender, revoked contacts, transfers."""
    db.table("document_pieces").create(
        {"document_id": str, "number": int, "content": bytes},
        pk=("document_id", "number"),
        not_null={"content"},
    )
    _cascade(db, "document_pieces", "document_id", "documents")
    db.execute("ALTER TABLE applications ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")
    db.execute("UPDATE applications SET revision = 1 WHERE bundle_id IS NOT NULL")
    db.execute("ALTER TABLE bundles ADD COLUMN kind TEXT NOT NULL DEFAULT 'bundle'")
    db.table("bundles").add_column("person_id", str)
    db.execute("ALTER TABLE receipts ADD COLUMN number INTEGER NOT NULL DEFAULT 0")
    db.table("receipts").add_column("contact_id", str)
    db.table("contacts").add_column("revoked_at", str)
    db.execute("ALTER TABLE contacts ADD COLUMN former_recipients TEXT NOT NULL DEFAULT '[]'")
    db.table("former_history").create(
        {
            "id": int,
            "person_id": str,
            "application_id": str,
            "at": str,
            "who": str,
            "what": str,
            "place": str,
        },
        pk="id",
        not_null={"person_id", "at", "who", "what", "place"},
    )
    _cascade(db, "former_history", "person_id", "people")
    _cascade(db, "former_history", "application_id", "applications")
    db.table("former_history").create_index(["person_id"])
    db.table("former_history").create_index(["application_id"])


def _erasing(db: Database) -> None:
    """Why something is kept longer, lines of the journal without identity, and what was erased."""
    db.table("people").add_column("kept_reason", str)
    db.table("applications").add_column("kept_reason", str)
    db.table("journal").add_column("erased_by", int)
    db.table("erasures").create({"mark": str, "erased_at": str}, pk="mark", not_null={"erased_at"})


def _cascade(db: Database, table: str, column: str, other: str) -> None:
    db.table(table).add_foreign_key(column, other, "id", on_delete="CASCADE")
