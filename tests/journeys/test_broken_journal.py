"""A line of the journal was changed by somebody with the key: the next user is told where."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ui.page import Place
from desktop.ui.settings.journal_page import JournalPage
from desktop.workflows.people.profiles import add_person, count_people
from tests.journeys.person import Person
from vault.vault import Vault


def altered(vault: Vault, statement: str) -> int:
    """Change the journal behind its back; the number of the line added last."""
    vault._store.run(statement)
    return vault.journal.head()[0]


@pytest.mark.parametrize(
    ("statement", "behind"),
    [
        pytest.param(
            "UPDATE journal SET user = 'Quelqu’un' WHERE seq = (SELECT max(seq) FROM journal)",
            0,
            id="a name changed",
        ),
        pytest.param(
            "DELETE FROM journal WHERE seq = (SELECT max(seq) - 1 FROM journal)", 1, id="a line cut"
        ),
    ],
)
def test_the_break_is_told_and_located_and_the_work_goes_on(
    person: Person, tmp_path: Path, statement: str, behind: int
) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    desk = person.workplace.desk
    for name in ("Ünal", "Le Bihan"):
        add_person(desk, {"identite.nom_naissance": name})
    line = altered(desk.vault, statement) - behind
    person.window.lock()
    person.unlocks()
    person.hears(f"Le journal est rompu à la ligne {line}, après le ")
    assert count_people(person.workplace.desk) == 2
    add_person(person.workplace.desk, {"identite.nom_naissance": "Kervella"})
    person.workplace.go(Place.JOURNAL)
    page = person.page(JournalPage)
    person.waits_for(lambda: f"rompu à la ligne {line}" in page._said.text())
    assert page._said.property("role") == "error"


def test_the_journal_is_exported_where_asked(person: Person, tmp_path: Path) -> None:
    person.creates_vault(tmp_path / "poste", kind="station", office="Centre", user="C. Le Goff")
    person.workplace.go(Place.JOURNAL)
    person.page(JournalPage).export(tmp_path / "journal.csv")
    person.hears("Le journal est enregistré en clair.")
    assert "Coffre créé" in (tmp_path / "journal.csv").read_text("utf-8")
    person.page(JournalPage).export(tmp_path / "nulle part" / "journal.csv")
    person.hears("Ce fichier n’est plus là")
    assert not (tmp_path / "nulle part").exists()
