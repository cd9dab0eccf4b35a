"""The official PDFs that the user adds once: recognised, kept in the vault, never shipped."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.errors import OfficialFormNotRecognised
from forms.definition import Worth
from forms.official import OfficialMapping
from vault.records.journal import Action


@dataclass(frozen=True)
class OfficialFormRow:
    """One form of the catalogue that has an official PDF, and whether it was added."""

    form_id: str
    title: str
    number: str
    added: bool


def list_official_forms(desk: Desk) -> tuple[OfficialFormRow, ...]:
    """The forms that need their official PDF, those added and those still missing.

    A form of which only an older print is known is there when that print was added.
    """
    kept = {pdf.form_id for pdf in desk.vault.official_pdfs.all()}
    return tuple(
        OfficialFormRow(entry.id, entry.title, entry.number, entry.id in kept)
        for entry in desk.catalogue.entries()
        if entry.worth is Worth.OFFICIAL or entry.id in kept
    )


def add_official_form(desk: Desk, file: Path) -> OfficialFormRow:
    """Keep an official PDF in the vault, for the form it is recognised as.

    Raises:
        OfficialFormNotRecognised: it is none of the forms of the catalogue.
        PaperError: it is not a PDF, or a damaged, locked or oversized one.
        OSError: the file cannot be read.
    """
    desk.require_writer()
    content = file.read_bytes()
    form_id = recognise(desk, content)
    vault = desk.vault
    entry = next(entry for entry in desk.catalogue.entries() if entry.id == form_id)
    with vault.transaction():
        vault.official_pdfs.add(form_id, hashlib.sha256(content).hexdigest(), content)
        vault.journal.add(Action.OFFICIAL_ADDED, detail={"title": entry.title})
    return OfficialFormRow(entry.id, entry.title, entry.number, added=True)


def recognise(desk: Desk, pdf: bytes) -> str:
    """Which form of the catalogue a PDF is: by its SHA-256, its field names or its first page.

    Raises:
        OfficialFormNotRecognised: none.
        PaperError: it cannot be read as a PDF.
    """
    marks = _marks(pdf)
    for entry in desk.catalogue.entries():
        mapping = desk.catalogue.official(entry.id)
        if mapping is not None and mapping.recognises(*marks):
            return entry.id
    raise OfficialFormNotRecognised


def is_print_of(mapping: OfficialMapping, pdf: bytes) -> bool:
    """Whether a PDF is the official form that a mapping describes.

    Raises:
        PaperError: it cannot be read as a PDF.
    """
    return mapping.recognises(*_marks(pdf))


def _marks(pdf: bytes) -> tuple[str, frozenset[str], str]:
    from exports.paper.foreign import inspect, page_text

    names = frozenset(field.name for field in inspect(pdf).fields)
    return hashlib.sha256(pdf).hexdigest(), names, page_text(pdf, 0)


def missing_official_form(desk: Desk, form_id: str) -> str | None:
    """The number of a form whose official PDF was not added yet; None when nothing is missing."""
    for row in list_official_forms(desk):
        if row.form_id == form_id and not row.added:
            return row.number
    return None
