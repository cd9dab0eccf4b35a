"""What falls due is told quietly, listed, kept longer or erased in the window, and really gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLabel

from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.page import Place
from desktop.ui.people.list_page import PeoplePage
from desktop.ui.people.person_page import PersonPage
from desktop.ui.retention.rules_page import RulesPage
from desktop.ui.retention.to_erase_page import ToErasePage
from desktop.workflows.filling.applications import start_application
from desktop.workflows.people.profiles import add_person
from tests.journeys.person import Person
from vault.records.applications import ApplicationState


def shown(person: Person) -> str:
    """All the words of the page."""
    page = person.workplace.page
    assert page is not None
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_what_is_due_is_told_kept_longer_or_erased(person: Person, tmp_path: Path) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    due = {}
    for name in ("Kervella", "Ünal", "Quenouaille"):
        due[name] = add_person(desk, {"identite.nom_naissance": name, "identite.prenoms": "Lou"})
    for name in ("Kervella", "Quenouaille"):
        id = start_application(desk, due[name], "election-de-domicile")
        ended = replace(
            desk.vault.applications.get(id), state=ApplicationState.REFUSED, outcome_on="2020-05-04"
        )
        desk.vault.applications.save(ended)

    person.workplace.go(Place.PEOPLE)
    person.page(PeoplePage)
    person.waits_for(lambda: "2\u00a0personnes" in shown(person))
    person.click("Voir ce qui est à effacer")
    page = person.page(ToErasePage)
    person.waits_for(lambda: "KERVELLA Lou" in boxes(page))
    assert boxes(page) == ["KERVELLA Lou", "QUENOUAILLE Lou"]
    assert "Depuis le 4\u00a0mai 2021." in shown(person)

    person.click("Effacer ce qui est coché…")
    person.hears("Cochez d’abord au moins une ligne.")
    page._chosen[0][0].click()
    person.click("Garder plus longtemps…")
    person.waits_for(lambda: page._asked is not None)
    person.click("Garder jusqu’à ce jour")
    person.waits_for(lambda: bool(person.workplace.banner.sentence))
    card = page._asked
    person.type_in(card.reason, "un recours")  # type: ignore[union-attr]
    person.type_in(card.until, "1/3/2090")  # type: ignore[union-attr]
    person.click("Garder jusqu’à ce jour")
    person.hears("gardé plus longtemps")

    page = person.page(ToErasePage)
    person.waits_for(lambda: boxes(page) == ["QUENOUAILLE Lou"])
    person.click("Tout cocher")
    person.click("Effacer ce qui est coché…")
    person.waits_for(lambda: "Effacer 1\u00a0personne" in shown(person))
    assert "Les sauvegardes faites avant" in shown(person)
    assert desk.vault.people.find(due["Quenouaille"]) is not None
    person.click("Effacer définitivement")
    person.hears("C’est effacé")
    assert desk.vault.people.find(due["Quenouaille"]) is None
    assert not desk.vault.erasures.cleaning_pending
    person.waits_for(lambda: "Rien n’est à effacer" in shown(person))

    person.workplace.go(Place.PERSON, due["Kervella"])
    person.page(PersonPage)
    assert "Gardée plus longtemps\u00a0: un recours" in shown(person)


def test_a_person_is_erased_when_they_ask(person: Person, tmp_path: Path) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    zoe = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    start_application(desk, zoe, "election-de-domicile")
    person.workplace.go(Place.PERSON, zoe)
    person.page(PersonPage)
    person.click("Effacer cette personne…")
    person.click("Ne pas effacer")
    person.click("Effacer cette personne…")
    person.click("Effacer définitivement")
    person.hears("sont effacées")
    assert desk.vault.people.count() == 0
    assert desk.vault.journal.first_break() is None


def test_an_application_is_erased_alone(person: Person, tmp_path: Path) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    zoe = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    gone, kept = (start_application(desk, zoe, "caf-incarceration") for _ in range(2))
    person.workplace.go(Place.FILLING, gone)
    person.page(FillingPage).show_section("review")
    person.click("Effacer cette démarche…")
    person.waits_for(lambda: "Effacer 1\u00a0démarche" in shown(person))
    person.click("Effacer définitivement")
    person.hears("La démarche est effacée")
    assert [one.id for one in desk.vault.applications.of_person(zoe)] == [kept]


def test_the_durations_are_chosen(person: Person, tmp_path: Path) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    person.workplace.go(Place.SETTINGS)
    person.opens("Durées de conservation")
    page = person.page(RulesPage)
    page.closed.choose("24")
    person.hears("sont changées")
    assert person.workplace.desk.vault.settings.get("retention", {})["closed"] == 24


def boxes(page: ToErasePage) -> list[str]:
    return [box.accessibleName() for box in page.findChildren(QCheckBox)]
