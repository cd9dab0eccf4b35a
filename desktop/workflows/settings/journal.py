"""The journal of the whole vault: read, checked, exported when asked."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

from desktop.workflows.dates import short_moment, stored_day, stored_moment
from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.history import HistoryLine, lines_of, what_was_done
from desktop.workflows.names import sorted_name
from vault.errors import DatabaseDamaged
from vault.records.journal import Action

SHOWN_LINES = 300
"""How many lines the window shows; an export has them all."""

_MOST = 1_000_000
_COLUMNS = (
    "numéro",
    "quand (UTC)",
    "qui",
    "quoi",
    "personne",
    "démarche",
    "action",
    "détail",
    "utilisateur",
    "vidée par la ligne",
    "empreinte précédente",
    "empreinte",
)


@dataclass(frozen=True)
class JournalLine:
    """One line of the journal of the whole vault.

    Attributes:
        told: when, by whom, what.
        whom: the person it is about; "" for none, or once they were erased.
    """

    told: HistoryLine
    whom: str


def recent_lines(desk: Desk, *, limit: int = SHOWN_LINES) -> tuple[JournalLine, ...]:
    """What was done in this vault, the latest first."""
    entries = desk.vault.journal.recent(limit)
    names = {id: _name(desk, id) for id in {one.person_id for one in entries if one.person_id}}
    return tuple(
        JournalLine(told, names.get(entry.person_id or "", ""))
        for entry, told in zip(entries, lines_of(entries, limit), strict=True)
    )


def _name(desk: Desk, person_id: str) -> str:
    try:
        person = desk.vault.people.find(person_id)
    except DatabaseDamaged:
        # Their record cannot be read; what was done for them can.
        return ""
    return sorted_name(person) if person is not None else ""


def note_opened(desk: Desk, person_id: str, application_id: str | None = None) -> None:
    """Note that somebody looks at a person's record, or at one of their applications.

    Once, until something else is done with it or somebody else looks.
    """
    journal = desk.vault.journal
    if application_id is None:
        action, lines = Action.PERSON_OPENED, journal.of_person(person_id)
    else:
        action, lines = Action.APPLICATION_OPENED, journal.of_application(application_id)
    last = lines[-1] if lines else None
    if last is not None and last.action is action and last.user_id == desk.vault.session.user_id:
        return
    detail = {}
    if application_id is not None:
        detail["title"] = desk.vault.applications.get(application_id).form_title
    journal.add(action, person_id=person_id, application_id=application_id, detail=detail)


def note_application_opened(desk: Desk, application_id: str) -> None:
    """Note that somebody looks at an application; as `note_opened`."""
    note_opened(desk, desk.vault.applications.get(application_id).person_id, application_id)


def note_sheet_printed(desk: Desk, title: str, *, pages: int, printer: str) -> None:
    """Note that a paper of this PC, and of nobody in particular, went to a printer.

    Args:
        desk: who printed.
        title: « Carte de correspondant », « Feuille de secours »…; it names no person.
        pages: how many were printed.
        printer: its name.
    """
    detail = {"title": title, "pages": str(pages), "printer": printer}
    desk.vault.journal.add(Action.PRINTED, detail=detail)


def note_edited(desk: Desk, person_id: str, application_id: str, title: str) -> None:
    """Note that somebody changed answers of an application.

    Once a day, until something else is done with it or somebody else changes them: a line for each
    answer would drown the others.
    """
    looks = (Action.PERSON_OPENED, Action.APPLICATION_OPENED)
    lines = desk.vault.journal.of_application(application_id)
    last = next((line for line in reversed(lines) if line.action not in looks), None)
    if (
        last is not None
        and last.action is Action.APPLICATION_EDITED
        and last.user_id == desk.vault.session.user_id
        and stored_day(last.at) == desk.today()
    ):
        return
    desk.vault.journal.add(
        Action.APPLICATION_EDITED,
        person_id=person_id,
        application_id=application_id,
        detail={"title": title},
    )


def journal_break(desk: Desk) -> str:
    """Where the chain is broken, in words, and what to do; "" when it is whole."""
    line = desk.vault.journal.first_break()
    if line is None:
        return ""
    before = desk.vault.journal.moment_of(line - 1)
    after = f", après le {short_moment(stored_moment(before))}" if before else ""
    return (
        f"Le journal est rompu à la ligne {line}{after}\u00a0: une ligne a été changée ou enlevée. "
        "Les fiches et les démarches ne sont pas touchées, et le travail peut continuer. Prévenez "
        "un responsable, et gardez une copie du coffre."
    )


def export_journal(desk: Desk, file: Path) -> None:
    """Write the journal in clear as CSV where the user asked, and note it first.

    It names users, never people: those are identifiers. It holds all that each line’s hash covers,
    so that the chain can be checked from the file alone (`vault.records.journal`).

    Raises:
        OSError: the file cannot be written; an older file of that name is untouched.
    """
    desk.vault.journal.add(Action.EXPORTED_CLEAR, detail={"title": "Journal", "file": "CSV"})
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_COLUMNS)
    for entry in reversed(desk.vault.journal.recent(_MOST)):
        writer.writerow(
            (
                entry.seq,
                entry.at,
                _text(entry.user),
                _text(what_was_done(entry)),
                entry.person_id or "",
                entry.application_id or "",
                entry.action.value,
                json.dumps(entry.detail, ensure_ascii=False),
                entry.user_id or "",
                entry.erased_by or "",
                entry.previous,
                entry.hash,
            )
        )
    # The mark lets spreadsheets read the accents.
    write_durably(file, ("\ufeff" + out.getvalue()).encode("utf-8"))


def _text(words: str) -> str:
    # A spreadsheet would compute what begins so.
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words
