"""The right of access: everything held on a person, read and as data; nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.workflows.applications import start_application
from desktop.workflows.desk import desk_of
from desktop.workflows.filling import open_application
from desktop.workflows.people import add_person
from desktop.workflows.personal_data import hand_over
from exports.paper.render import page_count, page_text
from vault.vault import Vault, VaultKind


def test_a_person_is_handed_all_and_only_what_is_theirs(tmp_path: Path) -> None:
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Maison d’arrêt de Valmont",
        user="C. Le Goff",
        passphrase="x" * 12,
    )
    desk = desk_of(vault)
    zoe = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    other = add_person(desk, {"identite.nom_naissance": "Kervella", "identite.prenoms": "Yann"})
    for person, town in ((zoe, "İzmir"), (other, "Quimper")):
        draft = open_application(desk, start_application(desk, person, "election-de-domicile"))
        draft.type_in("/data/naissance/commune_naissance", town)
    vault.retention.keep_person(zoe, "2099-03-01", "un recours")
    files = hand_over(desk, zoe, tmp_path)
    pdf = files[0].read_bytes()
    said = "".join(page_text(pdf, page) for page in range(page_count(pdf)))
    assert "Zoë" in said
    assert "İzmir" in said
    assert "commencée" in said
    assert "Kervella" not in said
    assert "Quimper" not in said
    held = json.loads(files[1].read_text("utf-8"))
    assert held["applications"][0]["answers"]["/data/naissance/commune_naissance"] == "İzmir"
    assert (held["person"]["kept_until"], held["person"]["kept_reason"]) == (
        "2099-03-01",
        "un recours",
    )
    assert held["documents"] == []
    assert vault.journal.of_person(zoe)[-1].action.value == "access_given"
