"""Writing and reading a bundle of scans, against the `age` command alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.keys import recipient_of
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import ApplicationParcel, BundleContents, DocumentParcel
from exports.bundle.reader import read_bundle
from exports.bundle.writer import write_bundle
from tests.benchmarks.measuring import say, side_by_side
from vault.age_keys import make_age_keys

_SCANS = 24
_SCAN_SIZE = 4 * 1024 * 1024


def measure() -> None:
    """Carry about 100 MB."""
    if shutil.which("age") is None:
        say("bundle throughput / age", "skipped: age is not installed")
        return
    hybrid = make_age_keys().secret
    # Debian's age knows X25519 only: it is measured with that, against both of ours.
    classic = encode_bech32("age-secret-key-", os.urandom(32)).upper()
    me, older = _identity(hybrid), _identity(classic)
    scans = tuple(
        DocumentParcel(str(uuid.uuid4()), "scan.pdf", "application/pdf", "", os.urandom(_SCAN_SIZE))
        for _ in range(_SCANS)
    )
    parcel = ApplicationParcel(
        str(uuid.uuid4()), 1, "f", "1", "F", "settings: {}", {}, {}, b"%PDF", scans
    )
    contents = BundleContents(str(uuid.uuid4()), "2026-001", "2026-01-01", (parcel,), "")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "key").write_text(classic + "\n")
        (folder / "scans").write_bytes(b"".join(scan.content for scan in scans))
        _age(folder, "-r", older.party.recipient, "-o", "scans.age", "scans")
        for who, keys in ((me, "hybrid"), (older, "X25519")):
            written = write_bundle(contents, who, [who.party])
            ours = side_by_side(
                partial(write_bundle, contents, who, [who.party]),
                lambda: _age(folder, "-r", older.party.recipient, "-o", "scans.age", "scans"),
                runs=5,
            )
            back = side_by_side(
                partial(read_bundle, written, who, [who.party]),
                lambda: _age(folder, "-d", "-i", "key", "-o", "out", "scans.age"),
                runs=5,
            )
            size = _SCANS * _SCAN_SIZE / 1e6
            for what, (mine, theirs) in (("written", ours), ("read and verified", back)):
                say(
                    f"bundle of {size:.0f} MB, {keys}, {what} / age",
                    f"{size / mine:.0f} MB/s / {size / theirs:.0f} MB/s = {theirs / mine:.2f}",
                )


def _age(folder: Path, *arguments: str) -> None:
    subprocess.run(["age", *arguments], cwd=folder, check=True, capture_output=True)


def _identity(secret: str) -> Identity:
    signing = Ed25519PrivateKey.generate()
    party = Party(
        str(uuid.uuid4()),
        "Banc",
        "station",
        recipient_of(secret),
        signing.public_key().public_bytes_raw(),
    )
    return Identity(party, secret, signing.private_bytes_raw())
