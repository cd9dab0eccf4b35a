"""Applications of this vault as a bundle carries them: what is read, and what is read in pieces."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.workflows.desk import Desk
from desktop.workflows.filling.open_application import filling_of
from desktop.workflows.printing.letter_lines import letter_lines
from desktop.workflows.printing.papers import heading_of, paper_of_filling
from exports.bundle.manifest import ApplicationParcel, BundleContents, DocumentParcel
from vault.records.applications import Application
from vault.records.documents import Document, Documents
from vault.records.people import Person


@dataclass(frozen=True)
class VaultContent:
    """The bytes of a document of the vault, read when they are asked for."""

    documents: Documents
    document: Document

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.document.size

    @property
    def sha256(self) -> str:
        """What they hashed to when they were kept."""
        return self.document.sha256

    def pieces(self) -> Iterator[bytes]:
        """Its bytes; raises as `Documents.pieces`."""
        return self.documents.pieces(self.document.id)


def bundle_of(desk: Desk, applications: Sequence[Application], note: str) -> BundleContents:
    """What a bundle of these applications holds now, under the next number."""
    return BundleContents(
        id=str(uuid.uuid4()),
        number=next_number(desk),
        created_at=desk.now().isoformat(timespec="seconds"),
        applications=tuple(parcel_of(desk, application) for application in applications),
        note=note,
    )


def next_number(desk: Desk) -> str:
    """« 2026-041 »: the number of the next bundle sent from here."""
    year = desk.today().year
    return f"{year}-{desk.vault.bundles.count_sent(year) + 1:03d}"


def parcel_of(desk: Desk, application: Application) -> ApplicationParcel:
    """An application as it leaves: one revision more than when it left before."""
    vault = desk.vault
    person = vault.people.get(application.person_id)
    filling = filling_of(desk, application, person)
    form = filling.form
    paper = paper_of_filling(
        desk.catalogue,
        filling,
        official_pdf=vault.official_pdfs.get(form.id),
        application_id=application.id,
        heading=heading_of(desk, person),
        lines=letter_lines(desk),
    )
    return ApplicationParcel(
        id=application.id,
        revision=application.revision + 1,
        form_id=form.id,
        form_version=form.version,
        form_title=form.title,
        form_definition=form.text,
        person=names_of(person),
        answers=filling.output(),
        pdf=paper.pdf,
        documents=tuple(
            document_parcel(desk, document)
            for document in vault.documents.of_application(application.id)
        ),
    )


def names_of(person: Person) -> dict[str, str]:
    """What names a person on a list."""
    return {
        "id": person.id,
        "family_name": person.family_name,
        "given_names": person.given_names,
        "birth_date": person.birth_date or "",
        "prison_number": person.prison_number or "",
    }


def document_parcel(desk: Desk, document: Document) -> DocumentParcel:
    """A document as it leaves, its bytes still in the vault."""
    return DocumentParcel(
        id=document.id,
        name=document.name,
        media_type=document.media_type,
        request_name=document.request_name or "",
        content=VaultContent(desk.vault.documents, document),
    )
