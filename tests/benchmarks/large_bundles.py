"""500 MB of scans written and read as a bundle, against `tar` piped into `age`; memory held."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.content import PIECE_SIZE
from exports.bundle.identity import Identity
from exports.bundle.manifest import ApplicationParcel, BundleContents, DocumentParcel
from exports.bundle.reader import open_bundle
from exports.bundle.writer import Seal, write_bundle_to
from tests.benchmarks.bundles import identity_with
from tests.benchmarks.measuring import at_least, at_most, say, side_by_side, skip

_SCANS = 25
_SCAN_SIZE = 20_000_000
_RUNS = 3
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class _File:
    """A scan on the disk."""

    file: Path
    size: int
    sha256: str

    def pieces(self) -> Iterator[bytes]:
        with self.file.open("rb") as source:
            while piece := source.read(PIECE_SIZE):
                yield piece


def measure() -> None:
    """Carry 500 MB."""
    if shutil.which("age") is None or shutil.which("tar") is None:
        skip("bundle of 500 MB / tar | age", "age or tar is not installed")
        return
    # Debian's age knows X25519 only.
    secret = encode_bech32("age-secret-key-", os.urandom(32)).upper()
    me = identity_with(secret)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "key").write_text(secret + "\n")
        (folder / "scans").mkdir()
        contents = _contents(folder / "scans")
        recipient = me.party.recipient
        _compare(
            "written",
            partial(_write, folder / "ours.liasse", contents, me),
            partial(_shell, folder, f"tar -c scans | age -r {recipient} -o theirs.age"),
        )
        _compare(
            "read and verified",
            partial(_read, folder / "ours.liasse", me),
            partial(_shell, folder, "age -d -i key theirs.age | tar -tf - > list"),
        )
    _memory()


def _compare(what: str, mine: partial[None], theirs: partial[None]) -> None:
    ours, other = side_by_side(mine, theirs, runs=_RUNS)
    size = _SCANS * _SCAN_SIZE / 1e6
    say(
        f"{size:.0f} MB bundle {what} / tar | age",
        f"{size / ours:.0f} MB/s / {size / other:.0f} MB/s = {other / ours:.2f}",
        at_least(other / ours, 0.8),
    )


def _memory() -> None:
    if sys.platform != "linux":
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.desktop.workflows.carrying", folder, "500"]
        done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)
    said = json.loads(done.stdout)
    steps = " · ".join(f"{name} {said[name]['seconds']:.1f} s" for name in ("sent", "received"))
    say(
        "500 MiB from a station’s vault to a relay’s",
        f"{said['received']['peak'] / 1e6:.0f} MB of memory · {steps}",
        at_most(said["received"]["peak"] / 1e6, 200, " MB"),
    )


def _contents(folder: Path) -> BundleContents:
    scans = []
    for number in range(_SCANS):
        file = folder / f"{number}.pdf"
        content = os.urandom(_SCAN_SIZE)
        file.write_bytes(content)
        stored = _File(file, len(content), hashlib.sha256(content).hexdigest())
        scans.append(DocumentParcel(str(uuid.uuid4()), file.name, "application/pdf", "", stored))
    parcel = ApplicationParcel(
        str(uuid.uuid4()), 1, "f", "1", "F", "settings: {}", {}, {}, b"%PDF", tuple(scans)
    )
    moment = "2026-01-01T00:00:00+00:00"
    return BundleContents(str(uuid.uuid4()), "2026-001", moment, (parcel,), "")


def _write(file: Path, contents: BundleContents, me: Identity) -> None:
    with file.open("wb", buffering=0) as target:
        write_bundle_to(target, contents, Seal(me, [me.party]))


def _read(file: Path, me: Identity) -> None:
    with file.open("rb") as source:
        open_bundle(source, me, [me.party])


def _shell(folder: Path, command: str) -> None:
    subprocess.run(["sh", "-c", command], cwd=folder, check=True)
