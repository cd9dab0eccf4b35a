"""Statistics handed to an institution: a CSV for spreadsheets, a PDF to read; no identity in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.workflows.dates import NBSP, long_day, month_year, short_month
from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.statistics.masking import LEAST, Mask, Shown
from desktop.workflows.statistics.monthly import Activity, shown
from exports.paper.sheets.activity_values import ActivityTable, Bar, BarChart
from vault.records.journal import Action

NOTES = (
    f"« <{NBSP}{LEAST} »{NBSP}: de 1 à {LEAST - 1}. « masqué »{NBSP}: caché pour qu’un total ne "
    "laisse pas retrouver un petit nombre.",
    f"Un délai est la médiane, en jours, des démarches dont l’étape finit dans la période{NBSP}; "
    f"il n’est donné qu’à partir de {LEAST} cas.",
    "Un motif est celui qui a été choisi dans la liste. Ce qui est écrit librement ne sort pas du "
    "coffre.",
    "Les démarches effacées ne comptent plus.",
    "Deux documents de périodes qui se recouvrent peuvent, comparés, en dire plus que chacun.",
)


def period_said(found: Activity) -> str:
    """« Du 1er janvier au 31 mars 2026 »."""
    return f"Du {long_day(found.first)} au {long_day(found.last)}"


def tables(found: Activity) -> tuple[ActivityTable, ...]:
    """What is shown, as tables of texts."""
    columns = ("Mois", *found.steps)
    months = [
        (month_year(month), *(shown(series.counts[at]) for series in found.steps.values()))
        for at, month in enumerate(found.months)
    ]
    totals = ("Total", *(shown(series.total) for series in found.steps.values()))
    made = [ActivityTable("Activité", columns, (*months, totals))]
    if found.by_form is not None:
        made.append(_requests(found))
    lines = tuple((delay.label, delay.days) for delay in found.delays)
    made.append(ActivityTable("Délais", ("Étape", "Médiane"), lines))
    if any(series.total != 0 for series in found.by_reason.values()):
        made.append(_motives(found))
    return tuple(made)


def chart(found: Activity) -> BarChart:
    """The bars of the first three steps."""
    series = list(found.steps.items())[:3]
    return BarChart(
        tuple(short_month(month) for month in found.months),
        tuple((name, tuple(_bar(count) for count in one.counts)) for name, one in series),
    )


def activity_csv(found: Activity) -> str:
    """The tables as CSV, one count a line: table, line, column, value."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("tableau", "ligne", "colonne", "valeur"))
    writer.writerow(("Période", found.place, "du", found.first.isoformat()))
    writer.writerow(("Période", found.place, "au", found.last.isoformat()))
    for table in tables(found):
        for line in table.lines:
            for column, value in zip(table.columns[1:], line[1:], strict=True):
                writer.writerow((table.title, line[0], column, value.replace(NBSP, " ")))
    return out.getvalue()


def activity_pdf(found: Activity, *, today: date) -> bytes:
    """The chart and the tables as a PDF."""
    from exports.paper.sheets.activity import render_activity

    return render_activity(
        found.place, period_said(found), chart(found), tables(found), NOTES, printed_on=today
    )


def export_csv(desk: Desk, found: Activity, file: Path) -> None:
    """Write statistics as CSV where the user asked, and note it first.

    Raises:
        OSError: the file cannot be written; an older file of that name is untouched.
    """
    _note(desk, "CSV")
    # The mark lets spreadsheets read the accents.
    write_durably(file, ("\ufeff" + activity_csv(found)).encode("utf-8"))


def export_pdf(desk: Desk, found: Activity, file: Path) -> None:
    """Write statistics as a PDF where the user asked, and note it first; raises as `export_csv`."""
    _note(desk, "PDF")
    write_durably(file, activity_pdf(found, today=desk.today()))


def _note(desk: Desk, kind: str) -> None:
    desk.vault.journal.add(Action.EXPORTED_CLEAR, detail={"title": "Activité", "file": kind})


def _requests(found: Activity) -> ActivityTable:
    table = found.by_form
    assert table is not None, "there is something to show"
    lines = [
        _line(form, row, total)
        for form, row, total in zip(found.forms, table.rows, table.row_totals, strict=True)
    ]
    lines.append(_line("Total", table.column_totals, table.total))
    columns = ("Formulaire", *found.standings, "Total")
    return ActivityTable("Demandes commencées dans la période", columns, tuple(lines))


def _motives(found: Activity) -> ActivityTable:
    series = found.by_reason.values()
    lines = [
        (words, *(shown(one.counts[at]) for one in series))
        for at, words in enumerate(found.reasons)
    ]
    lines.append(("Total", *(shown(one.total) for one in series)))
    return ActivityTable("Refus et demandes à compléter", ("Motif", *found.by_reason), tuple(lines))


def _line(name: str, counts: Sequence[Shown], total: Shown) -> tuple[str, ...]:
    return (name, *(shown(count) for count in counts), shown(total))


def _bar(count: Shown) -> Bar:
    return Bar(None, shown(count)) if isinstance(count, Mask) else Bar(count, str(count))
