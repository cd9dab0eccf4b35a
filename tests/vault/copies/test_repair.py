"""A damaged vault brought into a new one: what can be read is there, what cannot is named."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vault.copies.repair import STAND_IN_NAME, Repair
from vault.errors import DatabaseDamaged, DocumentDamaged, VaultExists, WrongPassphrase
from vault.key_slots.keyfile import PREVIOUS_NAME
from vault.records.journal import Action
from vault.vault import Vault

if TYPE_CHECKING:
    from tests.vault.conftest import ClosedVault

PAGE = 4096
PEOPLE = 120


@pytest.fixture(scope="module")
def town(template: ClosedVault, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault whose tables each take several pages; made once."""
    folder = tmp_path_factory.mktemp("town") / "coffre"
    shutil.copytree(template.folder, folder)
    vault = Vault.unlock_with_recovery(folder, template.recovery)
    chance = random.Random(11)
    with vault.transaction():
        for number in range(PEOPLE):
            person = vault.people.add(
                family_name=f"Mercier{number:03}",
                given_names="Anne",
                profile={"remarque": "Œ" * chance.randrange(200)},
            )
            application = vault.applications.add(
                person_id=person.id,
                form_id="lettre",
                form_version="1",
                form_title="Lettre" if number % 2 else "Demande",
                answers={"/data/texte": f"réponse {number} " + "x" * chance.randrange(3000)},
            )
            vault.journal.add(Action.APPLICATION_STARTED, application_id=application.id)
            vault.documents.add(
                person_id=person.id,
                application_id=application.id,
                request_name=None,
                name=f"carte-{number:03}.pdf",
                media_type="application/pdf",
                pages=1,
                content=chance.randbytes(chance.randrange(6000)),
            )
    vault.lock()
    return folder


@pytest.fixture
def damaged(town: Path, closed: ClosedVault) -> ClosedVault:
    shutil.rmtree(closed.folder)
    shutil.copytree(town, closed.folder)
    return closed


def flip(closed: ClosedVault, *pages: int) -> None:
    content = bytearray(closed.database.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE + 1234] ^= 0x10
    closed.database.write_bytes(content)


def repaired(closed: ClosedVault, folder: Path) -> tuple[Vault, Repair]:
    before = {file.name: file.read_bytes() for file in closed.folder.iterdir()}
    vault, report = Vault.repair(closed.folder, folder, closed.recovery)
    assert {file.name: file.read_bytes() for file in closed.folder.iterdir()} == before
    assert sorted(file.name for file in folder.glob("vault.db.*")) == []
    return vault, report


def texts(vault: Vault) -> set[str]:
    return {
        str(one.answers["/data/texte"]).split(" x")[0]
        for person in vault.people.all(limit=1000)
        for one in vault.applications.of_person(person.id)
    }


def test_a_sound_vault_comes_over_whole(damaged: ClosedVault, tmp_path: Path) -> None:
    vault, report = repaired(damaged, tmp_path / "neuf")
    assert report.whole
    assert report.lost == {}
    assert report.kept["people"] == report.kept["applications"] == PEOPLE
    assert report.journal_breaks_at is None
    assert len(texts(vault)) == PEOPLE
    assert vault.search("mercier042")[0].title == "MERCIER042 Anne"
    assert vault.verify().ok
    vault.lock()
    again = Vault.unlock(tmp_path / "neuf", damaged.passphrase)
    assert again.people.count() == PEOPLE
    again.lock()


@pytest.mark.parametrize("seed", range(6))
def test_pages_lost_take_only_their_rows(damaged: ClosedVault, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    pages = damaged.database.stat().st_size // PAGE
    flip(damaged, *chance.sample(range(60, pages + 1), chance.randrange(1, 6)))
    vault, report = repaired(damaged, tmp_path / "neuf")
    assert not report.whole or report.journal_breaks_at is not None or report.lost == {}
    people = vault.people.all(limit=1000)
    named = [person for person in people if person.family_name != STAND_IN_NAME]
    assert len(named) + report.lost.get("people", 0) == PEOPLE
    assert len(report.people) == report.lost.get("people", 0)
    assert len(texts(vault)) + report.lost.get("applications", 0) == PEOPLE
    assert len(report.applications) == report.lost.get("applications", 0)
    for person in people:
        for document in vault.documents.of_person(person.id):
            vault.documents.content(document.id)
    problems = [one for one in vault.verify().problems if not one.startswith("Journal rompu")]
    assert problems == []
    vault.lock()


def test_what_is_lost_is_named(damaged: ClosedVault, tmp_path: Path) -> None:
    """Every page in turn, until a person, then an application, is among the lost."""
    pages = damaged.database.stat().st_size // PAGE
    sound = damaged.database.read_bytes()
    wanted = {"person", "application", "document"}
    for page in random.Random(5).sample(range(60, pages), pages - 60):
        damaged.database.write_bytes(sound)
        flip(damaged, page)
        vault, report = repaired(damaged, tmp_path / str(page))
        vault.lock()
        if any(name.startswith("mercier") and name.endswith("anne") for name in report.people):
            wanted.discard("person")
        if any(
            one.title in ("Lettre", "Demande") and str(one.person).startswith("Mercier")
            for one in report.applications
        ):
            wanted.discard("application")
        if any(name.startswith("carte-") for name in report.documents):
            wanted.discard("document")
        if not wanted:
            return
    pytest.fail(f"no lost page named a {wanted}")


def test_an_application_outlives_the_page_of_its_person(
    damaged: ClosedVault, tmp_path: Path
) -> None:
    vault = damaged.open()
    store = vault.people._store
    (root,) = store.row("SELECT rootpage FROM sqlite_master WHERE name = 'people'") or ()
    vault.lock()
    flip(damaged, root)
    vault, report = repaired(damaged, tmp_path / "neuf")
    assert report.kept["people"] == 0
    assert report.lost["people"] == report.stand_ins == PEOPLE
    assert {person.family_name for person in vault.people.all()} == {STAND_IN_NAME}
    assert len(texts(vault)) == PEOPLE
    assert vault.verify().ok
    vault.lock()


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_cut_short_gives_what_is_left(
    damaged: ClosedVault, tmp_path: Path, kept: float
) -> None:
    os.truncate(damaged.database, int(damaged.database.stat().st_size * kept))
    with pytest.raises(DatabaseDamaged):
        damaged.open()
    vault, report = repaired(damaged, tmp_path / "neuf")
    assert not report.whole
    assert 0 < report.kept["people"] + report.kept["applications"] < 2 * PEOPLE
    vault.lock()


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(random.Random(1).randbytes(50_000)),
        lambda file: file.write_bytes(b"\0" * PAGE + file.read_bytes()[PAGE:]),
        lambda file: os.truncate(file, 3000),
    ],
    ids=["empty", "noise", "no first page", "less than a page"],
)
def test_what_cannot_be_repaired_is_said_and_leaves_nothing(
    damaged: ClosedVault, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    harm(damaged.database)
    with pytest.raises(DatabaseDamaged):
        Vault.repair(damaged.folder, tmp_path / "neuf", damaged.recovery)
    assert not (tmp_path / "neuf").exists()


def test_lost_keys_of_the_vault_are_drawn_anew_and_said(
    damaged: ClosedVault, tmp_path: Path
) -> None:
    vault = damaged.open()
    recipient = vault.identity.age_recipient
    vault.people._store.run("DELETE FROM settings WHERE key = 'identity'")
    vault.lock()
    vault, report = repaired(damaged, tmp_path / "neuf")
    assert report.keys_renewed
    assert not report.whole
    assert vault.identity.age_recipient != recipient
    vault.lock()


def test_a_broken_document_leaves_its_name(damaged: ClosedVault, tmp_path: Path) -> None:
    vault = damaged.open()
    person = vault.people.all()[0]
    (document,) = vault.documents.of_person(person.id)
    vault.people._store.run(
        "UPDATE document_pieces SET content = x'00' WHERE document_id = ?", (document.id,)
    )
    vault.lock()
    vault, report = repaired(damaged, tmp_path / "neuf")
    assert report.documents == (document.name,)
    with pytest.raises(DocumentDamaged):
        damaged.open().documents.content(document.id)
    assert vault.documents.of_person(person.id) == []
    vault.lock()


def test_an_older_schema_comes_forward(closed: ClosedVault, tmp_path: Path) -> None:
    for version in (1, 2, 3, 4):
        old = Path(__file__).parents[1] / "vaults" / f"version-{version}"
        vault, report = Vault.repair(old, tmp_path / str(version), "quatre mots tirés au sort")
        assert report.whole
        assert vault.search("oeillet")[0].title.startswith("ÜNAL-ŒILLET")
        assert vault.verify().ok
        vault.lock()


def test_a_repair_given_up_leaves_nothing(damaged: ClosedVault, tmp_path: Path) -> None:
    class GivenUp(Exception):
        pass

    def give_up(done: float) -> None:
        if done > 0.5:
            raise GivenUp

    with pytest.raises(GivenUp):
        Vault.repair(damaged.folder, tmp_path / "neuf", damaged.recovery, progress=give_up)
    assert not (tmp_path / "neuf").exists()


def test_a_wrong_passphrase_and_a_folder_in_use_are_refused(
    damaged: ClosedVault, tmp_path: Path
) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.repair(damaged.folder, tmp_path / "neuf", "ce n’est pas elle")
    with pytest.raises(VaultExists):
        Vault.repair(damaged.folder, damaged.folder, damaged.recovery)


def test_a_damaged_key_file_gives_way_to_the_one_before(
    damaged: ClosedVault, tmp_path: Path
) -> None:
    vault = damaged.open()
    vault.users.renew_recovery()
    vault.lock()
    assert (damaged.folder / PREVIOUS_NAME).exists()
    half = damaged.keys.read_bytes()[:100]
    damaged.keys.write_bytes(half)
    vault = Vault.unlock(damaged.folder, damaged.passphrase)
    assert vault.session.keys_are_older
    assert vault.session.keys_were_damaged
    assert damaged.keys.read_bytes() == (damaged.folder / PREVIOUS_NAME).read_bytes()
    vault.lock()
    damaged.keys.write_bytes(half)
    vault, report = Vault.repair(damaged.folder, tmp_path / "neuf", damaged.passphrase)
    assert report.older_keys
    vault.lock()
