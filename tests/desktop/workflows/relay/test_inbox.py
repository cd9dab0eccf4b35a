"""The relay's inbox: a folder of bundles opened, filters, counts, whose it is, what is due."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.cli import main
from desktop.workflows.desk import Desk
from desktop.workflows.errors import NotARelay
from desktop.workflows.exchanges.receipts import record_outcome
from desktop.workflows.history import history_of_application
from desktop.workflows.relay.assignment import assign, colleagues, set_deadline
from desktop.workflows.relay.bulk_opening import open_folder
from desktop.workflows.relay.copying import copy_plan, mark_copied
from desktop.workflows.relay.inbox import (
    MINE,
    NOBODY,
    InboxFilter,
    inbox,
    keep_filter,
    kept_filter,
)
from desktop.workflows.retention.erasing import erase
from desktop.workflows.start.opening import unlock
from exports.bundle.receipt import OutcomeKind
from tests.desktop.workflows.pair import PASSPHRASE, introduce, make_desk, send_one
from vault.key_slots.key_slot import Role
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

NAMES = ("Ünal-Œillet", "Kervella", "Da Silva")


@pytest.fixture
def relay(tmp_path: Path) -> Desk:
    """A relay, and a folder of three good bundles, a torn one, and something else."""
    station = make_desk(tmp_path / "poste", VaultKind.STATION, "Maison d’arrêt de Brest")
    relay = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP")
    introduce(station, relay, tmp_path)
    folder = tmp_path / "liasses"
    (folder / "lundi").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        send_one(station, relay, folder / "lundi" / f"{number}.liasse", name=name)
    whole = (folder / "lundi" / "0.liasse").read_bytes()
    (folder / "abimee.liasse").write_bytes(whole[: len(whole) // 2])
    (folder / "notes.txt").write_text("rien")
    return relay


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the bundles are."""
    return tmp_path / "liasses"


def test_a_folder_is_opened_whatever_one_file_is(relay: Desk, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    opened = open_folder(relay, folder, progress=lambda done, found: told.append((done, found)))
    assert (opened.found, opened.new, opened.applications, opened.left) == (4, 3, 3, 0)
    assert opened.unknown_senders == ()
    (refused,) = opened.unopened
    assert refused.name == "abimee.liasse"
    assert refused.why
    assert told[0] == (0, 4)
    assert told[-1] == (4, 4)


def test_an_opening_that_was_stopped_goes_on(relay: Desk, folder: Path) -> None:
    answers = iter((True, True, False))
    first = open_folder(relay, folder, go_on=lambda: next(answers))
    assert (first.new, first.left) == (1, 2)
    second = open_folder(relay, folder)
    assert (second.new, second.already, second.left) == (2, 1, 0)
    # A copy under another name is the same bundle.
    copy = folder / "copie.liasse"
    copy.write_bytes((folder / "lundi" / "0.liasse").read_bytes())
    assert open_folder(relay, folder).already == 4


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a signal of Unix")
def test_an_opening_that_was_killed_goes_on(relay: Desk, folder: Path) -> None:
    vault = relay.vault.folder
    relay.vault.lock()
    opener = subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.workflows.opener", str(vault), str(folder)],
        cwd=Path(__file__).resolve().parents[4],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert opener.stdout is not None
    # The torn file was refused, the first good one opened, the next is being looked at.
    while (told := opener.stdout.readline()) != "2\n":
        assert told
    opener.kill()
    opener.communicate()
    desk = unlock(vault, PASSPHRASE)
    assert desk.vault.verify().ok
    kept = len(desk.vault.bundles.all())
    assert kept >= 1
    assert len(desk.vault.applications.all()) == kept
    opened = open_folder(desk, folder)
    assert (opened.new, opened.already) == (len(NAMES) - kept, kept)
    assert len(desk.vault.applications.all()) == len(NAMES)
    desk.vault.lock()


def test_the_terminal_opens_a_folder(relay: Desk, folder: Path) -> None:
    relay.vault.lock()
    done = CliRunner().invoke(
        main,
        ["relay", "open", str(folder), "--vault", str(relay.vault.folder), "--json"],
        env={"TRAITDUNION_PASSPHRASE": PASSPHRASE},
    )
    assert done.exit_code == 1
    assert json.loads(done.stdout)["new"] == 3
    assert "abimee.liasse" in done.stderr


def test_filters_and_counts(relay: Desk, folder: Path) -> None:
    open_folder(relay, folder)
    shown = inbox(relay, InboxFilter())
    assert shown.total == 3
    assert shown.summary == "3\u00a0à déposer"
    assert shown.stations == ((shown.stations[0][0], "Maison d’arrêt de Brest (3)"),)
    zoe = next(row.id for row in shown.rows if row.person.startswith("ÜNAL"))
    record_outcome(relay, zoe, OutcomeKind.FILED_ONLINE, on=relay.today(), reference="CAF-77")

    def found(wanted: InboxFilter) -> list[str]:
        return [row.person for row in inbox(relay, wanted).rows]

    assert found(InboxFilter(state="filed")) == ["ÜNAL-ŒILLET Zoë"]
    assert len(found(InboxFilter(state="to_file"))) == 2
    for words in ("oeillet", "caf-77", "ZOE caf"):
        assert found(InboxFilter(words=words)) == ["ÜNAL-ŒILLET Zoë"]
    assert found(InboxFilter(words="kerv domicile")) == ["KERVELLA Zoë"]
    for nothing in (InboxFilter(form="rsa"), InboxFilter(station="x"), InboxFilter(words="xyz")):
        assert found(nothing) == []
    # What was filed comes after what waits.
    assert found(InboxFilter())[-1] == "ÜNAL-ŒILLET Zoë"


def test_an_application_is_somebody_s(relay: Desk, folder: Path) -> None:
    open_folder(relay, folder)
    added = relay.vault.users.add("B. Tanguy", Role.WORKER, "quatre mots tirés au sort")
    assert [one.name for one in colleagues(relay)] == ["A. Morvan", "B. Tanguy"]
    first, second, third = (row.id for row in inbox(relay, InboxFilter()).rows)
    assign(relay, first, relay.vault.session.user_id)
    assign(relay, second, added.id)

    def found(wanted: str) -> list[str]:
        return [row.id for row in inbox(relay, InboxFilter(assigned=wanted)).rows]

    assert found(MINE) == [first]
    assert found(added.id) == [second]
    assert found(NOBODY) == [third]
    assert next(row.assigned for row in inbox(relay, InboxFilter()).rows if row.id == second) == (
        "B. Tanguy"
    )
    assert inbox(relay, InboxFilter()).people == (
        (MINE, "Les miennes (1)"), (NOBODY, "À personne (1)"), (added.id, "B. Tanguy (1)"),
    )  # fmt: skip
    assign(relay, second, None)
    assert [line.what for line in history_of_application(relay, second)][:2] == [
        "Demande d’élection de domicile : confiée à personne",
        "Demande d’élection de domicile : confiée à B. Tanguy",
    ]


def test_the_soonest_due_comes_first(relay: Desk, folder: Path) -> None:
    open_folder(relay, folder)
    first, second, third = (row.id for row in inbox(relay, InboxFilter()).rows)
    today = relay.today()
    set_deadline(relay, third, today + timedelta(days=2))
    set_deadline(relay, second, today + timedelta(days=30))
    rows = inbox(relay, InboxFilter()).rows
    assert [row.id for row in rows] == [third, second, first]
    assert [row.due_soon for row in rows] == [True, False, False]
    assert [row.id for row in inbox(relay, InboxFilter(due=True)).rows] == [third]
    assert "1\u00a0à échéance proche" in inbox(relay, InboxFilter()).summary
    set_deadline(relay, third, None)
    assert not inbox(relay, InboxFilter(due=True)).rows


def test_a_filter_is_found_again(relay: Desk) -> None:
    wanted = InboxFilter(state="to_file", assigned=NOBODY, due=True, words="ünal")
    keep_filter(relay, wanted)
    # Not the words: they may be a name, that an erasure could not find.
    assert kept_filter(relay) == replace(wanted, words="")


def test_a_station_has_no_inbox(tmp_path: Path) -> None:
    station = make_desk(tmp_path / "poste", VaultKind.STATION, "Brest")
    for step in (
        lambda: inbox(station, InboxFilter()),
        lambda: open_folder(station, tmp_path),
        lambda: assign(station, "x", None),
        lambda: set_deadline(station, "x", date(2026, 1, 1)),
        lambda: copy_plan(station, "x"),
    ):
        with pytest.raises(NotARelay):
            step()


def test_copying_keeps_its_place(relay: Desk, folder: Path) -> None:
    open_folder(relay, folder)
    record = next(row.id for row in inbox(relay, InboxFilter(words="ünal")).rows)
    plan = copy_plan(relay, record)
    assert plan.site == "https://domiciliation.example/demande"
    assert plan.order.startswith("Exemple inventé, lu le")
    name = next(step for step in plan.steps if step.label == "Nom de naissance")
    assert name.text == "ÜNAL-ŒILLET"
    assert len({step.key for step in plan.steps}) == len(plan.steps)
    mark_copied(relay, record, frozenset({name.key}))
    assert copy_plan(relay, record).done == {name.key}
    assert relay.vault.applications.get(record).state is ApplicationState.IN_PROGRESS
    erase(relay, [relay.vault.applications.get(record).person_id])
    assert relay.vault.settings.under("online.copying.") == {}


def test_a_form_without_a_website_is_copied_in_its_own_order(relay: Desk, folder: Path) -> None:
    open_folder(relay, folder)
    row = inbox(relay, InboxFilter(words="kervella")).rows[0]
    application = relay.vault.applications.get(row.id)
    relay.vault.applications.save(replace(application, form_id="lettre-inconnue"))
    plan = copy_plan(relay, row.id)
    assert "n’est pas connu" in plan.order
    assert plan.steps[0].label == "Civilité"
    assert "Kervella" in [step.text for step in plan.steps]
