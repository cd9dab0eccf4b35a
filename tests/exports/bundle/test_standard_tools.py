"""A bundle opens with `age` and `unzip` alone; its signature verifies from the format's page alone.

The checks here import nothing of `exports` but the writer: they follow docs/bundle-format.md.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from exports.bundle.identity import Identity
from exports.bundle.manifest import BundleContents
from exports.bundle.writer import write_bundle

needs_unzip = pytest.mark.skipif(
    shutil.which("unzip") is None, reason="the Debian package unzip is not installed"
)


@needs_unzip
@pytest.mark.skipif(shutil.which("age") is None, reason="the Debian package age is not installed")
def test_age_and_unzip_open_it(contents: BundleContents, older: Identity, tmp_path: Path) -> None:
    """Debian's `age` knows X25519 keys only."""
    (tmp_path / "envoi.liasse").write_bytes(write_bundle(contents, older, [older.party]))
    (tmp_path / "key.txt").write_text(older.age_secret + "\n")
    subprocess.run(
        ["age", "--decrypt", "--identity", "key.txt", "--output", "envoi.zip", "envoi.liasse"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    check_archive(tmp_path)


@needs_unzip
def test_age_encryption_and_unzip_open_it(
    contents: BundleContents,
    station: Identity,
    relay: Identity,
    npm_age: Callable[..., str],
    tmp_path: Path,
) -> None:
    bundle = tmp_path / "envoi.liasse"
    bundle.write_bytes(write_bundle(contents, station, [relay.party]))
    npm_age("decrypt", bundle, tmp_path / "envoi.zip", relay.age_secret)
    check_archive(tmp_path)


def check_archive(folder: Path) -> None:
    """Follow the format's page, from `envoi.zip` on."""
    command = ["unzip", "-q", "envoi.zip", "-d", "inside"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    inside = folder / "inside"
    signed = (inside / "manifest.json").read_bytes()
    manifest = json.loads(signed)
    assert manifest["format"] == "traitdunion-bundle"
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(manifest["sender"]["verify_key"]))
    key.verify((inside / "manifest.sig").read_bytes(), b"traitdunion bundle manifest v1\n" + signed)
    listed = {member["path"]: member for member in manifest["members"]}
    there = {
        str(file.relative_to(inside))
        for file in inside.rglob("*")
        if file.is_file() and file.name not in ("manifest.json", "manifest.sig")
    }
    assert there == set(listed)
    for path, member in listed.items():
        content = (inside / path).read_bytes()
        assert member["size"] == len(content)
        assert member["sha256"] == hashlib.sha256(content).hexdigest()
    application = inside / "applications" / manifest["applications"][0]["id"]
    answers = json.loads((application / "answers.json").read_text(encoding="utf-8"))
    assert answers["/data/identite/nom"] == "Ünal-Œillet"
