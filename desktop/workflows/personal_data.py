"""The right of access: everything held on one person, to be read and as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.workflows.dates import long_day, stored_day
from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.filling import filling_of
from desktop.workflows.history import history_of_person
from desktop.workflows.names import full_name
from desktop.workflows.people import facts
from desktop.workflows.reading import answer_lines
from desktop.workflows.retention import person_retention_said
from desktop.workflows.states import STATE_WORDS
from forms.errors import FormError
from vault.applications import Application
from vault.journal import Action
from vault.people import Person

_EVERY_LINE = 1_000_000


def everything_held(desk: Desk, person_id: str) -> dict[str, Any]:
    """All that the vault holds on a person, as JSON values; documents by name and hash.

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
                "media_type": one.media_type,
                "size": one.size,
                "sha256": one.sha256,
                "created_at": one.created_at,
            }
            for one in vault.documents.of_person(person_id)
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


def hand_over(desk: Desk, person_id: str, folder: Path) -> tuple[Path, Path]:
    """Write all that is held on a person in clear, as PDF and JSON, and note it first.

    Returns:
        The two files: `donnees.pdf` and `donnees.json`.

    Raises:
        RecordNotFound: the vault has no such person.
        OSError: a file cannot be written.
    """
    held = everything_held(desk, person_id)
    pdf = render_everything(desk, person_id)
    desk.vault.journal.add(Action.ACCESS_GIVEN, person_id=person_id)
    files = (folder / "donnees.pdf", folder / "donnees.json")
    write_durably(files[0], pdf)
    write_durably(files[1], json.dumps(held, ensure_ascii=False, indent=1).encode())
    return files


def render_everything(desk: Desk, person_id: str) -> bytes:
    """All that is held on a person, as a PDF to be read."""
    from exports.paper.record import RecordPart, render_record

    vault = desk.vault
    person = vault.people.get(person_id)
    lines = [(fact.label, fact.text) for fact in facts(person.profile)]
    lines.append(("Conservation", person_retention_said(desk, person_id)))
    parts = [RecordPart("Fiche", tuple(lines))]
    for application in vault.applications.of_person(person_id):
        parts.append(
            RecordPart(
                f"Démarche\u00a0: {application.form_title}",
                (
                    ("État", STATE_WORDS[application.state]),
                    ("Commencée", long_day(stored_day(application.created_at))),
                    *_answers(desk, application, person),
                ),
            )
        )
    parts.append(
        RecordPart(
            "Pièces gardées",
            tuple(
                (one.name, f"{one.media_type}, {max(1, one.size // 1024)}\u00a0Ko")
                for one in vault.documents.of_person(person_id)
            ),
        )
    )
    history = history_of_person(desk, person_id, limit=_EVERY_LINE, looks=True)
    parts.append(
        RecordPart("Ce qui a été fait", tuple((one.when_and_who, one.what) for one in history))
    )
    return render_record(full_name(person), parts, place=vault.place, printed_on=desk.today())


def _answers(desk: Desk, application: Application, person: Person) -> list[tuple[str, str]]:
    try:
        filling = filling_of(desk, application, person)
    except FormError:
        # The form is gone: the answers are shown as they are kept.
        return [(path, str(kept)) for path, kept in application.answers.items()]
    lines = [(line.label, line.text) for line in answer_lines(filling) if line.answered]
    left = filling.homeless()
    return [*lines, *((path, str(kept)) for path, kept in left.items())]
