"""The journal of a vault, told: what was done, to which record; nothing is done that it omits."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.history import history_of_application, what_was_done
from desktop.workflows.people.profiles import add_person
from desktop.workflows.retention.erasing import erase
from desktop.workflows.settings.journal import export_journal, note_application_opened, recent_lines
from vault.errors import VaultFolderUnwritable
from vault.key_slots.kdf import Kdf
from vault.key_slots.key_slot import Role
from vault.records.journal import Action
from vault.vault import Vault, VaultKind

PASSPHRASE, YANN = "girafe lanterne octobre", "huître tambour nuage"
TOWN = "/data/naissance/commune_naissance"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    vault, _ = Vault.create(
        tmp_path / "coffre",
        kind=VaultKind.STATION,
        place="Valmont",
        user="C. Le Goff",
        passphrase=PASSPHRASE,
        kdf=Kdf(),
    )
    yield desk_of(vault)
    vault.lock()


def begun(desk: Desk) -> tuple[str, str]:
    zoe = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    return zoe, start_application(desk, zoe, "election-de-domicile")


def edits(desk: Desk) -> list[str]:
    lines = desk.vault.journal.recent(100)
    return [line.user for line in reversed(lines) if line.action is Action.APPLICATION_EDITED]


def test_changed_answers_are_noted_once_for_each_who_changes_them(desk: Desk) -> None:
    _, draft = begun(desk)
    desk.vault.users.add("Yann Kervella", Role.WORKER, YANN, kdf=Kdf())
    for _ in range(2):
        note_application_opened(desk, draft)
        opened = open_application(desk, draft)
        for town in ("İzmir", "Quimper"):
            opened.type_in(TOWN, town)
    assert edits(desk) == ["C. Le Goff"]
    desk.vault.lock()
    yann = desk_of(Vault.unlock(desk.vault.folder, YANN))
    open_application(yann, draft).type_in(TOWN, "Brest")
    yann.vault.lock()
    back = desk_of(Vault.unlock(desk.vault.folder, PASSPHRASE))
    open_application(back, draft).type_in(TOWN, "Rennes")
    assert edits(back) == ["C. Le Goff", "Yann Kervella", "C. Le Goff"]
    assert "réponses modifiées" in history_of_application(back, draft)[0].what
    back.vault.lock()


def test_an_answer_that_was_not_kept_is_not_noted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, draft = begun(desk)
    opened = open_application(desk, draft)

    def full(*_: object, **__: object) -> None:
        raise VaultFolderUnwritable

    with monkeypatch.context() as broken:
        broken.setattr(type(desk.vault.applications), "save_answers", full)
        with pytest.raises(VaultFolderUnwritable):
            opened.type_in(TOWN, "İzmir")
    assert edits(desk) == []
    opened.type_in(TOWN, "İzmir")
    assert edits(desk) == ["C. Le Goff"]


def test_a_line_says_for_whom_until_they_are_erased(desk: Desk) -> None:
    zoe, _ = begun(desk)
    assert {one.whom for one in recent_lines(desk)} == {"ÜNAL Zoë", ""}
    erase(desk, [zoe])
    assert {one.whom for one in recent_lines(desk)} == {""}


def test_every_action_is_told_in_words(desk: Desk) -> None:
    told = {action: what_was_done(desk.vault.journal.add(action)).strip() for action in Action}
    assert [action for action, words in told.items() if not words] == []


def test_the_exported_journal_can_be_checked_without_the_vault(desk: Desk, tmp_path: Path) -> None:
    zoe, draft = begun(desk)
    open_application(desk, draft).type_in(TOWN, "İzmir")
    erase(desk, [zoe])
    desk.vault.users.add("=1+1", Role.WORKER, YANN, kdf=Kdf())
    desk.vault.lock()
    other = desk_of(Vault.unlock(desk.vault.folder, YANN))
    export_journal(other, tmp_path / "journal.csv")
    held = other.vault.journal.recent(1000)
    other.vault.lock()
    text = (tmp_path / "journal.csv").read_text("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [int(line["numéro"]) for line in lines] == list(range(1, len(held) + 1))
    assert lines[-1]["quoi"] == "Journal : CSV enregistré en clair"
    assert lines[-1]["qui"] == "'=1+1", "a spreadsheet would compute it"
    before, checked = "0" * 64, 0
    for line in lines:
        assert line["empreinte précédente"] == before
        before = line["empreinte"]
        if not line["vidée par la ligne"]:
            assert recomputed(line) == line["empreinte"]
            checked += 1
    assert 0 < checked < len(lines)
    assert "Ünal" not in text
    assert "İzmir" not in text


def recomputed(line: dict[str, str]) -> str:
    covered: list[object] = [
        line["empreinte précédente"],
        int(line["numéro"]),
        line["quand (UTC)"],
        line["qui"].removeprefix("'"),
        line["action"],
        line["personne"] or None,
        line["démarche"] or None,
        sorted(json.loads(line["détail"]).items()),
    ]
    if line["utilisateur"]:
        covered.append(line["utilisateur"])
    spelled = json.dumps(covered, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()
