"""Supporting documents and official PDFs: bytes inside the vault, with their SHA-256."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vault.database.store import Row, Store
from vault.errors import DocumentDamaged, DocumentTooLarge, RecordNotFound
from vault.records.columns import columns_of, new_id, now

MAXIMUM_SIZE = 100 * 1024 * 1024
PIECE_SIZE = 1024 * 1024
"""The rows that a document's bytes are kept in: SQLCipher's binding opens no column in parts."""

_COLUMNS = (
    "id, person_id, application_id, request_name, name, media_type, size, sha256, pages, created_at"
)


@dataclass(frozen=True)
class Document:
    """A document, without its bytes.

    Attributes:
        request_name: which of the form's requested documents it answers, if any.
        size: bytes.
        pages: how many it shows, where known.
    """

    id: str
    person_id: str
    application_id: str | None
    request_name: str | None
    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None
    created_at: str


class Documents:
    """The supporting documents of one vault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        *,
        person_id: str,
        application_id: str | None,
        request_name: str | None,
        name: str,
        media_type: str,
        pages: int | None,
        content: bytes,
        id: str | None = None,
    ) -> Document:
        """Keep a document; its identifier is drawn unless given.

        Raises:
            DocumentTooLarge: it has more than 100 MiB.
            RecordExists: there is one with the identifier given.
            RecordNotFound: there is no such person or application.
        """
        document = Document(
            id=id or new_id(),
            person_id=person_id,
            application_id=application_id,
            request_name=request_name,
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            pages=pages,
            created_at=now(),
        )
        return self.put(
            document,
            (content[at : at + PIECE_SIZE] for at in range(0, len(content), PIECE_SIZE)),
        )

    def put(self, document: Document, pieces: Iterable[bytes]) -> Document:
        """Keep a document whose bytes come in pieces, one at a time in memory.

        Raises:
            DocumentTooLarge: it has more than 100 MiB.
            DocumentDamaged: the pieces are not what its size and SHA-256 say; nothing is kept.
            RecordExists: there is one with its identifier.
            RecordNotFound: there is no such person or application.
        """
        if document.size > MAXIMUM_SIZE:
            raise DocumentTooLarge
        sha256, size = hashlib.sha256(), 0
        with self._store.transaction():
            stored = {column: getattr(document, column) for column in _COLUMNS.split(", ")}
            names, marks, values = columns_of({**stored, "content": b""})
            self._store.run(f"INSERT INTO documents ({names}) VALUES ({marks})", values)
            for number, piece in enumerate(pieces):
                sha256.update(piece)
                size += len(piece)
                if size > document.size:
                    raise DocumentDamaged
                self._store.run(
                    "INSERT INTO document_pieces (document_id, number, content) VALUES (?, ?, ?)",
                    (document.id, number, piece),
                )
            if (size, sha256.hexdigest()) != (document.size, document.sha256):
                raise DocumentDamaged
        return document

    def get(self, id: str) -> Document:
        """The document with an identifier.

        Raises:
            RecordNotFound: there is none.
        """
        row = self._store.row(f"SELECT {_COLUMNS} FROM documents WHERE id = ?", (id,))
        if row is None:
            raise RecordNotFound
        return Document(*row)

    def content(self, id: str) -> bytes:
        """The bytes of a document.

        Raises:
            RecordNotFound: there is none with this identifier.
            DocumentDamaged: the bytes no longer match their SHA-256.
        """
        return b"".join(self.pieces(id))

    def pieces(self, id: str) -> Iterator[bytes]:
        """The bytes of a document in pieces, one at a time in memory.

        A document of a vault from before version 5 is one piece.

        Raises:
            RecordNotFound: there is none with this identifier.
            DocumentDamaged: the bytes no longer match their SHA-256; known at the end only.
        """
        row = self._store.row("SELECT content, sha256 FROM documents WHERE id = ?", (id,))
        if row is None:
            raise RecordNotFound
        sha256 = hashlib.sha256()
        for piece in itertools.chain((bytes(row[0]),), self._stored_pieces(id)):
            sha256.update(piece)
            yield piece
        if sha256.hexdigest() != row[1]:
            raise DocumentDamaged

    def _stored_pieces(self, id: str) -> Iterator[bytes]:
        for number in itertools.count():
            row = self._store.row(
                "SELECT content FROM document_pieces WHERE document_id = ? AND number = ?",
                (id, number),
            )
            if row is None:
                return
            yield bytes(row[0])

    def of_application(self, application_id: str) -> list[Document]:
        """The documents joined to an application, in the order they were."""
        return self._where("application_id", application_id)

    def of_person(self, person_id: str) -> list[Document]:
        """All the documents held for a person, in the order they came."""
        return self._where("person_id", person_id)

    def delete(self, id: str) -> None:
        """Erase a document; deleting one that is gone does nothing."""
        self._store.run("DELETE FROM documents WHERE id = ?", (id,))

    def damaged(self) -> Iterator[str]:
        """The identifiers of documents whose bytes no longer match, one read at a time."""
        for (id,) in self._store.rows("SELECT id FROM documents"):
            try:
                for _ in self.pieces(id):
                    pass
            except DocumentDamaged:
                yield id

    def _where(self, column: str, value: str) -> list[Document]:
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM documents WHERE {column} = ? ORDER BY rowid", (value,)
        )
        return [Document(*row) for row in rows]


@dataclass(frozen=True)
class OfficialPdf:
    """An official PDF the user added, without its bytes."""

    form_id: str
    sha256: str
    added_at: str


class OfficialPdfs:
    """The official PDFs of one vault, one a form."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, form_id: str, sha256: str, content: bytes) -> OfficialPdf:
        """Keep a form's official PDF in place of an older one.

        Raises:
            DocumentTooLarge: it has more than 100 MiB.
        """
        if len(content) > MAXIMUM_SIZE:
            raise DocumentTooLarge
        official = OfficialPdf(form_id, sha256, now())
        self._store.run(
            "INSERT OR REPLACE INTO official_pdfs (form_id, sha256, added_at, content)"
            " VALUES (?, ?, ?, ?)",
            (form_id, sha256, official.added_at, content),
        )
        return official

    def get(self, form_id: str) -> bytes | None:
        """The official PDF of a form, if it was added.

        Raises:
            DocumentDamaged: its bytes no longer match their SHA-256.
        """
        row = self._store.row(
            "SELECT content, sha256 FROM official_pdfs WHERE form_id = ?", (form_id,)
        )
        return _checked(row) if row else None

    def damaged(self) -> Iterator[str]:
        """The forms whose official PDF no longer matches its SHA-256, one read at a time."""
        for official in self.all():
            try:
                self.get(official.form_id)
            except DocumentDamaged:
                yield official.form_id

    def all(self) -> list[OfficialPdf]:
        """The official PDFs kept."""
        rows = self._store.rows("SELECT form_id, sha256, added_at FROM official_pdfs")
        return [OfficialPdf(*row) for row in rows]


def _checked(row: Row | None) -> bytes:
    if row is None:
        raise RecordNotFound
    content, sha256 = bytes(row[0]), row[1]
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DocumentDamaged
    return content
