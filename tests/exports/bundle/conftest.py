"""Identities, a small bundle, and another implementation of age."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.keys import recipient_of
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import ApplicationParcel, BundleContents, DocumentParcel
from vault.age_keys import make_age_keys

PACKAGE = "age-encryption@0.3.1"
FOLDER = Path(__file__).resolve().parents[3] / "build" / "age-encryption"


def identity(number: int, kind: str, age_secret: str = "") -> Identity:
    """A fresh identity under a fixed name, with hybrid keys unless others are given."""
    secret = age_secret or make_age_keys().secret
    signing = Ed25519PrivateKey.generate()
    party = Party(
        f"00000000-0000-4000-8000-{number:012d}",
        f"{kind} {number}",
        kind,
        recipient_of(secret),
        signing.public_key().public_bytes_raw(),
    )
    return Identity(party, secret, signing.private_bytes_raw())


@pytest.fixture(scope="session")
def station() -> Identity:
    """Who sends."""
    return identity(1, "station")


@pytest.fixture(scope="session")
def relay() -> Identity:
    """Who receives."""
    return identity(2, "relay")


@pytest.fixture(scope="session")
def stranger() -> Identity:
    """Somebody else."""
    return identity(3, "relay")


@pytest.fixture(scope="session")
def older() -> Identity:
    """A relay whose vault was made before hybrid keys."""
    return identity(4, "relay", encode_bech32("age-secret-key-", os.urandom(32)).upper())


@pytest.fixture(scope="session")
def contents() -> BundleContents:
    """A bundle of one application with one document."""
    return BundleContents(
        id="8f14e45f-ceea-467f-a0e6-000000000001",
        number="2026-041",
        created_at="2026-11-23T14:32:00+01:00",
        applications=(
            ApplicationParcel(
                id="8f14e45f-ceea-467f-a0e6-000000000002",
                revision=1,
                form_id="election-de-domicile",
                form_version="2026.11.1",
                form_title="Demande d’élection de domicile",
                form_definition="settings: {}\n",
                person={"id": "x", "family_name": "Ünal-Œillet", "given_names": "Zoë"},
                answers={"/data/identite/nom": "Ünal-Œillet", "/data/enfants": 1},
                pdf=b"%PDF-1.7 form",
                documents=(
                    DocumentParcel(
                        id="8f14e45f-ceea-467f-a0e6-000000000003",
                        name="piece.jpg",
                        media_type="image/jpeg",
                        request_name="identite",
                        content=b"\xff\xd8\xff piece",
                    ),
                ),
            ),
        ),
        note="",
    )


@pytest.fixture(scope="session")
def npm_age() -> Callable[..., str]:
    """Runs age-encryption, installed once under build/."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        pytest.skip("npm is not installed: age-encryption was not asked")
    if not (FOLDER / "node_modules" / "age-encryption").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        options = ("--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
        try:
            subprocess.run(
                [npm, "install", *options, "--prefix", str(FOLDER), PACKAGE],
                check=True,
                capture_output=True,
                timeout=120,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip("npm could not install age-encryption: is there a network?")
    script = shutil.copy(Path(__file__).parent / "age" / "peer.mjs", FOLDER)

    def run(*arguments: str | Path) -> str:
        command = [node, str(script), *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    return run
