"""The right of access: everything held on a person, read and as data; nobody else's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from desktop.workflows.desk import desk_of
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.retention.personal_data import hand_over
from exports.bundle.receipt import OutcomeKind
from exports.paper.render import page_count, page_text
from vault.key_slots.kdf import Kdf
from vault.records.applications import ApplicationState
from vault.records.bundles import BundleRecord, Direction
from vault.vault import Vault, VaultKind


def test_a_person_is_handed_all_and_only_what_is_theirs(tmp_path: Path) -> None:
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Maison d’arrêt de Valmont",
        user="C. Le Goff",
        passphrase="x" * 12,
        kdf=Kdf(),
    )
    desk = desk_of(vault)
    zoe = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    other = add_person(desk, {"identite.nom_naissance": "Kervella", "identite.prenoms": "Yann"})
    for person, town in ((zoe, "İzmir"), (other, "Quimper")):
        draft = open_application(desk, start_application(desk, person, "election-de-domicile"))
        draft.type_in("/data/naissance/commune_naissance", town)
    vault.retention.keep_person(zoe, "2099-03-01", "un recours")
    handed = hand_over(desk, zoe, tmp_path)
    pdf = handed.pdf.read_bytes()
    said = "".join(page_text(pdf, page) for page in range(page_count(pdf)))
    assert "Zoë" in said
    assert "İzmir" in said
    assert "commencée" in said
    assert "Kervella" not in said
    assert "Quimper" not in said
    held = json.loads(handed.data.read_text("utf-8"))
    assert held["applications"][0]["answers"]["/data/naissance/commune_naissance"] == "İzmir"
    assert (held["person"]["kept_until"], held["person"]["kept_reason"]) == (
        "2099-03-01",
        "un recours",
    )
    assert held["documents"] == []
    assert sorted(file.name for file in handed.folder.iterdir()) == ["donnees.json", "donnees.pdf"]
    assert vault.journal.of_person(zoe)[-1].action.value == "access_given"


def test_nothing_held_is_left_out(tmp_path: Path) -> None:
    """Every column of the vault that is about a person is filled, and looked for in both files."""
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Centre de Brest",
        user="C. Le Goff",
        passphrase="x" * 12,
        kdf=Kdf(),
    )
    desk = desk_of(vault)
    zoe = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    draft = start_application(desk, zoe, "election-de-domicile")
    sent = BundleRecord(
        "b" * 8, "2026-0042", Direction.RECEIVED, (), "z.liasse", "0" * 64, (draft,),
        "2026-03-01T08:00:00+00:00", None,
    )  # fmt: skip
    vault.bundles.add(sent)
    vault.applications.save(
        replace(
            vault.applications.get(draft),
            state=ApplicationState.REFUSED,
            organisation="CCAS de Brest",
            reference="RÉF-77-Ω",
            comment="pièce illisible, à refaire",
            outcome=OutcomeKind.REFUSED.value,
            outcome_on="2026-04-02",
            deadline="2026-05-03",
            assigned_to=vault.session.user_id,
            revision=3,
            bundle_id=sent.id,
        )
    )
    scan = b"%PDF-1.7 scan"
    vault.documents.add(
        person_id=zoe,
        application_id=draft,
        request_name=None,
        name="../carte d’identité.pdf",
        media_type="application/pdf",
        pages=1,
        content=scan,
    )
    handed = [hand_over(desk, zoe, tmp_path) for _ in range(2)]
    assert handed[0].folder != handed[1].folder, "one is not written over the other"
    pdf = handed[0].pdf.read_bytes()
    said = "".join(page_text(pdf, page) for page in range(page_count(pdf)))
    data = handed[0].data.read_text("utf-8")
    for words in ("CCAS de Brest", "RÉF-77-Ω", "pièce illisible", "2026-0042", "C. Le Goff"):
        assert words in data
        assert words in said
    for in_figures, stored in (("02/04/2026", "2026-04-02"), ("03/05/2026", "2026-05-03")):
        assert in_figures in said
        assert stored in data
    held = json.loads(data)
    (document,) = held["documents"]
    file = handed[0].folder / document["file"]
    assert file.parent == handed[0].folder / "pieces"
    assert file.read_bytes() == scan
    assert held["applications"][0]["times_sent"] == 3
    vault.lock()


def test_every_table_about_a_person_is_known_here(tmp_path: Path) -> None:
    """A table added must be handed over too, or said here to hold nothing of its own."""
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Valmont",
        user="C. Le Goff",
        passphrase="x" * 12,
        kdf=Kdf(),
    )
    store = vault._store
    tables = {row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    about = {
        table
        for table in tables
        for column in store.rows(f"PRAGMA table_info({table})")
        if column[1] in {"person_id", "application_id", "application_ids", "document_id"}
    }
    handed = {"applications", "documents", "bundles", "journal", "blank_copies", "former_history"}
    of_others = {"document_pieces", "search_entries"}
    assert about == handed | of_others
    vault.lock()
