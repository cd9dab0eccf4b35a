"""The public vectors of the age format: each is read, or refused for the reason it gives."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from exports.bundle.age.armor import armor_removed
from exports.bundle.age.errors import (
    AgeError,
    ArmorMalformed,
    HeaderForged,
    HeaderMalformed,
    NoIdentityMatches,
    PayloadDamaged,
)
from exports.bundle.age.file import decrypt
from exports.bundle.age.keys import parse_identity
from exports.bundle.age.passphrase import PassphraseIdentity

OUTCOMES: dict[str, type[AgeError] | None] = {
    "success": None,
    "no match": NoIdentityMatches,
    "HMAC failure": HeaderForged,
    "header failure": HeaderMalformed,
    "payload failure": PayloadDamaged,
    "armor failure": ArmorMalformed,
}
COUNT = 143


@dataclass(frozen=True)
class Vector:
    """One file of the testkit: what it says of itself, then the age file."""

    fields: dict[str, list[str]]
    data: bytes

    @property
    def refused(self) -> type[AgeError] | None:
        return OUTCOMES[self.fields["expect"][0]]


def read_vector(file: Path) -> Vector:
    head, _, data = file.read_bytes().partition(b"\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.decode().splitlines():
        name, _, value = line.partition(": ")
        fields.setdefault(name, []).append(value)
    return Vector(fields, zlib.decompress(data) if "compressed" in fields else data)


def failure(vector: Vector) -> str | None:
    """Why a vector does not pass; None when it does."""
    identities = [
        *(parse_identity(one) for one in vector.fields.get("identity", [])),
        *(PassphraseIdentity(one) for one in vector.fields.get("passphrase", [])),
    ]
    source, target = io.BytesIO(vector.data), io.BytesIO()
    error: AgeError | None = None
    try:
        decrypt(armor_removed(source) if "armored" in vector.fields else source, target, identities)
    except AgeError as raised:
        error = raised
    wanted = vector.refused
    if wanted is None and error is not None:
        return f"refused as {error!r}"
    if wanted is not None and not isinstance(error, wanted):
        return f"{error!r} instead of {wanted.__name__}"
    # A payload that fails names what may be given out before it does.
    for payload in vector.fields.get("payload", []):
        if hashlib.sha256(target.getvalue()).hexdigest() != payload:
            return "another content"
    return None


def test_every_public_vector_passes(samples_dir: Path) -> None:
    folder = samples_dir / "age-testkit"
    vectors = {file.name: read_vector(file) for file in sorted(folder.iterdir())}
    assert len(vectors) == COUNT
    failures = {name: why for name, vector in vectors.items() if (why := failure(vector))}
    assert failures == {}
