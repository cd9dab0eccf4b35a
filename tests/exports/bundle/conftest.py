"""Identities and a small bundle."""

from __future__ import annotations

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import ApplicationParcel, BundleContents, DocumentParcel


def identity(number: int, kind: str) -> Identity:
    """A fresh identity under a fixed name."""
    age, signing = pyrage.x25519.Identity.generate(), Ed25519PrivateKey.generate()
    party = Party(
        f"00000000-0000-4000-8000-{number:012d}",
        f"{kind} {number}",
        kind,
        str(age.to_public()),
        signing.public_key().public_bytes_raw(),
    )
    return Identity(party, str(age), signing.private_bytes_raw())


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
