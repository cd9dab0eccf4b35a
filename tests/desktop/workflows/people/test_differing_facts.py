"""A known fact answered otherwise: shown old and new, decided once."""

from __future__ import annotations

from pathlib import Path

from desktop.workflows.desk import desk_of
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.people.differing_facts import differing_facts, keep_old, take_new
from desktop.workflows.people.profiles import add_person, person_profile
from vault.vault import Vault, VaultKind


def test_the_worker_decides_once(tmp_path: Path) -> None:
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Centre",
        user="C. Le Goff",
        passphrase="x" * 12,
    )
    desk = desk_of(vault)
    person = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    draft = open_application(desk, start_application(desk, person, "election-de-domicile"))
    assert differing_facts(desk, person) == ()
    draft.type_in("/data/identite/nom", "Ünal-Œillet")
    draft.type_in("/data/contact/telephone", "06 12 34 56 78")
    (fact,) = differing_facts(desk, person)
    assert (fact.old_text, fact.new_text) == ("Ünal", "Ünal-Œillet")
    keep_old(desk, fact)
    assert differing_facts(desk, person) == ()
    assert person_profile(desk, person)["identite.nom_naissance"] == "Ünal"
    draft.type_in("/data/identite/nom", "Ünal-Dupont")
    (fact,) = differing_facts(desk, person)
    take_new(desk, person, fact)
    assert person_profile(desk, person)["identite.nom_naissance"] == "Ünal-Dupont"
    assert differing_facts(desk, person) == ()
