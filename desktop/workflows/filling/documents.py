"""Supporting documents: taken in from a file or a scanner's folder, shown, removed."""

from __future__ import annotations

from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from vault.records.documents import Document
from vault.records.journal import Action


def join_document(
    desk: Desk, application_id: str, file: Path, *, request_name: str | None = None
) -> Document:
    """Join a PDF, JPEG, PNG or TIFF file to an application; the file itself is left alone.

    Args:
        desk: where the vault is.
        application_id: the application it supports.
        file: what to join; recognised by its content, not by its ending.
        request_name: the document of the form's list that it answers, if any.

    Raises:
        DocumentRefused: not a document that can be kept (`exports.paper.intake`).
        OSError: the file cannot be read.
    """
    from exports.paper.foreign import take_in
    from exports.paper.intake import MAXIMUM_SIZE, DocumentTooLarge

    desk.require_writer()
    if file.stat().st_size > MAXIMUM_SIZE:
        raise DocumentTooLarge
    taken = take_in(file.name, file.read_bytes())
    vault = desk.vault
    with vault.transaction():
        application = vault.applications.get(application_id)
        document = vault.documents.add(
            person_id=application.person_id,
            application_id=application_id,
            request_name=request_name,
            name=taken.name,
            media_type=taken.media_type,
            pages=taken.pages,
            content=taken.content,
        )
        vault.journal.add(
            Action.DOCUMENT_ADDED,
            person_id=application.person_id,
            application_id=application_id,
            detail={"name": _asked_as(desk, application.form_id, request_name)},
        )
    return document


def remove_document(desk: Desk, document_id: str) -> None:
    """Remove a document from its application and from the vault."""
    vault = desk.vault
    with vault.transaction():
        document = vault.documents.get(document_id)
        vault.documents.delete(document_id)
        vault.journal.add(
            Action.DOCUMENT_REMOVED,
            person_id=document.person_id,
            application_id=document.application_id,
            detail={"name": document.request_name or "pièce"},
        )


def document_content(desk: Desk, document_id: str) -> bytes:
    """The bytes of a document, checked against their SHA-256."""
    return desk.vault.documents.content(document_id)


def waiting_scans(folder: Path) -> tuple[Path, ...]:
    """The files of a scanner's folder that can be joined, the latest first."""
    endings = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
    files = [file for file in folder.iterdir() if file.suffix.lower() in endings]
    return tuple(sorted(files, key=lambda file: file.stat().st_mtime, reverse=True))


def _asked_as(desk: Desk, form_id: str, request_name: str | None) -> str:
    for request in desk.catalogue.form(form_id).documents:
        if request.name == request_name:
            return request.label
    return "autre pièce"


def record_form_print(desk: Desk, document_id: str, *, pages: int, printer: str) -> None:
    """Note that the form which came with an application went to a printer."""
    document = desk.vault.documents.get(document_id)
    assert document.application_id is not None
    application = desk.vault.applications.get(document.application_id)
    desk.vault.journal.add(
        Action.PRINTED,
        person_id=document.person_id,
        application_id=application.id,
        detail={"title": application.form_title, "pages": str(pages), "printer": printer},
    )


def save_document(desk: Desk, document_id: str, file: Path) -> None:
    """Write a document in clear where the user asked, and note it in the journal first.

    Raises:
        OSError: the file cannot be written; an older file of that name is untouched.
    """
    document = desk.vault.documents.get(document_id)
    content = desk.vault.documents.content(document_id)
    desk.vault.journal.add(
        Action.EXPORTED_CLEAR,
        person_id=document.person_id,
        application_id=document.application_id,
        detail={"title": "Pièce"},
    )
    write_durably(file, content)
