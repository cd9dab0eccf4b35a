"""The right of access: everything held on one person, as data, to be read, and its documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.online.records import filing_record
from desktop.workflows.retention.personal_record import bundles_of, render_everything
from vault.errors import DocumentDamaged
from vault.records.applications import Application
from vault.records.documents import Document
from vault.records.journal import Action

DOCUMENTS = "pieces"
"""The folder of the documents, beside the two files."""

_LONGEST_NAME = 80


@dataclass(frozen=True)
class HandedOver:
    """What was written for a person.

    Attributes:
        folder: holds nothing else.
        pdf, data: the two files, in it.
        unreadable: the documents that are damaged, by name; they are listed and not written.
    """

    folder: Path
    pdf: Path
    data: Path
    unreadable: tuple[str, ...] = ()


def everything_held(desk: Desk, person_id: str) -> dict[str, Any]:
    """All that the vault holds on a person, as JSON values; documents by their file and hash.

    The words by which they are found are those of the rest; what opens a draft at a portal is a
    secret of the draft, and is left out.

    Raises:
        RecordNotFound: the vault has no such person.
    """
    vault = desk.vault
    person = vault.people.get(person_id)
    kept = vault.retention.person(person_id)
    days = {one.id: one for one in kept.applications} if kept else {}
    return {
        "person": {
            "id": person.id,
            "family_name": person.family_name,
            "given_names": person.given_names,
            "birth_date": person.birth_date,
            "prison_number": person.prison_number,
            "profile": dict(person.profile),
            "created_at": person.created_at,
            "updated_at": person.updated_at,
            "kept_until": kept.kept_until if kept else None,
            "kept_reason": kept.kept_reason if kept else None,
        },
        "applications": [
            {
                "id": one.id,
                "form": one.form_id,
                "version": one.form_version,
                "title": one.form_title,
                "state": one.state.value,
                "answers": dict(one.answers),
                "organisation": one.organisation,
                "reference": one.reference,
                "comment": one.comment,
                "outcome": one.outcome,
                "outcome_on": one.outcome_on,
                "closed_on": one.closed_on,
                "deadline": one.deadline,
                "times_sent": one.revision,
                "assigned_to": vault.users.get(one.assigned_to).name if one.assigned_to else None,
                "filed_online": _filing(desk, one),
                "kept_until": days[one.id].kept_until,
                "kept_reason": days[one.id].kept_reason,
                "created_at": one.created_at,
                "updated_at": one.updated_at,
            }
            for one in vault.applications.of_person(person_id)
        ],
        "documents": [
            {
                "id": one.id,
                "application": one.application_id,
                "name": one.name,
                "file": f"{DOCUMENTS}/{file}",
                "media_type": one.media_type,
                "size": one.size,
                "sha256": one.sha256,
                "created_at": one.created_at,
            }
            for one, file in _files(vault.documents.of_person(person_id))
        ],
        "bundles": [
            {
                "number": one.number,
                "direction": one.direction.value,
                "kind": one.kind.value,
                "contacts": list(contacts),
                "at": one.created_at,
            }
            for one, contacts in bundles_of(desk, person_id)
        ],
        "blank_forms": [
            {"form": one.form_id, "version": one.version, "printed_at": one.printed_at}
            for one in vault.blank_copies.of_person(person_id)
        ],
        "journal": [
            {"at": one.at, "user": one.user, "action": one.action.value, "detail": one.detail}
            for one in vault.journal.of_person(person_id)
        ],
        "done_elsewhere": [
            {"at": one.at, "user": one.who, "place": one.place, "what": one.what}
            for one in vault.former_history.of_person(person_id)
        ],
    }


def hand_over(desk: Desk, person_id: str, folder: Path) -> HandedOver:
    """Write all that is held on a person in clear, in a folder of its own, and note it first.

    Args:
        desk: where the vault is.
        person_id: who.
        folder: where the user asked; a new folder is made in it.

    Raises:
        RecordNotFound: the vault has no such person.
        OSError: a file cannot be written.
    """
    held = everything_held(desk, person_id)
    pdf = render_everything(desk, person_id)
    desk.vault.journal.add(Action.ACCESS_GIVEN, person_id=person_id)
    own = _new_folder(folder, f"donnees-{desk.today().isoformat()}")
    unreadable = []
    for document, file in _files(desk.vault.documents.of_person(person_id)):
        try:
            content = desk.vault.documents.content(document.id)
        except DocumentDamaged:
            unreadable.append(document.name)
            continue
        (own / DOCUMENTS).mkdir(exist_ok=True)
        write_durably(own / DOCUMENTS / file, content)
    handed = HandedOver(own, own / "donnees.pdf", own / "donnees.json", tuple(unreadable))
    write_durably(handed.pdf, pdf)
    write_durably(handed.data, json.dumps(held, ensure_ascii=False, indent=1).encode())
    return handed


def _new_folder(folder: Path, name: str) -> Path:
    # Another person's data may have been written there the same day.
    for number in count(1):
        made = folder / (name if number == 1 else f"{name}-{number}")
        try:
            made.mkdir(parents=True)
        except FileExistsError:
            continue
        return made
    raise AssertionError("numbers do not end")


def _files(documents: list[Document]) -> list[tuple[Document, str]]:
    return [(one, f"{number:02} {_plain(one.name)}") for number, one in enumerate(documents, 1)]


def _plain(name: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in " -_." else "_" for letter in name)
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:8]}" if dot else kept[:_LONGEST_NAME]


def _filing(desk: Desk, application: Application) -> dict[str, Any] | None:
    record = filing_record(desk, application.id)
    if record is None:
        return None
    return {
        "portal": record.portal,
        "procedure": record.procedure,
        "attempt": record.attempt.value,
        "started_at": record.started_at,
        "drafts": [
            {"number": one.number, "state": one.state.value, "created_at": one.created_at}
            for one in record.drafts
        ],
    }
