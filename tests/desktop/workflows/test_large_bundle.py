"""A bundle of scans: in little memory, given up or killed without a trace, whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.workflows import durable_file
from desktop.workflows.durable_file import write_and_check
from desktop.workflows.errors import GivenUp
from desktop.workflows.exchanges.bundles import receive_bundle, send_bundle
from exports.bundle.errors import BundleError
from tests.desktop.workflows.carrying import keep_scans
from tests.desktop.workflows.exchanging import Exchange, application_of
from vault.errors import DocumentDamaged
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

ROOT = Path(__file__).resolve().parents[3]
MEGABYTES = 60


@pytest.fixture
def exchange(tmp_path: Path) -> Exchange:
    return Exchange(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux gives it")
def test_sixty_megabytes_go_through_in_a_third_of_them(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.desktop.workflows.carrying", str(tmp_path), str(MEGABYTES)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert said["alike"]
    assert said["size"] > MEGABYTES * 2**20
    assert said["received"]["peak"] - said["before"] < MEGABYTES * 2**20 / 3


def test_a_bundle_given_up_leaves_the_older_file_and_nothing_else(exchange: Exchange) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application = application_of(station)
    keep_scans(station, application, 3)
    file = exchange.folder / "envoi.liasse"
    file.write_bytes(b"older")
    before = sorted(exchange.folder.iterdir())
    for limit in (0.1, 0.7):
        with pytest.raises(GivenUp):
            send_bundle(
                station, [application], [relay.vault.id], file, progress=given_up_from(limit)
            )
        assert file.read_bytes() == b"older"
        assert sorted(exchange.folder.iterdir()) == before
        held = station.vault.applications.get(application)
        assert (held.state is ApplicationState.SENT, held.revision) == (False, 0)
    seen: list[float] = []
    send_bundle(station, [application], [relay.vault.id], file, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1
    with pytest.raises(GivenUp):
        receive_bundle(relay, file, progress=given_up_from(0.5))
    assert relay.vault.bundles.all() == []
    assert receive_bundle(relay, file, progress=seen.append).new


def given_up_from(share: float) -> Callable[[float], None]:
    def told(done: float) -> None:
        if done > share:
            raise GivenUp

    return told


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a signal of Unix")
def test_a_write_killed_half_way_leaves_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "envoi.liasse"
    file.write_bytes(b"older")
    program = (
        "import sys, pathlib\n"
        "from desktop.workflows.durable_file import write_and_check\n"
        "def write(target):\n"
        "    target.write(b'new' * 1000)\n"
        "    print('half', flush=True)\n"
        "    sys.stdin.read()\n"
        "write_and_check(pathlib.Path(sys.argv[1]), write, print)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(file)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "half\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert file.read_bytes() == b"older"
    (left_over,) = tmp_path.glob(".envoi.liasse.*.part")
    write_and_check(file, lambda target: target.write(b"newer"), lambda written: written.read())
    assert file.read_bytes() == b"newer"
    assert not left_over.exists()


def test_what_does_not_read_back_does_not_take_the_name(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application = application_of(station)
    file = exchange.folder / "envoi.liasse"
    write = durable_file._DeviceFile.write

    def a_bad_stick(self: durable_file._DeviceFile, data: bytes) -> int:
        return write(self, data[:-1] + bytes((data[-1] ^ 1,)) if len(data) > 5000 else data)

    monkeypatch.setattr(durable_file._DeviceFile, "write", a_bad_stick)
    with pytest.raises(BundleError):
        send_bundle(station, [application], [relay.vault.id], file)
    assert not file.exists()
    assert station.vault.applications.get(application).state is not ApplicationState.SENT
    assert station.vault.bundles.all() == []


def test_a_damaged_document_is_not_sent(exchange: Exchange) -> None:
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    application = application_of(station)
    keep_scans(station, application, 2)
    station.vault.documents._store.run("UPDATE document_pieces SET content = x'00'")
    file = exchange.folder / "envoi.liasse"
    with pytest.raises(DocumentDamaged):
        send_bundle(station, [application], [relay.vault.id], file)
    assert not file.exists()
