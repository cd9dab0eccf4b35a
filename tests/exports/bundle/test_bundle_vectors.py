"""The vectors of the format: our reader and one written from the page alone agree on each."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.bundle.errors import (
    BundleDamaged,
    BundleError,
    BundleTampered,
    BundleTooLarge,
    NameRefused,
    NewerFormat,
    NotABundle,
    NotForMe,
    WrongKind,
)
from exports.bundle.identity import Identity, Party
from exports.bundle.reader import OpenedBundle, read_bundle
from exports.bundle.receipt import OpenedReceipt, read_receipt
from exports.bundle.transfer import OpenedTransfer, open_transfer
from tests.exports.bundle import independent_reader

Opened = OpenedBundle | OpenedReceipt | OpenedTransfer

FOLDER = Path(__file__).resolve().parents[2] / "vectors" / "bundle"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
VECTORS = {vector["file"]: vector for vector in INDEX["vectors"]}
REASONS: dict[str, type[BundleError]] = {
    "not_a_bundle": NotABundle,
    "newer": NewerFormat,
    "damaged": BundleDamaged,
    "not_for_me": NotForMe,
    "tampered": BundleTampered,
    "too_large": BundleTooLarge,
    "name_refused": NameRefused,
    "wrong_kind": WrongKind,
}


READERS: dict[str, Callable[[bytes, Identity, list[Party]], Opened]] = {
    "bundle": read_bundle,
    "receipt": read_receipt,
    "transfer": lambda data, identity, known: open_transfer(io.BytesIO(data), identity, known),
}


def reader_of(kind: str) -> Identity:
    keys = INDEX["readers"][kind]
    first = keys[0]
    party = Party(first["id"], first["name"], "relay", first["recipient"], bytes(32))
    secrets = tuple(key["age_identity"] for key in keys)
    return Identity(party, secrets[0], bytes(32), secrets[1:])


@pytest.mark.parametrize("name", VECTORS)
def test_our_reader_does_what_the_vector_says(name: str) -> None:
    vector = VECTORS[name]
    data = (FOLDER / name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == vector["sha256"]
    read = READERS[vector["kind"]]
    identity = reader_of(vector["kind"])
    if vector["expect"] == "accepted":
        assert not read(data, identity, []).known
        return
    with pytest.raises(BundleError) as caught:
        read(data, identity, [])
    assert isinstance(caught.value, REASONS[vector["expect"]])


@pytest.mark.parametrize("name", [name for name in VECTORS if not name.startswith("hybrid")])
def test_a_reader_written_from_the_page_alone_does_too(name: str) -> None:
    import pyrage

    vector = VECTORS[name]
    secret = INDEX["readers"][vector["kind"]][0]["age_identity"]
    identity = pyrage.x25519.Identity.from_str(secret)

    def opened() -> None:
        content = pyrage.decrypt((FOLDER / name).read_bytes(), [identity])
        independent_reader.read(content, vector["kind"])

    if vector["expect"] == "accepted":
        opened()
    else:
        with pytest.raises((pyrage.DecryptError, independent_reader.Refused)):
            opened()


def test_the_hybrid_vector_opens_with_another_age(
    npm_age: Callable[..., str], tmp_path: Path
) -> None:
    name = "hybrid-keys.liasse"
    secret = INDEX["readers"]["bundle"][1]["age_identity"]
    npm_age("decrypt", FOLDER / name, tmp_path / "archive.zip", secret)
    independent_reader.read((tmp_path / "archive.zip").read_bytes(), "bundle")


def test_every_file_has_its_line() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {"index.json", *VECTORS}
    assert {vector["expect"] for vector in VECTORS.values()} == {"accepted", *REASONS}
