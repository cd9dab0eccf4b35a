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

from exports.bundle.age import file
from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.keys import parse_identity, parse_recipient, recipient_of
from exports.bundle.content import bytes_of
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import ApplicationParcel, BundleContents, DocumentParcel
from exports.bundle.reader import read_bundle
from exports.bundle.writer import write_bundle
from tests.benchmarks.measuring import say, side_by_side, skip
from vault.age_keys import make_age_keys

_SCANS = 24
_SCAN_SIZE = 4 * 1024 * 1024


def measure() -> None:
    """Carry about 100 MB."""
    if shutil.which("age") is None:
        skip("bundle throughput / age", "age is not installed")
        return
    hybrid = make_age_keys().secret
    # Debian's age knows X25519 only: it is measured with that, against both of ours.
    classic = encode_bech32("age-secret-key-", os.urandom(32)).upper()
    me, older = identity_with(hybrid), identity_with(classic)
    scans = tuple(
        DocumentParcel(str(uuid.uuid4()), "scan.pdf", "application/pdf", "", os.urandom(_SCAN_SIZE))
        for _ in range(_SCANS)
    )
    parcel = ApplicationParcel(
        str(uuid.uuid4()), 1, "f", "1", "F", "settings: {}", {}, {}, b"%PDF", scans
    )
    contents = BundleContents(
        str(uuid.uuid4()), "2026-001", "2026-01-01T00:00:00+00:00", (parcel,), ""
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "key").write_text(classic + "\n")
        (folder / "scans").write_bytes(b"".join(bytes_of(scan.content) for scan in scans))
        _age(folder, "-r", older.party.recipient, "-o", "scans.age", "scans")
        for who, keys in ((me, "hybrid"), (older, "X25519")):
            written = write_bundle(contents, who, [who.party])
            theirs_out = partial(
                _age, folder, "-r", older.party.recipient, "-o", "scans.age", "scans"
            )
            theirs_back = partial(_age, folder, "-d", "-i", "key", "-o", "out", "scans.age")
            for what, mine, theirs in (
                ("bundle, written", partial(write_bundle, contents, who, [who.party]), theirs_out),
                (
                    "bundle, read and verified",
                    partial(read_bundle, written, who, [who.party]),
                    theirs_back,
                ),
                ("file, encrypted", partial(_encrypt, folder, who), theirs_out),
                ("file, decrypted", partial(_decrypt, folder, who), theirs_back),
            ):
                ours, other = side_by_side(mine, theirs, runs=5)
                size = _SCANS * _SCAN_SIZE / 1e6
                say(
                    f"{size:.0f} MB, {keys} {what} / age",
                    f"{size / ours:.0f} MB/s / {size / other:.0f} MB/s = {other / ours:.2f}",
                )


def _encrypt(folder: Path, who: Identity) -> None:
    with (folder / "scans").open("rb") as source, (folder / "ours.age").open("wb") as target:
        file.encrypt(source, target, [parse_recipient(who.party.recipient)])


def _decrypt(folder: Path, who: Identity) -> None:
    with (folder / "ours.age").open("rb") as source, (folder / "back").open("wb") as target:
        file.decrypt(source, target, [parse_identity(who.age_secret)])


def _age(folder: Path, *arguments: str) -> None:
    subprocess.run(["age", *arguments], cwd=folder, check=True, capture_output=True)


def identity_with(secret: str) -> Identity:
    """Somebody with an age identity."""
    signing = Ed25519PrivateKey.generate()
    party = Party(
        str(uuid.uuid4()),
        "Banc",
        "station",
        recipient_of(secret),
        signing.public_key().public_bytes_raw(),
    )
    return Identity(party, secret, signing.private_bytes_raw())
