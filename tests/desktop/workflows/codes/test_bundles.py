"""The round trip where only paper passes: printed, scanned badly, taken in, answered."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.cli import main
from desktop.workflows.codes.bundles import (
    keep_parcel,
    print_application,
    print_bundle,
    print_receipt,
    save_codes,
)
from desktop.workflows.codes.intake import PaperIntake, WatchedFolder
from desktop.workflows.codes.slips import preview_typed_receipt, take_typed_receipt
from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.errors import NoSuchSentApplication, NotOwnFile, UnverifiedContact
from desktop.workflows.exchanges.bundles import (
    ReceivedBundle,
    list_bundles,
    receive_bundle,
    send_bundle,
)
from desktop.workflows.exchanges.contacts import import_card, mark_verified, save_my_card
from desktop.workflows.exchanges.receipts import TakenReceipt, record_outcome, write_receipt
from desktop.workflows.filling.applications import start_application
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.history import history_of_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.start.opening import lock
from exports.bundle.paper.errors import CodesMissing, SlipMistyped
from exports.bundle.paper.typed_receipt import receipt_line
from exports.bundle.receipt import Outcome, OutcomeKind
from tests.exports.bundle.paper.scanner import BAD, blanked, pages_of, saved, worn
from vault.records.applications import ApplicationState
from vault.vault import Vault, VaultKind

PASSPHRASE = "girafe lanterne octobre"


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    """A station and a relay that know each other."""
    made = []
    for name, kind in (("poste", VaultKind.STATION), ("relais", VaultKind.RELAY)):
        vault, _ = Vault.create(
            tmp_path / name, kind=kind, place=f"Lieu {name}", user="C. Le Goff",
            passphrase=PASSPHRASE,
        )  # fmt: skip
        made.append(desk_of(vault))
    station, relay = made
    for desk, other in ((station, relay), (relay, station)):
        card = tmp_path / "carte"
        save_my_card(desk, card)
        mark_verified(other, import_card(other, card).id)
    return station, relay


@pytest.fixture
def application(desks: tuple[Desk, Desk]) -> str:
    """An application at the station, ready to leave."""
    station, _ = desks
    person = add_person(
        station, {"identite.nom_naissance": "Ünal-Œillet", "identite.prenoms": "Zoë"}
    )
    application_id = start_application(station, person, "election-de-domicile")
    open_application(station, application_id).type_in("/data/identite/nom", "Ünal-Œillet")
    return application_id


def scanned(pdf: bytes, folder: Path, *, lost: tuple[int, ...] = ()) -> list[Path]:
    rng = random.Random(5)
    folder.mkdir()
    files = []
    for number, page in enumerate(pages_of(pdf, 200)):
        bare = blanked(page, list(lost), dpi=200)
        file = folder / f"scan{number}.jpg"
        file.write_bytes(saved(worn(bare, BAD, dpi=200, rng=rng), "JPEG", quality=60))
        files.append(file)
    return files


def taken_in(files: list[Path]) -> PaperIntake:
    intake = PaperIntake()
    for file in reversed(files):
        assert not intake.read(file).problem
    return intake


def test_a_bundle_and_its_receipt_travel_on_paper(
    desks: tuple[Desk, Desk], application: str, tmp_path: Path
) -> None:
    station, relay = desks
    liasse = tmp_path / "l.liasse"
    sent = send_bundle(station, [application], [relay.vault.id], liasse)
    printed = print_bundle(station, liasse)
    lines = [one.what for one in history_of_application(station, application)]
    assert any("Liasse 2026-001" in one or f"Liasse {sent.number}" in one for one in lines)
    intake = taken_in(scanned(printed.pdf, tmp_path / "aller", lost=(2, 7)))
    (progress,) = intake.parcels
    assert progress.line.endswith("c’est assez.")
    assert progress.parcel.content() == liasse.read_bytes()
    kept = keep_parcel(relay, progress.parcel)
    assert isinstance(kept, ReceivedBundle)
    assert kept.new
    assert kept.application_ids == (application,)
    assert not receive_bundle(relay, liasse).new

    record_outcome(
        relay, application, OutcomeKind.FILED_ONLINE, on=relay.today(), reference="AB-12"
    )
    accuse = tmp_path / "a.accuse"
    write_receipt(relay, sent.id, accuse)
    back = taken_in(scanned(print_bundle(relay, accuse).pdf, tmp_path / "retour"))
    taken = keep_parcel(station, back.parcels[0].parcel)
    assert isinstance(taken, TakenReceipt)
    assert taken.new
    assert station.vault.applications.get(application).state is ApplicationState.FILED


def test_the_form_itself_is_the_bundle(
    desks: tuple[Desk, Desk], application: str, tmp_path: Path
) -> None:
    station, relay = desks
    paper = print_application(station, application, relay.vault.id)
    assert paper.codes <= 2
    assert station.vault.applications.get(application).state is ApplicationState.SENT
    files = scanned(paper.pdf, tmp_path / "aller")
    intake = PaperIntake()
    for file in files:
        intake.read(file)
    kept = keep_parcel(relay, intake.parcels[0].parcel)
    assert isinstance(kept, ReceivedBundle)
    assert kept.new
    assert "ÜNAL-ŒILLET Zoë" in kept.preview.lines[0]
    assert not keep_parcel(relay, intake.parcels[0].parcel).new
    received = relay.vault.applications.get(application)
    assert received.answers["/data/identite/nom"] == "Ünal-Œillet"
    (document,) = relay.vault.documents.of_application(application)
    assert relay.vault.documents.content(document.id).startswith(b"%PDF-")

    record_outcome(relay, application, OutcomeKind.REFUSED, on=relay.today(), reference="R 7")
    (bundle,) = list_bundles(relay)
    printed = print_receipt(relay, bundle.id, typed=True)
    assert (printed.pages, printed.codes) == (1, 1)
    back = taken_in(scanned(printed.pdf, tmp_path / "retour"))
    taken = keep_parcel(station, back.parcels[0].parcel)
    assert isinstance(taken, TakenReceipt)
    assert taken.new
    assert not keep_parcel(station, back.parcels[0].parcel).new
    assert station.vault.applications.get(application).state is ApplicationState.REFUSED


def test_a_receipt_is_typed_by_hand(desks: tuple[Desk, Desk], application: str) -> None:
    station, relay = desks
    line = receipt_line(Outcome(application, OutcomeKind.FILED_BY_POST, "2026-11-24", "AB-12", ""))
    with pytest.raises(NoSuchSentApplication):
        preview_typed_receipt(station, line)
    print_application(station, application, relay.vault.id)
    with pytest.raises(SlipMistyped):
        preview_typed_receipt(station, line.replace("C", "E", 1) if " C " in line else "x")
    said = preview_typed_receipt(station, line).line
    assert "ÜNAL-ŒILLET" in said
    assert "le 24/11/2026, référence AB-12" in said
    assert station.vault.applications.get(application).state is ApplicationState.SENT
    take_typed_receipt(station, line)
    kept = station.vault.applications.get(application)
    assert (kept.state, kept.reference) == (ApplicationState.FILED, "AB-12")
    head = station.vault.journal.head()
    assert "déjà notée" in take_typed_receipt(station, line)
    assert station.vault.journal.head() == head


def test_a_full_folder_is_watched_while_the_scanner_renames(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path, PaperIntake())
    for number in range(2_500):
        (tmp_path / f"ancien{number}.jpg").symlink_to(tmp_path / "parti.jpg")
    (tmp_path / "nouveau.png").write_bytes(b"")
    assert list(watched.look()) == []
    (scan,) = watched.look()
    assert scan.name == "nouveau.png"


def test_nothing_leaves_for_a_contact_nobody_compared(
    desks: tuple[Desk, Desk], application: str
) -> None:
    from dataclasses import replace

    station, relay = desks
    contact = station.vault.contacts.get(relay.vault.id)
    station.vault.contacts.save(replace(contact, verified_at=None))
    with pytest.raises(UnverifiedContact):
        print_application(station, application, relay.vault.id)
    assert station.vault.applications.get(application).state is ApplicationState.DRAFT
    print_application(station, application, relay.vault.id, to_unverified=True)


def test_only_ones_own_files_are_printed(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    file = tmp_path / "autre.liasse"
    file.write_bytes(b"age-encryption.org/v1\n")
    with pytest.raises(NotOwnFile):
        print_bundle(desks[0], file)


def test_a_watched_folder_is_read_once_it_is_still(
    desks: tuple[Desk, Desk], application: str, tmp_path: Path
) -> None:
    station, relay = desks
    liasse = tmp_path / "l.liasse"
    send_bundle(station, [application], [relay.vault.id], liasse)
    pages = pages_of(print_bundle(station, liasse).pdf, 200)
    folder = tmp_path / "scanner"
    folder.mkdir()
    (folder / "ancien.png").write_bytes(b"old")
    intake = PaperIntake()
    watched = WatchedFolder(folder, intake)
    (folder / "notes.txt").write_text("other")
    (folder / "vide.png").write_bytes(b"")
    assert list(watched.look()) == []
    (problem,) = watched.look()
    assert problem.name == "vide.png"
    assert problem.problem
    image = saved(pages[0], "PNG")
    (folder / "p1.png").write_bytes(image[:1000])
    assert list(watched.look()) == []
    (folder / "p1.png").write_bytes(image)
    assert list(watched.look()) == []
    (scan,) = watched.look()
    assert (scan.name, scan.pages, scan.new, scan.problem) == ("p1.png", 1, 12, "")
    assert list(watched.look()) == []
    (progress,) = intake.parcels
    assert intake.complete is (len(pages) == 1)
    if len(pages) > 1:
        assert "À numériser de nouveau : page 2" in progress.line
        with pytest.raises(CodesMissing):
            keep_parcel(relay, progress.parcel)


def test_the_terminal_prints_and_scans(
    desks: tuple[Desk, Desk], application: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TRAITDUNION_PASSPHRASE", PASSPHRASE)
    station, relay = desks
    liasse, pdf, out = tmp_path / "l.liasse", tmp_path / "l.pdf", tmp_path / "relu.liasse"
    send_bundle(station, [application], [relay.vault.id], liasse)
    save_codes(print_bundle(station, liasse), tmp_path / "first.pdf")
    lock(station)
    runner = CliRunner()
    done = runner.invoke(
        main,
        ["bundle", "print", str(liasse), "--pdf", str(pdf), "--vault", str(tmp_path / "poste")],
    )
    assert done.exit_code == 0, done.output
    assert pdf.read_bytes() == (tmp_path / "first.pdf").read_bytes()
    files = [str(file) for file in scanned(pdf.read_bytes(), tmp_path / "scans")]
    done = runner.invoke(main, ["bundle", "scan", *files, "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["kind"] == "bundle"
    assert out.read_bytes() == liasse.read_bytes()
    if len(files) > 1:
        done = runner.invoke(main, ["bundle", "scan", files[0], "--out", str(tmp_path / "no")])
        assert done.exit_code == 1
        assert "À numériser de nouveau" in done.stderr
        assert not (tmp_path / "no").exists()
    done = runner.invoke(main, ["bundle", "scan", str(liasse), "--out", str(tmp_path / "no")])
    assert done.exit_code == 1
    assert "Aucun code" in done.stderr
