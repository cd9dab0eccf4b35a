"""Write the test vectors of docs/bundle-format.md: `python -m tests.vectors.make_bundle_vectors`.

Each file of tests/vectors/bundle is a bundle or a receipt, whole or spoilt in one way; index.json
gives the keys and says which must be accepted and which refused, and why. Keys and contents are
the same at each run; the encryption is drawn anew, as it must be, so the files differ.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.bundle.identity import Identity
from exports.bundle.receipt import write_receipt
from exports.bundle.writer import write_bundle
from tests.vectors.spoiling import (
    APPLICATION,
    BASE,
    DOCUMENT,
    FOLDER_OF_IT,
    NEW_RELAY,
    NEW_STATION,
    OTHER_STATION,
    RELAY,
    STATION,
    STRANGER,
    contents,
    encrypted_flag,
    files_changed,
    flipped,
    manifest_changed,
    members,
    parcel,
    receipt,
    receipt_changed,
    sealed,
    signed,
    transfer_changed,
    with_document_name,
    with_file,
    without,
    written_transfer,
    zipped,
)

ENDINGS = {"bundle": "liasse", "receipt": "accuse", "transfer": "transfert"}
FOLDER = Path(__file__).parent / "bundle"


@dataclass(frozen=True)
class Vector:
    """One file and what a reader must make of it."""

    name: str
    content: bytes
    expect: str
    """« accepted », or why it is refused."""
    note: str
    kind: str = "bundle"


def accepted() -> list[Vector]:
    """Those a reader must open."""
    whole = write_bundle(contents(), STATION, [RELAY.party])
    several = contents(
        parcel(2), parcel(20, documents=3), parcel(40, documents=0), note="À\nsuivre"
    )
    longest = "é" * 500

    def most(manifest: dict[str, Any]) -> None:
        manifest["applications"][0]["form_title"] = longest
        manifest["applications"][0]["person"] = {f"key{one}": longest for one in range(20)}
        manifest["applications"][0]["revision"] = 10_000
        manifest["note"] = "n" * 4000

    first = {name: BASE[name] for name in ("manifest.json", "manifest.sig")}
    return [
        Vector("one-application", whole, "accepted", "as written"),
        Vector(
            "hybrid-keys",
            write_bundle(contents(), NEW_STATION, [NEW_RELAY.party]),
            "accepted",
            "post-quantum recipients",
        ),
        Vector(
            "several-recipients",
            write_bundle(contents(), STATION, [STRANGER.party, RELAY.party]),
            "accepted",
            "three stanzas",
        ),
        Vector(
            "several-applications",
            write_bundle(several, STATION, [RELAY.party]),
            "accepted",
            "three, with one, three and no documents; a note of two lines",
        ),
        Vector(
            "manifest-first-stored",
            sealed(zipped({**first, **BASE}, zipfile.ZIP_STORED)),
            "accepted",
            "the order of the files, and whether they are packed, do not matter",
        ),
        Vector("longest-texts", manifest_changed(most), "accepted", "500 letters, 20 keys"),
        Vector(
            "receipt",
            write_receipt(receipt(), RELAY, [STATION.party]),
            "accepted",
            "as written",
            "receipt",
        ),
        Vector(
            "receipt-without-number",
            write_receipt(receipt(number=0), RELAY, [STATION.party]),
            "accepted",
            "as older programs wrote them",
            "receipt",
        ),
        Vector(
            "receipt-without-outcome",
            receipt_changed(lambda one: one.update(outcomes=[])),
            "accepted",
            "the answer to a transfer",
            "receipt",
        ),
    ]


def spoilt_envelopes() -> list[Vector]:
    """What is wrong before the archive."""
    whole = write_bundle(contents(), STATION, [RELAY.party])
    payload = whole.index(b"\n--- ") + 49
    return [
        Vector("empty", b"", "damaged", "nothing was copied"),
        Vector("a-pdf", b"%PDF-1.7\n", "not_a_bundle", "another kind of file"),
        Vector("age-v2", whole.replace(b"/v1\n", b"/v2\n", 1), "newer", "a later age"),
        Vector("header-cut", whole[:60], "damaged", "ends in the header"),
        Vector("nonce-cut", whole[: payload + 8], "damaged", "ends before the payload"),
        Vector("payload-cut", whole[:-20], "damaged", "ends in the payload"),
        Vector("one-byte-more", whole + b"\0", "damaged", "something follows the last chunk"),
        Vector("share-bit", flipped(whole, 60), "not_for_me", "no stanza opens any more"),
        Vector("mac-bit", flipped(whole, payload - 40), "damaged", "the header is forged"),
        Vector("payload-bit", flipped(whole, len(whole) - 40), "damaged", "the chunk is forged"),
        Vector(
            "for-another",
            write_bundle(contents(), STATION, [STRANGER.party]),
            "not_for_me",
            "the relay is no recipient",
        ),
    ]


def spoilt_archives() -> list[Vector]:
    """What is wrong in the archive, whatever the manifest says."""
    bzip = zipped({**BASE}, zipfile.ZIP_BZIP2)
    twice = [*BASE.items(), (f"{FOLDER_OF_IT}/form.pdf", b"another")]
    return [
        Vector("not-a-zip", sealed(b"nothing"), "damaged", "age holds no ZIP"),
        Vector("zip-cut", sealed(zipped(BASE)[:-30]), "damaged", "no directory"),
        Vector("zip-encrypted", sealed(encrypted_flag(zipped(BASE))), "damaged", "flag bit 0"),
        Vector("zip-bzip2", sealed(bzip), "damaged", "neither stored nor deflated"),
        Vector("name-twice", files_changed(lambda _: twice), "tampered", "a path given twice"),
        Vector("path-above", files_changed(with_file("../evil", b"")), "tampered", "`..`"),
        Vector("path-absolute", files_changed(with_file("/etc/evil", b"")), "tampered", "`/`"),
        Vector("path-drive", files_changed(with_file("C:\\evil", b"")), "tampered", "`\\`"),
        Vector("path-folder", files_changed(with_file("applications/", b"")), "tampered", "folder"),
        Vector(
            "path-upper-case",
            files_changed(with_file(f"applications/{'A' * 8}-{APPLICATION[9:]}/form.pdf", b"")),
            "tampered",
            "a UUID in capitals",
        ),
        Vector(
            "expands",
            files_changed(with_file(f"{FOLDER_OF_IT}/form.pdf", bytes(2_000_000))),
            "too_large",
            "a file a thousand times as large as it is packed",
        ),
        Vector(
            "manifest-missing", files_changed(without("manifest.json")), "damaged", "no manifest"
        ),
        Vector("signature-missing", files_changed(without("manifest.sig")), "damaged", "none"),
    ]


def spoilt_signatures() -> list[Vector]:
    """What the signature, the sizes and the hashes are for."""
    manifest = BASE["manifest.json"]
    cases = {
        "signature-short": (BASE["manifest.sig"][:63], "63 bytes"),
        "signature-of-another": (signed(manifest, STRANGER), "by another key"),
        "signature-without-context": (signed(manifest, context=b""), "of the manifest alone"),
        "signature-of-a-card": (
            signed(manifest, context=b"traitdunion card v1\n"),
            "under the context of a card",
        ),
    }
    vectors = [
        Vector(name, files_changed(with_file("manifest.sig", signature)), "tampered", note)
        for name, (signature, note) in cases.items()
    ]
    return [
        *vectors,
        Vector(
            "manifest-respaced",
            files_changed(with_file("manifest.json", manifest + b" ")),
            "tampered",
            "the same JSON, other bytes",
        ),
        Vector(
            "member-changed",
            files_changed(with_file(f"{FOLDER_OF_IT}/form.pdf", b"%PDF-1.7 Form")),
            "tampered",
            "another hash",
        ),
        Vector(
            "member-longer",
            files_changed(with_file(f"{FOLDER_OF_IT}/form.pdf", b"%PDF-1.7 form ")),
            "tampered",
            "another size",
        ),
        Vector(
            "member-removed",
            files_changed(without(f"{FOLDER_OF_IT}/documents/{DOCUMENT}")),
            "tampered",
            "listed, not there",
        ),
        Vector(
            "member-added",
            files_changed(with_file(f"{FOLDER_OF_IT}/documents/{APPLICATION}", b"")),
            "tampered",
            "there, not listed",
        ),
        Vector(
            "member-listed-twice",
            manifest_changed(lambda one: one["members"].append(one["members"][0])),
            "tampered",
            "a path twice in the list",
        ),
        Vector(
            "member-of-nobody",
            manifest_changed(
                lambda one: None,
                {**members(), f"{FOLDER_OF_IT}/documents/{APPLICATION}": b""},
            ),
            "tampered",
            "listed and there, but no application has it",
        ),
    ]


def spoilt_manifests() -> list[Vector]:
    """Manifests signed by their sender, and wrong all the same."""

    def application(one: dict[str, Any]) -> dict[str, Any]:
        return one["applications"][0]  # type: ignore[no-any-return]  # read from JSON

    changes: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
        "version-2": (lambda one: one.update(version=2), "newer", "a later format"),
        "other-format": (lambda one: one.update(format="zip"), "damaged", "`format`"),
        "other-algorithm": (
            lambda one: one.update(signature_algorithm="ml-dsa-65"), "damaged", "unknown here",
        ),
        "unknown-key": (lambda one: one.update(extra=1), "damaged", "a key too many"),
        "missing-key": (lambda one: one.pop("note"), "damaged", "a key too few"),
        "id-not-uuid": (lambda one: one.update(id="41"), "damaged", "`id`"),
        "moment-no-offset": (
            lambda one: one.update(created_at="2026-11-23T14:32:00"), "damaged", "`created_at`",
        ),
        "moment-no-such": (
            lambda one: one.update(created_at="2026-11-31T14:32:00+01:00"), "damaged", "31 Nov.",
        ),
        "birth-no-day": (
            lambda one: application(one)["person"].update(birth_date="12/03/1985"),
            "damaged",
            "`birth_date`",
        ),
        "note-too-long": (lambda one: one.update(note="n" * 4001), "damaged", "4,001 letters"),
        "text-too-long": (
            lambda one: application(one).update(form_title="t" * 501), "damaged", "501 letters",
        ),
        "revision-zero": (lambda one: application(one).update(revision=0), "damaged", "from 1"),
        "hash-in-capitals": (
            lambda one: one["members"][0].update(sha256=one["members"][0]["sha256"].upper()),
            "damaged",
            "lower case only",
        ),
        "size-negative": (lambda one: one["members"][0].update(size=-1), "damaged", "`size`"),
        "size-wrong": (lambda one: one["members"][0].update(size=1), "tampered", "`size`"),
        "key-short": (
            lambda one: one["sender"].update(verify_key=base64.b64encode(bytes(31)).decode()),
            "damaged",
            "31 bytes",
        ),
        "application-twice": (
            lambda one: one["applications"].append(application(one)), "tampered", "the same id",
        ),
        "application-without-files": (
            lambda one: one["applications"].append({**application(one), "id": DOCUMENT}),
            "damaged",
            "none of its files is there",
        ),
        "document-twice": (
            lambda one: application(one)["documents"].append(application(one)["documents"][0]),
            "damaged",
            "the same id",
        ),
        "as-receipt": (lambda one: one.update(kind="receipt"), "wrong_kind", "`kind`"),
    }  # fmt: skip
    names = {
        "name-control": ("a\u0007.pdf", "a control character"),
        "name-line": ("a\nb.pdf", "a line feed"),
        "name-turned": ("fdp\u202excod.pdf", "letters turned around (U+202E)"),
        "name-folder": ("../a.pdf", "a slash"),
        "name-backslash": ("a\\b.pdf", "a backslash"),
    }
    not_utf8 = {**members(), f"{FOLDER_OF_IT}/form.yaml": b"\xff\xfe"}
    a_list = {**members(), f"{FOLDER_OF_IT}/answers.json": b"[1]"}
    deep = b'{"/data/enfants":' + b"[" * 1500 + b"]" * 1500 + b"}"
    nested = {**members(), f"{FOLDER_OF_IT}/answers.json": deep}
    return [
        *(
            Vector(name, manifest_changed(change), expect, note)
            for name, (change, expect, note) in changes.items()
        ),
        *(
            Vector(name, with_document_name(words), "name_refused", note)
            for name, (words, note) in names.items()
        ),
        Vector(
            "manifest-not-json",
            files_changed(with_file("manifest.json", b"{")),
            "damaged",
            "no JSON",
        ),
        Vector("form-not-utf8", manifest_changed(lambda _: None, not_utf8), "damaged", "form.yaml"),
        Vector("answers-a-list", manifest_changed(lambda _: None, a_list), "damaged", "answers"),
        Vector(
            "answers-deep", manifest_changed(lambda _: None, nested), "damaged", "lists in lists"
        ),
    ]


def spoilt_receipts() -> list[Vector]:
    """Receipts signed by their relay, and wrong all the same."""

    def outcome(one: dict[str, Any]) -> dict[str, Any]:
        return one["outcomes"][0]  # type: ignore[no-any-return]  # read from JSON

    changes: dict[str, Callable[[dict[str, Any]], object]] = {
        "receipt-result": lambda one: outcome(one).update(result="lost"),
        "receipt-date": lambda one: outcome(one).update(date="24/11/2026"),
        "receipt-no-such-day": lambda one: outcome(one).update(date="2026-02-30"),
        "receipt-application-twice": lambda one: one.update(outcomes=one["outcomes"] * 2),
        "receipt-unknown-key": lambda one: one.update(extra=1),
        "receipt-missing-key": lambda one: outcome(one).pop("reference"),
        "receipt-comment-too-long": lambda one: outcome(one).update(comment="c" * 4001),
        "receipt-too-many": lambda one: one.update(outcomes=one["outcomes"] * 201),
    }
    return [
        *(
            Vector(name, receipt_changed(change), "damaged", "signed, and not as section 6 says",
                   "receipt")
            for name, change in changes.items()
        ),
        Vector(
            "bundle-as-receipt",
            write_bundle(contents(), RELAY, [STATION.party]),
            "wrong_kind",
            "a bundle under the name of a receipt",
            "receipt",
        ),
    ]  # fmt: skip


def transfers() -> list[Vector]:
    """A transfer, and how it can be wrong."""

    def rename(one: dict[str, Any]) -> None:
        one["documents"][0]["name"] = "../photo.jpg"

    spoilt: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
        "transfer-unknown-key": (lambda one: one.update(extra=1), "damaged", "a key too many"),
        "transfer-no-person": (lambda one: one.pop("person"), "damaged", "a key too few"),
        "transfer-no-standing": (
            lambda one: one.update(applications=[]),
            "tampered",
            "other applications than the manifest’s",
        ),
        "transfer-document-missing": (
            lambda one: one.update(documents=[]),
            "tampered",
            "a document that nothing speaks of",
        ),
        "transfer-name-folder": (rename, "name_refused", "a slash in a name"),
        "transfer-outcome-unknown": (
            lambda one: one["applications"][0].update(outcome="lost"),
            "damaged",
            "no result of section 6",
        ),
        "transfer-birth-no-day": (
            lambda one: one["person"].update(birth_date="1985"),
            "damaged",
            "a year alone",
        ),
        "transfer-line-no-moment": (
            lambda one: one["history"][0].update(at="2026-11-20"),
            "damaged",
            "a day where a moment stands",
        ),
        "transfer-fact-nested": (
            lambda one: one["person"]["profile"].update({"identite.prenoms": {"a": [1]}}),
            "damaged",
            "a fact that is none",
        ),
    }
    vectors = [
        Vector(name, transfer_changed(change), expect, note, "transfer")
        for name, (change, expect, note) in spoilt.items()
    ]
    bundle = write_bundle(contents(), STATION, [OTHER_STATION.party])
    return [
        Vector("transfer", written_transfer(), "accepted", "as written", "transfer"),
        *vectors,
        Vector("bundle-as-transfer", bundle, "wrong_kind", "a bundle", "transfer"),
    ]


def write_vectors(folder: Path) -> None:
    """Write the files and their index in place of those that are there."""
    folder.mkdir(exist_ok=True)
    for older in folder.iterdir():
        older.unlink()
    vectors = [
        *accepted(),
        *spoilt_envelopes(),
        *spoilt_archives(),
        *spoilt_signatures(),
        *spoilt_manifests(),
        *spoilt_receipts(),
        *transfers(),
    ]
    entries = []
    for vector in vectors:
        file = f"{vector.name}.{ENDINGS[vector.kind]}"
        (folder / file).write_bytes(vector.content)
        entries.append(
            {
                "file": file,
                "kind": vector.kind,
                "expect": vector.expect,
                "note": vector.note,
                "sha256": hashlib.sha256(vector.content).hexdigest(),
            }
        )
    index = {
        "readers": {
            "bundle": [key_of(RELAY), key_of(NEW_RELAY)],
            "receipt": [key_of(STATION)],
            "transfer": [key_of(OTHER_STATION)],
        },
        "vectors": entries,
    }
    text = json.dumps(index, ensure_ascii=False, indent=1)
    (folder / "index.json").write_text(text + "\n", encoding="utf-8")


def key_of(one: Identity) -> dict[str, str]:
    """What a reader needs of an identity."""
    return {
        "id": one.party.id,
        "name": one.party.name,
        "age_identity": one.age_secret,
        "recipient": one.party.recipient,
    }


if __name__ == "__main__":
    write_vectors(FOLDER)
