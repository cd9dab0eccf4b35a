"""The activity of a vault: counted by month and form, nobody in it, the same in every carrier."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.retention.erasing import erase
from desktop.workflows.statistics.export import activity_csv, activity_pdf, export_csv, tables
from desktop.workflows.statistics.masking import Mask
from desktop.workflows.statistics.monthly import FEW, NONE, STATION_STEPS, Step, activity
from exports.paper.render import page_count, page_text, render_page
from exports.paper.sheets.activity import render_activity
from exports.paper.sheets.activity_values import Bar, BarChart
from vault.records.applications import ApplicationState
from vault.records.journal import Action
from vault.vault import Vault, VaultKind

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
FORMS = ("election-de-domicile", "caf-incarceration")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Maison d’arrêt de Valmont",
        user="C. Le Goff",
        passphrase="quatre mots tirés au sort",
    )
    yield desk_of(vault)
    vault.lock()


def begun(desk: Desk, form: str, day: str, *steps: tuple[str, Action, dict[str, str]]) -> str:
    """An application of somebody, begun and followed on given days."""
    person = add_person(desk, {"identite.nom_naissance": "Quenouaille", "identite.prenoms": "Lou"})
    id = start_application(desk, person, form)
    store = desk.vault._store
    store.run("UPDATE applications SET created_at = ? WHERE id = ?", (f"{day}T12:00:00+00:00", id))
    for at, action, detail in steps:
        line = desk.vault.journal.add(
            action, person_id=person, application_id=id, detail={"title": "Secret", **detail}
        )
        store.run("UPDATE journal SET at = ? WHERE seq = ?", (f"{at}T12:00:00+00:00", line.seq))
    return id


def signed(day: str) -> tuple[str, Action, dict[str, str]]:
    return day, Action.STATE_CHANGED, {"state": "Prête"}


def sent(day: str) -> tuple[str, Action, dict[str, str]]:
    return day, Action.BUNDLE_SENT, {"number": "1"}


def told(day: str, outcome: str) -> tuple[str, Action, dict[str, str]]:
    return day, Action.RECEIPT_IMPORTED, {"outcome": outcome}


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Six forms of one kind that go the whole way, seven of another, two refused."""
    for number in range(6):
        begun(
            desk, FORMS[0], "2026-01-10", signed(f"2026-01-1{number + 1}"), sent("2026-01-20"),
            told("2026-02-03", "déposée en ligne"),
        )  # fmt: skip
    for number in range(7):
        id = begun(desk, FORMS[1], "2026-02-05", *([signed("2026-02-06")] if number < 2 else []))
        if number < 2:
            application = desk.vault.applications.get(id)
            desk.vault.applications.save(replace(application, state=ApplicationState.REFUSED))
    begun(desk, FORMS[1], "2025-12-31")
    return desk


def test_steps_are_counted_by_month(busy: Desk) -> None:
    found = activity(busy, FIRST, LAST)
    names = {step: found.steps[STATION_STEPS[step]] for step in STATION_STEPS}
    assert names[Step.BEGUN].counts == (6, 7, 0)
    assert names[Step.BEGUN].total == 13
    assert names[Step.SENT].counts == (6, 0, 0)
    assert names[Step.FILED].counts == (0, 6, 0)
    # Two signed in February would follow from the total: another number is hidden with them.
    assert names[Step.SIGNED].counts == (Mask.HIDDEN, Mask.SMALL, 0)
    assert names[Step.SIGNED].total == 8


def test_delays_are_medians_of_what_ends_in_the_period(busy: Desk) -> None:
    said = [delay.days for delay in activity(busy, FIRST, LAST).delays]
    assert said == ["2,5\u00a0jours", "6,5\u00a0jours", "14\u00a0jours", NONE]
    said = [delay.days for delay in activity(busy, date(2026, 2, 4), LAST).delays]
    assert said == [FEW, NONE, NONE, NONE]


def test_forms_are_counted_by_where_they_stand(busy: Desk) -> None:
    found = activity(busy, FIRST, LAST)
    assert found.by_form is not None
    assert found.forms[1].startswith("Demande d’élection")
    assert found.by_form.rows[1] == (6, 0, 0, 0, 0, 0)
    first = dict(zip(found.standings, found.by_form.rows[0], strict=True))
    assert first["Refusées"] is Mask.SMALL
    assert first["En préparation"] is Mask.HIDDEN
    assert found.by_form.total == 13


REFUSED = "refusée par l’organisme"


def refused(day: str, reason: str = "") -> tuple[str, Action, dict[str, str]]:
    return day, Action.RECEIPT_IMPORTED, {"outcome": REFUSED, "reason": reason}


def test_refusals_are_counted_by_reason(desk: Desk) -> None:
    for number in range(13):
        reason = "missing_document" if number < 6 else "conditions" if number < 12 else ""
        begun(desk, FORMS[0], "2026-01-10", refused("2026-02-03", reason))
    # Said again in other words: the first reason counts, once.
    begun(
        desk, FORMS[0], "2026-01-10",
        refused("2026-02-03", "missing_document"), refused("2026-02-04", "late"),
    )  # fmt: skip
    begun(desk, FORMS[0], "2025-10-10", refused("2025-11-03", "late"))
    found = activity(desk, FIRST, LAST)
    told = dict(zip(found.reasons, found.by_reason["Refusées"].counts, strict=True))
    assert found.by_reason["Refusées"].total == found.steps["Refusées"].total == 14
    # One without a reason would follow from the total: another is hidden with it.
    assert told["Pièce manquante"] == 7
    assert (told["Sans motif indiqué"], told["Conditions non remplies"]) == (
        Mask.SMALL,
        Mask.HIDDEN,
    )
    assert told["Hors délai"] == 0
    assert set(found.by_reason["À compléter"].counts) == {0}
    (table,) = [one for one in tables(found) if one.title == "Refus et demandes à compléter"]
    assert table.columns == ("Motif", "Refusées", "À compléter")
    assert ("Pièce manquante", "7", "0") in table.lines


@pytest.mark.parametrize("each", [(2,), (4, 4), (1, 1, 1, 1, 1)])
def test_few_refusals_show_no_reason_at_all(desk: Desk, each: tuple[int, ...]) -> None:
    reasons = ("missing_document", "conditions", "late", "identity", "other")
    for reason, count in zip(reasons, each, strict=False):
        for _ in range(count):
            begun(desk, FORMS[0], "2026-01-10", refused("2026-02-03", reason))
    found = activity(desk, FIRST, LAST)
    shown = found.by_reason["Refusées"]
    assert set(shown.counts) == {Mask.HIDDEN}
    assert shown.total == found.steps["Refusées"].total


def test_the_two_tables_do_not_betray_each_other(desk: Desk) -> None:
    for month in ("01", "02"):
        for _ in range(4):
            begun(desk, FORMS[0], f"2026-{month}-10")
    found = activity(desk, FIRST, LAST)
    assert found.by_form is not None
    # Four and four would follow from a total of eight, wherever it is shown.
    assert found.steps["Commencées"].counts == (Mask.SMALL, Mask.SMALL, 0)
    assert found.steps["Commencées"].total is Mask.HIDDEN
    assert {*found.by_form.rows[0], *found.by_form.column_totals, found.by_form.total} == {
        0,
        Mask.HIDDEN,
    }


def test_the_same_numbers_stand_in_the_csv_and_the_pdf(busy: Desk, tmp_path: Path) -> None:
    found = activity(busy, FIRST, LAST)
    rows = list(csv.reader(io.StringIO(activity_csv(found)), delimiter=";"))
    assert rows[0] == ["tableau", "ligne", "colonne", "valeur"]
    assert ["Activité", "janvier 2026", "Commencées", "6"] in rows
    assert ["Activité", "février 2026", "Signées", "< 5"] in rows
    assert ["Délais", "De l’envoi au dépôt", "Médiane", "14 jours"] in rows
    pdf = activity_pdf(found, today=LAST)
    read = " ".join(page_text(pdf, page) for page in range(page_count(pdf)))
    said = " ".join(read.replace("\u00a0", " ").split())
    for table in tables(found):
        assert table.title in said
        for line in table.lines:
            for value in line[1:]:
                assert value.replace("\u00a0", " ") in said
    assert "Du 1er janvier 2026 au 31 mars 2026" in said
    export_csv(busy, found, tmp_path / "activite.csv")
    assert (tmp_path / "activite.csv").read_bytes().startswith(b"\xef\xbb\xbftableau;")
    (entry,) = busy.vault.journal.recent(1)
    assert (entry.action, entry.person_id) == (Action.EXPORTED_CLEAR, None)


def test_nobody_is_in_it(busy: Desk) -> None:
    found = activity(busy, FIRST, LAST)
    pdf = activity_pdf(found, today=LAST)
    read = activity_csv(found) + "".join(page_text(pdf, page) for page in range(page_count(pdf)))
    for secret in ("Quenouaille", "QUENOUAILLE", "Lou", "Le Goff"):
        assert secret not in read
    assert busy.vault.people.all()[0].id not in read


def test_an_empty_period_says_so(desk: Desk) -> None:
    found = activity(desk, FIRST, FIRST)
    assert found.by_form is None
    assert found.steps["Commencées"].counts == (0,)
    assert {delay.days for delay in found.delays} == {NONE}
    assert page_count(activity_pdf(found, today=FIRST)) == 1


def test_who_was_erased_is_not_counted_any_more(busy: Desk) -> None:
    gone = busy.vault.people.all()[0].id
    before = sum(one.created_at[:4] == "2026" for one in busy.vault.activity.applications())
    erase(busy, [gone])
    after = sum(one.created_at[:4] == "2026" for one in busy.vault.activity.applications())
    assert before - after in (0, 1)
    assert gone not in activity_csv(activity(busy, FIRST, LAST))


def test_bars_are_told_apart_without_colour() -> None:
    series = tuple((name, (Bar(10, "10"),)) for name in ("Reçues", "Déposées", "Acceptées"))
    chart = BarChart(("janv. 26",), series)
    pdf = render_activity("Brest", "2026", chart, (), (), printed_on=LAST)
    page = render_page(pdf, 0, scale=2)
    size = (page.width, page.height)
    grey = Image.frombuffer("RGB", size, page.data, "raw", "BGRX", page.stride, 1).convert("L")
    middle, bar = page.width // 2, round(9 / 210 * page.width)
    # The three bars stand side by side in the middle; the first is whole from top to bottom.
    column = [ink(grey, middle - bar, y, 1) for y in range(page.height)]
    first = next(y for y in range(page.height) if set(column[y : y + 120]) == {1})
    rows = range(first + 20, first + 100)
    whole, hatched, lined = (
        [ink(grey, middle + place * bar - bar // 3, y, 2 * bar // 3) for y in rows]
        for place in (-1, 0, 1)
    )
    assert set(whole) == {1}
    assert all(0.1 < share < 0.7 for share in hatched)
    assert max(lined) == 1
    assert min(lined) < 0.1


def ink(page: Image.Image, left: int, row: int, width: int) -> float:
    """How much of a line of pixels is dark, from 0 to 1."""
    line = page.crop((left, row, left + width, row + 1)).tobytes()
    return sum(one < 200 for one in line) / width
