"""A program of its own: sends scans of a size from a station to a relay, and says what it took.

`python -m tests.desktop.workflows.carrying FOLDER MEGABYTES`; one JSON object on standard output:
seconds for each step, and the greatest memory held so far after each (Linux), in bytes.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.bundles import preview_bundle, receive_bundle, send_bundle
from tests.desktop.workflows.exchanging import Exchange, application_of
from vault.records.columns import new_id, now
from vault.records.documents import PIECE_SIZE, Document
from vault.vault import VaultKind

SCAN = 20
"""Megabytes (MiB) of one scan."""


def main(folder: Path, megabytes: int) -> None:
    """Carry so many MiB."""
    exchange = Exchange(folder)
    station = exchange.vault("poste", VaultKind.STATION)
    relay = exchange.vault("relais", VaultKind.RELAY)
    exchange.acquaint(station, relay)
    # What every bundle costs, the smallest too, comes first.
    receive_bundle(relay, exchange.send(station, application_of(station), relay))
    application = application_of(station)
    said: dict[str, object] = {"before": peak()}
    file = folder / "grande.liasse"

    def step(name: str, work: Callable[[], object]) -> None:
        begun = time.perf_counter()
        work()
        said[name] = {"seconds": time.perf_counter() - begun, "peak": peak()}

    step("kept", lambda: keep_scans(station, application, megabytes))
    step("sent", lambda: send_bundle(station, [application], [relay.vault.id], file))
    step("verified", lambda: preview_bundle(relay, file))
    step("received", lambda: receive_bundle(relay, file))
    arrived = relay.vault.documents.of_application(application)
    said["size"] = sum(document.size for document in arrived)
    said["alike"] = [
        (one.name, one.sha256) for one in arrived if one.media_type == "image/tiff"
    ] == [(one.name, one.sha256) for one in station.vault.documents.of_application(application)]
    print(json.dumps(said))


def keep_scans(station: Desk, application: str, megabytes: int) -> None:
    person = station.vault.applications.get(application).person_id
    for number in range(-(-megabytes // SCAN)):
        size = min(SCAN, megabytes - number * SCAN)
        sha256 = hashlib.sha256()
        for piece in pieces(number, size):
            sha256.update(piece)
        station.vault.documents.put(
            Document(
                id=new_id(),
                person_id=person,
                application_id=application,
                request_name=None,
                name=f"{number:03d}.tiff",
                media_type="image/tiff",
                size=size * PIECE_SIZE,
                sha256=sha256.hexdigest(),
                pages=None,
                created_at=now(),
            ),
            pieces(number, size),
        )


def pieces(number: int, size: int) -> Iterator[bytes]:
    """Bytes that no packing makes smaller, the same each time."""
    drawn = random.Random(number)
    for _ in range(size):
        yield drawn.randbytes(PIECE_SIZE)


def peak() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
