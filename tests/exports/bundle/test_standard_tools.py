"""A bundle opens with `age` and `unzip` alone; its signature verifies from the format's page alone.

The checks here import nothing of `exports` but the writer: they follow docs/bundle-format.md.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from exports.bundle.identity import Identity
from exports.bundle.manifest import BundleContents
from exports.bundle.writer import write_bundle


@pytest.mark.skipif(
    not (shutil.which("age") and shutil.which("unzip")),
    reason="the Debian packages age and unzip are not installed",
)
def test_age_and_unzip_open_it(
    contents: BundleContents, station: Identity, relay: Identity, tmp_path: Path
) -> None:
    (tmp_path / "envoi.liasse").write_bytes(write_bundle(contents, station, [relay.party]))
    (tmp_path / "key.txt").write_text(relay.age_secret + "\n")
    for command in (
        ["age", "--decrypt", "--identity", "key.txt", "--output", "envoi.zip", "envoi.liasse"],
        ["unzip", "-q", "envoi.zip", "-d", "inside"],
    ):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    inside = tmp_path / "inside"
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
    folder = inside / "applications" / manifest["applications"][0]["id"]
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    assert answers["/data/identite/nom"] == "Ünal-Œillet"
