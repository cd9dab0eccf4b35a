"""The journal of the whole vault: read, checked, exported when asked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.history import HistoryLine, lines_of, what_was_done
from vault.journal import Action

_MOST = 1_000_000


def recent_lines(desk: Desk, *, limit: int = 300) -> tuple[HistoryLine, ...]:
    """What was done in this vault, the latest first."""
    return lines_of(desk.vault.journal.recent(limit), limit)


def journal_break(desk: Desk) -> int | None:
    """The number of the first line that is altered or missing; None when the chain is whole."""
    return desk.vault.journal.first_break()


def export_journal(desk: Desk, file: Path) -> None:
    """Write the journal in clear as CSV where the user asked, and note it first.

    It names users, never people: those are identifiers.

    Raises:
        OSError: the file cannot be written; an older file of that name is untouched.
    """
    desk.vault.journal.add(Action.EXPORTED_CLEAR, detail={"title": "Journal"})
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(("numéro", "quand (UTC)", "qui", "quoi", "personne", "démarche", "empreinte"))
    for entry in reversed(desk.vault.journal.recent(_MOST)):
        writer.writerow(
            (
                entry.seq,
                entry.at,
                entry.user,
                what_was_done(entry),
                entry.person_id or "",
                entry.application_id or "",
                entry.hash,
            )
        )
    # The mark lets spreadsheets read the accents.
    write_durably(file, ("\ufeff" + out.getvalue()).encode("utf-8"))
