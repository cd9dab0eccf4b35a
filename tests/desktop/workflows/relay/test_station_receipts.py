"""A station’s receipts together: what is new is said once, all of it is taken in or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from desktop.cli import main
from desktop.workflows.codes.bundles import keep_parcel
from desktop.workflows.codes.intake import PaperIntake
from desktop.workflows.codes.sending import send_on_paper
from desktop.workflows.desk import Desk
from desktop.workflows.errors import NoOutcomeToSend, NotARelay, NotAStation
from desktop.workflows.exchanges.bundles import receive_bundle
from desktop.workflows.exchanges.receipts import TakenReceipt, record_outcome
from desktop.workflows.relay.station_receipts import (
    import_receipts,
    print_station_receipts,
    stations_to_answer,
    write_station_receipts,
)
from exports.bundle.errors import BundleError
from exports.bundle.paper.errors import TooLongForPaper
from exports.bundle.receipt import OutcomeKind
from exports.bundle.receipt_group import read_group
from tests.desktop.workflows.pair import PASSPHRASE, introduce, make_desk, send_one
from vault.records.applications import ApplicationState
from vault.vault import VaultKind


@dataclass(frozen=True)
class Trio:
    """Two stations that sent two bundles and one to a relay."""

    first: Desk
    second: Desk
    relay: Desk
    applications: tuple[str, str, str]


@pytest.fixture
def trio(tmp_path: Path) -> Trio:
    first = make_desk(tmp_path / "un", VaultKind.STATION, "Maison d’arrêt de Brest")
    second = make_desk(tmp_path / "deux", VaultKind.STATION, "Centre de Ploemeur")
    relay = make_desk(tmp_path / "relais", VaultKind.RELAY, "SPIP")
    sent = []
    for station in (first, second):
        introduce(station, relay, tmp_path)
    for number, station in enumerate((first, first, second)):
        file = tmp_path / f"{number}.liasse"
        sent.append(send_one(station, relay, file))
        receive_bundle(relay, file)
    return Trio(first, second, relay, (sent[0], sent[1], sent[2]))


def answer(trio: Trio, *numbers: int, reference: str = "AB-1") -> None:
    for number in numbers:
        record_outcome(
            trio.relay,
            trio.applications[number],
            OutcomeKind.FILED_BY_POST,
            on=trio.relay.today(),
            reference=reference,
        )


def test_a_station_s_receipts_are_one_file(trio: Trio, tmp_path: Path) -> None:
    assert stations_to_answer(trio.relay) == ()
    answer(trio, 0, 1, 2)
    rows = {row.name: row for row in stations_to_answer(trio.relay)}
    row = rows["Maison d’arrêt de Brest"]
    assert (row.outcomes, len(row.bundles), row.waiting) == (2, 2, 0)
    file = tmp_path / "retour.accuse"
    written = write_station_receipts(trio.relay, row.contact_id, file)
    assert (written.outcomes, len(written.bundles)) == (2, 2)
    assert len(read_group(file.read_bytes())) == 2
    taken = import_receipts(trio.first, file)
    assert [one.new for one in taken] == [True, True]
    for one in trio.applications[:2]:
        assert trio.first.vault.applications.get(one).state is ApplicationState.FILED
    assert [one.new for one in import_receipts(trio.first, file)] == [False, False]
    # Not theirs: nothing of it is taken in.
    with pytest.raises(BundleError):
        import_receipts(trio.second, file)
    # What was said is not to be said again; what changes is.
    assert [row.name for row in stations_to_answer(trio.relay)] == ["Centre de Ploemeur"]
    with pytest.raises(NoOutcomeToSend):
        write_station_receipts(trio.relay, row.contact_id, file)
    answer(trio, 1, reference="AB-2")
    assert write_station_receipts(trio.relay, row.contact_id, file).outcomes == 1
    import_receipts(trio.first, file)
    assert trio.first.vault.applications.get(trio.applications[1]).reference == "AB-2"


def test_the_terminal_answers_a_station(trio: Trio, tmp_path: Path) -> None:
    answer(trio, 0, 1)
    (row,) = stations_to_answer(trio.relay)
    file = tmp_path / "retour.accuse"
    environment = {"TRAITDUNION_PASSPHRASE": PASSPHRASE}
    for desk in (trio.first, trio.relay):
        desk.vault.lock()

    def run(*words: str) -> str:
        done = CliRunner().invoke(main, ["receipt", *words], env=environment)
        assert done.exit_code == 0, done.stderr
        return done.stdout

    vault = ("--vault", str(trio.relay.vault.folder))
    assert f"{row.contact_id}  Maison d’arrêt de Brest" in run("station", *vault)
    run("station", row.contact_id, "--out", str(file), *vault)
    said = run("import", str(file), "--vault", str(trio.first.vault.folder))
    assert said.count("pris en compte") == 2


def test_one_bad_receipt_and_none_is_taken(trio: Trio, tmp_path: Path) -> None:
    answer(trio, 0, 1)
    (row,) = stations_to_answer(trio.relay)
    file = tmp_path / "retour.accuse"
    write_station_receipts(trio.relay, row.contact_id, file)
    data = bytearray(file.read_bytes())
    middle = data.rindex(b"age-encryption.org") + 400
    data[middle] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(BundleError):
        import_receipts(trio.first, file)
    assert trio.first.vault.receipts.all() == []


def test_a_station_s_receipts_are_printed_together(trio: Trio, tmp_path: Path) -> None:
    answer(trio, 0, 1)
    (row,) = stations_to_answer(trio.relay)
    written, printed = print_station_receipts(trio.relay, row.contact_id, typed=True)
    assert (written.outcomes, printed.pages, printed.codes) == (2, 2, 2)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(printed.pdf)
    intake = PaperIntake()
    intake.read(scan)
    assert intake.complete
    for parcel in intake.parcels:
        kept = keep_parcel(trio.first, parcel.parcel)
        assert isinstance(kept, TakenReceipt)
        assert kept.new
    assert stations_to_answer(trio.relay) == ()


def test_a_bundle_too_long_for_paper_leaves_nothing(trio: Trio) -> None:
    station = trio.first
    application = trio.applications[0]
    person = station.vault.applications.get(application).person_id
    for number in range(3):
        station.vault.documents.add(
            person_id=person,
            application_id=application,
            request_name=None,
            name=f"{number}.bin",
            media_type="application/pdf",
            pages=None,
            content=bytes(range(256)) * 4000,
        )
    before = station.vault.bundles.all()
    with pytest.raises(TooLongForPaper):
        send_on_paper(station, [application], [trio.relay.vault.id])
    assert station.vault.bundles.all() == before


def test_each_has_its_side(trio: Trio, tmp_path: Path) -> None:
    with pytest.raises(NotARelay):
        stations_to_answer(trio.first)
    with pytest.raises(NotARelay):
        write_station_receipts(trio.first, "x", tmp_path / "x")
    with pytest.raises(NotAStation):
        import_receipts(trio.relay, tmp_path / "x")
    with pytest.raises(NotAStation):
        send_on_paper(trio.relay, [], [])
