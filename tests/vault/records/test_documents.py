"""Documents and official PDFs: the very bytes, or a refusal."""

from __future__ import annotations

import hashlib

import pytest

from vault.errors import DocumentDamaged, DocumentTooLarge, RecordExists, RecordNotFound
from vault.records import documents
from vault.records.documents import Document
from vault.records.people import Person
from vault.vault import Vault

CONTENT = bytes(range(256)) * 400


def add(
    vault: Vault, person_id: str, *, id: str | None = None, content: bytes = CONTENT
) -> Document:
    return vault.documents.add(
        id=id,
        person_id=person_id,
        application_id=None,
        request_name="identite",
        name="pièce d’identité.jpg",
        media_type="image/jpeg",
        pages=None,
        content=content,
    )


@pytest.mark.parametrize("content", [b"", b"\0\0\0", CONTENT], ids=["empty", "zeros", "100 kB"])
def test_the_bytes_come_back(vault: Vault, zoe: Person, content: bytes) -> None:
    document = add(vault, zoe.id, content=content)
    assert vault.documents.content(document.id) == content
    assert vault.documents.get(document.id) == document
    assert document.size == len(content)
    assert document.sha256 == hashlib.sha256(content).hexdigest()


def test_documents_are_listed_in_the_order_they_came(vault: Vault, zoe: Person) -> None:
    application = vault.applications.add(
        person_id=zoe.id, form_id="x", form_version="1", form_title="x", answers={}
    )
    first = add(vault, zoe.id)
    second = vault.documents.add(
        person_id=zoe.id,
        application_id=application.id,
        request_name=None,
        name="b",
        media_type="application/pdf",
        pages=2,
        content=b"b",
    )
    assert vault.documents.of_person(zoe.id) == [first, second]
    assert vault.documents.of_application(application.id) == [second]
    vault.documents.delete(first.id)
    assert vault.documents.of_person(zoe.id) == [second]
    with pytest.raises(RecordNotFound):
        vault.documents.content(first.id)
    vault.applications.delete(application.id)
    assert vault.documents.of_person(zoe.id) == []


def test_a_document_belongs_to_somebody(vault: Vault, zoe: Person) -> None:
    with pytest.raises(RecordNotFound):
        add(vault, "nobody")
    add(vault, zoe.id, id="given")
    with pytest.raises(RecordExists):
        add(vault, zoe.id, id="given")


def test_too_large_is_refused(vault: Vault, zoe: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAXIMUM_SIZE", 10)
    with pytest.raises(DocumentTooLarge):
        add(vault, zoe.id, content=b"12345678901")
    with pytest.raises(DocumentTooLarge):
        vault.official_pdfs.add("x", "y", b"12345678901")


def test_altered_bytes_are_never_handed_over(vault: Vault, zoe: Person) -> None:
    document = add(vault, zoe.id)
    vault.documents._store.run("UPDATE documents SET content = x'00'")
    with pytest.raises(DocumentDamaged):
        vault.documents.content(document.id)
    assert vault.verify().problems == (f"Pièce altérée\u00a0: {document.id}.",)


def test_one_official_pdf_a_form(vault: Vault) -> None:
    assert vault.official_pdfs.get("cerfa") is None
    for content in (b"old", b"new"):
        vault.official_pdfs.add("cerfa", hashlib.sha256(content).hexdigest(), content)
    assert vault.official_pdfs.get("cerfa") == b"new"
    assert [pdf.form_id for pdf in vault.official_pdfs.all()] == ["cerfa"]
    vault.documents._store.run("UPDATE official_pdfs SET content = x'00'")
    with pytest.raises(DocumentDamaged):
        vault.official_pdfs.get("cerfa")
    assert vault.verify().problems == ("Formulaire officiel altéré\u00a0: cerfa.",)
