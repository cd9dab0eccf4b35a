"""The activity is shown, in columns or line by line, and exported; the journal says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from desktop.ui.page import Place
from desktop.ui.statistics.bar_chart import BarChartView
from desktop.ui.statistics.statistics_page import StatisticsPage
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.statistics.export import export_csv, export_pdf
from exports.paper.render import page_text
from tests.journeys.person import Person


def test_activity_is_shown_and_exported(person: Person, tmp_path: Path) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    for number in range(8):
        lou = add_person(desk, {"identite.nom_naissance": f"Nom{number}", "identite.prenoms": "L"})
        start_application(desk, lou, "election-de-domicile" if number < 6 else "caf-incarceration")
    person.workplace.go(Place.SETTINGS)
    person.opens("Activité")
    page = person.page(StatisticsPage)
    person.waits_for(lambda: "Commencées" in words(page))
    assert "Commencées, total" not in words(page)
    chart = page.findChild(BarChartView)
    assert chart is not None
    assert "8" in chart.accessibleDescription()
    person.window.resize(960, 640)
    for _ in range(5):
        person.window.zoom(1)
    person.waits_for(lambda: "En préparation\u00a0: masqué" in words(page))
    assert "En préparation\u00a0: <\u00a05" in words(page)

    page.export(export_csv, tmp_path / "activite.csv")
    person.hears("activite.csv")
    assert "Commencées;8" in (tmp_path / "activite.csv").read_text("utf-8")
    page.export(export_pdf, tmp_path / "activite.pdf")
    person.hears("activite.pdf")
    assert "Demandes commencées" in page_text((tmp_path / "activite.pdf").read_bytes(), 0)
    assert [line.detail.get("file") for line in desk.vault.journal.recent(2)] == ["PDF", "CSV"]

    page.period.choose("12")
    person.waits_for(lambda: person.workplace.page is not page)
    again = person.page(StatisticsPage)
    person.waits_for(lambda: again.found is not None and len(again.found.months) == 12)


def words(page: StatisticsPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
