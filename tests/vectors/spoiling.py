"""Identities drawn from names, a small bundle and a receipt, and ways to spoil them."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.keys import recipient_of
from exports.bundle.envelope import decrypt, encrypt
from exports.bundle.identity import Identity, Party
from exports.bundle.manifest import ApplicationParcel, BundleContents, DocumentParcel
from exports.bundle.receipt import Outcome, OutcomeKind, ReceiptContents, write_receipt
from exports.bundle.transfer import (
    PastLine,
    PersonalDocument,
    Standing,
    TransferContents,
    TransferredPerson,
    write_transfer_to,
)
from exports.bundle.writer import Seal, write_bundle

CONTEXT = b"traitdunion bundle manifest v1\n"
APPLICATION = "8f14e45f-ceea-467f-a0e6-000000000002"
DOCUMENT = "8f14e45f-ceea-467f-a0e6-000000000003"
PHOTO = "8f14e45f-ceea-467f-a0e6-0000000000cc"
FOLDER_OF_IT = f"applications/{APPLICATION}"

Files = dict[str, bytes]


def secret_of(name: str, *, hybrid: bool = False) -> str:
    """An age identity drawn from its name."""
    prefix = "age-secret-key-pq-" if hybrid else "age-secret-key-"
    return encode_bech32(prefix, hashlib.sha256(f"age {name}".encode()).digest()).upper()


def identity(number: int, name: str, kind: str, *, hybrid: bool = False) -> Identity:
    """Keys drawn from a name."""
    secret = secret_of(name, hybrid=hybrid)
    seed = hashlib.sha256(f"ed25519 {name}".encode()).digest()
    verify_key = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    party = Party(
        f"00000000-0000-4000-8000-{number:012d}", name, kind, recipient_of(secret), verify_key
    )
    return Identity(party, secret, seed)


STATION = identity(1, "Poste d’essai", "station")
RELAY = identity(2, "Relais d’essai", "relay")
STRANGER = identity(3, "Quelqu’un", "relay")
OTHER_STATION = identity(6, "Autre poste d’essai", "station")
NEW_STATION = identity(4, "Poste récent", "station", hybrid=True)
NEW_RELAY = identity(5, "Relais récent", "relay", hybrid=True)


def parcel(number: int = 2, *, documents: int = 1) -> ApplicationParcel:
    """A small application."""
    return ApplicationParcel(
        id=f"8f14e45f-ceea-467f-a0e6-{number:012d}",
        revision=1,
        form_id="election-de-domicile",
        form_version="2026.11.1",
        form_title="Demande d’élection de domicile",
        form_definition="settings: {}\n",
        person={"id": "x", "family_name": "Ünal-Œillet", "given_names": "Zoë"},
        answers={"/data/identite/nom": "Ünal-Œillet", "/data/enfants": 1},
        pdf=b"%PDF-1.7 form",
        documents=tuple(
            DocumentParcel(
                id=f"8f14e45f-ceea-467f-a0e6-{number + one + 1:012d}",
                name=f"pièce {one + 1}.jpg",
                media_type="image/jpeg",
                request_name="identite",
                content=b"\xff\xd8\xff piece",
            )
            for one in range(documents)
        ),
    )


def contents(*parcels: ApplicationParcel, note: str = "") -> BundleContents:
    """A bundle of applications."""
    return BundleContents(
        "8f14e45f-ceea-467f-a0e6-000000000001",
        "2026-041",
        "2026-11-23T14:32:00+01:00",
        parcels or (parcel(),),
        note,
    )


def receipt(outcome: OutcomeKind = OutcomeKind.FILED_ONLINE, number: int = 1) -> ReceiptContents:
    """A receipt of that bundle."""
    return ReceiptContents(
        "8f14e45f-ceea-467f-a0e6-0000000000aa",
        contents().id,
        "2026-11-24T09:00:00+01:00",
        (Outcome(APPLICATION, outcome, "2026-11-24", "CAF 29-1", "à bientôt"),),
        number,
    )


def files_of(data: bytes, secret: str) -> dict[str, bytes]:
    """The files of a bundle or a receipt, by path."""
    with zipfile.ZipFile(io.BytesIO(decrypt(data, [secret]))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def transfer() -> TransferContents:
    """A person with one application and one document of their own."""
    return TransferContents(
        contents(replace(parcel(), pdf=b"")),
        TransferredPerson(
            "8f14e45f-ceea-467f-a0e6-0000000000bb",
            "Ünal-Œillet",
            "Zoë",
            "1985-03-12",
            "48213",
            {"identite.prenoms": "Zoë"},
        ),
        (Standing(APPLICATION, "sent", True, "", 2, 5, "", "CCAS", "", "", "", ""),),
        ((PersonalDocument(PHOTO, "photo.jpg", "image/jpeg", ""), b"\xff\xd8 photo"),),
        (PastLine("2026-11-20T09:00:00+00:00", "C. Le Goff", "Commencée", "Poste d’essai", ""),),
    )


def written_transfer() -> bytes:
    """That transfer as a file."""
    target = io.BytesIO()
    write_transfer_to(target, transfer(), Seal(STATION, [OTHER_STATION.party]))
    return target.getvalue()


BASE = files_of(write_bundle(contents(), STATION, [RELAY.party]), RELAY.age_secret)
RECEIPT = files_of(write_receipt(receipt(), RELAY, [STATION.party]), STATION.age_secret)


def zipped(files: Files | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP; a list may give a name twice."""
    out = io.BytesIO()
    pairs = files.items() if isinstance(files, dict) else files
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, method)
    return out.getvalue()


def sealed(content: bytes, to: Identity = RELAY) -> bytes:
    """Anything, encrypted."""
    return encrypt(content, [to.party.recipient])


def signed(manifest: bytes, by: Identity = STATION, context: bytes = CONTEXT) -> bytes:
    """The signature of a manifest."""
    return Ed25519PrivateKey.from_private_bytes(by.signing_seed).sign(context + manifest)


def files_changed(change: Callable[[Files], Files | list[tuple[str, bytes]]]) -> bytes:
    """The base with other files; its manifest and signature as they were."""
    return sealed(zipped(change(dict(BASE))))


def manifest_changed(
    change: Callable[[dict[str, Any]], object], files: Files | None = None
) -> bytes:
    """The base with another manifest, signed by its sender; its members listed anew if given."""
    manifest = json.loads(BASE["manifest.json"])
    kept = dict(BASE)
    if files is not None:
        kept = {**files, "manifest.json": b"", "manifest.sig": b""}
        manifest["members"] = listed(files)
    change(manifest)
    return resealed(kept, manifest, STATION, RELAY)


def receipt_changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The receipt with another `receipt.json`, signed by its relay."""
    written = json.loads(RECEIPT["receipt.json"])
    change(written)
    files = {"receipt.json": json.dumps(written).encode()}
    manifest = json.loads(RECEIPT["manifest.json"])
    manifest["members"] = listed(files)
    return resealed(files, manifest, RELAY, STATION)


def transfer_changed(
    change: Callable[[dict[str, Any]], object], files: Files | None = None
) -> bytes:
    """The transfer with another `transfer.json`, signed by its station; other files if given."""
    base = files_of(written_transfer(), OTHER_STATION.age_secret)
    written = json.loads(base["transfer.json"])
    change(written)
    kept = {path: one for path, one in base.items() if not path.startswith("manifest.")}
    kept = {**kept, **(files or {}), "transfer.json": json.dumps(written).encode()}
    manifest = json.loads(base["manifest.json"])
    manifest["members"] = listed(kept)
    return resealed(kept, manifest, STATION, OTHER_STATION)


def resealed(files: Files, manifest: dict[str, Any], by: Identity, to: Identity) -> bytes:
    """Files with a manifest signed anew."""
    encoded = json.dumps(manifest, ensure_ascii=False).encode()
    whole = {**files, "manifest.json": encoded, "manifest.sig": signed(encoded, by)}
    return sealed(zipped(whole), to)


def listed(files: Files) -> list[dict[str, Any]]:
    """Files as a manifest lists them."""
    return [
        {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(files.items())
        if not path.startswith("manifest.")
    ]


def members() -> Files:
    """The base's files without manifest and signature."""
    return {path: one for path, one in BASE.items() if not path.startswith("manifest.")}


def without(path: str) -> Callable[[Files], Files]:
    """All files but one."""
    return lambda files: {name: one for name, one in files.items() if name != path}


def with_file(path: str, content: bytes) -> Callable[[Files], Files]:
    """One more file, or another content of it."""
    return lambda files: {**files, path: content}


def with_document_name(name: str) -> bytes:
    """The base with another name for its document."""

    def change(manifest: dict[str, Any]) -> None:
        manifest["applications"][0]["documents"][0]["name"] = name

    return manifest_changed(change)


def encrypted_flag(archive: bytes) -> bytes:
    """A ZIP whose members say they are encrypted."""
    changed = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", changed, at + place)
            struct.pack_into("<H", changed, at + place, flags | 1)
            at = changed.find(mark, at + 4)
    return bytes(changed)


def flipped(content: bytes, place: int) -> bytes:
    """Another byte at a place."""
    return content[:place] + bytes((content[place] ^ 1,)) + content[place + 1 :]
